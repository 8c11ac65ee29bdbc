#include "engine/conda_facts.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/error.h"

namespace accord::engine {
namespace {

bool SaysTheSame(const CondaPackage& a, const CondaPackage& b) {
  return a.knowledge == b.knowledge && a.reason == b.reason &&
         std::ranges::equal(a.channels, b.channels, [](const auto& x, const auto& y) {
           return x == y || (x != nullptr && y != nullptr && x->SaysTheSame(*y));
         });
}

}  // namespace

// One update on its way to a snapshot.
class CondaChange {
 public:
  CondaChange(const CondaFacts& before, const CondaLimits& limits)
      : facts_(std::make_shared<CondaFacts>(before)),
        packages_(before.packages_),
        limits_(limits) {}

  absl::StatusOr<std::shared_ptr<const CondaFacts>> Make(const CondaUpdate& update) {
    ACCORD_RETURN_IF_ERROR(CheckNames(update));
    for (size_t i = 0; i < update.put.size(); ++i) ACCORD_RETURN_IF_ERROR(Put(update.put[i], i));
    for (const std::string& name : update.drop) Drop(name);
    for (const std::string& name : update.absent) {
      Write({.name = name, .knowledge = Knowledge::kNonexistent});
    }
    for (const CondaError& error : update.error) {
      Write({.name = error.package, .knowledge = Knowledge::kUnavailable, .reason = error.reason});
    }
    if (packages_.names().size() > limits_.packages_max) {
      return LimitReached("/put", Cat("more than ", limits_.packages_max, " packages"));
    }
    if (facts_->candidate_count_ > limits_.candidates_max) {
      return LimitReached("/put", Cat("more than ", limits_.candidates_max, " candidates"));
    }
    facts_->packages_ = std::move(packages_).Take();
    return facts_;
  }

 private:
  static absl::Status CheckNames(const CondaUpdate& update) {
    std::set<std::string_view> names;
    const auto check = [&](const std::string& pointer, std::string_view name) {
      if (!conda::IsPackageName(name)) {
        return InvalidInput(
            pointer,
            Cat("the name of a package that channels can have is wanted, found ", Quoted(name)));
      }
      if (names.insert(name).second) return absl::OkStatus();
      return InvalidInput(pointer, Cat(Quoted(name), " stands twice"));
    };
    for (size_t i = 0; i < update.put.size(); ++i) {
      ACCORD_RETURN_IF_ERROR(check(Cat("/put/", i, "/package"), update.put[i].package));
    }
    for (size_t i = 0; i < update.drop.size(); ++i) {
      ACCORD_RETURN_IF_ERROR(check(Cat("/drop/", i), update.drop[i]));
    }
    for (size_t i = 0; i < update.absent.size(); ++i) {
      ACCORD_RETURN_IF_ERROR(check(Cat("/absent/", i), update.absent[i]));
    }
    for (size_t i = 0; i < update.error.size(); ++i) {
      ACCORD_RETURN_IF_ERROR(check(Cat("/error/", i, "/package"), update.error[i].package));
    }
    return absl::OkStatus();
  }

  absl::Status Put(const CondaPut& put, size_t index) {
    absl::StatusOr<conda::RecordsByChannel> records =
        conda::CompileRecords(put.package, put.records, facts_->channels_);
    if (!records.ok()) {
      return absl::Status(records.status().code(),
                          Cat("/put/", index, "/records", Message(records.status())));
    }
    Write(
        {.name = put.package, .channels = *std::move(records), .record_count = put.records.size()});
    return absl::OkStatus();
  }

  void Drop(const std::string& name) {
    Forget(name);
    packages_.Erase(name);
  }

  void Write(CondaPackage package) {
    const CondaPackage* before = packages_.names().Find(package.name);
    if (before != nullptr && SaysTheSame(*before, package)) return;
    Forget(package.name);
    facts_->candidate_count_ += package.record_count;
    packages_.Put(std::move(package));
  }

  void Forget(const std::string& name) {
    const CondaPackage* before = packages_.names().Find(name);
    if (before != nullptr) facts_->candidate_count_ -= before->record_count;
  }

  std::shared_ptr<CondaFacts> facts_;  // gets its packages in the end
  SharedNames<CondaPackage>::Change packages_;
  const CondaLimits& limits_;
};

std::shared_ptr<const CondaFacts> CondaFacts::None(std::vector<std::string> channels) {
  auto facts = std::make_shared<CondaFacts>();
  facts->channels_ = std::move(channels);
  return facts;
}

absl::StatusOr<std::shared_ptr<const CondaFacts>> Apply(const CondaFacts& facts,
                                                        const CondaUpdate& update,
                                                        const CondaLimits& limits) {
  return CondaChange(facts, limits).Make(update);
}

}  // namespace accord::engine
