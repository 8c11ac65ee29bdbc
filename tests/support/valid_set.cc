#include "tests/support/valid_set.h"

#include <algorithm>
#include <map>
#include <vector>

#include "base/error.h"

namespace accord::testing {
namespace {

class ValidSet {
 public:
  ValidSet(const Universe& universe, std::span<const SolvableId> chosen)
      : universe_(universe), chosen_(chosen) {
    for (const SolvableId id : chosen) in_package_[universe.solvable(id).package].push_back(id);
  }

  [[nodiscard]] std::optional<std::string> WhyInvalid(const Problem& problem) const {
    for (const AskedRequirement& asked : problem.requirements) {
      if (!Meets(asked.requirement)) return Unmet("the request", asked.requirement);
    }
    for (const ConstraintId id : problem.constraints) {
      if (!Respects(id)) return Broken("the request", id);
    }
    for (const Restriction& locked : problem.locked) {
      if (HasMember(locked.set, false)) return "a locked package has another candidate";
    }
    for (const Restriction& excluded : problem.excluded) {
      if (HasMember(excluded.set, true)) return "an excluded candidate is chosen";
    }
    for (const SolvableId id : chosen_) {
      if (auto wrong = WrongMember(id)) return wrong;
    }
    return WrongGroup();
  }

 private:
  [[nodiscard]] std::optional<std::string> WrongMember(SolvableId id) const {
    const Solvable& solvable = universe_.solvable(id);
    if (solvable.dependencies_known != Knowledge::kKnown) {
      return Cat(universe_.Label(id), " is chosen and its dependencies are not known");
    }
    const DependencySet& needs = universe_.dependency_set(solvable.dependencies);
    for (const RequirementId requirement : needs.requirements) {
      if (!Meets(requirement)) return Unmet(universe_.Label(id), requirement);
    }
    for (const ConstraintId constraint : needs.constraints) {
      if (!Respects(constraint)) return Broken(universe_.Label(id), constraint);
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::string> WrongGroup() const {
    std::map<GroupId, SolvableId> first_of_group;
    for (const auto& [package, members] : in_package_) {
      const bool one = universe_.package(package).coexistence == Coexistence::kOne;
      if (one && members.size() > 1) return Cat("two candidates of ", universe_.name(package));
      for (const SolvableId id : members) {
        for (const GroupId group : universe_.groups_of(id)) {
          const auto [entry, is_first] = first_of_group.emplace(group, id);
          if (is_first) continue;
          return Cat(universe_.Label(entry->second), " and ", universe_.Label(id),
                     " exclude each other");
        }
      }
    }
    return std::nullopt;
  }

  // Is a candidate of the set's package chosen that is in the set, or not in it?
  [[nodiscard]] bool HasMember(VersionSetId set, bool inside) const {
    const auto members = in_package_.find(universe_.set(set).package);
    return members != in_package_.end() && std::ranges::any_of(members->second, [&](SolvableId id) {
             return universe_.Contains(set, id) == inside;
           });
  }
  [[nodiscard]] bool Holds(ConditionId id) const {
    if (!id.valid()) return true;
    const Condition& condition = universe_.condition(id);
    const auto holds = [this](ConditionId child) { return Holds(child); };
    switch (condition.kind) {
      case Condition::Kind::kHas:
        return HasMember(condition.set, true);
      case Condition::Kind::kAnd:
        return std::ranges::all_of(condition.children, holds);
      case Condition::Kind::kOr:
        return std::ranges::any_of(condition.children, holds);
    }
    return false;
  }
  [[nodiscard]] bool Meets(RequirementId id) const {
    const Requirement& requirement = universe_.requirement(id);
    return !Holds(requirement.condition) ||
           std::ranges::any_of(requirement.alternatives,
                               [this](VersionSetId set) { return HasMember(set, true); });
  }
  [[nodiscard]] bool Respects(ConstraintId id) const {
    const Constraint& constraint = universe_.constraint(id);
    return !Holds(constraint.condition) || !HasMember(constraint.set, false);
  }

  [[nodiscard]] std::string Unmet(std::string_view who, RequirementId id) const {
    return Cat(who, " requires '", TextOf(universe_.requirement(id).text), "', which is not met");
  }
  [[nodiscard]] std::string Broken(std::string_view who, ConstraintId id) const {
    return Cat(who, " allows only '", TextOf(universe_.constraint(id).text),
               "', which is not respected");
  }
  [[nodiscard]] std::string_view TextOf(StringId id) const {
    return id.valid() ? universe_.Text(id) : "(no text)";
  }

  const Universe& universe_;
  std::span<const SolvableId> chosen_;
  std::map<PackageId, std::vector<SolvableId>> in_package_;
};

}  // namespace

std::optional<std::string> WhyInvalid(const Universe& universe, const Problem& problem,
                                      std::span<const SolvableId> chosen) {
  return ValidSet(universe, chosen).WhyInvalid(problem);
}

}  // namespace accord::testing
