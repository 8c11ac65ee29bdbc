// One request from text to answer: build the universe on demand, solve, check, say why.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "absl/status/statusor.h"
#include "base/budget.h"
#include "ecosystem/pypi/fact_texts.h"
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

// Of the changes of the request that are tried where there is no solution (hints.h).
struct HintLimits {
  size_t told_max = 4;
  size_t trials_max = 16;               // requests that are solved
  uint64_t trial_work_max = 1'000'000;  // of one; more: not decided
};

struct ResolveOptions {
  StrategyKind strategy = StrategyKind::kCdcl;
  // Of the search for the answer. Questions after it (a smaller core, why packages are behind) have
  // limits of their own, stop at `cancel` too and tell the same observer.
  Budget budget;
  bool explain_behind = true;
  bool explain_conflict = true;   // a smaller core, as lines
  bool explain_sentences = true;  // of that: sentences, and hints; libsolv: no hints
  HintLimits hint_limits;
  size_t threads_max = 1;      // that read facts; 0: as many as the machine has cores
  bool tell_files = true;      // of conda's records; without them a read and a page are saved
  bool tell_requirers = true;  // of chosen packages, but for the request
  bool save_problem = false;   // closed over what was looked at
  // What another request over the same sources has read of their texts; null: nothing. Not for two
  // requests at a time. No answer hangs on it.
  pypi::FactTexts* texts = nullptr;
  uint64_t (*now_us)() = &SteadyMicros;
  // What Explain made the answer from is kept here instead of being freed, which costs a twentieth
  // of a request: for programs that end with the answer. It refers to nothing else.
  std::shared_ptr<const void>* remains = nullptr;
};

// "There is no solution" and "stopped" are answers. Errors: InvalidInput (a text of the request,
// with its place), Missing (a damaged record), LimitReached; Internal if the checker refuses our
// answer, with what it says: our bug. Thread-safe for distinct calls: nothing is shared but the
// sources.
[[nodiscard]] absl::StatusOr<Answer> Resolve(const pypi::ResolveRequest& request,
                                             std::span<const metadata::Source* const> sources,
                                             const ResolveOptions& options = {});

}  // namespace accord::engine
