#include "engine/conda_reading.h"

#include <algorithm>
#include <utility>

namespace accord::engine {

class CondaReading::Channel final : public metadata::Source {
 public:
  // The reading outlives it.
  Channel(const CondaReading& reading, size_t number, std::string name)
      : reading_(reading), number_(number), name_(std::move(name)) {}

  absl::StatusOr<const metadata::PackageFacts*> Find(std::string_view name) const override {
    const CondaPackage* package = reading_.Read(name);
    if (package == nullptr || package->channels.empty()) return nullptr;
    const metadata::CompiledRecord* records = package->channels[number_].get();
    return records == nullptr ? nullptr : &records->facts();
  }
  bool complete() const override { return true; }
  std::string_view ecosystem() const override { return "conda"; }
  std::string_view place() const override { return name_; }

 private:
  const CondaReading& reading_;
  const size_t number_;
  const std::string name_;
};

CondaReading::CondaReading(std::shared_ptr<const CondaFacts> facts, bool closed)
    : closed_(closed), facts_(std::move(facts)) {
  for (const std::string& name : facts_->channels()) {
    channels_.push_back(std::make_unique<const Channel>(*this, channels_.size(), name));
    sources_.push_back(channels_.back().get());
  }
}

CondaReading::~CondaReading() = default;

const CondaPackage* CondaReading::Read(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  const auto known = read_.find(name);
  if (known != read_.end()) return known->second.get();
  return read_.emplace(name, facts_->Share(name)).first->second.get();
}

bool CondaReading::SetFacts(std::shared_ptr<const CondaFacts> facts) {
  if (!std::ranges::equal(facts->channels(), facts_->channels())) return false;
  const std::lock_guard lock(mutex_);
  for (const auto& [name, package] : read_) {
    if (facts->Find(name) != package.get()) return false;
  }
  facts_ = std::move(facts);
  return true;
}

std::optional<std::string> CondaReading::UnknownBecause(std::string_view name) const {
  const CondaPackage* package = Read(name);
  if (package == nullptr || package->knowledge != Knowledge::kUnavailable) return std::nullopt;
  return package->reason;
}

}  // namespace accord::engine
