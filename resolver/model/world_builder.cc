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
  universe_.SetDependencies(id, AddNeeds(candidate));
}

VersionSetId WorldBuilder::AddSet(const SetSpec& spec) {
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

World Build(const WorldSpec& spec) {
  WorldBuilder builder(spec);
  Universe& universe = builder.universe();
  for (const PackageSpec& package : spec.packages) {
    builder.RevealPackage(builder.AddPackage(package.name));
  }
  const size_t candidates = universe.solvable_count();
  for (size_t i = 0; i < candidates; ++i) builder.RevealDependencies(SolvableId(i));
  Problem problem = builder.AddRequest(spec);
  for (size_t i = spec.packages.size(); i < universe.package_count(); ++i) {
    builder.RevealPackage(PackageId(i));
  }
  return {.universe = std::move(universe), .problem = std::move(problem)};
}

}  // namespace accord
