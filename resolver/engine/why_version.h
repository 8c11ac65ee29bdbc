// Why each package of an answer is at its version (why.h). Of every statement the proof is at hand:
// either the requirements that it names leave no better version by themselves, or the solver was
// asked: everything that the walk chose before is kept, a better version is wanted, there is no
// solution, and the core of that names the holders.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "engine/solved.h"
#include "engine/why.h"

namespace accord::engine {

// Of every package, sorted by name; of `only`, if it is valid, nothing else. Errors: as
// Search::Solve.
[[nodiscard]] absl::StatusOr<std::vector<WhyVersion>> WhyVersions(const Solved& solved,
                                                                  const WhyLimits& limits,
                                                                  PackageId only = {});

}  // namespace accord::engine
