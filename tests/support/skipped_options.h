// Is an answer canonical where it is not the best at first sight? For each member that was not the
// first option of its requirement: no valid set may extend what was chosen before it with an option
// that was passed over. The judge is the plain CNF.
#pragma once

#include <cstddef>

#include "absl/status/statusor.h"
#include "model/outcome.h"
#include "model/problem.h"
#include "model/universe.h"

namespace accord::testing {

struct SkippedOptions {
  size_t members = 0;  // that were not the first option
  size_t options = 0;  // passed over for them
};

// Runs cadical once a member with skipped options. OK: all are refuted; an error names the first
// member that has a better option. The solution's members must be in the order in which they
// entered it, each with its requirement. Dependencies of the options must be known: what is
// pending counts as not there.
[[nodiscard]] absl::StatusOr<SkippedOptions> RefuteSkippedOptions(const Universe& universe,
                                                                  const Problem& problem,
                                                                  const Solution& solution);

}  // namespace accord::testing
