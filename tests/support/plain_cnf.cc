#include "tests/support/plain_cnf.h"

#include "tests/support/run_cadical.h"

namespace accord::testing {

PlainCnf::PlainCnf(const Universe& universe, const Problem& problem)
    : universe_(universe),
      variable_(universe.solvable_count(), 0),
      is_reached_(universe.requirement_count(), false),
      holds_(universe.condition_count(), 0) {
  for (const AskedRequirement& asked : problem.requirements) Reach(asked.requirement);
  for (size_t i = 0; i < reached_.size(); ++i) {
    const Solvable& solvable = universe.solvable(reached_[i]);
    if (solvable.dependencies_known != Knowledge::kKnown) continue;
    const DependencySet& needs = universe.dependency_set(solvable.dependencies);
    for (const RequirementId requirement : needs.requirements) Reach(requirement);
  }
  for (const AskedRequirement& asked : problem.requirements) Require(0, asked.requirement);
  for (const ConstraintId id : problem.constraints) Restrict(0, id);
  for (const Restriction& locked : problem.locked) {
    for (const int other : Variables(locked.set, /*inside=*/false)) Clause({-other});
  }
  for (const Restriction& excluded : problem.excluded) {
    for (const int member : Variables(excluded.set, /*inside=*/true)) Clause({-member});
  }
  IdVector<PackageId, std::vector<int>> of_package(universe.package_count());
  for (const SolvableId id : reached_) {
    const Solvable& solvable = universe.solvable(id);
    const int bearer = variable_[id];
    of_package[solvable.package].push_back(bearer);
    if (solvable.dependencies_known != Knowledge::kKnown) {
      Clause({-bearer});
      continue;
    }
    const DependencySet& needs = universe.dependency_set(solvable.dependencies);
    for (const RequirementId requirement : needs.requirements) Require(bearer, requirement);
    for (const ConstraintId constraint : needs.constraints) Restrict(bearer, constraint);
  }
  for (uint32_t i = 0; i < universe.package_count(); ++i) {
    const bool one = universe.package(PackageId(i)).coexistence == Coexistence::kOne;
    if (one) AtMostOne(of_package[PackageId(i)]);
  }
  for (uint32_t i = 0; i < universe.group_count(); ++i) {
    std::vector<int> members;
    for (const SolvableId id : universe.group(GroupId(i)).members) {
      if (variable_[id] != 0) members.push_back(variable_[id]);
    }
    AtMostOne(members);
  }
}

void PlainCnf::Reach(RequirementId id) {
  if (std::exchange(is_reached_[id], true)) return;
  for (const VersionSetId set : universe_.requirement(id).alternatives) {
    const PackageId package = universe_.set(set).package;
    for (Position at = 0; at < universe_.package(package).count; ++at) {
      const SolvableId option = universe_.at(package, at);
      if (!universe_.Contains(set, at) || variable_[option] != 0) continue;
      variable_[option] = ++variable_count_;
      reached_.push_back(option);
    }
  }
}

// Of the candidates of the set's package that are in the set, or not in it.
std::vector<int> PlainCnf::Variables(VersionSetId set, bool inside) const {
  std::vector<int> variables;
  const PackageId package = universe_.set(set).package;
  for (Position at = 0; at < universe_.package(package).count; ++at) {
    const int variable = variable_[universe_.at(package, at)];
    if (variable != 0 && universe_.Contains(set, at) == inside) variables.push_back(variable);
  }
  return variables;
}

void PlainCnf::Clause(const std::vector<int>& literals) {
  for (const int literal : literals) {
    if (literal != 0) text_ += std::to_string(literal) + ' ';
  }
  text_ += "0\n";
  ++clause_count_;
}

// Sequential: `after` = one of the members so far is there.
void PlainCnf::AtMostOne(const std::vector<int>& members) {
  int before = 0;
  for (const int member : members) {
    const int after = ++variable_count_;
    Clause({-member, after});
    if (before != 0) Clause({-before, after});
    if (before != 0) Clause({-before, -member});
    before = after;
  }
}

// A variable that is true if the condition is; 0 if there is no condition.
int PlainCnf::Holds(ConditionId id) {
  if (!id.valid()) return 0;
  if (holds_[id] != 0) return holds_[id];
  const int holds = holds_[id] = ++variable_count_;
  const Condition& condition = universe_.condition(id);
  std::vector<int> any;  // each makes it true; for "and" all together do
  if (condition.kind == Condition::Kind::kHas) any = Variables(condition.set, /*inside=*/true);
  for (const ConditionId child : condition.children) any.push_back(Holds(child));
  std::vector<int> all = {holds};
  for (const int literal : any) {
    all.push_back(-literal);
    if (condition.kind != Condition::Kind::kAnd) Clause({-literal, holds});
  }
  if (condition.kind == Condition::Kind::kAnd) Clause(all);
  return holds;
}

// Not the bearer (0: the request), or not the condition, or an option.
void PlainCnf::Require(int bearer, RequirementId id) {
  const Requirement& requirement = universe_.requirement(id);
  std::vector<int> any = {-bearer, -Holds(requirement.condition)};
  for (const VersionSetId set : requirement.alternatives) {
    for (const int option : Variables(set, /*inside=*/true)) any.push_back(option);
  }
  Clause(any);
}

// Not the bearer (0: the request), or not the condition, or not a candidate outside the set.
void PlainCnf::Restrict(int bearer, ConstraintId id) {
  const Constraint& constraint = universe_.constraint(id);
  const int holds = Holds(constraint.condition);
  for (const int other : Variables(constraint.set, /*inside=*/false)) {
    Clause({-bearer, -holds, -other});
  }
}

absl::StatusOr<bool> PlainCnf::Satisfiable(
    const std::vector<std::vector<SolvableId>>& asked) const {
  std::string more;
  for (const std::vector<SolvableId>& one_of : asked) {
    for (const SolvableId id : one_of) {
      if (variable_[id] != 0) more += std::to_string(variable_[id]) + ' ';
    }
    more += "0\n";
  }
  const CnfSize size = {variable_count_, clause_count_ + asked.size()};
  return RunCadical(size, {text_, more});
}

}  // namespace accord::testing
