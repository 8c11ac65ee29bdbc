// Why a requested package is not at its newest admitted version: asked of the solver, with one
// more constraint, after the answer.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "engine/answer.h"
#include "engine/ecosystem.h"
#include "engine/search.h"
#include "model/outcome.h"

namespace accord::engine {

inline constexpr uint64_t kBehindWorkMax = 5'000'000;  // of all questions about one answer

// One entry for each requested package that is behind, sorted by name. The universe grows by the
// sets of the questions. `budget`: of the request. Errors: as Search::Solve.
[[nodiscard]] absl::StatusOr<std::vector<BehindPackage>> FindBehind(Ecosystem& ecosystem,
                                                                    Search& search,
                                                                    const Solution& solution,
                                                                    const Budget& budget);

}  // namespace accord::engine
