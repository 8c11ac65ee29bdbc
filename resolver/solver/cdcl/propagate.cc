// Unit propagation: watched clauses, then what native.cc adds.
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
  // New watches go to other literals' lists, so this one only shrinks while it is visited; but
  // they may move the array that all lists are in.
  const size_t count = watches_.Of(literal.code()).size();
  size_t end = 0;
  size_t i = 0;
  bool ok = true;
  for (; i < count && ok; ++i) {
    Watch watch = watches_.Of(literal.code())[i];
    bool keep = true;
    if (value(watch.blocker) != Value::kTrue) ok = VisitWatch(literal, watch, keep);
    if (keep) watches_.Of(literal.code())[end++] = watch;
  }
  const std::span<Watch> watches = watches_.Of(literal.code());
  for (; i < count; ++i) watches[end++] = watches[i];
  watches_.Shrink(literal.code(), end);
  return ok;
}

// `literal` became true, so the watched ~literal is false. Finds another literal to watch (keep =
// false), or implies the other watched one. False = conflict.
bool SatCore::VisitWatch(Lit literal, Watch& watch, bool& keep) {
  const ClauseRef clause = watch.clause();
  const Cause cause{Cause::Kind::kClause, clause};
  if (watch.binary()) return Imply(watch.blocker, cause, vars_[literal.var()].level);
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
    watches_.Push(~candidate, {clause, other, false});
    keep = false;
    return true;
  }
  return Imply(other, cause, implied_level);
}

}  // namespace accord::cdcl
