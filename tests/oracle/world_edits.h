// Changes to a WorldSpec that keep it well-formed. Texts of requirements stay as they are.
#pragma once

#include <functional>
#include <string_view>

#include "model/world_spec.h"
#include "tests/oracle/random.h"

namespace accord {

// Calls visit(set) for each set anywhere in the world.
void ForEachSet(WorldSpec& spec, const std::function<void(SetSpec&)>& visit);
// Calls visit(requirement) for each requirement: of candidates, of the request, soft.
void ForEachRequirement(WorldSpec& spec, const std::function<void(RequirementSpec&)>& visit);
// Calls visit(constraint) for each constraint: of candidates and of the request.
void ForEachConstraint(WorldSpec& spec, const std::function<void(ConstraintSpec&)>& visit);

// Later candidates move down by one, in sets, groups and preference too.
void RemoveCandidate(WorldSpec& spec, size_t package, Position position);
// The name stays in use and does not exist any more.
void RemovePackage(WorldSpec& spec, size_t package);

// Changes the order of everything whose order has no meaning: packages, groups and their members,
// requirements, constraints, restrictions.
void ShuffleOrder(WorldSpec& spec, Rng& rng);

}  // namespace accord
