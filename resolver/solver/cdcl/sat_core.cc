// Variables, groups, clauses that come at any time, and the trail.
#include "solver/cdcl/sat_core.h"

#include <algorithm>

namespace accord::cdcl {

Var SatCore::AddVar() {
  const auto var = static_cast<Var>(vars_.size());
  vars_.emplace_back();
  phases_.push_back(0);
  marks_.push_back(Mark::kNone);
  values_.resize(values_.size() + 2, Value::kOpen);
  watches_.GrowTo(watches_.size() + 2);
  return var;
}

uint32_t SatCore::AddGroup() {
  groups_.emplace_back();
  return static_cast<uint32_t>(groups_.size() - 1);
}

void SatCore::AddToGroup(uint32_t group, Var candidate) {
  vars_[candidate].grouped = true;
  if (groups_of_var_.size() <= candidate) groups_of_var_.resize(candidate + 1);
  groups_of_var_[candidate].push_back(group);
  for (const Var other : groups_[group]) {
    if (value(other) != Value::kTrue) continue;
    const Cause cause{Cause::Kind::kGroup, Lit::True(other).code()};
    if (!Imply(Lit::False(candidate), cause, vars_[other].level)) break;
  }
  groups_[group].push_back(candidate);
}

void SatCore::Attach(std::span<const Lit> literals, uint32_t origin, bool learnt) {
  ACCORD_CHECK(!literals.empty());
  const ClauseRef clause = clauses_.Add(literals, origin, learnt);
  if (learnt) learnt_.push_back(clause);
  // Watch what is not false; of false ones those that are unassigned first.
  const uint32_t size = clauses_.size(clause);
  const auto worth = [&](uint32_t i) -> uint64_t {
    const Lit literal = clauses_.at(clause, i);
    if (value(literal) != Value::kFalse) return UINT64_MAX - (value(literal) == Value::kOpen);
    return vars_[literal.var()].level;
  };
  for (uint32_t slot = 0; slot < std::min(size, 2U); ++slot) {
    uint32_t best = slot;
    for (uint32_t i = slot + 1; i < size; ++i) {
      if (worth(i) > worth(best)) best = i;
    }
    clauses_.Swap(clause, slot, best);
  }
  if (size >= 2) AddWatches(clause);
  AssignFromClause(clause);
}

void SatCore::AddWatches(ClauseRef clause) {
  const bool binary = clauses_.size(clause) == 2;
  const Lit first = clauses_.at(clause, 0);
  const Lit second = clauses_.at(clause, 1);
  watches_.Push(~first, {clause, second, binary});
  watches_.Push(~second, {clause, first, binary});
}

// The first two literals are the best to watch. Implies the first if the others are false.
void SatCore::AssignFromClause(ClauseRef clause) {
  const Lit first = clauses_.at(clause, 0);
  const bool unit = clauses_.size(clause) == 1 || value(clauses_.at(clause, 1)) == Value::kFalse;
  if (!unit) return;
  const uint32_t unit_level =
      clauses_.size(clause) == 1 ? 0 : vars_[clauses_.at(clause, 1).var()].level;
  // Late: its literal has a cause at a higher level and must be implied anew when that is undone;
  // or the clause is false while another conflict is to be resolved first. No watch will tell.
  const bool is_late = value(first) == Value::kTrue
                           ? vars_[first.var()].level > unit_level
                           : value(first) == Value::kFalse && conflict_.set;
  if (is_late) late_.push_back({clause, DueBelow(first)});
  Imply(first, {Cause::Kind::kClause, clause}, unit_level);
}

// The level below which a late clause is to be looked at.
uint32_t SatCore::DueBelow(Lit last) const {
  return value(last) == Value::kTrue ? vars_[last.var()].level : UINT32_MAX;
}

// After a backtrack: implies what late clauses imply now, or notes that one is false.
void SatCore::RecheckLate() {
  std::erase_if(late_, [&](Late& late) {
    if (late.due_below <= level()) return false;  // its literal holds as it did
    uint32_t unit_level = 0;
    uint32_t not_false = 0;
    Lit last = clauses_.at(late.clause, 0);
    for (uint32_t i = 0; i < clauses_.size(late.clause); ++i) {
      const Lit literal = clauses_.at(late.clause, i);
      if (value(literal) != Value::kFalse) {
        ++not_false;
        last = literal;
      } else {
        unit_level = std::max(unit_level, vars_[literal.var()].level);
      }
    }
    if (not_false > 1) return true;
    const bool holds = Imply(last, {Cause::Kind::kClause, late.clause}, unit_level);
    late.due_below = DueBelow(last);
    return holds && vars_[last.var()].level <= unit_level;
  });
}

bool SatCore::Imply(Lit literal, Cause cause, uint32_t level) {
  switch (value(literal)) {
    case Value::kTrue:
      return true;
    case Value::kOpen:
      Assign(literal, cause, level);
      return true;
    case Value::kFalse:
      break;
  }
  if (!conflict_.set) conflict_ = {.set = true, .cause = cause, .literal = literal};
  return false;
}

void SatCore::Assign(Lit literal, Cause cause, uint32_t at_level) {
  ACCORD_DCHECK(value(literal) == Value::kOpen);
  values_[literal.code()] = Value::kTrue;
  values_[(~literal).code()] = Value::kFalse;
  VarState& state = vars_[literal.var()];
  state.level = at_level;
  state.cause = cause;
  trail_.push_back(literal);
  if (at_level < level()) ++kept_;
  ++counters_.propagations;
  ++counters_.work;
}

void SatCore::Decide(Lit literal) {
  ACCORD_DCHECK(value(literal) == Value::kOpen);
  levels_.push_back({.trail = trail_.size(), .cuts = domains_.cut_count()});
  Assign(literal, {Cause::Kind::kDecision, 0}, level());
  ++counters_.decisions;
}

// Undoes what was implied above `to`. What stands there but holds lower down is kept and propagated
// again, because watches may have moved to literals that are open now.
void SatCore::Backtrack(uint32_t to) {
  if (level() <= to) return;
  ++backtracks_;
  const auto [start, cut_start] = levels_[to];
  size_t end = start;
  for (size_t i = start; i < trail_.size(); ++i) {
    const Lit literal = trail_[i];
    if (vars_[literal.var()].level <= to) {
      trail_[end++] = literal;
      continue;
    }
    values_[literal.code()] = Value::kOpen;
    values_[(~literal).code()] = Value::kOpen;
    vars_[literal.var()].cause = {};
    phases_[literal.var()] = literal.negative() ? 0 : 1;
  }
  trail_.resize(end);
  UndoCuts(cut_start);
  levels_.resize(to);
  propagated_ = std::min(propagated_, start);
  low_water_ = std::min(low_water_, start);
  kept_ = 0;
  for (size_t i = start; i < end; ++i) {
    if (vars_[trail_[i].var()].level < to) ++kept_;
  }
  // Who was to resolve the conflict may not have: its clause must not be forgotten.
  if (conflict_.set && conflict_.cause.kind == Cause::Kind::kClause) {
    late_.push_back({conflict_.cause.ref, UINT32_MAX});
  }
  conflict_.set = false;
  if (!late_.empty()) RecheckLate();
}

size_t SatCore::TakeLowWater() {
  const size_t low = low_water_;
  low_water_ = trail_.size();
  return low;
}

}  // namespace accord::cdcl
