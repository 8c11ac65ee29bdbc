// The second opinion: openSUSE's libsolv, as Debian ships it, behind the Strategy seam. It decides
// whether the neutral model has a solution; encoding.h says how the model becomes its packages.
// Not its job: the canonical answer, a small core, budgets.
#pragma once

#include <optional>

#include "solver/strategy.h"

namespace accord {

// Differs from other strategies in these points, all of them libsolv's own limits:
// - A Solution is a valid set and claims no more (kFeasible). Its members are sorted by package
//   name, then position; requirement, required_by and depth are those of a breadth-first walk.
// - A Conflict's core is coarse: what the request itself says (requirements, constraints, locks,
//   exclusions), without the dependencies that carry the contradiction.
// - Needs asks for everything that the request can reach, not for what the search looks at.
// - libsolv cannot be stopped inside a solve: cancellation is looked at before one, work is not
//   counted (Counters::work stays 0) and Budget::work_max has no effect.
// - Soft requirements are tried in no order that is promised; those that stay open are recorded.
class Libsolv final : public Strategy {
 public:
  Libsolv(const Universe& universe, const Problem& problem)
      : universe_(universe), problem_(problem) {}

  [[nodiscard]] Outcome Run(const Budget& budget) override;
  [[nodiscard]] const Counters& counters() const override { return counters_; }
  [[nodiscard]] ClaimKind claim() const override { return ClaimKind::kFeasible; }

 private:
  const Universe& universe_;
  const Problem& problem_;
  Counters counters_;
  std::optional<Outcome> answer_;
};

}  // namespace accord
