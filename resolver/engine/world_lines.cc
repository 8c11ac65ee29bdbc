#include "engine/world_lines.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "base/error.h"

namespace accord::engine {
namespace {

// Who requires what of a solution's members. Formulas are at most Condition::kDepthMax deep.
class MembersOfWorld {
 public:
  MembersOfWorld(const Universe& universe, const Solution& solution) : universe_(universe) {
    for (const Member& member : solution.members) {
      of_package_[universe.solvable(member.solvable).package].push_back(member.solvable);
    }
  }

  // What meets the requirement; nothing if its condition does not hold.
  [[nodiscard]] std::vector<SolvableId> MeetersOf(RequirementId id) const {
    const Requirement& requirement = universe_.requirement(id);
    std::vector<SolvableId> met;
    if (requirement.condition.valid() && !Holds(requirement.condition)) return met;
    for (const VersionSetId set : requirement.alternatives) {
      for (const SolvableId member : Of(set)) met.push_back(member);
    }
    return met;
  }

 private:
  [[nodiscard]] std::vector<SolvableId> Of(VersionSetId set) const {
    std::vector<SolvableId> inside;
    const auto members = of_package_.find(universe_.set(set).package);
    if (members == of_package_.end()) return inside;
    for (const SolvableId member : members->second) {
      if (universe_.Contains(set, member)) inside.push_back(member);
    }
    return inside;
  }
  [[nodiscard]] bool Holds(ConditionId id) const {
    const Condition& condition = universe_.condition(id);
    const auto holds = [this](ConditionId child) { return Holds(child); };
    switch (condition.kind) {
      case Condition::Kind::kHas:
        return !Of(condition.set).empty();
      case Condition::Kind::kAnd:
        return std::ranges::all_of(condition.children, holds);
      case Condition::Kind::kOr:
        return std::ranges::any_of(condition.children, holds);
    }
    return false;
  }

  const Universe& universe_;
  std::map<PackageId, std::vector<SolvableId>> of_package_;
};

std::string_view TextOf(const Universe& universe, StringId id) {
  return id.valid() ? universe.Text(id) : std::string_view();
}

// "lib {1.0..1.1}"
std::string SetText(const Universe& universe, VersionSetId id) {
  const VersionSet& set = universe.set(id);
  return Cat(universe.name(set.package), " ", TextOf(universe, set.text));
}

std::string RestrictionText(const Universe& universe, const Restriction& restriction) {
  const std::string_view reason = TextOf(universe, restriction.reason);
  std::string text = SetText(universe, restriction.set);
  return reason.empty() ? text : Cat(text, ", ", reason);
}

class LinesOfWorld {
 public:
  LinesOfWorld(const Universe& universe, const Problem& problem, const Conflict& conflict)
      : universe_(universe), problem_(problem) {
    for (const Reason& reason : conflict.core) {
      if (reason.kind == Reason::Kind::kBrings) {
        bringers_[reason.dependencies].insert(reason.solvable);
      }
    }
    for (const Reason& reason : conflict.core) Read(reason);
  }

  std::vector<CoreLine> Finish() {
    const auto key = [](const CoreLine& line) { return std::tie(line.kind, line.text); };
    std::ranges::sort(lines_, {}, key);
    const auto repeated = std::ranges::unique(lines_, {}, key);
    lines_.erase(repeated.begin(), repeated.end());
    return std::move(lines_);
  }

 private:
  void Read(const Reason& reason) {
    using enum Reason::Kind;
    switch (reason.kind) {
      case kRequirement:
        return Add(CoreLineKind::kRequest, Cat("request: ", TextOf(reason.requirement)));
      case kRequestConstraint:
        return Add(CoreLineKind::kConstraint, Cat("constraint: ", TextOf(reason.constraint)));
      case kLock:
        return Add(
            CoreLineKind::kLock,
            Cat("locked: ", RestrictionText(universe_, problem_.locked[reason.restriction])));
      case kExclusion:
        return Add(
            CoreLineKind::kExclusion,
            Cat("excluded: ", RestrictionText(universe_, problem_.excluded[reason.restriction])));
      case kDependency:
        return AddNeed(reason.dependencies, " needs ", TextOf(reason.requirement));
      case kConstraint:
        return AddNeed(reason.dependencies, " allows only ", TextOf(reason.constraint));
      case kBrings:
        return;
      case kOnePerPackage:
        return Add(CoreLineKind::kOneVersion,
                   Cat("one candidate of ", universe_.name(reason.package), " at most"));
      case kGroup:
        return Add(CoreLineKind::kOneVersion,
                   Cat("one candidate of the group '",
                       universe_.Text(universe_.group(reason.group).name), "' at most"));
      case kNoCandidate:
        return Add(CoreLineKind::kNoCandidate,
                   Cat("no candidate is in ", SetText(universe_, reason.set)));
      case kNonexistent:
        return Add(CoreLineKind::kNonexistent,
                   Cat(universe_.name(reason.package), " does not exist"));
      case kPackageUnavailable:
        return Add(CoreLineKind::kUnavailable,
                   Cat(universe_.name(reason.package), " is unknown: ",
                       universe_.Text(universe_.package(reason.package).unavailable_reason)));
      case kDependenciesUnavailable:
        return Add(CoreLineKind::kUnavailable,
                   Cat("what ", universe_.Label(reason.solvable), " needs is unknown: ",
                       universe_.Text(universe_.solvable(reason.solvable).unavailable_reason)));
    }
  }

  void AddNeed(DependencySetId dependencies, std::string_view verb, std::string_view text) {
    for (const SolvableId bringer : bringers_[dependencies]) {
      Add(CoreLineKind::kDependency, Cat(universe_.Label(bringer), verb, text));
    }
  }
  void Add(CoreLineKind kind, std::string text) {
    lines_.push_back({.kind = kind, .text = std::move(text)});
  }
  [[nodiscard]] std::string_view TextOf(RequirementId id) const {
    return universe_.Text(universe_.requirement(id).text);
  }
  [[nodiscard]] std::string_view TextOf(ConstraintId id) const {
    return universe_.Text(universe_.constraint(id).text);
  }

  const Universe& universe_;
  const Problem& problem_;
  std::map<DependencySetId, std::set<SolvableId>> bringers_;
  std::vector<CoreLine> lines_;
};

}  // namespace

std::vector<ChosenPackage> WorldMembers(const Universe& universe, const Problem& problem,
                                        const Solution& solution) {
  const MembersOfWorld members(universe, solution);
  std::map<SolvableId, ChosenPackage> chosen;
  for (const Member& member : solution.members) {
    const Solvable& solvable = universe.solvable(member.solvable);
    ChosenPackage& package = chosen[member.solvable];
    package.name = std::string(universe.name(solvable.package));
    package.version = std::string(universe.Text(solvable.version));
    package.reason = {
        .who = member.required_by.valid() ? universe.Label(member.required_by) : "request",
        .requirement = std::string(universe.Text(universe.requirement(member.requirement).text))};
  }
  const auto ask = [&](const std::string& who, RequirementId id) {
    for (const SolvableId met : members.MeetersOf(id)) {
      chosen.at(met).required_by.push_back(
          {.who = who, .requirement = std::string(universe.Text(universe.requirement(id).text))});
      if (who == "request") chosen.at(met).requested = true;
    }
  };
  for (const AskedRequirement& asked : problem.requirements) ask("request", asked.requirement);
  for (const AskedRequirement& asked : problem.soft) ask("request", asked.requirement);
  for (const Member& member : solution.members) {
    const Solvable& solvable = universe.solvable(member.solvable);
    const DependencySet& needs = universe.dependency_set(solvable.dependencies);
    for (const RequirementId id : needs.requirements) ask(universe.Label(member.solvable), id);
  }
  std::vector<ChosenPackage> sorted;
  for (auto& [solvable, package] : chosen) {
    std::ranges::sort(package.required_by);
    const auto repeated = std::ranges::unique(package.required_by);
    package.required_by.erase(repeated.begin(), repeated.end());
    sorted.push_back(std::move(package));
  }
  std::ranges::stable_sort(sorted, {}, &ChosenPackage::name);
  return sorted;
}

std::vector<Warning> UnmetSoft(const Universe& universe, const Problem& problem,
                               const Solution& solution) {
  std::vector<Warning> warnings;
  for (const uint32_t index : solution.unmet_soft) {
    const Requirement& unmet = universe.requirement(problem.soft[index].requirement);
    Warning& warning = warnings.emplace_back();
    warning.kind = WarningKind::kUnmetSoft;
    if (!unmet.alternatives.empty()) {
      warning.package = universe.name(universe.set(unmet.alternatives.front()).package);
    }
    warning.text = Cat("the soft requirement '", universe.Text(unmet.text), "' is not met");
  }
  std::ranges::sort(warnings, {},
                    [](const Warning& warning) { return std::tie(warning.package, warning.text); });
  return warnings;
}

std::vector<CoreLine> WorldLines(const Universe& universe, const Problem& problem,
                                 const Conflict& conflict) {
  return LinesOfWorld(universe, problem, conflict).Finish();
}

}  // namespace accord::engine
