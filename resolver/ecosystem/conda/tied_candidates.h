// Candidates that are equal but for what they need: the one that needs better versions is better.
// Internal to this folder.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/candidates.h"
#include "ecosystem/conda/preference.h"
#include "model/positions.h"

namespace accord::conda {

// The positions, best first; those that need equally good versions stay in their order. Two
// candidates compared alone by what both need give no order: here vectors over all names of the
// group are compared, and what a candidate does not need counts as equal to the best. Errors: as
// NeededVersions.
[[nodiscard]] absl::StatusOr<std::vector<Position>> ByWhatTheyNeed(const Candidates& candidates,
                                                                   std::vector<Position> tied,
                                                                   NeededVersions& needed);

}  // namespace accord::conda
