#include "engine/plain_facts.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/error.h"

namespace accord::engine {
namespace {

// Where something stands in an update, as a JSON Pointer that is made when it is needed.
struct Step {
  const Step* parent = nullptr;
  std::string_view key;
  size_t index = SIZE_MAX;  // SIZE_MAX: none
};

std::string PointerTo(const Step& step) {
  std::string out = step.parent != nullptr ? PointerTo(*step.parent) : std::string();
  if (!step.key.empty()) out += Cat("/", step.key);
  if (step.index != SIZE_MAX) out += Cat("/", step.index);
  return out;
}

// Of 0 .. count - 1.
bool IsPermutation(std::vector<Position> positions, size_t count) {
  std::ranges::sort(positions);
  size_t next = 0;
  return positions.size() == count &&
         std::ranges::all_of(positions, [&](Position position) { return position == next++; });
}

bool SaysTheSame(const PlainPackage& a, const PlainPackage& b) {
  return a.knowledge == b.knowledge && a.reason == b.reason && a.coexistence == b.coexistence &&
         a.preference == b.preference && a.groups == b.groups &&
         std::ranges::equal(a.candidates, b.candidates,
                            [](const auto& x, const auto& y) { return x == y || *x == *y; });
}

}  // namespace

// One update on its way to a snapshot.
class PlainChange {
 public:
  PlainChange(const PlainFacts& before, const PlainLimits& limits)
      : facts_(std::make_shared<PlainFacts>(before)),
        packages_(before.packages_),
        limits_(limits) {}

  absl::StatusOr<std::shared_ptr<const PlainFacts>> Make(PlainUpdate update) {
    ACCORD_RETURN_IF_ERROR(CheckWhole(update));
    for (PackageSpec& package : update.put) Put(std::move(package));
    for (const std::string& name : update.drop) Replace({.name = name});
    for (const std::string& name : update.absent) {
      Replace({.name = name, .knowledge = Knowledge::kNonexistent});
    }
    for (PlainError& error : update.errors) {
      Replace({.name = std::move(error.package),
               .knowledge = Knowledge::kUnavailable,
               .reason = std::move(error.reason)});
    }
    ACCORD_RETURN_IF_ERROR(PutNeeds(update.needs));
    ACCORD_RETURN_IF_ERROR(PutGroups(std::move(update.groups)));
    ACCORD_RETURN_IF_ERROR(CheckPositions(update));
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
  // ---- What can be said of an update alone.

  absl::Status CheckWhole(const PlainUpdate& update) {
    std::set<std::string_view> names;
    const auto check_once = [&](std::string_view key, size_t index, std::string_view name) {
      if (names.insert(name).second) return absl::OkStatus();
      return InvalidInput(PointerTo({nullptr, key, index}), Cat(Quoted(name), " stands twice"));
    };
    for (size_t i = 0; i < update.put.size(); ++i) {
      ACCORD_RETURN_IF_ERROR(check_once("put", i, update.put[i].name));
      ACCORD_RETURN_IF_ERROR(CheckPackage({nullptr, "put", i}, update.put[i]));
    }
    for (size_t i = 0; i < update.drop.size(); ++i) {
      ACCORD_RETURN_IF_ERROR(check_once("drop", i, update.drop[i]));
    }
    for (size_t i = 0; i < update.absent.size(); ++i) {
      ACCORD_RETURN_IF_ERROR(check_once("absent", i, update.absent[i]));
    }
    for (size_t i = 0; i < update.errors.size(); ++i) {
      ACCORD_RETURN_IF_ERROR(check_once("errors", i, update.errors[i].package));
    }
    names.clear();
    for (size_t i = 0; i < update.groups.size(); ++i) {
      ACCORD_RETURN_IF_ERROR(check_once("groups", i, update.groups[i].name));
    }
    return absl::OkStatus();
  }

  static absl::Status CheckPackage(const Step& at, const PackageSpec& package) {
    if ((package.unknown || package.nonexistent) && !package.candidates.empty()) {
      return InvalidInput(PointerTo(at), "candidates of a package that has none");
    }
    const size_t count = package.candidates.size();
    if (!package.preference.empty() && !IsPermutation(package.preference, count)) {
      return InvalidInput(PointerTo({&at, "prefer"}), "not a permutation of all positions");
    }
    for (size_t i = 0; i < package.candidates.size(); ++i) {
      const CandidateSpec& one = package.candidates[i];
      const bool lists = !one.requirements.empty() || !one.constraints.empty();
      if ((one.unknown && one.pending) || ((one.unknown || one.pending) && lists)) {
        return InvalidInput(PointerTo({&at, "candidates", i}),
                            "its dependencies are known, unknown or pending: one of these");
      }
    }
    return absl::OkStatus();
  }

  // ---- What is said.

  void Put(PackageSpec spec) {
    put_.push_back(spec.name);
    PlainPackage package{.name = std::move(spec.name),
                         .knowledge = Knowledge::kKnown,
                         .coexistence = spec.coexistence,
                         .preference = std::move(spec.preference)};
    if (spec.unknown) package.knowledge = Knowledge::kUnavailable;
    if (spec.unknown) package.reason = *std::move(spec.unknown);
    if (spec.nonexistent) package.knowledge = Knowledge::kNonexistent;
    for (CandidateSpec& candidate : spec.candidates) {
      package.candidates.push_back(std::make_shared<const CandidateSpec>(std::move(candidate)));
    }
    Replace(std::move(package));
  }

  // With the groups it is in.
  void Replace(PlainPackage package) {
    const PlainPackage* before = packages_.names().Find(package.name);
    if (before != nullptr) package.groups = before->groups;
    Write(std::move(package));
  }

  void Write(PlainPackage package) {
    const PlainPackage* before = packages_.names().Find(package.name);
    if (before != nullptr && SaysTheSame(*before, package)) return;
    const bool is_nothing = package.knowledge == Knowledge::kPending && package.groups.empty();
    if (before == nullptr && is_nothing) return;
    if (before != nullptr) facts_->candidate_count_ -= before->candidates.size();
    if (is_nothing) return packages_.Erase(package.name);
    facts_->candidate_count_ += package.candidates.size();
    packages_.Put(std::move(package));
  }

  absl::Status PutNeeds(const std::vector<PlainNeeds>& all) {
    std::optional<PlainPackage> package;  // of many in a row one copy
    for (size_t i = 0; i < all.size(); ++i) {
      const PlainNeeds& needs = all[i];
      const Step at{nullptr, "needs", i};
      if (package && package->name != needs.package) Write(*std::exchange(package, std::nullopt));
      if (!package) package = Copy(needs.package);
      if (package->knowledge != Knowledge::kKnown) {
        return InvalidInput(
            PointerTo({&at, "package"}),
            Cat(Quoted(needs.package), " has no candidates: it has to be put first"));
      }
      if (IsOutside(&*package, needs.candidate)) {
        return OutsideOf(*package, needs.candidate, {&at, "candidate"});
      }
      if (needs.unknown && (!needs.requirements.empty() || !needs.constraints.empty())) {
        return InvalidInput(PointerTo({&at, "unknown"}), "what cannot be known lists nothing");
      }
      std::shared_ptr<const CandidateSpec>& candidate = package->candidates[needs.candidate];
      candidate =
          std::make_shared<const CandidateSpec>(CandidateSpec{.version = candidate->version,
                                                              .requirements = needs.requirements,
                                                              .constraints = needs.constraints,
                                                              .unknown = needs.unknown});
    }
    if (package) Write(*std::move(package));
    return absl::OkStatus();
  }

  absl::Status PutGroups(std::vector<GroupSpec> groups) {
    if (groups.empty()) return absl::OkStatus();
    auto all = facts_->groups_ != nullptr ? std::make_shared<TextMap<GroupSpec>>(*facts_->groups_)
                                          : std::make_shared<TextMap<GroupSpec>>();
    for (size_t i = 0; i < groups.size(); ++i) {
      GroupSpec& group = groups[i];
      std::ranges::sort(group.members);
      const auto old = all->find(group.name);
      if (old != all->end()) {
        for (const auto& [name, position] : old->second.members) Leave(name, group.name);
      }
      for (const auto& [name, position] : group.members) Join(name, group.name, position);
      all->insert_or_assign(group.name, group);
      if (group.members.empty()) all->erase(group.name);
      for (size_t j = 0; j < group.members.size(); ++j) {
        const PlainPackage* package = packages_.names().Find(group.members[j].first);
        if (!IsOutside(package, group.members[j].second)) continue;
        const Step at{nullptr, "groups", i};
        return OutsideOf(*package, group.members[j].second, {&at, "members", j});
      }
    }
    facts_->groups_ = std::move(all);
    return absl::OkStatus();
  }

  [[nodiscard]] PlainPackage Copy(std::string_view name) const {
    const PlainPackage* before = packages_.names().Find(name);
    return before != nullptr ? *before : PlainPackage{.name = std::string(name)};
  }
  void Leave(std::string_view name, std::string_view group) {
    PlainPackage package = Copy(name);
    std::erase_if(package.groups, [&](const auto& member) { return member.first == group; });
    Write(std::move(package));
  }
  void Join(std::string_view name, std::string_view group, Position position) {
    PlainPackage package = Copy(name);
    package.groups.emplace_back(group, position);
    std::ranges::sort(package.groups);
    const auto twice = std::ranges::unique(package.groups);
    package.groups.erase(twice.begin(), twice.end());
    Write(std::move(package));
  }

  // ---- Positions, and formulas.

  static bool IsOutside(const PlainPackage* package, Position position) {
    return package != nullptr && package->knowledge == Knowledge::kKnown &&
           position >= package->candidates.size();
  }
  static absl::Status OutsideOf(const PlainPackage& package, Position position, const Step& at) {
    return InvalidInput(PointerTo(at),
                        Cat("position ", position, " of ", Quoted(package.name), ", which has ",
                            package.candidates.size(), " candidates"));
  }

  absl::Status CheckPositions(const PlainUpdate& update) const {
    for (size_t i = 0; i < update.needs.size(); ++i) {
      ACCORD_RETURN_IF_ERROR(CheckNeeds({nullptr, "needs", i}, update.needs[i]));
    }
    for (size_t i = 0; i < put_.size(); ++i) {
      const PlainPackage* package = packages_.names().Find(put_[i]);
      const Step at{nullptr, "put", i};
      for (size_t j = 0; j < package->candidates.size(); ++j) {
        ACCORD_RETURN_IF_ERROR(CheckNeeds({&at, "candidates", j}, *package->candidates[j]));
      }
    }
    return absl::OkStatus();
  }

  template <class Needs>
  absl::Status CheckNeeds(const Step& at, const Needs& needs) const {
    for (size_t i = 0; i < needs.requirements.size(); ++i) {
      const RequirementSpec& one = needs.requirements[i];
      const Step here{&at, "requires", i};
      for (size_t j = 0; j < one.alternatives.size(); ++j) {
        const Step inside{&here, "any", j};
        ACCORD_RETURN_IF_ERROR(
            CheckSet(one.alternatives.size() == 1 ? here : inside, one.alternatives[j]));
      }
      ACCORD_RETURN_IF_ERROR(CheckWhen(here, one.when));
    }
    for (size_t i = 0; i < needs.constraints.size(); ++i) {
      const Step here{&at, "constrains", i};
      ACCORD_RETURN_IF_ERROR(CheckSet(here, needs.constraints[i].set));
      ACCORD_RETURN_IF_ERROR(CheckWhen(here, needs.constraints[i].when));
    }
    return absl::OkStatus();
  }

  absl::Status CheckSet(const Step& at, const SetSpec& set) const {
    if (!set.allowed || set.allowed->empty()) return absl::OkStatus();
    const PlainPackage* package = packages_.names().Find(set.package);
    for (size_t i = 0; i < set.allowed->size(); ++i) {
      if (!IsOutside(package, (*set.allowed)[i].last)) continue;
      return OutsideOf(*package, (*set.allowed)[i].last, {&at, "allowed", i});
    }
    return absl::OkStatus();
  }

  absl::Status CheckWhen(const Step& at, const std::optional<ConditionSpec>& when) const {
    return when ? CheckFormula({&at, "when"}, *when, 1) : absl::OkStatus();
  }

  absl::Status CheckFormula(const Step& at, const ConditionSpec& formula, uint32_t depth) const {
    if (formula.kind == Condition::Kind::kHas) return CheckSet(at, formula.has);
    if (depth >= Condition::kDepthMax) {
      return LimitReached(PointerTo(at), Cat("a formula deeper than ", Condition::kDepthMax));
    }
    const bool is_and = formula.kind == Condition::Kind::kAnd;
    if (formula.children.empty()) return InvalidInput(PointerTo(at), "a formula of nothing");
    for (size_t i = 0; i < formula.children.size(); ++i) {
      ACCORD_RETURN_IF_ERROR(
          CheckFormula({&at, is_and ? "and" : "or", i}, formula.children[i], depth + 1));
    }
    return absl::OkStatus();
  }

  std::shared_ptr<PlainFacts> facts_;  // gets its packages in the end
  SharedNames<PlainPackage>::Change packages_;
  const PlainLimits& limits_;
  std::vector<std::string> put_;  // as the update lists them
};

std::shared_ptr<const PlainFacts> PlainFacts::None() { return std::make_shared<PlainFacts>(); }

absl::StatusOr<std::shared_ptr<const PlainFacts>> Apply(const PlainFacts& facts, PlainUpdate update,
                                                        const PlainLimits& limits) {
  return PlainChange(facts, limits).Make(std::move(update));
}

}  // namespace accord::engine
