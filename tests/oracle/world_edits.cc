#include "tests/oracle/world_edits.h"

#include <algorithm>

namespace accord {
namespace {

void VisitCondition(ConditionSpec& condition, const std::function<void(SetSpec&)>& visit) {
  if (condition.kind == Condition::Kind::kHas) visit(condition.has);
  for (ConditionSpec& child : condition.children) VisitCondition(child, visit);
}

std::vector<PositionRange> WithoutPosition(const std::vector<PositionRange>& ranges,
                                           Position removed) {
  PositionCollector kept;
  for (const PositionRange& range : ranges) {
    for (Position position = range.first; position <= range.last; ++position) {
      if (position != removed) kept.Add(position > removed ? position - 1 : position);
    }
  }
  return kept.ranges();
}

}  // namespace

void ForEachRequirement(WorldSpec& spec, const std::function<void(RequirementSpec&)>& visit) {
  for (PackageSpec& package : spec.packages) {
    for (CandidateSpec& candidate : package.candidates) {
      std::for_each(candidate.requirements.begin(), candidate.requirements.end(), visit);
    }
  }
  for (AskedSpec& asked : spec.requirements) visit(asked.requirement);
  for (AskedSpec& asked : spec.soft) visit(asked.requirement);
}

void ForEachConstraint(WorldSpec& spec, const std::function<void(ConstraintSpec&)>& visit) {
  for (PackageSpec& package : spec.packages) {
    for (CandidateSpec& candidate : package.candidates) {
      std::for_each(candidate.constraints.begin(), candidate.constraints.end(), visit);
    }
  }
  std::for_each(spec.constraints.begin(), spec.constraints.end(), visit);
}

void ForEachSet(WorldSpec& spec, const std::function<void(SetSpec&)>& visit) {
  ForEachRequirement(spec, [&](RequirementSpec& requirement) {
    std::for_each(requirement.alternatives.begin(), requirement.alternatives.end(), visit);
    if (requirement.when) VisitCondition(*requirement.when, visit);
  });
  ForEachConstraint(spec, [&](ConstraintSpec& constraint) {
    visit(constraint.set);
    if (constraint.when) VisitCondition(*constraint.when, visit);
  });
  for (auto* list : {&spec.locked, &spec.favored, &spec.excluded}) {
    for (RestrictionSpec& restriction : *list) visit(restriction.set);
  }
}

void RemoveCandidate(WorldSpec& spec, size_t package, Position position) {
  PackageSpec& changed = spec.packages[package];
  changed.candidates.erase(changed.candidates.begin() + position);
  std::erase(changed.preference, position);
  for (Position& other : changed.preference) other -= other > position ? 1 : 0;
  ForEachSet(spec, [&](SetSpec& set) {
    if (set.package == changed.name && set.allowed) {
      set.allowed = WithoutPosition(*set.allowed, position);
    }
  });
  for (GroupSpec& group : spec.groups) {
    std::erase(group.members, std::pair(changed.name, position));
    for (auto& [name, member] : group.members) {
      if (name == changed.name && member > position) --member;
    }
  }
}

void RemovePackage(WorldSpec& spec, size_t package) {
  const std::string name = spec.packages[package].name;
  ForEachSet(spec, [&](SetSpec& set) {
    if (set.package == name && set.allowed) set.allowed->clear();
  });
  for (GroupSpec& group : spec.groups) {
    std::erase_if(group.members, [&](const auto& member) { return member.first == name; });
  }
  spec.packages.erase(spec.packages.begin() + static_cast<ptrdiff_t>(package));
}

void ShuffleOrder(WorldSpec& spec, Rng& rng) {
  rng.Shuffle(spec.packages);
  for (PackageSpec& package : spec.packages) {
    for (CandidateSpec& candidate : package.candidates) {
      rng.Shuffle(candidate.requirements);
      rng.Shuffle(candidate.constraints);
    }
  }
  rng.Shuffle(spec.groups);
  for (GroupSpec& group : spec.groups) rng.Shuffle(group.members);
  rng.Shuffle(spec.requirements);
  rng.Shuffle(spec.constraints);
  for (auto* list : {&spec.locked, &spec.favored, &spec.excluded}) rng.Shuffle(*list);
}

}  // namespace accord
