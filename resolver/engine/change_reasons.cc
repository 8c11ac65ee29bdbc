#include "engine/change_reasons.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/text.h"

namespace accord::engine {

bool AddAskedExtra(const conda::UniverseBuilder& builder, RequirementId id, Members& members) {
  const Universe& universe = builder.universe();
  const Requirement& requirement = universe.requirement(id);
  const PackageId package = universe.set(requirement.alternatives.front()).package;
  if (builder.ExtraOf(package).empty() || members.Of(package).valid() ||
      !members.Holds(requirement.condition)) {
    return false;
  }
  members.Add(universe.at(package, 0));
  return true;
}

ChangeReasons::ChangeReasons(const CondaSolved& solved)
    : change_(solved.request.change),
      builder_(solved.builder),
      universe_(solved.builder.universe()),
      problem_(solved.builder.problem()),
      solution_(solved.solution),
      members_(universe_, solved.solution) {
  for (const AskedRequirement& one : problem_.requirements) {
    requested_.insert(PackageOf(one.requirement));
  }
  for (const Restriction& one : problem_.excluded) {
    requested_.insert(universe_.set(one.set).package);
  }
  for (const AskedRequirement& one : problem_.soft) kept_.insert(PackageOf(one.requirement));
  std::vector<RequirementId> asked;
  for (const AskedRequirement& one : problem_.requirements) asked.push_back(one.requirement);
  AddDormant({}, asked, problem_.constraints);
  for (const Member& member : solution_.members) {
    const Solvable& candidate = universe_.solvable(member.solvable);
    if (candidate.dependencies_known != Knowledge::kKnown) continue;
    const DependencySet& needs = universe_.dependency_set(candidate.dependencies);
    AddDormant(member.solvable, needs.requirements, needs.constraints);
  }
}

void ChangeReasons::AddDormant(SolvableId who, std::span<const RequirementId> requirements,
                               std::span<const ConstraintId> constraints) {
  for (const RequirementId id : requirements) {
    if (members_.Holds(universe_.requirement(id).condition)) continue;
    dormant_.push_back({.who = who, .requirement = id, .constraint = {}});
  }
  for (const ConstraintId id : constraints) {
    if (members_.Holds(universe_.constraint(id).condition)) continue;
    dormant_.push_back({.who = who, .requirement = {}, .constraint = id});
  }
}

ChangeReasons::PutBack ChangeReasons::Put(SolvableId was) const {
  const Solvable& itself = universe_.solvable(was);
  PutBack put{.was = was, .package = itself.package, .members = members_};
  put.members.Add(was);
  for (bool added = true; added;) {
    added = false;
    if (itself.dependencies_known == Knowledge::kKnown) {
      for (const RequirementId id : universe_.dependency_set(itself.dependencies).requirements) {
        added |= AddAskedExtra(builder_, id, put.members);
      }
    }
    for (const Dormant& one : dormant_) {
      if (one.requirement.valid() && !IsReplaced(one, put)) {
        added |= AddAskedExtra(builder_, one.requirement, put.members);
      }
    }
  }
  return put;
}

std::string ChangeReasons::Of(SolvableId was) const {
  const PutBack put = Put(was);
  const bool is_there = members_.Of(put.package).valid();
  std::string reason = OfRequest(put);
  if (is_there || kept_.contains(put.package)) {
    if (reason.empty()) reason = OfOthers(put);
    if (reason.empty()) reason = OfItself(put);
    if (reason.empty()) reason = OfConditions(put);
  }
  if (!reason.empty()) return reason;
  return is_there ? "a better one is there" : "nothing needs it";
}

std::string ChangeReasons::OfRequest(const PutBack& put) const {
  for (const Restriction& one : problem_.excluded) {
    if (!universe_.Contains(one.set, put.was)) continue;
    const bool removed = std::ranges::any_of(change_.remove, [&](const conda::PlacedText& text) {
      return conda::EqualIgnoringCase(text.text, universe_.name(put.package));
    });
    return removed ? "you remove it" : "you exclude it";
  }
  for (const AskedRequirement& asked : problem_.requirements) {
    const Requirement& requirement = universe_.requirement(asked.requirement);
    if (put.members.Holds(requirement.condition) &&
        RulesOut(requirement.alternatives.front(), put)) {
      return Cat("you ask for ", TextOf(asked.requirement));
    }
  }
  for (const ConstraintId id : problem_.constraints) {
    const Constraint& constraint = universe_.constraint(id);
    if (put.members.Holds(constraint.condition) && RulesOut(constraint.set, put)) {
      return Cat("you allow only ", TextOf(id));
    }
  }
  for (const Restriction& one : problem_.locked) {
    if (RulesOut(one.set, put))
      return Cat("you lock ", universe_.Text(universe_.set(one.set).text));
  }
  return {};
}

std::string ChangeReasons::OfOthers(const PutBack& put) const {
  for (const Member& member : solution_.members) {
    const Solvable& other = universe_.solvable(member.solvable);
    if (other.package == put.package || other.dependencies_known != Knowledge::kKnown) continue;
    const DependencySet& needs = universe_.dependency_set(other.dependencies);
    for (const RequirementId id : needs.requirements) {
      const Requirement& requirement = universe_.requirement(id);
      if (put.members.Holds(requirement.condition) &&
          RulesOut(requirement.alternatives.front(), put)) {
        return Cat(universe_.Label(member.solvable), " needs ", TextOf(id));
      }
    }
    for (const ConstraintId id : needs.constraints) {
      const Constraint& constraint = universe_.constraint(id);
      if (put.members.Holds(constraint.condition) && RulesOut(constraint.set, put)) {
        return Cat(universe_.Label(member.solvable), " allows only ", TextOf(id));
      }
    }
  }
  return {};
}

std::string ChangeReasons::OfItself(const PutBack& put) const {
  const Solvable& itself = universe_.solvable(put.was);
  if (itself.dependencies_known == Knowledge::kUnavailable) return "what it needs is not known";
  const DependencySet& needs = universe_.dependency_set(itself.dependencies);
  RequirementId unmet;
  for (const RequirementId id : needs.requirements) {
    if (!IsUnmet(id, put)) continue;
    if (!unmet.valid() || CauseRank(id) < CauseRank(unmet)) unmet = id;
  }
  if (unmet.valid()) {
    return Cat("it needs ", TextOf(unmet), ", and ", Fate(PackageOf(unmet)));
  }
  for (const ConstraintId id : needs.constraints) {
    if (!IsUnmet(id, put)) continue;
    return Cat("it allows only ", TextOf(id), ", and ", Fate(PackageOf(id)));
  }
  return {};
}

std::string ChangeReasons::OfConditions(const PutBack& put) const {
  for (const Dormant& one : dormant_) {
    if (IsReplaced(one, put)) continue;
    const std::string who = one.who.valid() ? universe_.Label(one.who) : "you";
    if (one.requirement.valid() && IsUnmet(one.requirement, put)) {
      return Cat("with it ", who, one.who.valid() ? " needs " : " ask for ",
                 TextOf(one.requirement), ", and ", Fate(PackageOf(one.requirement)));
    }
    if (one.constraint.valid() && IsUnmet(one.constraint, put)) {
      return Cat("with it ", who, one.who.valid() ? " allows only " : " allow only ",
                 TextOf(one.constraint), ", and ", Fate(PackageOf(one.constraint)));
    }
  }
  return {};
}

bool ChangeReasons::IsUnmet(RequirementId id, const PutBack& put) const {
  const Requirement& requirement = universe_.requirement(id);
  return put.members.Holds(requirement.condition) &&
         !put.members.Has(requirement.alternatives.front());
}

bool ChangeReasons::IsUnmet(ConstraintId id, const PutBack& put) const {
  const Constraint& constraint = universe_.constraint(id);
  return put.members.Holds(constraint.condition) && put.members.Of(PackageOf(id)).valid() &&
         !put.members.Has(constraint.set);
}

// What the request itself speaks of comes before what follows from it, and that before what went
// because nothing needed it.
int ChangeReasons::CauseRank(RequirementId unmet) const {
  const PackageId package = PackageOf(unmet);
  if (requested_.contains(package)) return 0;
  return members_.Of(package).valid() ? 1 : kept_.contains(package) ? 2 : 3;
}

std::string ChangeReasons::Fate(PackageId package) const {
  const SolvableId now = members_.Of(package);
  return now.valid() ? Cat(universe_.Label(now), " is there")
                     : Cat(universe_.name(package), " is not there");
}

}  // namespace accord::engine
