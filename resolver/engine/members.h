// Which candidates of each package a solution has, or the part of it that was chosen first.
#pragma once

#include <algorithm>
#include <vector>

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

  void Add(SolvableId candidate) {
    const auto [first, is_first] =
        of_.try_emplace(universe_.solvable(candidate).package, candidate);
    if (!is_first && first->second != candidate) others_.push_back(candidate);
  }

  // Of several the one that was chosen first. Invalid: none.
  [[nodiscard]] SolvableId Of(PackageId package) const {
    const auto found = of_.find(package);
    return found == of_.end() ? SolvableId() : found->second;
  }
  [[nodiscard]] bool Has(VersionSetId set) const {
    bool has = false;
    ForEachIn(set, [&](SolvableId) { has = true; });
    return has;
  }
  // visit(SolvableId), in the order in which they were chosen.
  template <class Visit>
  void ForEachIn(VersionSetId set, Visit visit) const {
    const SolvableId first = Of(universe_.set(set).package);
    if (first.valid() && universe_.Contains(set, first)) visit(first);
    for (const SolvableId other : others_) {
      if (universe_.Contains(set, other)) visit(other);
    }
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
  std::vector<SolvableId> others_;  // of packages that have a member already
};

}  // namespace accord::engine
