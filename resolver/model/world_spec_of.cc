// Universe and Problem -> WorldSpec.
#include <algorithm>

#include "base/error.h"
#include "model/world_spec.h"

namespace accord {
namespace {

constexpr std::string_view kNotRead = "not read";

// Universe and Problem -> WorldSpec, every text in full; texts that can be derived go at the end.
class Reader {
 public:
  explicit Reader(const Universe& universe) : universe_(universe) {}

  WorldSpec Read(const Problem& problem) {
    WorldSpec spec;
    for (const PackageId id : PackagesByName()) spec.packages.push_back(Package(id));
    for (uint32_t i = 0; i < universe_.group_count(); ++i) spec.groups.push_back(Group(GroupId(i)));
    for (const AskedRequirement& asked : problem.requirements) {
      spec.requirements.push_back(Asked(asked));
    }
    for (const AskedRequirement& asked : problem.soft) spec.soft.push_back(Asked(asked));
    for (const ConstraintId id : problem.constraints) spec.constraints.push_back(Constraint(id));
    for (const Restriction& lock : problem.locked) spec.locked.push_back(Restricted(lock));
    for (const Restriction& favored : problem.favored) spec.favored.push_back(Restricted(favored));
    for (const Restriction& excluded : problem.excluded) {
      spec.excluded.push_back(Restricted(excluded));
    }
    return spec;
  }

 private:
  std::vector<PackageId> PackagesByName() const {
    std::vector<PackageId> ids;
    for (uint32_t i = 0; i < universe_.package_count(); ++i) {
      const accord::Package& package = universe_.package(PackageId(i));
      const bool implied =
          package.knowledge == Knowledge::kNonexistent && package.coexistence == Coexistence::kOne;
      if (!implied) ids.emplace_back(i);
    }
    std::sort(ids.begin(), ids.end(),
              [&](PackageId a, PackageId b) { return universe_.name(a) < universe_.name(b); });
    return ids;
  }

  PackageSpec Package(PackageId id) const {
    const accord::Package& package = universe_.package(id);
    PackageSpec spec{.name = std::string(universe_.name(id)), .coexistence = package.coexistence};
    spec.nonexistent = package.knowledge == Knowledge::kNonexistent;
    if (package.knowledge == Knowledge::kPending) spec.unknown = kNotRead;
    if (package.knowledge == Knowledge::kUnavailable) {
      spec.unknown = universe_.Text(package.unavailable_reason);
    }
    for (Position i = 0; i < package.count; ++i) {
      spec.candidates.push_back(Candidate(universe_.at(id, i)));
    }
    spec.preference = package.preference;
    Position expected = package.count;
    if (std::all_of(spec.preference.begin(), spec.preference.end(),
                    [&](Position position) { return position == --expected; })) {
      spec.preference.clear();
    }
    return spec;
  }

  CandidateSpec Candidate(SolvableId id) const {
    const Solvable& solvable = universe_.solvable(id);
    CandidateSpec spec{.version = std::string(universe_.Text(solvable.version))};
    if (solvable.dependencies_known == Knowledge::kUnavailable) {
      spec.unknown = universe_.Text(solvable.unavailable_reason);
    } else if (solvable.dependencies_known == Knowledge::kPending) {
      spec.unknown = kNotRead;
    } else {
      const DependencySet& dependencies = universe_.dependency_set(solvable.dependencies);
      for (const RequirementId requirement : dependencies.requirements) {
        spec.requirements.push_back(Requirement(requirement));
      }
      for (const ConstraintId constraint : dependencies.constraints) {
        spec.constraints.push_back(Constraint(constraint));
      }
      const auto by_text = [](const auto& a, const auto& b) { return a.text < b.text; };
      std::stable_sort(spec.requirements.begin(), spec.requirements.end(), by_text);
      std::stable_sort(spec.constraints.begin(), spec.constraints.end(), by_text);
    }
    return spec;
  }

  GroupSpec Group(GroupId id) const {
    const accord::Group& group = universe_.group(id);
    GroupSpec spec{.name = std::string(universe_.Text(group.name)), .members = {}};
    for (const SolvableId member : group.members) {
      spec.members.emplace_back(universe_.name(universe_.solvable(member).package),
                                universe_.position(member));
    }
    std::sort(spec.members.begin(), spec.members.end());
    return spec;
  }

  SetSpec Set(VersionSetId id) const {
    const VersionSet& set = universe_.set(id);
    SetSpec spec{.package = std::string(universe_.name(set.package)), .allowed = {}};
    const accord::Package& package = universe_.package(set.package);
    if (set.known && package.knowledge == Knowledge::kKnown && set.count != package.count) {
      spec.allowed.emplace(universe_.ranges(id).begin(), universe_.ranges(id).end());
    }
    return spec;
  }

  std::optional<ConditionSpec> When(ConditionId id) const {
    if (!id.valid()) return std::nullopt;
    return ConditionOf(id);
  }

  ConditionSpec ConditionOf(ConditionId id) const {
    const Condition& condition = universe_.condition(id);
    ConditionSpec spec{.kind = condition.kind};
    if (condition.kind == Condition::Kind::kHas) spec.has = Set(condition.set);
    for (const ConditionId child : condition.children) spec.children.push_back(ConditionOf(child));
    return spec;
  }

  RequirementSpec Requirement(RequirementId id) const {
    const accord::Requirement& requirement = universe_.requirement(id);
    RequirementSpec spec;
    for (const VersionSetId set : requirement.alternatives) spec.alternatives.push_back(Set(set));
    spec.when = When(requirement.condition);
    spec.text = universe_.Text(requirement.text);
    return spec;
  }

  ConstraintSpec Constraint(ConstraintId id) const {
    const accord::Constraint& constraint = universe_.constraint(id);
    return {.set = Set(constraint.set),
            .when = When(constraint.condition),
            .text = std::string(universe_.Text(constraint.text))};
  }

  AskedSpec Asked(const AskedRequirement& asked) const {
    return {.requirement = Requirement(asked.requirement), .priority = asked.priority};
  }

  RestrictionSpec Restricted(const Restriction& restriction) const {
    return {.set = Set(restriction.set), .reason = std::string(universe_.Text(restriction.reason))};
  }

  const Universe& universe_;
};

// Clears every text that Build would derive anyway.
void DropDerivedTexts(WorldSpec& spec) {
  const SpecIndex index(spec);
  const auto drop = [&](auto& item) {
    if (item.text == DerivedText(item, index)) item.text.clear();
  };
  for (PackageSpec& package : spec.packages) {
    for (CandidateSpec& candidate : package.candidates) {
      for (RequirementSpec& requirement : candidate.requirements) drop(requirement);
      for (ConstraintSpec& constraint : candidate.constraints) drop(constraint);
    }
  }
  for (AskedSpec& asked : spec.requirements) drop(asked.requirement);
  for (AskedSpec& asked : spec.soft) drop(asked.requirement);
  for (ConstraintSpec& constraint : spec.constraints) drop(constraint);
}

}  // namespace

WorldSpec SpecOf(const Universe& universe, const Problem& problem) {
  WorldSpec spec = Reader(universe).Read(problem);
  DropDerivedTexts(spec);
  return spec;
}

}  // namespace accord
