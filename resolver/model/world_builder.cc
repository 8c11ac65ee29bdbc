#include "model/world_builder.h"

#include "base/error.h"

namespace accord {

WorldBuilder::WorldBuilder(const WorldSpec& spec) : spec_(spec), index_(spec) {
  for (const GroupSpec& group : spec.groups) universe_.AddGroup(group.name);
}

PackageId WorldBuilder::AddPackage(std::string_view name) {
  const PackageSpec* spec = index_.Find(name);
  return universe_.AddPackage(name, spec ? spec->coexistence : Coexistence::kOne);
}

void WorldBuilder::RevealPackage(PackageId id) {
  const PackageSpec* spec = index_.Find(universe_.name(id));
  if (!spec || spec->nonexistent) return universe_.SetNonexistent(id);
  if (spec->unknown) return universe_.SetUnavailable(id, *spec->unknown);
  std::vector<std::string_view> versions;
  for (const CandidateSpec& candidate : spec->candidates) versions.push_back(candidate.version);
  universe_.SetCandidates(id, versions);
  if (!spec->preference.empty()) universe_.SetPreference(id, spec->preference);
  for (uint32_t g = 0; g < spec_.groups.size(); ++g) {
    for (const auto& [name, position] : spec_.groups[g].members) {
      if (name == spec->name) universe_.AddToGroup(GroupId(g), universe_.at(id, position));
    }
  }
}

void WorldBuilder::RevealDependencies(SolvableId id) {
  const PackageSpec* package = index_.Find(universe_.name(universe_.solvable(id).package));
  ACCORD_CHECK(package != nullptr);
  const CandidateSpec& candidate = package->candidates[universe_.position(id)];
  if (candidate.unknown) return universe_.SetDependenciesUnavailable(id, *candidate.unknown);
  DependencySet dependencies;
  for (const RequirementSpec& requirement : candidate.requirements) {
    dependencies.requirements.push_back(Add(requirement));
  }
  for (const ConstraintSpec& constraint : candidate.constraints) {
    dependencies.constraints.push_back(Add(constraint));
  }
  universe_.SetDependencies(id, universe_.AddDependencySet(std::move(dependencies)));
}

Problem WorldBuilder::AddRequest() {
  Problem problem;
  for (const AskedSpec& asked : spec_.requirements) problem.requirements.push_back(Asked(asked));
  for (const AskedSpec& asked : spec_.soft) problem.soft.push_back(Asked(asked));
  for (const ConstraintSpec& limit : spec_.constraints) problem.constraints.push_back(Add(limit));
  for (const RestrictionSpec& lock : spec_.locked) problem.locked.push_back(Add(lock));
  for (const RestrictionSpec& favored : spec_.favored) problem.favored.push_back(Add(favored));
  for (const RestrictionSpec& barred : spec_.excluded) problem.excluded.push_back(Add(barred));
  return problem;
}

VersionSetId WorldBuilder::Add(const SetSpec& spec) {
  const PackageId id = AddPackage(spec.package);
  const PackageSpec* package = index_.Find(spec.package);
  const auto count = static_cast<uint32_t>(package ? package->candidates.size() : 0);
  if (spec.allowed) {
    ACCORD_CHECK(spec.allowed->empty() || spec.allowed->back().last < count);
    return universe_.AddSetOf(id, *spec.allowed);
  }
  const PositionRange all{0, count - 1};
  return universe_.AddSetOf(id, std::span(&all, count == 0 ? size_t{0} : size_t{1}));
}

ConditionId WorldBuilder::Add(const std::optional<ConditionSpec>& spec) {
  return spec ? AddCondition(*spec) : ConditionId();
}

// Recursion: formulas are as deep as the world file allows.
ConditionId WorldBuilder::AddCondition(const ConditionSpec& spec) {
  if (spec.kind == Condition::Kind::kHas) return universe_.AddHas(Add(spec.has));
  std::vector<ConditionId> children;
  for (const ConditionSpec& child : spec.children) children.push_back(AddCondition(child));
  return universe_.AddFormula(spec.kind, std::move(children));
}

RequirementId WorldBuilder::Add(const RequirementSpec& spec) {
  Requirement requirement;
  for (const SetSpec& set : spec.alternatives) requirement.alternatives.push_back(Add(set));
  requirement.condition = Add(spec.when);
  requirement.text = universe_.AddText(spec.text.empty() ? DerivedText(spec, index_) : spec.text);
  return universe_.AddRequirement(std::move(requirement));
}

ConstraintId WorldBuilder::Add(const ConstraintSpec& spec) {
  const StringId text =
      universe_.AddText(spec.text.empty() ? DerivedText(spec, index_) : spec.text);
  const VersionSetId set = Add(spec.set);
  return universe_.AddConstraint({.set = set, .condition = Add(spec.when), .text = text});
}

Restriction WorldBuilder::Add(const RestrictionSpec& spec) {
  return {.set = Add(spec.set), .reason = universe_.AddText(spec.reason)};
}

AskedRequirement WorldBuilder::Asked(const AskedSpec& spec) {
  return {.requirement = Add(spec.requirement), .priority = spec.priority};
}

World Build(const WorldSpec& spec) {
  WorldBuilder builder(spec);
  Universe& universe = builder.universe();
  for (const PackageSpec& package : spec.packages) {
    builder.RevealPackage(builder.AddPackage(package.name));
  }
  const size_t candidates = universe.solvable_count();
  for (size_t i = 0; i < candidates; ++i) builder.RevealDependencies(SolvableId(i));
  Problem problem = builder.AddRequest();
  for (size_t i = spec.packages.size(); i < universe.package_count(); ++i) {
    builder.RevealPackage(PackageId(i));
  }
  return {.universe = std::move(universe), .problem = std::move(problem)};
}

}  // namespace accord
