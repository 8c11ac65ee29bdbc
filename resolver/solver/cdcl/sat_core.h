// The SAT core: clauses with two watched literals, native domains, gates and exclusion groups, a
// trail, conflict analysis. It knows variables only; encoder.h says what they mean, walk.h decides.
//
// A candidate of a domain is a position; it gets a variable when someone asks for it. What rules
// out the others is a cut of the domain (domains.h), not an assignment each.
//
// Levels: 0 = holds for the universe, 1 = holds for the posed problem, above = decisions. A literal
// carries the level that implies it, which may be lower than where it stands on the trail
// (chronological backtracking keeps such literals).
//
// Files: sat_core.cc (variables, clauses, trail), gates.cc (domains and gates as they come),
// propagate.cc (clauses), native.cc (domains, gates, groups), analyze.cc, reduce.cc, trace.cc.
#pragma once

#include <span>
#include <vector>

#include "model/positions.h"
#include "solver/cdcl/arena.h"
#include "solver/cdcl/clause_arena.h"
#include "solver/cdcl/domains.h"
#include "solver/cdcl/literal.h"
#include "solver/cdcl/proof_sink.h"
#include "solver/cdcl/watch_lists.h"

namespace accord::cdcl {

using GateIndex = uint32_t;

// What a gate variable g says of its domain p and set S.
enum class GateUse : uint8_t {
  kNeeds,  // if p admits one at a time: g -> one of S and none outside; else a clause says it
  kOnly,   // g -> none of p outside S
  kHas,    // a member of S -> g
};

// Why a literal is on the trail, or a clause is false. Native clauses are never stored.
struct Cause {
  enum class Kind : uint8_t {
    kNone,
    kDecision,
    kClause,     // ref: ClauseRef
    kSibling,    // (literal or not other); ref: code of `other`, the true literal that implies
    kGate,       // likewise, a gate and a candidate
    kGates,      // likewise, two gates of one domain
    kGroup,      // likewise, two candidates
    kMembers,    // (not gate or member or ...); ref: the gate. Of each dead member stands what
                 // killed it: (not gate or member or not killer or ...)
    kExclusive,  // in derivations only: that the domain `ref` admits one at a time was used
  };
  Kind kind = Kind::kNone;
  uint32_t ref = 0;
};

// One step of a derivation: `literal` was resolved away with `cause`; or, with cause kNone, a
// literal of level 0 was dropped, whose own cause still stands.
struct Antecedent {
  Lit literal;
  Cause cause;
};

// When the search does its housekeeping. No answer depends on it; tests set it low to get there.
struct Tuning {
  // Going back one level only saves the decisions between, but what then holds lower than where it
  // stands is propagated again at each backtrack. A conflict backtracks to its assertion level if
  // there are more such literals than kept_max, and if they cost more by now than what it undoes:
  // their numbers, summed over the conflicts since the last time, are more than redo_cost times the
  // literals that it undoes (docs/decisions/002).
  size_t kept_max = 64;
  size_t learnt_max_at_first = 4000;  // learnt clauses; grows by a quarter at each reduction
  size_t redo_cost = 4;
};

struct CoreCounters {
  uint64_t work = 0, decisions = 0, propagations = 0, conflicts = 0, learnt = 0,
           learnt_literals = 0;
};

class SatCore {
 public:
  // Everything the core keeps comes from the arena, which outlives it.
  SatCore(const Tuning& tuning, Arena& arena)
      : arena_(arena), tuning_(tuning), learnt_max_(tuning.learnt_max_at_first) {}

  // ---- Variables and constraints; may be added at any time, at any level.
  Var AddVar();
  // `count` candidates at positions from 0; exclusive: at most one of them.
  DomainIndex AddDomain(uint32_t count, bool exclusive);
  [[nodiscard]] bool exclusive(DomainIndex domain) const { return domain_gates_[domain].exclusive; }
  // The candidate's variable, which is made if there is none.
  Var CandidateVar(DomainIndex domain, Position position);
  // What the trail says of the candidate, variable or not.
  [[nodiscard]] Value value(DomainIndex domain, Position position) const {
    if (const Var var = domains_.VarAt(domain, position); var != kNoVar) return value(var);
    return domains_.IsAlive(domain, position) ? Value::kOpen : Value::kFalse;
  }
  // The highest of an exclusive domain's set that is not false, after propagation; kNoPosition.
  [[nodiscard]] Position HighestAlive(DomainIndex domain,
                                      std::span<const PositionRange> set) const {
    return domains_.HighestAlive(domain, set);
  }
  // A literal on the trail that makes the (false) candidate false.
  [[nodiscard]] Lit WhyFalse(DomainIndex domain, Position position) const {
    const Var var = domains_.VarAt(domain, position);
    return var != kNoVar ? Lit::False(var) : domains_.KilledBy(domain, position);
  }
  // Of a candidate's variable: its domain, kNoIndex for other variables; and its position.
  [[nodiscard]] DomainIndex domain_of(Var var) const {
    return vars_[var].role == Role::kCandidate ? vars_[var].index : kNoIndex;
  }
  [[nodiscard]] Position position_of(Var var) const { return vars_[var].position; }
  GateIndex AddGate(GateUse use);  // not attached yet: implies nothing
  void AttachGate(GateIndex gate, DomainIndex domain, std::span<const PositionRange> set);
  [[nodiscard]] Var gate_var(GateIndex gate) const { return gates_[gate].var; }
  uint32_t AddGroup();
  void AddToGroup(uint32_t group, Var candidate);
  // Variables in a clause are distinct. `origin` comes back from Trace.
  void AddClause(std::span<const Lit> literals, uint32_t origin) {
    Attach(literals, origin, /*learnt=*/false);
  }

  // ---- Search.
  [[nodiscard]] uint32_t level() const { return static_cast<uint32_t>(levels_.size()); }
  [[nodiscard]] Value value(Lit literal) const { return values_[literal.code()]; }
  [[nodiscard]] Value value(Var var) const { return values_[Lit::True(var).code()]; }
  [[nodiscard]] std::span<const Lit> trail() const { return trail_; }
  // True if the candidate was true when it was last unassigned.
  [[nodiscard]] bool phase(DomainIndex domain, Position position) const {
    const Var var = domains_.VarAt(domain, position);
    return var != kNoVar && phases_[var] != 0;
  }
  void Decide(Lit literal);  // opens a level; the literal is open
  // False: something is in conflict; call Learn next.
  [[nodiscard]] bool Propagate();
  // Resolves the conflict: learns a clause, backtracks, asserts it. False: the conflict needs no
  // decision (level <= 1): what was posed is unsatisfiable; TraceConflict says why.
  [[nodiscard]] bool Learn();
  void Backtrack(uint32_t level);
  // The shortest the trail has been since the last call; what stands before it was seen by then.
  [[nodiscard]] size_t TakeLowWater();

  // ---- Why. Origins of input clauses and native uses that the conflict, or a trail literal, rests
  // on; each once, in no defined order.
  struct Sources {
    std::vector<uint32_t> origins;             // of input clauses
    std::vector<DomainIndex> exclusive;        // domains of which "one at a time" was used
    std::vector<std::pair<Var, Var>> grouped;  // candidates held apart by a group
  };
  [[nodiscard]] Sources TraceConflict() const;
  [[nodiscard]] Sources TraceLiterals(std::span<const Lit> on_trail) const;

  void set_proof_sink(ProofSink* sink) { proof_ = sink; }  // not owned; may be null
  [[nodiscard]] const CoreCounters& counters() const { return counters_; }

 private:
  struct DomainGates {  // by domain
    GateIndex first = kNoIndex;
    bool exclusive = false;
    uint64_t looked_again = 0;  // after how many backtracks, at last
  };
  struct Gate {
    Var var = kNoVar;
    GateUse use = GateUse::kNeeds;
    DomainIndex domain = kNoIndex;
    uint32_t first_range = 0, range_count = 0;
    uint64_t word = 0;          // of its set, see Members
    GateIndex next = kNoIndex;  // of the same domain
    // kNeeds: a member. While the gate is not false the member is alive, or what killed it is still
    // to be looked at.
    Position watched = kNoPosition;
  };
  enum class Role : uint8_t { kPlain, kCandidate, kGate };
  struct VarState {
    uint32_t level = 0;
    Cause cause;
    Role role = Role::kPlain;
    bool grouped = false;
    bool has_cut = false;  // true literal of it stands in the domain's cuts
    uint32_t index = 0;    // kCandidate: domain; kGate: gate
    Position position = 0;
  };
  struct Level {
    size_t trail = 0;  // where it starts
    size_t cuts = 0;
  };
  struct Conflict {
    bool set = false;
    Cause cause;
    Lit literal;  // native: the clause is (literal or not other), both false
  };
  class Tracer;  // trace.cc

  // sat_core.cc
  void Attach(std::span<const Lit> literals, uint32_t origin, bool learnt);
  void AddWatches(ClauseRef clause);
  void AssignFromClause(ClauseRef clause);
  [[nodiscard]] uint32_t DueBelow(Lit last) const;
  void RecheckLate();
  // False = conflict, which is noted. A literal that is true already stays as it is.
  bool Imply(Lit literal, Cause cause, uint32_t level);
  void Assign(Lit literal, Cause cause, uint32_t level);
  [[nodiscard]] std::span<const PositionRange> gate_set(const Gate& gate) const {
    return {ranges_.data() + gate.first_range, gate.range_count};
  }
  [[nodiscard]] Members members(const Gate& gate) const { return {gate_set(gate), gate.word}; }
  // Calls visit(literal) for the literals of a cause's clause other than `implied`.
  template <class Visit>
  void ForOthers(Cause cause, Lit implied, Visit visit) const {
    switch (cause.kind) {
      case Cause::Kind::kNone:
      case Cause::Kind::kDecision:
      case Cause::Kind::kExclusive:
        return;
      case Cause::Kind::kClause: {
        const uint32_t size = clauses_.size(cause.ref);
        for (uint32_t i = 0; i < size; ++i) {
          if (const Lit literal = clauses_.at(cause.ref, i); literal != implied) visit(literal);
        }
        return;
      }
      case Cause::Kind::kSibling:
      case Cause::Kind::kGate:
      case Cause::Kind::kGates:
      case Cause::Kind::kGroup:
        return visit(~Lit::FromCode(cause.ref));
      case Cause::Kind::kMembers: {
        const Gate& gate = gates_[cause.ref];
        const bool is_gate = implied.var() == gate.var;
        if (!is_gate) visit(Lit::False(gate.var));
        domains_.ForKillers(gate.domain, members(gate),
                            is_gate ? kNoPosition : vars_[implied.var()].position, [&](Lit killer) {
                              visit(~killer);
                              return true;
                            });
        return;
      }
    }
  }

  // gates.cc
  void TakeEffect(GateIndex gate);
  [[nodiscard]] Var WhoImplies(const Gate& gate) const;

  // propagate.cc
  bool PropagateClauses(Lit literal);
  bool VisitWatch(Lit literal, Watch& watch, bool& keep);

  // native.cc; false = conflict
  bool PropagateNative(Lit literal);
  bool CandidateBecameTrue(Var var);
  bool GatesOfCandidate(Var var);
  bool GroupsOfCandidate(Var var);
  bool GateChanged(GateIndex gate, bool is_true);
  bool RuleOut(DomainIndex domain, PositionRange range, Cause cause, uint32_t level);
  bool RuleOutOutside(const Gate& gate, Cause cause, uint32_t level);
  bool CutDomain(Lit by, DomainIndex domain);
  [[nodiscard]] bool Cut(Lit by);
  void BuryFalse(DomainIndex domain);
  bool LookAgain(DomainIndex domain);
  bool LookAtGates(DomainIndex domain, Lit by);
  [[nodiscard]] bool IsQuiet(const Gate& gate) const;
  bool LookAtGate(GateIndex gate, Lit by);
  [[nodiscard]] bool ExcludesAll(Lit by, const Gate& gate) const;
  [[nodiscard]] uint32_t KillersLevel(const Gate& gate, Position except, Lit by) const;
  [[nodiscard]] Cause CauseOfDeath(Lit killer) const;
  void UndoCuts(size_t to);

  // analyze.cc
  [[nodiscard]] uint32_t ConflictLevel() const;
  void Analyze();
  void Note(Lit literal, uint32_t conflict_level);
  void AddStep(Lit literal, Cause cause);
  [[nodiscard]] bool IsExclusive(Lit killer, GateIndex gate) const;
  [[nodiscard]] bool UsesExclusive(Lit implied, Cause cause) const;
  void Minimize();
  bool IsRedundant(Lit literal, uint32_t depth);
  [[nodiscard]] uint64_t LevelBit(Var var) const { return uint64_t{1} << (vars_[var].level % 64); }
  void ClearMarks();
  void Assert();
  [[nodiscard]] uint32_t GoBackTo(uint32_t conflict_level, uint32_t assertion_level);
  void Bump(ClauseRef clause);

  // reduce.cc
  void ReduceLearnt();

  Arena& arena_;
  ClauseArena clauses_{arena_};
  WatchLists watches_{arena_};              // visited when that literal is true
  ArenaVector<Value> values_{arena_, 128};  // by literal code
  ArenaVector<VarState> vars_{arena_, 64};
  ArenaVector<uint8_t> phases_{arena_, 64};
  ArenaVector<Lit> trail_{arena_, 64};
  ArenaVector<Level> levels_{arena_};
  size_t propagated_ = 0;
  size_t low_water_ = 0;
  size_t kept_ = 0;            // trail literals whose level is lower than where they stand
  size_t kept_since_far_ = 0;  // summed over the conflicts since one went far back
  uint64_t backtracks_ = 0;
  Conflict conflict_;
  struct Late {  // came when already unit below the level of its true literal
    ClauseRef clause = 0;
    uint32_t due_below = 0;  // that level
  };
  ArenaVector<Late> late_{arena_};

  Domains domains_{arena_};  // of domains that are not exclusive nothing is ever cut
  ArenaVector<DomainGates> domain_gates_{arena_};
  ArenaVector<Lit> recut_{arena_};  // UndoCuts: what stays
  ArenaVector<Gate> gates_{arena_};
  ArenaVector<PositionRange> ranges_{arena_};
  std::vector<std::vector<Var>> groups_;
  std::vector<std::vector<uint32_t>> groups_of_var_;  // by var, only as long as needed

  // Learnt clauses and how they were derived.
  ArenaVector<ClauseRef> learnt_{arena_};
  ArenaVector<uint32_t> derivation_starts_{arena_};
  ArenaVector<Antecedent> derivations_{arena_};
  float activity_step_ = 1;
  const Tuning tuning_;
  size_t learnt_max_;

  // Conflict analysis, cleared after each use.
  enum class Mark : uint8_t { kNone, kSeen, kRedundant, kNeeded, kRoot, kStuck };
  ArenaVector<Mark> marks_{arena_, 64};
  ArenaVector<Var> marked_{arena_};
  ArenaVector<Lit> clause_{arena_};
  ArenaVector<Antecedent> steps_{arena_};
  uint32_t open_at_conflict_level_ = 0;
  uint64_t clause_levels_ = 0;  // of clause_: bits by level, from 0 again above 63

  ProofSink* proof_ = nullptr;
  CoreCounters counters_;
};

}  // namespace accord::cdcl
