// Which candidate of each package a solution has, or the part of it that was chosen first.
#pragma once

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "model/outcome.h"
#include "model/universe.h"

namespace accord::engine {

// The universe outlives it.
class Members {
 public:
  explicit Members(const Universe& universe) : universe_(universe) {}
  Members(const Universe& universe, const Solution& solution) : universe_(universe) {
    for (const Member& member : solution.members) Add(member.solvable);
  }

  void Add(SolvableId candidate) { of_[universe_.solvable(candidate).package] = candidate; }

  // Invalid: none.
  [[nodiscard]] SolvableId Of(PackageId package) const {
    const auto found = of_.find(package);
    return found == of_.end() ? SolvableId() : found->second;
  }
  [[nodiscard]] bool Has(VersionSetId set) const {
    const SolvableId member = Of(universe_.set(set).package);
    return member.valid() && universe_.Contains(set, member);
  }
  // Of none, that which always holds, too.
  [[nodiscard]] bool Holds(ConditionId id) const {
    if (!id.valid()) return true;
    const Condition& condition = universe_.condition(id);
    const auto holds = [&](ConditionId child) { return Holds(child); };
    switch (condition.kind) {
      case Condition::Kind::kHas:
        return Has(condition.set);
      case Condition::Kind::kAnd:
        return std::ranges::all_of(condition.children, holds);
      case Condition::Kind::kOr:
        return std::ranges::any_of(condition.children, holds);
    }
    return false;
  }

 private:
  const Universe& universe_;
  absl::flat_hash_map<PackageId, SolvableId> of_;
};

}  // namespace accord::engine
