// The SAT core: clauses with two watched literals, native domains, gates and exclusion groups, a
// trail, conflict analysis. It knows variables only; encoder.h says what they mean, walk.h decides.
//
// Levels: 0 = holds for the universe, 1 = holds for the posed problem, above = decisions. A literal
// carries the level that implies it, which may be lower than where it stands on the trail
// (chronological backtracking keeps such literals).
//
// Files: sat_core.cc (variables, clauses, trail), propagate.cc, analyze.cc, reduce.cc, trace.cc.
#pragma once

#include <span>
#include <vector>

#include "model/positions.h"
#include "solver/cdcl/clause_arena.h"
#include "solver/cdcl/literal.h"
#include "solver/cdcl/proof_sink.h"

namespace accord::cdcl {

using DomainIndex = uint32_t;  // a block of candidate variables: one package
using GateIndex = uint32_t;
inline constexpr uint32_t kNoIndex = UINT32_MAX;

// What a gate variable g says of its domain p and set S.
enum class GateUse : uint8_t {
  kNeeds,  // g -> one of S (a clause beside); and, if p admits one at a time, g -> none outside S
  kOnly,   // g -> none of p outside S
  kHas,    // a member of S -> g
};

// Why a literal is on the trail, or a clause is false. Native kinds are the binary clause
// (literal or not other), never stored.
struct Cause {
  enum class Kind : uint8_t { kNone, kDecision, kClause, kSibling, kGate, kGroup };
  Kind kind = Kind::kNone;
  uint32_t ref = 0;  // kClause: ClauseRef; native: code of `other`, the true literal that implies
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
  // stands is propagated again at each backtrack. With more such literals than this, the next
  // conflict backtracks to its assertion level (docs/decisions/002).
  size_t kept_max = 64;
  size_t learnt_max_at_first = 4000;  // learnt clauses; grows by a quarter at each reduction
};

struct CoreCounters {
  uint64_t work = 0, decisions = 0, propagations = 0, conflicts = 0, learnt = 0,
           learnt_literals = 0;
};

class SatCore {
 public:
  explicit SatCore(const Tuning& tuning)
      : kept_max_(tuning.kept_max), learnt_max_(tuning.learnt_max_at_first) {}

  // ---- Variables and constraints; may be added at any time, at any level.
  Var AddVar();
  // `count` consecutive variables; exclusive: at most one of them.
  DomainIndex AddDomain(uint32_t count, bool exclusive);
  [[nodiscard]] Var first_var(DomainIndex domain) const { return domains_[domain].first; }
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
  [[nodiscard]] uint32_t level() const { return static_cast<uint32_t>(level_starts_.size()); }
  [[nodiscard]] Value value(Lit literal) const { return values_[literal.code()]; }
  [[nodiscard]] Value value(Var var) const { return values_[Lit::True(var).code()]; }
  [[nodiscard]] std::span<const Lit> trail() const { return trail_; }
  // True if the variable was true when it was last unassigned.
  [[nodiscard]] bool phase(Var var) const { return phases_[var] != 0; }
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
    std::vector<Var> siblings;                 // one candidate of each exclusive domain used
    std::vector<std::pair<Var, Var>> grouped;  // candidates held apart by a group
  };
  [[nodiscard]] Sources TraceConflict() const;
  [[nodiscard]] Sources TraceLiterals(std::span<const Lit> on_trail) const;

  void set_proof_sink(ProofSink* sink) { proof_ = sink; }  // not owned; may be null
  [[nodiscard]] const CoreCounters& counters() const { return counters_; }

 private:
  struct Watch {
    ClauseRef clause;
    Lit blocker;  // another literal of the clause; of a binary clause the other one
    bool binary;
  };
  struct Domain {
    Var first = 0;
    uint32_t count = 0;
    bool exclusive = false;
    std::vector<GateIndex> gates;
  };
  struct Gate {
    Var var = kNoVar;
    GateUse use = GateUse::kNeeds;
    DomainIndex domain = kNoIndex;
    uint32_t first_range = 0, range_count = 0;
  };
  enum class Role : uint8_t { kPlain, kCandidate, kGate };
  struct VarState {
    uint32_t level = 0;
    Cause cause;
    Role role = Role::kPlain;
    bool grouped = false;
    uint32_t index = 0;  // kCandidate: domain; kGate: gate
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
  void RecheckLate();
  // False = conflict, which is noted. A literal that is true already stays as it is.
  bool Imply(Lit literal, Cause cause, uint32_t level);
  void Assign(Lit literal, Cause cause, uint32_t level);
  [[nodiscard]] std::span<const PositionRange> gate_set(const Gate& gate) const {
    return {ranges_.data() + gate.first_range, gate.range_count};
  }
  // Calls visit(literal) for the literals of a cause's clause other than `implied`.
  template <class Visit>
  void ForOthers(Cause cause, Lit implied, Visit visit) const {
    if (cause.kind == Cause::Kind::kClause) {
      const uint32_t size = clauses_.size(cause.ref);
      for (uint32_t i = 0; i < size; ++i) {
        if (const Lit literal = clauses_.at(cause.ref, i); literal != implied) visit(literal);
      }
    } else if (cause.kind != Cause::Kind::kNone && cause.kind != Cause::Kind::kDecision) {
      visit(~Lit::FromCode(cause.ref));
    }
  }

  // propagate.cc
  bool PropagateClauses(Lit literal);
  bool VisitWatch(Lit literal, Watch& watch, bool& keep);
  bool PropagateNative(Lit literal);
  bool CandidateBecameTrue(Var var);
  bool GateChanged(Gate gate, bool is_true);
  bool RuleOutOthers(Var var);
  bool RuleOut(const Domain& domain, PositionRange range, Cause cause, uint32_t level);

  // analyze.cc
  [[nodiscard]] uint32_t ConflictLevel() const;
  void Analyze();
  void Note(Lit literal, uint32_t conflict_level);
  void Minimize();
  bool IsRedundant(Lit literal, uint32_t depth);
  void ClearMarks();
  void Assert();
  void Bump(ClauseRef clause);

  // reduce.cc
  void ReduceLearnt();

  ClauseArena clauses_;
  std::vector<std::vector<Watch>> watches_;  // by literal code: visited when that literal is true
  std::vector<Value> values_;                // by literal code
  std::vector<VarState> vars_;
  std::vector<uint8_t> phases_;
  std::vector<Lit> trail_;
  std::vector<size_t> level_starts_;
  size_t propagated_ = 0;
  size_t low_water_ = 0;
  size_t kept_ = 0;  // trail literals whose level is lower than where they stand
  Conflict conflict_;
  std::vector<ClauseRef> late_;  // came when already unit below the level of their true literal

  std::vector<Domain> domains_;
  std::vector<Gate> gates_;
  std::vector<PositionRange> ranges_;
  std::vector<std::vector<Var>> groups_;
  std::vector<std::vector<uint32_t>> groups_of_var_;  // by var, only as long as needed

  // Learnt clauses and how they were derived.
  std::vector<ClauseRef> learnt_;
  std::vector<uint32_t> derivation_starts_;
  std::vector<Antecedent> derivations_;
  float activity_step_ = 1;
  size_t kept_max_;
  size_t learnt_max_;

  // Conflict analysis, cleared after each use.
  enum class Mark : uint8_t { kNone, kSeen, kRedundant, kNeeded, kRoot };
  std::vector<Mark> marks_;
  std::vector<Var> marked_;
  std::vector<Lit> clause_;
  std::vector<Antecedent> steps_;
  uint32_t open_at_conflict_level_ = 0;

  ProofSink* proof_ = nullptr;
  CoreCounters counters_;
};

}  // namespace accord::cdcl
