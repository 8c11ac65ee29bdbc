// A conflict whose request requirements are all needed: without any one of them there is a
// solution.
#pragma once

#include "absl/status/statusor.h"
#include "base/budget.h"
#include "engine/search.h"
#include "model/outcome.h"
#include "model/problem.h"

namespace accord::engine {

inline constexpr uint64_t kCoreWorkMax = 2'000'000;  // of one question
inline constexpr size_t kCoreQuestionsMax = 200;

struct CoreLimits {
  uint64_t work_max = kCoreWorkMax;            // of one question
  uint64_t all_work_max = Budget::kUnlimited;  // of all; a question that has begun is ended
  size_t questions_max = kCoreQuestionsMax;
};

struct Core {
  Problem problem;  // some of the requirements, everything else as posed
  Conflict conflict;
  uint64_t work = 0;  // of all questions
};

// Leaves out the requirements of the request one after the other. Where a question reaches its
// limit, its requirement stays. `budget`: of the request. Errors: as Search::Solve.
[[nodiscard]] absl::StatusOr<Core> MinimalCore(Search& search, const Problem& posed,
                                               const Conflict& conflict, const Budget& budget,
                                               const CoreLimits& limits = {});

}  // namespace accord::engine
