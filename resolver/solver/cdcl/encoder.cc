#include "solver/cdcl/encoder.h"

#include <algorithm>

namespace accord::cdcl {

void Encoder::Pose(const Problem& problem) {
  if (posed_ != kNoVar) {
    // not the old problem
    const Lit retired = Lit::False(posed_);
    core_.AddClause({&retired, 1}, Origin({}));
  }
  problem_ = &problem;
  counters_ = {};
  posed_ = Meant(core_.AddVar(), Meaning::kPosed, 0);
  for (const AskedRequirement& asked : problem.requirements) {
    AddConditional(posed_, asked.requirement,
                   {.kind = Reason::Kind::kRequirement, .requirement = asked.requirement});
  }
  for (const ConstraintId constraint : problem.constraints) {
    AddConstraint(posed_, constraint,
                  {.kind = Reason::Kind::kRequestConstraint, .constraint = constraint});
  }
  for (uint32_t i = 0; i < problem.locked.size(); ++i) {
    // not posed or only(set)
    const VersionSetId set = problem.locked[i].set;
    const Lit clause[] = {Lit::False(posed_), Lit::True(SetGate(set, GateUse::kOnly))};
    core_.AddClause(clause, Origin({.kind = Reason::Kind::kLock, .set = set, .restriction = i}));
    ++counters_.clauses_other;
  }
  for (uint32_t i = 0; i < problem.excluded.size(); ++i) {
    if (IsOpen(universe_.set(problem.excluded[i].set).package)) Exclude(problem.excluded[i], i);
  }
}

void Encoder::ExcludeOpened(PackageId package) {
  for (uint32_t i = 0; i < problem_->excluded.size(); ++i) {
    if (universe_.set(problem_->excluded[i].set).package == package) {
      Exclude(problem_->excluded[i], i);
    }
  }
}

// not posed or not candidate
void Encoder::Exclude(const Restriction& restriction, uint32_t index) {
  const PackageId package = universe_.set(restriction.set).package;
  for (const PositionRange range : universe_.ranges(restriction.set)) {
    for (Position position = range.first; position <= range.last; ++position) {
      const SolvableId solvable = universe_.at(package, position);
      const Lit clause[] = {Lit::False(posed_), Lit::False(CandidateVar(solvable))};
      core_.AddClause(
          clause,
          Origin({.kind = Reason::Kind::kExclusion, .solvable = solvable, .restriction = index}));
      ++counters_.clauses_other;
    }
  }
}

Var Encoder::Meant(Var var, Meaning meaning, uint32_t id) {
  if (objects_.size() <= var) objects_.resize(var + 1);
  objects_[var] = {.meaning = meaning, .id = id};
  return var;
}

uint32_t Encoder::Origin(const Reason& reason) {
  reasons_.push_back(reason);
  return static_cast<uint32_t>(reasons_.size() - 1);
}

// not bringer or [not condition or] needs(alternative) or ...
// The packages of the alternatives are open or can be opened.
void Encoder::AddRequirement(Var bringer, RequirementId id, const Reason& reason) {
  const Requirement& requirement = universe_.requirement(id);
  ArenaVector<Lit>& clause = scratch_;
  clause.assign(1, Lit::False(bringer));
  if (requirement.condition.valid()) {
    clause.push_back(Lit::False(ConditionVar(requirement.condition)));
  }
  for (const VersionSetId set : requirement.alternatives) {
    const Lit literal = NeedsLiteral(set);
    if (std::find(clause.begin(), clause.end(), literal) == clause.end()) {
      clause.push_back(literal);
    }
  }
  core_.AddClause(clause, Origin(reason));
  ++counters_.clauses_requirement;
}

void Encoder::LinkConditional(Var var, uint32_t conditional) {
  const auto link = static_cast<uint32_t>(links_.size());
  uint32_t& last = objects_[var].last_link;
  links_.push_back({conditional, link});
  if (last != kNoIndex) std::swap(links_[last].next, links_[link].next);
  last = link;
}

void Encoder::AddConditional(Var bringer, RequirementId id, const Reason& reason) {
  const auto index = static_cast<uint32_t>(conditionals_.size());
  conditionals_.push_back({.bringer = bringer, .requirement = id, .reason = reason});
  LinkConditional(bringer, index);
  if (const ConditionId condition = universe_.requirement(id).condition; condition.valid()) {
    LinkConditional(ConditionVar(condition), index);
  }
  // The bringer is new and open: both are looked at when it becomes true.
}

// not bringer or [not condition or] only(set)
void Encoder::AddConstraint(Var bringer, ConstraintId id, const Reason& reason) {
  const Constraint& constraint = universe_.constraint(id);
  std::vector<Lit> clause = {Lit::False(bringer),
                             Lit::True(SetGate(constraint.set, GateUse::kOnly))};
  if (constraint.condition.valid()) {
    clause.push_back(Lit::False(ConditionVar(constraint.condition)));
  }
  core_.AddClause(clause, Origin(reason));
  ++counters_.clauses_other;
}

// One candidate stands for itself; else a gate, which is native where candidates exclude each other
// and has its clause elsewhere:
//   not needs or member or member ...
Lit Encoder::NeedsLiteral(VersionSetId id) {
  const VersionSet& set = universe_.set(id);
  ACCORD_CHECK(OpenPackage(set.package));
  if (set.count == 1) {
    ACCORD_CHECK(universe_.ranges(id).front().first < universe_.package(set.package).count);
    return Lit::True(CandidateVar(universe_.at(set.package, universe_.ranges(id).front().first)));
  }
  return Lit::True(SetGate(id, GateUse::kNeeds));
}

Var Encoder::SetGate(VersionSetId id, GateUse use) {
  const VersionSet& set = universe_.set(id);
  const bool open = IsOpen(set.package);
  const VersionSetId key = set.known ? set.same_members : id;
  const auto of_use = static_cast<size_t>(use);
  if (const Var known = gates_[key].of_use[of_use]; known != kNoVar) return known;

  const GateIndex gate = core_.AddGate(use);
  const Var var = Meant(core_.gate_var(gate), Meaning::kGate, key.value());
  gates_.Write(key).of_use[of_use] = var;
  ++counters_.gates;
  if (!open) {
    unattached_[set.package].emplace_back(gate, id);
    return var;
  }
  const DomainIndex domain = domains_[set.package];
  // Sets may be written before their package is known; they must fit it all the same.
  ACCORD_CHECK(set.count == 0 ||
               universe_.ranges(id).back().last < universe_.package(set.package).count);
  if (use == GateUse::kNeeds) ++counters_.clauses_gate;
  if (use == GateUse::kNeeds && set.count == 0) {
    SayWhyEmpty(var, id);  // the reason is typed: the core must not find it first
    return var;
  }
  core_.AttachGate(gate, domain, universe_.ranges(id));
  if (use == GateUse::kNeeds && !core_.exclusive(domain)) AddMembers(var, id);
  return var;
}

// not needs or member or member ...
void Encoder::AddMembers(Var gate, VersionSetId id) {
  const DomainIndex domain = domains_[universe_.set(id).package];
  std::vector<Lit> members = {Lit::False(gate)};
  for (const PositionRange range : universe_.ranges(id)) {
    for (Position position = range.first; position <= range.last; ++position) {
      members.push_back(Lit::True(core_.CandidateVar(domain, position)));
    }
  }
  core_.AddClause(members, Origin({.kind = Reason::Kind::kNoCandidate, .set = id}));
}

// not needs
void Encoder::SayWhyEmpty(Var gate, VersionSetId id) {
  const PackageId package = universe_.set(id).package;
  Reason reason{.kind = Reason::Kind::kNoCandidate, .set = id};
  if (universe_.package(package).knowledge == Knowledge::kNonexistent) {
    reason = {.kind = Reason::Kind::kNonexistent, .package = package};
  } else if (universe_.package(package).knowledge == Knowledge::kUnavailable) {
    reason = {.kind = Reason::Kind::kPackageUnavailable, .package = package};
    used_unavailable_ = true;
  }
  const Lit clause = Lit::False(gate);
  core_.AddClause({&clause, 1}, Origin(reason));
}

// has: the gate itself. and: not a or not b or ... or c. or: not a or c, not b or c, ...
Var Encoder::ConditionVar(ConditionId id) {
  const Condition& condition = universe_.condition(id);
  if (condition.kind == Condition::Kind::kHas) return SetGate(condition.set, GateUse::kHas);
  if (condition_vars_[id] != kNoVar) return condition_vars_[id];
  std::vector<Lit> children;
  for (const ConditionId child : condition.children) {
    const Lit literal = Lit::False(ConditionVar(child));
    if (std::find(children.begin(), children.end(), literal) == children.end()) {
      children.push_back(literal);
    }
  }
  const Var var = Meant(core_.AddVar(), Meaning::kCondition, id.value());
  condition_vars_.Write(id) = var;
  if (condition.kind == Condition::Kind::kAnd) {
    children.push_back(Lit::True(var));
    core_.AddClause(children, Origin({.kind = Reason::Kind::kNoCandidate}));
    ++counters_.clauses_condition;
    return var;
  }
  for (const Lit child : children) {
    const Lit clause[] = {child, Lit::True(var)};
    core_.AddClause(clause, Origin({.kind = Reason::Kind::kNoCandidate}));
    ++counters_.clauses_condition;
  }
  return var;
}

Var Encoder::CandidateVar(SolvableId solvable) {
  const PackageId package = universe_.solvable(solvable).package;
  return core_.CandidateVar(domains_[package], universe_.position(solvable));
}

SolvableId Encoder::CandidateOf(Var var) const {
  const DomainIndex domain = core_.domain_of(var);
  if (domain == kNoIndex) return {};
  return universe_.at(packages_[domain], core_.position_of(var));
}

}  // namespace accord::cdcl
