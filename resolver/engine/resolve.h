// One request from text to answer: build the universe on demand, solve, check, say why.
#pragma once

#include <cstdint>
#include <span>

#include "absl/status/statusor.h"
#include "base/budget.h"
#include "ecosystem/pypi/request.h"
#include "engine/answer.h"
#include "metadata/source.h"

namespace accord::engine {

enum class StrategyKind : uint8_t {
  kCdcl,     // Accord's own: the canonical answer
  kLibsolv,  // a second opinion: a valid answer and no more; reads everything that can be reached
};

// Microseconds of a clock that never goes back.
[[nodiscard]] uint64_t SteadyMicros();

struct ResolveOptions {
  StrategyKind strategy = StrategyKind::kCdcl;
  // Of the search for the answer. Questions after it (a smaller core, why packages are behind) have
  // limits of their own and stop at `cancel` too.
  Budget budget;
  bool explain_behind = true;
  bool explain_conflict = true;  // a smaller core, sentences, and hints; libsolv: no hints
  bool save_problem = false;     // closed over what was looked at
  uint64_t (*now_us)() = &SteadyMicros;
};

// "There is no solution" and "stopped" are answers. Errors: InvalidInput (a text of the request,
// with its place), Missing (a damaged record), LimitReached; Internal if the checker refuses our
// answer, with what it says: our bug. Thread-safe for distinct calls: nothing is shared but the
// sources.
[[nodiscard]] absl::StatusOr<Answer> Resolve(const pypi::ResolveRequest& request,
                                             std::span<const metadata::Source* const> sources,
                                             const ResolveOptions& options = {});

}  // namespace accord::engine
