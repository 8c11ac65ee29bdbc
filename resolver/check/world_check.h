// Is this neutral solution a valid set, and is each member needed? Read off Universe and Problem by
// the definition of docs/solver.md, with code that shares nothing with a strategy. It does not say
// whether the answer is the canonical one, and costs what the set needs, not what the universe
// holds.
#pragma once

#include <span>
#include <vector>

#include "check/violation.h"
#include "model/outcome.h"
#include "model/problem.h"
#include "model/universe.h"

namespace accord::check {

// What is wrong, in the order found; empty: the members are a valid set; each of them is an option
// of a requirement that holds in it, on a chain that begins at the request; each is said to be
// chosen for such a requirement; and of the soft requirements exactly the recorded ones are unmet.
[[nodiscard]] std::vector<Violation> CheckWorld(const Universe& universe, const Problem& problem,
                                                const Solution& solution);

// The same of a set that comes without such records. It may name a candidate twice.
[[nodiscard]] std::vector<Violation> CheckMembers(const Universe& universe, const Problem& problem,
                                                  std::span<const SolvableId> members);

}  // namespace accord::check
