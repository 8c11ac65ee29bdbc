// Unit propagation: watched clauses, then what the native domains, gates and groups say.
#include <algorithm>

#include "solver/cdcl/sat_core.h"

namespace accord::cdcl {

bool SatCore::Propagate() {
  while (!conflict_.set && propagated_ < trail_.size()) {
    const Lit literal = trail_[propagated_++];
    if (!PropagateClauses(literal) || !PropagateNative(literal)) break;
  }
  return !conflict_.set;
}

bool SatCore::PropagateClauses(Lit literal) {
  // New watches go to other literals' lists, so this one only shrinks while it is visited.
  std::vector<Watch>& watches = watches_[literal.code()];
  size_t end = 0;
  size_t i = 0;
  bool ok = true;
  for (; i < watches.size() && ok; ++i) {
    Watch watch = watches[i];
    bool keep = true;
    if (value(watch.blocker) != Value::kTrue) ok = VisitWatch(literal, watch, keep);
    if (keep) watches[end++] = watch;
  }
  for (; i < watches.size(); ++i) watches[end++] = watches[i];
  watches.resize(end);
  return ok;
}

// `literal` became true, so the watched ~literal is false. Finds another literal to watch (keep =
// false), or implies the other watched one. False = conflict.
bool SatCore::VisitWatch(Lit literal, Watch& watch, bool& keep) {
  const ClauseRef clause = watch.clause;
  const Cause cause{Cause::Kind::kClause, clause};
  if (watch.binary) return Imply(watch.blocker, cause, vars_[literal.var()].level);
  if (clauses_.deleted(clause)) {
    keep = false;
    return true;
  }
  if (clauses_.at(clause, 0) == ~literal) clauses_.Swap(clause, 0, 1);
  const Lit other = clauses_.at(clause, 0);
  watch.blocker = other;
  if (value(other) == Value::kTrue) return true;
  uint32_t implied_level = vars_[literal.var()].level;
  const uint32_t size = clauses_.size(clause);
  for (uint32_t i = 2; i < size; ++i) {
    const Lit candidate = clauses_.at(clause, i);
    if (value(candidate) == Value::kFalse) {
      implied_level = std::max(implied_level, vars_[candidate.var()].level);
      continue;
    }
    clauses_.Swap(clause, 1, i);
    watches_[(~candidate).code()].push_back({clause, other, false});
    keep = false;
    return true;
  }
  return Imply(other, cause, implied_level);
}

bool SatCore::PropagateNative(Lit literal) {
  const VarState& state = vars_[literal.var()];
  switch (state.role) {
    case Role::kPlain:
      return true;
    case Role::kCandidate:
      return literal.negative() || CandidateBecameTrue(literal.var());
    case Role::kGate:
      return GateChanged(gates_[state.index], !literal.negative());
  }
  return true;
}

// Gates first: when they are false, the clauses that watch siblings are satisfied already.
bool SatCore::CandidateBecameTrue(Var var) {
  const Domain& domain = domains_[vars_[var].index];
  const Position position = var - domain.first;
  const uint32_t at_level = vars_[var].level;
  const Cause by_gate{Cause::Kind::kGate, Lit::True(var).code()};
  for (const GateIndex index : domain.gates) {
    const Gate& gate = gates_[index];
    const bool inside = Contains(gate_set(gate), position);
    if (inside != (gate.use == GateUse::kHas)) continue;
    const Lit implied = inside ? Lit::True(gate.var) : Lit::False(gate.var);
    if (!Imply(implied, by_gate, at_level)) return false;
  }
  return RuleOutOthers(var);
}

bool SatCore::RuleOutOthers(Var var) {
  const Domain& domain = domains_[vars_[var].index];
  const Position position = var - domain.first;
  const uint32_t at_level = vars_[var].level;
  if (domain.exclusive) {
    const Cause by_sibling{Cause::Kind::kSibling, Lit::True(var).code()};
    if (position > 0 && !RuleOut(domain, {0, position - 1}, by_sibling, at_level)) return false;
    if (position + 1 < domain.count &&
        !RuleOut(domain, {position + 1, domain.count - 1}, by_sibling, at_level)) {
      return false;
    }
  }
  if (!vars_[var].grouped) return true;
  const Cause by_group{Cause::Kind::kGroup, Lit::True(var).code()};
  for (const uint32_t group : groups_of_var_[var]) {
    for (const Var other : groups_[group]) {
      if (other != var && !Imply(Lit::False(other), by_group, at_level)) return false;
    }
  }
  return true;
}

bool SatCore::GateChanged(Gate gate, bool is_true) {
  if (gate.domain == kNoIndex) return true;
  const Domain& domain = domains_[gate.domain];
  const Cause cause{Cause::Kind::kGate,
                    (is_true ? Lit::True(gate.var) : Lit::False(gate.var)).code()};
  const uint32_t at_level = vars_[gate.var].level;
  if (gate.use == GateUse::kHas) {
    if (is_true) return true;
    for (const PositionRange range : gate_set(gate)) {
      if (!RuleOut(domain, range, cause, at_level)) return false;
    }
    return true;
  }
  if (!is_true || (gate.use == GateUse::kNeeds && !domain.exclusive)) return true;
  Position next = 0;
  for (const PositionRange range : gate_set(gate)) {
    if (next < range.first && !RuleOut(domain, {next, range.first - 1}, cause, at_level)) {
      return false;
    }
    next = range.last + 1;
  }
  return next >= domain.count || RuleOut(domain, {next, domain.count - 1}, cause, at_level);
}

bool SatCore::RuleOut(const Domain& domain, PositionRange range, Cause cause, uint32_t at_level) {
  for (Position position = range.first; position <= range.last; ++position) {
    if (!Imply(Lit::False(domain.first + position), cause, at_level)) return false;
  }
  return true;
}

}  // namespace accord::cdcl
