// Forgets half of the learnt clauses, the least active, when there are too many. Binary ones and
// those that imply something now stay. Derivations stay too: explanations go through them.
#include <algorithm>

#include "solver/cdcl/sat_core.h"

namespace accord::cdcl {

void SatCore::ReduceLearnt() {
  std::vector<ClauseRef> candidates;
  for (const ClauseRef clause : learnt_) {
    const Var implied = clauses_.at(clause, 0).var();
    const Var second = clauses_.at(clause, clauses_.size(clause) > 1 ? 1 : 0).var();
    const auto implied_by_it = [&](Var var) {
      const Cause cause = vars_[var].cause;
      return value(var) != Value::kOpen && cause.kind == Cause::Kind::kClause &&
             cause.ref == clause;
    };
    if (clauses_.size(clause) > 2 && !implied_by_it(implied) && !implied_by_it(second)) {
      candidates.push_back(clause);
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(), [&](ClauseRef a, ClauseRef b) {
    return clauses_.activity(a) < clauses_.activity(b);
  });
  candidates.resize(candidates.size() / 2);
  for (const ClauseRef clause : candidates) clauses_.Delete(clause);
  const auto is_deleted = [&](ClauseRef clause) { return clauses_.deleted(clause); };
  std::erase_if(learnt_, is_deleted);
  std::erase_if(late_, [&](const Late& late) { return is_deleted(late.clause); });
  for (uint32_t code = 0; code < watches_.size(); ++code) {
    const std::span<Watch> watches = watches_.Of(code);
    const auto removed = std::ranges::remove_if(
        watches, [&](const Watch& watch) { return is_deleted(watch.clause()); });
    watches_.Shrink(code, watches.size() - removed.size());
  }
  learnt_max_ += learnt_max_ / 4;
}

}  // namespace accord::cdcl
