// From a conflict or a literal back to the input clauses it rests on, through causes on the trail
// and the derivations of learnt clauses.
#include <algorithm>
#include <functional>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "solver/cdcl/sat_core.h"

namespace accord::cdcl {

class SatCore::Tracer {
 public:
  explicit Tracer(const SatCore& core) : core_(core) {}

  void AddLiteral(Lit on_trail) {
    if (seen_vars_.insert(on_trail.var()).second) todo_.push_back(on_trail);
  }

  // The clause of `cause` with `implied` in it was used; what its other literals rest on was either
  // resolved in the same derivation or stands on the trail.
  void AddCause(Lit implied, Cause cause) {
    switch (cause.kind) {
      case Cause::Kind::kNone:
      case Cause::Kind::kDecision:
      case Cause::Kind::kMembers:  // what a gate means is no fact of its own
        return;
      case Cause::Kind::kClause:
        return AddClause(cause.ref);
      case Cause::Kind::kSibling:
        return AddExclusive(core_.vars_[implied.var()].index);
      case Cause::Kind::kGate:
        return AddGate(implied, Lit::FromCode(cause.ref));
      case Cause::Kind::kGates:
        return AddGateUse(Lit::FromCode(cause.ref));
      case Cause::Kind::kGroup:
        sources_.grouped.emplace_back(implied.var(), Lit::FromCode(cause.ref).var());
        return;
      case Cause::Kind::kExclusive:
        return AddExclusive(cause.ref);
    }
  }

  // The same, of a clause that is used as the cuts stand now.
  void AddCauseNow(Lit implied, Cause cause) {
    AddCause(implied, cause);
    if (cause.kind == Cause::Kind::kMembers && core_.UsesExclusive(implied, cause)) {
      AddExclusive(core_.gates_[cause.ref].domain);
    }
  }

  SatCore::Sources Finish() {
    while (!todo_.empty() || !derivations_.empty()) {
      if (!derivations_.empty()) {
        const uint32_t derivation = derivations_.back();
        derivations_.pop_back();
        Expand(derivation);
        continue;
      }
      const Lit literal = todo_.back();
      todo_.pop_back();
      const Cause cause = core_.vars_[literal.var()].cause;
      if (cause.kind == Cause::Kind::kMembers) {
        AddMembers(literal, cause.ref);
        continue;
      }
      AddCauseNow(literal, cause);
      core_.ForOthers(cause, literal, [&](Lit other) { AddLiteral(~other); });
    }
    return std::move(sources_);
  }

 private:
  // AddCauseNow and ForOthers of a gate's meaning, which asks for all cuts of a domain: a trace
  // comes past many gates of few domains.
  void AddMembers(Lit implied, GateIndex index) {
    const Gate& gate = core_.gates_[index];
    const bool is_gate = implied.var() == gate.var;
    if (!is_gate) AddLiteral(Lit::True(gate.var));
    for (const Lit killer : KillersOf(gate, is_gate ? kNoVar : implied.var())) {
      if (core_.IsExclusive(killer, index)) AddExclusive(gate.domain);
      AddLiteral(killer);
    }
  }

  // What killed the members of the gate's set other than this candidate, the last first.
  std::vector<Lit> KillersOf(const Gate& gate, Var except) {
    const auto [found, is_new] = cuts_by_position_.try_emplace(gate.domain);
    if (is_new) found->second = core_.domains_.CutsByPosition(gate.domain);
    std::vector<uint32_t> cuts;
    for (const PositionRange range : core_.gate_set(gate)) {
      for (Position at = range.first; at <= range.last; ++at) {
        const uint32_t cut = found->second[at];
        const bool counts = cut != kNoIndex && (cuts.empty() || cuts.back() != cut);
        if (counts && (except == kNoVar || core_.vars_[except].position != at)) cuts.push_back(cut);
      }
    }
    std::ranges::sort(cuts, std::greater());
    cuts.erase(std::ranges::unique(cuts).begin(), cuts.end());
    std::vector<Lit> killers;
    killers.reserve(cuts.size());
    for (const uint32_t cut : cuts) killers.push_back(core_.domains_.cut_literal(cut));
    return killers;
  }

  void AddGate(Lit one, Lit other) {
    AddGateUse(core_.vars_[one.var()].role == Role::kGate ? one : other);
  }

  // "needs" rules out the rest of its package only because the package admits one at a time.
  void AddGateUse(Lit literal) {
    const Gate& gate = core_.gates_[core_.vars_[literal.var()].index];
    if (gate.use == GateUse::kNeeds) AddExclusive(gate.domain);
  }

  void AddExclusive(DomainIndex domain) {
    if (seen_domains_.insert(domain).second) sources_.exclusive.push_back(domain);
  }

  void AddClause(ClauseRef clause) {
    const uint32_t origin = core_.clauses_.origin(clause);
    if (core_.clauses_.learnt(clause)) {
      if (seen_derivations_.insert(origin).second) derivations_.push_back(origin);
    } else if (seen_origins_.insert(origin).second) {
      sources_.origins.push_back(origin);
    }
  }

  void Expand(uint32_t derivation) {
    const uint32_t first = core_.derivation_starts_[derivation];
    const size_t end = derivation + 1 < core_.derivation_starts_.size()
                           ? core_.derivation_starts_[derivation + 1]
                           : core_.derivations_.size();
    for (size_t i = first; i < end; ++i) {
      const Antecedent& step = core_.derivations_[i];
      if (step.cause.kind == Cause::Kind::kNone) {
        AddLiteral(step.literal);  // of level 0: its cause still stands
      } else {
        AddCause(step.literal, step.cause);
      }
    }
  }

  const SatCore& core_;
  Sources sources_;
  std::vector<Lit> todo_;
  std::vector<uint32_t> derivations_;
  absl::flat_hash_map<DomainIndex, std::vector<uint32_t>> cuts_by_position_;
  absl::flat_hash_set<Var> seen_vars_;
  absl::flat_hash_set<uint32_t> seen_domains_, seen_origins_, seen_derivations_;
};

// Is what the killer ruled out of the gate's set a candidate's siblings, or what is outside of a
// "needs"?
bool SatCore::IsExclusive(Lit killer, GateIndex gate) const {
  const VarState& state = vars_[killer.var()];
  if (state.role == Role::kCandidate) return !killer.negative();
  return state.role == Role::kGate && gates_[state.index].use == GateUse::kNeeds &&
         state.index != gate;
}

// Did any of them do so?
bool SatCore::UsesExclusive(Lit implied, Cause cause) const {
  bool used = false;
  ForOthers(cause, implied, [&](Lit literal) { used |= IsExclusive(~literal, cause.ref); });
  return used;
}

SatCore::Sources SatCore::TraceConflict() const {
  ACCORD_CHECK(conflict_.set);
  Tracer tracer(*this);
  const bool native = conflict_.cause.kind != Cause::Kind::kClause;
  tracer.AddCauseNow(conflict_.literal, conflict_.cause);
  if (native) tracer.AddLiteral(~conflict_.literal);
  ForOthers(conflict_.cause, native ? conflict_.literal : Lit(),
            [&](Lit literal) { tracer.AddLiteral(~literal); });
  return tracer.Finish();
}

SatCore::Sources SatCore::TraceLiterals(std::span<const Lit> on_trail) const {
  Tracer tracer(*this);
  for (const Lit literal : on_trail) tracer.AddLiteral(literal);
  return tracer.Finish();
}

}  // namespace accord::cdcl
