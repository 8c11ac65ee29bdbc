// Conflict analysis: first unique implication point, minimisation, assertion.
#include <algorithm>

#include "solver/cdcl/sat_core.h"

namespace accord::cdcl {
namespace {

constexpr uint32_t kRedundancyDepthMax = 200;

}  // namespace

uint32_t SatCore::ConflictLevel() const {
  uint32_t highest = 0;
  const auto visit = [&](Lit literal) { highest = std::max(highest, vars_[literal.var()].level); };
  const bool native = conflict_.cause.kind != Cause::Kind::kClause;
  if (native) visit(conflict_.literal);
  ForOthers(conflict_.cause, native ? conflict_.literal : Lit(), visit);
  return highest;
}

bool SatCore::Learn() {
  ACCORD_CHECK(conflict_.set);
  ++counters_.conflicts;
  const uint32_t conflict_level = ConflictLevel();
  if (conflict_level <= 1) return false;
  const Conflict conflict = conflict_;
  Backtrack(conflict_level);  // what is above had no part in it
  conflict_ = conflict;
  Analyze();
  Minimize();
  ClearMarks();
  Assert();
  activity_step_ *= 1.001F;
  if (learnt_.size() > learnt_max_) ReduceLearnt();
  return true;
}

// Leaves in clause_ the literals below the conflict's level and, first, the implied one.
void SatCore::Analyze() {
  const uint32_t conflict_level = ConflictLevel();
  clause_.assign(1, Lit());
  steps_.clear();
  open_at_conflict_level_ = 0;
  Cause cause = conflict_.cause;
  Lit implied = conflict_.literal;
  const bool native = cause.kind != Cause::Kind::kClause;
  if (native) Note(implied, conflict_level);
  if (!native) implied = Lit();
  AddStep(implied, cause);
  size_t at = trail_.size();
  while (true) {
    if (cause.kind == Cause::Kind::kClause) Bump(cause.ref);
    ForOthers(cause, implied, [&](Lit literal) { Note(literal, conflict_level); });
    do {
      --at;
    } while (marks_[trail_[at].var()] != Mark::kSeen ||
             vars_[trail_[at].var()].level != conflict_level);
    implied = trail_[at];
    if (--open_at_conflict_level_ == 0) break;
    cause = vars_[implied.var()].cause;
    AddStep(implied, cause);
    marks_[implied.var()] = Mark::kNeeded;  // resolved away
  }
  clause_[0] = ~implied;
}

// Cuts are gone when someone asks what a derivation used: what killed whom is said now.
void SatCore::AddStep(Lit literal, Cause cause) {
  steps_.push_back({literal, cause});
  if (cause.kind == Cause::Kind::kMembers && UsesExclusive(literal, cause)) {
    steps_.push_back({Lit(), {Cause::Kind::kExclusive, gates_[cause.ref].domain}});
  }
}

void SatCore::Note(Lit literal, uint32_t conflict_level) {
  const Var var = literal.var();
  if (marks_[var] != Mark::kNone) return;
  ++counters_.work;
  marked_.push_back(var);
  if (vars_[var].level == 0) {
    marks_[var] = Mark::kRoot;
    steps_.push_back({~literal, {}});
    return;
  }
  marks_[var] = Mark::kSeen;
  if (vars_[var].level == conflict_level) {
    ++open_at_conflict_level_;
  } else {
    clause_.push_back(literal);
  }
}

// Drops literals that the others imply.
void SatCore::Minimize() {
  size_t kept = 1;
  clause_levels_ = 0;
  for (const Lit literal : clause_) clause_levels_ |= LevelBit(literal.var());
  for (size_t i = 1; i < clause_.size(); ++i) {
    if (!IsRedundant(clause_[i], 0)) clause_[kept++] = clause_[i];
  }
  clause_.resize(kept);
}

// Is the (false) literal implied by seen literals and level 0 alone? What is not is marked too, so
// that nothing is asked twice; a level of which nothing is seen leads to its decision. The steps of
// what turns out redundant are kept even when a later branch fails: a derivation may name more than
// it needs.
bool SatCore::IsRedundant(Lit literal, uint32_t depth) {
  const Cause cause = vars_[literal.var()].cause;
  if (cause.kind == Cause::Kind::kDecision || depth > kRedundancyDepthMax) return false;
  bool redundant = true;
  ForOthers(cause, ~literal, [&](Lit other) {
    if (!redundant) return;
    const Var var = other.var();
    ++counters_.work;
    if (marks_[var] == Mark::kSeen || marks_[var] == Mark::kRedundant ||
        marks_[var] == Mark::kRoot) {
      return;
    }
    if (vars_[var].level == 0) {
      marks_[var] = Mark::kRoot;
      marked_.push_back(var);
      steps_.push_back({~other, {}});
      return;
    }
    if (marks_[var] == Mark::kNone && (LevelBit(var) & clause_levels_) != 0 &&
        IsRedundant(other, depth + 1)) {
      return;
    }
    redundant = false;
    if (marks_[var] != Mark::kNone) return;
    marks_[var] = Mark::kStuck;
    marked_.push_back(var);
  });
  if (!redundant) return false;
  AddStep(~literal, cause);
  if (marks_[literal.var()] == Mark::kNone) {
    marks_[literal.var()] = Mark::kRedundant;
    marked_.push_back(literal.var());
  }
  return true;
}

void SatCore::ClearMarks() {
  for (const Var var : marked_) marks_[var] = Mark::kNone;
  marked_.clear();
}

// Backtracks and adds the learnt clause, which implies its first literal there.
void SatCore::Assert() {
  uint32_t assertion_level = 0;
  for (size_t i = 1; i < clause_.size(); ++i) {
    assertion_level = std::max(assertion_level, vars_[clause_[i].var()].level);
  }
  const uint32_t conflict_level = vars_[clause_[0].var()].level;
  Backtrack(GoBackTo(conflict_level, assertion_level));
  const auto derivation = static_cast<uint32_t>(derivation_starts_.size());
  derivation_starts_.push_back(static_cast<uint32_t>(derivations_.size()));
  derivations_.insert(derivations_.end(), steps_.begin(), steps_.end());
  ++counters_.learnt;
  counters_.learnt_literals += clause_.size();
  if (proof_ != nullptr) proof_->Learnt(clause_);
  Attach(clause_, derivation, /*learnt=*/true);
}

// The level to assert at. What was kept is propagated again at each conflict, and what is undone is
// decided again, by the walk: each is done only as long as the other would have cost as much.
uint32_t SatCore::GoBackTo(uint32_t conflict_level, uint32_t assertion_level) {
  kept_since_far_ += kept_;
  const size_t undone = trail_.size() - levels_[assertion_level].trail;
  const bool far = kept_ > tuning_.kept_max && kept_since_far_ > tuning_.redo_cost * undone;
  if (!far) return conflict_level - 1;
  kept_since_far_ = 0;
  return assertion_level;
}

void SatCore::Bump(ClauseRef clause) {
  if (!clauses_.learnt(clause)) return;
  const float activity = clauses_.activity(clause) + activity_step_;
  clauses_.SetActivity(clause, activity);
  if (activity < 1e20F) return;
  for (const ClauseRef learnt : learnt_) {
    clauses_.SetActivity(learnt, clauses_.activity(learnt) * 1e-20F);
  }
  activity_step_ *= 1e-20F;
}

}  // namespace accord::cdcl
