// What the native constraints say: one candidate at a time, gates, groups. In a domain whose
// candidates exclude each other a true literal cuts the domain; what is not a variable dies as a
// bit and has no place on the trail. The literals of a cut that was undone although its cause holds
// (Backtrack keeps those) are propagated again and look at their domain again.
#include <algorithm>

#include "solver/cdcl/sat_core.h"

namespace accord::cdcl {

bool SatCore::PropagateNative(Lit literal) {
  const VarState& state = vars_[literal.var()];
  switch (state.role) {
    case Role::kPlain:
      return true;
    case Role::kCandidate:
      if (!literal.negative()) return CandidateBecameTrue(literal.var());
      return !domain_gates_[state.index].exclusive || CutDomain(literal, state.index);
    case Role::kGate:
      return GateChanged(state.index, !literal.negative());
  }
  return true;
}

// Gates first: when they are false, the clauses that watch siblings are satisfied already.
bool SatCore::CandidateBecameTrue(Var var) {
  const DomainIndex domain = vars_[var].index;
  if (!GatesOfCandidate(var)) return false;
  if (domain_gates_[domain].exclusive && !CutDomain(Lit::True(var), domain)) return false;
  return !vars_[var].grouped || GroupsOfCandidate(var);
}

bool SatCore::GatesOfCandidate(Var var) {
  const VarState state = vars_[var];
  const Cause by_candidate{Cause::Kind::kGate, Lit::True(var).code()};
  for (GateIndex i = domain_gates_[state.index].first; i != kNoIndex; i = gates_[i].next) {
    Gate& gate = gates_[i];
    const Value settled = gate.use == GateUse::kHas ? Value::kTrue : Value::kFalse;
    if (value(gate.var) == settled) continue;  // nothing would change, and this is most of them
    const bool inside = Contains(gate_set(gate), state.position);
    if (inside && gate.use == GateUse::kNeeds) gate.watched = state.position;
    if (inside != (gate.use == GateUse::kHas)) continue;
    const Lit implied = inside ? Lit::True(gate.var) : Lit::False(gate.var);
    if (!Imply(implied, by_candidate, state.level)) return false;
  }
  return true;
}

bool SatCore::GroupsOfCandidate(Var var) {
  const Cause by_group{Cause::Kind::kGroup, Lit::True(var).code()};
  for (const uint32_t group : groups_of_var_[var]) {
    for (const Var other : groups_[group]) {
      if (other != var && !Imply(Lit::False(other), by_group, vars_[var].level)) return false;
    }
  }
  return true;
}

bool SatCore::GateChanged(GateIndex index, bool is_true) {
  const Gate& gate = gates_[index];
  // has: only what is false says something of the candidates; else only what is true.
  if (gate.domain == kNoIndex || is_true == (gate.use == GateUse::kHas)) return true;
  const Lit by = is_true ? Lit::True(gate.var) : Lit::False(gate.var);
  if (domain_gates_[gate.domain].exclusive) return CutDomain(by, gate.domain);
  if (gate.use == GateUse::kNeeds) return true;
  const Cause cause{Cause::Kind::kGate, by.code()};
  const uint32_t at_level = vars_[gate.var].level;
  if (gate.use == GateUse::kOnly) return RuleOutOutside(gate, cause, at_level);
  return std::ranges::all_of(gate_set(gate), [&](PositionRange range) {
    return RuleOut(gate.domain, range, cause, at_level);
  });
}

// Of a domain that is not exclusive: each candidate is a variable.
bool SatCore::RuleOutOutside(const Gate& gate, Cause cause, uint32_t at_level) {
  Position next = 0;
  for (const PositionRange range : gate_set(gate)) {
    if (next < range.first && !RuleOut(gate.domain, {next, range.first - 1}, cause, at_level)) {
      return false;
    }
    next = range.last + 1;
  }
  const uint32_t count = domains_.count(gate.domain);
  return next >= count || RuleOut(gate.domain, {next, count - 1}, cause, at_level);
}

bool SatCore::RuleOut(DomainIndex domain, PositionRange range, Cause cause, uint32_t at_level) {
  for (Position position = range.first; position <= range.last; ++position) {
    if (!Imply(Lit::False(domains_.VarAt(domain, position)), cause, at_level)) return false;
  }
  return true;
}

// `by` is true: what it says of its exclusive domain.
bool SatCore::Cut(Lit by) {
  const VarState& state = vars_[by.var()];
  if (state.role == Role::kCandidate) {
    return by.negative() ? domains_.DropOne(state.index, state.position, by)
                         : domains_.KeepOne(state.index, state.position, by);
  }
  const Gate& gate = gates_[state.index];
  return gate.use == GateUse::kHas ? domains_.Drop(gate.domain, members(gate), by)
                                   : domains_.KeepOnly(gate.domain, members(gate), by);
}

bool SatCore::CutDomain(Lit by, DomainIndex domain) {
  VarState& state = vars_[by.var()];
  if (state.has_cut) return LookAgain(domain);
  const size_t before = domains_.cut_count();
  BuryFalse(domain);
  if (state.has_cut || !Cut(by)) {  // one may be left already
    if (domains_.cut_count() > before) return LookAtGates(domain, Lit());
    const bool needs = state.role == Role::kGate && gates_[state.index].use == GateUse::kNeeds;
    return !needs || LookAtGate(state.index, Lit());
  }
  state.has_cut = true;
  const Cause cause = CauseOfDeath(by);
  const uint32_t at_level = state.level;
  bool ok = true;
  domains_.ForVarsOfLastCut([&](Var var) { ok = ok && Imply(Lit::False(var), cause, at_level); });
  return ok && LookAtGates(domain, by);
}

// Who is false on the trail already dies of that, not of the cut to come: reasons name what came
// first.
void SatCore::BuryFalse(DomainIndex domain) {
  domains_.ForLivingVars(domain, [&](Position position, Var var) {
    if (value(var) != Value::kFalse) return;
    vars_[var].has_cut = domains_.DropOne(domain, position, Lit::False(var));
  });
}

// After a backtrack: everything that the domain's cuts imply. Once is enough, however many of them
// were kept: they were all made anew before any of their literals is propagated.
bool SatCore::LookAgain(DomainIndex domain) {
  if (domain_gates_[domain].looked_again == backtracks_) return true;
  domain_gates_[domain].looked_again = backtracks_;
  bool ok = true;
  domains_.ForDeadVars(domain, [&](Var var) {
    if (!ok || value(var) == Value::kFalse) return;
    const Lit killer = domains_.KilledBy(domain, vars_[var].position);
    ok = Imply(Lit::False(var), CauseOfDeath(killer), vars_[killer.var()].level);
  });
  return ok && LookAtGates(domain, Lit());
}

bool SatCore::LookAtGates(DomainIndex domain, Lit by) {
  for (GateIndex i = domain_gates_[domain].first; i != kNoIndex; i = gates_[i].next) {
    const Gate& gate = gates_[i];
    if (gate.use == GateUse::kNeeds && !IsQuiet(gate) && !LookAtGate(i, by)) return false;
  }
  return true;
}

// needs(p,S): it is false, or open and has a living member, so that nothing follows. Where members
// are bits it is quiet too if it is true and two are left.
bool SatCore::IsQuiet(const Gate& gate) const {
  const Value now = value(gate.var);
  if (now == Value::kFalse) return true;
  if (gate.word != 0) {
    const uint64_t left = domains_.AliveWord(gate.domain) & gate.word;
    return now == Value::kOpen ? left != 0 : (left & (left - 1)) != 0;
  }
  return now == Value::kOpen && gate.watched != kNoPosition &&
         domains_.IsAlive(gate.domain, gate.watched);
}

// needs(p,S) of an exclusive domain: false if nothing of S is left; if it is true, what is left
// alone is true. `by` is the literal whose cut is new, or invalid.
bool SatCore::LookAtGate(GateIndex index, Lit by) {
  Gate& gate = gates_[index];
  if (IsQuiet(gate)) return true;
  const Value now = value(gate.var);
  const Domains::Two left = domains_.LowestAlive(gate.domain, members(gate));
  if (left.first != kNoPosition) gate.watched = left.first;
  if (left.first == kNoPosition) {
    const Lit absent = Lit::False(gate.var);
    if (ExcludesAll(by, gate)) {
      return Imply(absent, {Cause::Kind::kGates, by.code()}, vars_[by.var()].level);
    }
    return Imply(absent, {Cause::Kind::kMembers, index}, KillersLevel(gate, kNoPosition, by));
  }
  if (now != Value::kTrue || left.second != kNoPosition) return true;
  const DomainIndex domain = gate.domain;
  const Lit last = Lit::True(CandidateVar(domain, left.first));
  if (value(last) == Value::kTrue) return true;
  const uint32_t at_level = std::max(vars_[gate.var].level, KillersLevel(gate, left.first, by));
  return Imply(last, {Cause::Kind::kMembers, index}, at_level);
}

// Does the literal alone rule out the whole set of the gate?
bool SatCore::ExcludesAll(Lit by, const Gate& gate) const {
  if (by == Lit() || vars_[by.var()].role != Role::kGate) return false;
  const Gate& other = gates_[vars_[by.var()].index];
  if (other.use == GateUse::kHas) return IsSubset(gate_set(gate), gate_set(other));
  return !Intersects(gate_set(gate), gate_set(other));
}

// The highest level of what killed the set's members. If the new cut is of the present level, that
// is it: the members that were left until now died of it, and no literal is higher.
uint32_t SatCore::KillersLevel(const Gate& gate, Position except, Lit by) const {
  if (by != Lit() && vars_[by.var()].level == level()) return level();
  uint32_t highest = 0;
  domains_.ForKillers(gate.domain, members(gate), except, [&](Lit killer) {
    highest = std::max(highest, vars_[killer.var()].level);
    return highest < level();
  });
  return highest;
}

// Why what the killer rules out is false: a sibling, or a gate's candidate or other gate.
Cause SatCore::CauseOfDeath(Lit killer) const {
  const bool is_gate = vars_[killer.var()].role == Role::kGate;
  return {is_gate ? Cause::Kind::kGate : Cause::Kind::kSibling, killer.code()};
}

// Cuts since `to`: those whose literal holds on are made anew, in their order.
void SatCore::UndoCuts(size_t to) {
  recut_.clear();
  while (domains_.cut_count() > to) {
    const Lit by = domains_.Undo();
    vars_[by.var()].has_cut = false;
    if (value(by) == Value::kTrue) recut_.push_back(by);
  }
  for (size_t i = recut_.size(); i > 0; --i) {
    vars_[recut_[i - 1].var()].has_cut = Cut(recut_[i - 1]);
  }
}

}  // namespace accord::cdcl
