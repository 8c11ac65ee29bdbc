// What a variable says of a set of candidates: the other direction of the encoder, for checking
// learnt clauses against known solutions (and, later, for certificates).
#include <algorithm>

#include "solver/cdcl/encoder.h"

namespace accord::cdcl {

bool Encoder::IsTrueIn(Var var, std::span<const SolvableId> chosen) const {
  const SolvableId candidate = CandidateOf(var);
  const Object object = candidate.valid() ? Object() : objects_[var];
  const auto any = [&](auto predicate) {
    return std::any_of(chosen.begin(), chosen.end(), predicate);
  };
  if (candidate.valid()) return any([&](SolvableId solvable) { return solvable == candidate; });
  switch (object.meaning) {
    case Meaning::kPosed:
      return var == posed_;
    case Meaning::kDependencies:
      return any([&](SolvableId solvable) {
        return universe_.solvable(solvable).dependencies == DependencySetId(object.id);
      });
    case Meaning::kCondition:
      return Meets(ConditionId(object.id), chosen);
    case Meaning::kGate:
      break;
  }
  const VersionSetId set(object.id);
  const PackageId package = universe_.set(set).package;
  const auto inside = [&](SolvableId solvable) { return universe_.Contains(set, solvable); };
  if (gates_[set].of_use[static_cast<size_t>(GateUse::kOnly)] == var) {
    return !any([&](SolvableId solvable) {
      return universe_.solvable(solvable).package == package && !inside(solvable);
    });
  }
  return any(inside);
}

bool Encoder::Meets(ConditionId id, std::span<const SolvableId> chosen) const {
  const Condition& condition = universe_.condition(id);
  const auto child_meets = [&](ConditionId child) { return Meets(child, chosen); };
  switch (condition.kind) {
    case Condition::Kind::kHas:
      return std::any_of(chosen.begin(), chosen.end(), [&](SolvableId solvable) {
        return universe_.Contains(condition.set, solvable);
      });
    case Condition::Kind::kAnd:
      return std::all_of(condition.children.begin(), condition.children.end(), child_meets);
    case Condition::Kind::kOr:
      return std::any_of(condition.children.begin(), condition.children.end(), child_meets);
  }
  return false;
}

}  // namespace accord::cdcl
