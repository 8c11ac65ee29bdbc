// What every strategy promises: the same semantics (docs/solver.md), its own way to the answer.
#pragma once

#include "base/budget.h"
#include "model/outcome.h"
#include "model/problem.h"
#include "model/universe.h"

namespace accord {

// One problem over one Universe; neither is owned, both outlive the strategy. Not thread-safe: one
// thread at a time, any thread. Run never waits: it returns
// - Needs: the caller adds those facts to the Universe and runs again; work done is kept;
// - Stopped: the budget (counted over all runs of this problem) is used up or the run was
//   cancelled; running again with a larger budget goes on from there;
// - Solution or Conflict: final; running again returns the same.
class Strategy {
 public:
  virtual ~Strategy() = default;
  [[nodiscard]] virtual Outcome Run(const Budget& budget) = 0;
  [[nodiscard]] virtual const Counters& counters() const = 0;
  // Does a Solution of this strategy claim to be canonical, or only feasible?
  [[nodiscard]] virtual ClaimKind claim() const = 0;
};

}  // namespace accord
