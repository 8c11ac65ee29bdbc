// What a request can reach: every candidate that some chain of requirements leads to, soft ones
// too, conditions taken as true. Nothing outside can be in an answer from which what nobody needs
// was dropped, so the encoding leaves it out.
#pragma once

#include <vector>

#include "model/outcome.h"
#include "model/problem.h"
#include "model/universe.h"

namespace accord {

struct Reach {
  // Candidates that may be chosen: reachable, allowed by locks and exclusions, with known
  // dependencies. Sorted by id.
  std::vector<SolvableId> candidates;
  // What is still to be learnt before `candidates` is whole.
  Needs needs;
  // Reachable, but unknown for good: taken as not there.
  std::vector<PackageId> unavailable_packages;     // sorted
  std::vector<SolvableId> unavailable_candidates;  // sorted
};

[[nodiscard]] Reach ReachOf(const Universe& universe, const Problem& problem);

}  // namespace accord
