// Puts a WorldSpec into a Universe piece by piece: what Build does at once, and what a test does
// that reveals a world lazily.
#pragma once

#include <string_view>

#include "model/world_spec.h"

namespace accord {

class WorldBuilder {
 public:
  // The spec is well-formed and outlives the builder. Groups exist at once, without members.
  explicit WorldBuilder(const WorldSpec& spec);

  [[nodiscard]] Universe& universe() { return universe_; }

  // The package as it is declared, pending until it is revealed.
  PackageId AddPackage(std::string_view name);
  // Its candidates arrive, or that there are none; groups get their members among them.
  void RevealPackage(PackageId package);
  // What the candidate needs arrives.
  void RevealDependencies(SolvableId solvable);
  // The request; packages it names are added and stay pending.
  [[nodiscard]] Problem AddRequest();

 private:
  VersionSetId Add(const SetSpec& spec);
  ConditionId Add(const std::optional<ConditionSpec>& spec);
  ConditionId AddCondition(const ConditionSpec& spec);
  RequirementId Add(const RequirementSpec& spec);
  ConstraintId Add(const ConstraintSpec& spec);
  Restriction Add(const RestrictionSpec& spec);
  AskedRequirement Asked(const AskedSpec& spec);

  const WorldSpec& spec_;
  SpecIndex index_;
  Universe universe_;
};

}  // namespace accord
