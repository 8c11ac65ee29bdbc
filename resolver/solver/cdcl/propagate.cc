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
  const std::span<uint32_t> codes = clauses_.codes(clause);
  if (codes[0] == (~literal).code()) std::swap(codes[0], codes[1]);
  const Lit other = Lit::FromCode(codes[0]);
  watch.blocker = other;
  if (value(other) == Value::kTrue) return true;
  for (uint32_t& code : codes.subspan(2)) {
    if (values_[code] == Value::kFalse) continue;
    std::swap(codes[1], code);
    watches_.Push(~Lit::FromCode(codes[1]), {clause, other, false});
    keep = false;
    return true;
  }
  uint32_t implied_level = 0;
  for (const uint32_t code : codes.subspan(1)) {
    implied_level = std::max(implied_level, vars_[Lit::FromCode(code).var()].level);
  }
  return Imply(other, cause, implied_level);
}

}  // namespace accord::cdcl
