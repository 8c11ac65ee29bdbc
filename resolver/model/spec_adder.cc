#include "model/spec_adder.h"

#include <utility>

namespace accord {

DependencySetId SpecAdder::AddNeeds(const CandidateSpec& candidate) {
  DependencySet dependencies;
  for (const RequirementSpec& requirement : candidate.requirements) {
    dependencies.requirements.push_back(Add(requirement));
  }
  for (const ConstraintSpec& constraint : candidate.constraints) {
    dependencies.constraints.push_back(Add(constraint));
  }
  return universe_.AddDependencySet(std::move(dependencies));
}

Problem SpecAdder::AddRequest(const RequestSpec& request) {
  Problem problem;
  for (const AskedSpec& asked : request.requirements) problem.requirements.push_back(Asked(asked));
  for (const AskedSpec& asked : request.soft) problem.soft.push_back(Asked(asked));
  for (const ConstraintSpec& limit : request.constraints) problem.constraints.push_back(Add(limit));
  for (const RestrictionSpec& lock : request.locked) problem.locked.push_back(Add(lock));
  for (const RestrictionSpec& favored : request.favored) problem.favored.push_back(Add(favored));
  for (const RestrictionSpec& barred : request.excluded) problem.excluded.push_back(Add(barred));
  return problem;
}

ConditionId SpecAdder::Add(const std::optional<ConditionSpec>& spec) {
  return spec ? AddCondition(*spec) : ConditionId();
}

// Recursion: formulas are as deep as the world file allows.
ConditionId SpecAdder::AddCondition(const ConditionSpec& spec) {
  if (spec.kind == Condition::Kind::kHas) return universe_.AddHas(AddSet(spec.has));
  std::vector<ConditionId> children;
  for (const ConditionSpec& child : spec.children) children.push_back(AddCondition(child));
  return universe_.AddFormula(spec.kind, std::move(children));
}

RequirementId SpecAdder::Add(const RequirementSpec& spec) {
  Requirement requirement;
  for (const SetSpec& set : spec.alternatives) requirement.alternatives.push_back(AddSet(set));
  requirement.condition = Add(spec.when);
  requirement.text = universe_.AddText(spec.text.empty() ? TextOf(spec) : spec.text);
  return universe_.AddRequirement(std::move(requirement));
}

ConstraintId SpecAdder::Add(const ConstraintSpec& spec) {
  const StringId text = universe_.AddText(spec.text.empty() ? TextOf(spec) : spec.text);
  const VersionSetId set = AddSet(spec.set);
  return universe_.AddConstraint({.set = set, .condition = Add(spec.when), .text = text});
}

Restriction SpecAdder::Add(const RestrictionSpec& spec) {
  return {.set = AddSet(spec.set), .reason = universe_.AddText(spec.reason)};
}

AskedRequirement SpecAdder::Asked(const AskedSpec& spec) {
  return {.requirement = Add(spec.requirement), .priority = spec.priority};
}

}  // namespace accord
