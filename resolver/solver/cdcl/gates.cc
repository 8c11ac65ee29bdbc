// Domains, candidates' variables and gates as they come: at any time, at any level.
#include "solver/cdcl/sat_core.h"

namespace accord::cdcl {

DomainIndex SatCore::AddDomain(uint32_t count, bool exclusive) {
  const DomainIndex domain = domains_.Add(count);
  domain_gates_.push_back({.exclusive = exclusive});
  // Only what is one at a time can do without: of others each is decided for itself.
  for (Position position = 0; !exclusive && position < count; ++position) {
    CandidateVar(domain, position);
  }
  return domain;
}

Var SatCore::CandidateVar(DomainIndex domain, Position position) {
  if (const Var known = domains_.VarAt(domain, position); known != kNoVar) return known;
  const Var var = AddVar();
  VarState& state = vars_[var];
  state.role = Role::kCandidate;
  state.index = domain;
  state.position = position;
  domains_.SetVar(domain, position, var);
  if (!domains_.IsAlive(domain, position)) {
    const Lit killer = domains_.KilledBy(domain, position);
    Imply(Lit::False(var), CauseOfDeath(killer), vars_[killer.var()].level);
  }
  return var;
}

GateIndex SatCore::AddGate(GateUse use) {
  const auto index = static_cast<GateIndex>(gates_.size());
  const Var var = AddVar();
  vars_[var].role = Role::kGate;
  vars_[var].index = index;
  gates_.push_back({.var = var, .use = use});
  return index;
}

void SatCore::AttachGate(GateIndex index, DomainIndex domain, std::span<const PositionRange> set) {
  Gate& gate = gates_[index];
  ACCORD_CHECK(gate.domain == kNoIndex);
  gate.domain = domain;
  gate.first_range = static_cast<uint32_t>(ranges_.size());
  gate.range_count = static_cast<uint32_t>(set.size());
  ranges_.insert(ranges_.end(), set.begin(), set.end());
  gate.word = domains_.WordOf(domain, set);
  DomainGates& gates = domain_gates_[domain];
  if (gate.use == GateUse::kNeeds && !gates.exclusive) return;  // its clause says all there is
  gate.next = gates.first;
  gates.first = index;
  TakeEffect(index);
}

// What is already true on either side takes effect now.
void SatCore::TakeEffect(GateIndex index) {
  const Gate gate = gates_[index];
  const Value now = value(gate.var);
  if (now != Value::kOpen && !GateChanged(index, now == Value::kTrue)) return;
  const Var cause = WhoImplies(gate);
  if (cause != kNoVar) {
    const Lit implied = gate.use == GateUse::kHas ? Lit::True(gate.var) : Lit::False(gate.var);
    Imply(implied, {Cause::Kind::kGate, Lit::True(cause).code()}, vars_[cause].level);
  } else if (gate.use == GateUse::kNeeds) {
    LookAtGate(index, Lit());
  }
}

// Of several candidates that imply the gate the one of the lowest level counts: the others may be
// undone and it still holds.
Var SatCore::WhoImplies(const Gate& gate) const {
  Var lowest = kNoVar;
  const auto consider = [&](Position position, Var candidate) {
    const bool inside = Contains(gate_set(gate), position);
    if (value(candidate) != Value::kTrue || inside != (gate.use == GateUse::kHas)) return;
    if (lowest == kNoVar || vars_[candidate].level < vars_[lowest].level) lowest = candidate;
  };
  if (!domain_gates_[gate.domain].exclusive) {
    domains_.ForVars(gate.domain, consider);
    return lowest;
  }
  // Who is true has killed the others, or will look at the gates when it is propagated.
  const Domains::Two alive = domains_.LowestAlive(gate.domain);
  if (alive.first == kNoPosition || alive.second != kNoPosition) return kNoVar;
  const Var only = domains_.VarAt(gate.domain, alive.first);
  if (only != kNoVar) consider(alive.first, only);
  return lowest;
}

}  // namespace accord::cdcl
