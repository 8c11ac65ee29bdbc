#include "check/world_check.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/error.h"

namespace accord::check {
namespace {

constexpr std::string_view kRequest = "the request";

class WorldCheck {
 public:
  WorldCheck(const Universe& universe, const Problem& problem, const Solution& solution)
      : universe_(universe), problem_(problem), solution_(solution) {
    for (const Member& member : solution.members) {
      chosen_[universe.solvable(member.solvable).package].insert(member.solvable);
    }
  }

  std::vector<Violation> Run() {
    CheckSet();
    CheckSoft();
    CheckNeeded();
    for (size_t i = 0; i < solution_.members.size(); ++i) CheckAttribution(i);
    return std::move(violations_);
  }

  std::vector<Violation> RunWithoutRecords() {
    CheckSet();
    CheckNeeded();
    return std::move(violations_);
  }

 private:
  void CheckSet() {
    CheckTwice();
    for (const AskedRequirement& asked : problem_.requirements) {
      CheckRequirement(kRequest, asked.requirement);
    }
    for (const ConstraintId id : problem_.constraints) CheckConstraint(kRequest, id);
    CheckRestrictions();
    for (const Member& member : solution_.members) CheckNeeds(member.solvable);
  }

  // Members of the set's package that are inside it, or outside.
  [[nodiscard]] std::vector<SolvableId> Members(VersionSetId set, bool inside) const {
    std::vector<SolvableId> found;
    const auto of_package = chosen_.find(universe_.set(set).package);
    if (of_package == chosen_.end()) return found;
    for (const SolvableId id : of_package->second) {
      if (universe_.Contains(set, id) == inside) found.push_back(id);
    }
    return found;
  }

  // Formulas are at most Condition::kDepthMax deep.
  [[nodiscard]] bool Holds(ConditionId id) const {
    if (!id.valid()) return true;
    const Condition& condition = universe_.condition(id);
    if (condition.kind == Condition::Kind::kHas) return !Members(condition.set, true).empty();
    const bool any = condition.kind == Condition::Kind::kOr;
    for (const ConditionId child : condition.children) {
      if (Holds(child) == any) return any;
    }
    return !any;
  }

  [[nodiscard]] std::vector<SolvableId> Options(RequirementId id) const {
    std::vector<SolvableId> options;
    for (const VersionSetId set : universe_.requirement(id).alternatives) {
      for (const SolvableId member : Members(set, true)) options.push_back(member);
    }
    return options;
  }

  void CheckTwice() {
    std::map<GroupId, SolvableId> first_of_group;
    for (const auto& [package, members] : chosen_) {
      if (universe_.package(package).coexistence == Coexistence::kOne && members.size() > 1) {
        Add(ViolationKind::kTwoOfOne, universe_.Label(*members.begin()),
            Cat("one candidate of ", universe_.name(package)),
            Cat(universe_.Label(*members.rbegin()), " is chosen too"));
      }
      for (const SolvableId id : members) {
        for (const GroupId group : universe_.groups_of(id)) {
          const auto [entry, is_first] = first_of_group.emplace(group, id);
          if (is_first) continue;
          Add(ViolationKind::kTwoOfOne, universe_.Label(id),
              Cat("one candidate of the group ", Quoted(TextOf(universe_.group(group).name))),
              Cat(universe_.Label(entry->second), " is chosen too"));
        }
      }
    }
  }

  void CheckRequirement(std::string_view who, RequirementId id) {
    const Requirement& requirement = universe_.requirement(id);
    if (!Holds(requirement.condition) || !Options(id).empty()) return;
    for (const VersionSetId set : requirement.alternatives) {
      const std::vector<SolvableId> others = Members(set, false);
      if (others.empty()) continue;
      Add(ViolationKind::kWrongVersion, who, TextOf(requirement.text),
          Cat(universe_.Label(others.front()), " is chosen"));
      return;
    }
    Add(ViolationKind::kMissing, who, TextOf(requirement.text), "none of its options is chosen");
  }

  void CheckConstraint(std::string_view who, ConstraintId id) {
    const Constraint& constraint = universe_.constraint(id);
    if (!Holds(constraint.condition)) return;
    for (const SolvableId other : Members(constraint.set, false)) {
      Add(ViolationKind::kConstraint, who, Cat("only ", TextOf(constraint.text)),
          Cat(universe_.Label(other), " is chosen"));
    }
  }

  void CheckRestrictions() {
    for (const Restriction& locked : problem_.locked) {
      for (const SolvableId other : Members(locked.set, false)) {
        Add(ViolationKind::kLocked, kRequest, Cat("the lock, ", TextOf(locked.reason)),
            Cat(universe_.Label(other), " is chosen"));
      }
    }
    for (const Restriction& excluded : problem_.excluded) {
      for (const SolvableId one : Members(excluded.set, true)) {
        Add(ViolationKind::kExcluded, kRequest,
            Cat("no excluded candidate, ", TextOf(excluded.reason)),
            Cat(universe_.Label(one), " is chosen"));
      }
    }
  }

  void CheckNeeds(SolvableId id) {
    const Solvable& solvable = universe_.solvable(id);
    if (solvable.dependencies_known != Knowledge::kKnown) {
      Add(ViolationKind::kUnknownNeeds, universe_.Label(id), "dependencies that are known",
          "they are not");
      return;
    }
    const DependencySet& needs = universe_.dependency_set(solvable.dependencies);
    const std::string label = universe_.Label(id);
    for (const RequirementId requirement : needs.requirements) CheckRequirement(label, requirement);
    for (const ConstraintId constraint : needs.constraints) CheckConstraint(label, constraint);
  }

  [[nodiscard]] bool RecordedUnmet(uint32_t index) const {
    return std::ranges::find(solution_.unmet_soft, index) != solution_.unmet_soft.end();
  }

  void CheckSoft() {
    for (const uint32_t index : solution_.unmet_soft) {
      if (index < problem_.soft.size()) continue;
      Add(ViolationKind::kSoft, kRequest, "soft requirements of the request",
          Cat("number ", index, " is recorded as unmet"));
    }
    for (uint32_t i = 0; i < problem_.soft.size(); ++i) {
      const RequirementId id = problem_.soft[i].requirement;
      const Requirement& requirement = universe_.requirement(id);
      if (!Holds(requirement.condition)) continue;
      const bool met = !Options(id).empty();
      if (met != RecordedUnmet(i)) continue;
      Add(ViolationKind::kSoft, kRequest, TextOf(requirement.text),
          met ? "met, and recorded as unmet" : "unmet, and not recorded");
    }
  }

  // Spreads from the request over options; what it does not reach was needed by nobody.
  void CheckNeeded() {
    std::set<SolvableId> needed;
    std::vector<SolvableId> open;
    const auto require = [&](RequirementId id) {
      if (!Holds(universe_.requirement(id).condition)) return;
      for (const SolvableId option : Options(id)) {
        if (needed.insert(option).second) open.push_back(option);
      }
    };
    for (const AskedRequirement& asked : problem_.requirements) require(asked.requirement);
    for (const AskedRequirement& asked : problem_.soft) require(asked.requirement);
    while (!open.empty()) {
      const Solvable& solvable = universe_.solvable(open.back());
      open.pop_back();
      if (solvable.dependencies_known != Knowledge::kKnown) continue;
      for (const RequirementId id : universe_.dependency_set(solvable.dependencies).requirements) {
        require(id);
      }
    }
    for (const Member& member : solution_.members) {
      if (needed.contains(member.solvable)) continue;
      Add(ViolationKind::kUnneeded, universe_.Label(member.solvable), "only what is needed",
          "nothing requires it");
    }
  }

  // Members stand in the order they were chosen: a requirer comes before what it requires.
  void CheckAttribution(size_t index) {
    const Member& member = solution_.members[index];
    const std::string label = universe_.Label(member.solvable);
    const std::vector<SolvableId> options =
        member.requirement.valid() ? Options(member.requirement) : std::vector<SolvableId>();
    if (std::ranges::find(options, member.solvable) == options.end()) {
      Add(ViolationKind::kAttribution, label, "an option of the requirement it is chosen for",
          "it is none");
      return;
    }
    if (!Holds(universe_.requirement(member.requirement).condition) ||
        !HasRequirement(member, index)) {
      Add(ViolationKind::kAttribution, label, "a requirer that was chosen before, or the request",
          Cat("'", TextOf(universe_.requirement(member.requirement).text), "' is not of such"));
    }
  }

  [[nodiscard]] bool HasRequirement(const Member& member, size_t index) const {
    const auto is_same = [&](const AskedRequirement& asked) {
      return asked.requirement == member.requirement;
    };
    if (!member.required_by.valid()) {
      return std::ranges::any_of(problem_.requirements, is_same) ||
             std::ranges::any_of(problem_.soft, is_same);
    }
    const auto end = solution_.members.begin() + static_cast<std::ptrdiff_t>(index);
    const bool before = std::any_of(solution_.members.begin(), end, [&](const Member& other) {
      return other.solvable == member.required_by;
    });
    const Solvable& requirer = universe_.solvable(member.required_by);
    if (!before || requirer.dependencies_known != Knowledge::kKnown) return false;
    const auto& needs = universe_.dependency_set(requirer.dependencies).requirements;
    return std::ranges::find(needs, member.requirement) != needs.end();
  }

  [[nodiscard]] std::string_view TextOf(StringId id) const {
    return id.valid() ? universe_.Text(id) : "(no text)";
  }
  void Add(ViolationKind kind, std::string_view where, std::string_view wish, std::string fact) {
    violations_.push_back({.kind = kind,
                           .where = std::string(where),
                           .wish = std::string(wish),
                           .fact = std::move(fact)});
  }

  const Universe& universe_;
  const Problem& problem_;
  const Solution& solution_;
  std::map<PackageId, std::set<SolvableId>> chosen_;
  std::vector<Violation> violations_;
};

}  // namespace

std::vector<Violation> CheckWorld(const Universe& universe, const Problem& problem,
                                  const Solution& solution) {
  return WorldCheck(universe, problem, solution).Run();
}

std::vector<Violation> CheckMembers(const Universe& universe, const Problem& problem,
                                    std::span<const SolvableId> members) {
  Solution solution;
  std::set<SolvableId> seen;
  for (const SolvableId id : members) {
    if (seen.insert(id).second) {
      solution.members.push_back({.solvable = id, .requirement = {}, .required_by = {}});
    }
  }
  return WorldCheck(universe, problem, solution).RunWithoutRecords();
}

}  // namespace accord::check
