// What would help where there is no solution: changes of the request, each solved before it is
// told. A hint is never a guess.
#pragma once

#include <span>
#include <vector>

#include "ecosystem/pypi/universe_builder.h"
#include "engine/answer.h"
#include "engine/resolve.h"
#include "metadata/source.h"

namespace accord::engine {

inline constexpr size_t kHintsMax = 4;
inline constexpr size_t kHintTrialsMax = 16;              // requests that are solved for hints
inline constexpr uint64_t kHintTrialWorkMax = 1'000'000;  // of one; more: no hint

// The builder has read the request, and the answer's conflict is explained. Changes of what filters
// left out come first, then constraints, locks and exclusions, then requirements of the request.
// Deterministic. A
// change that cannot be read or solved is no hint.
[[nodiscard]] std::vector<Hint> FindHints(const pypi::ResolveRequest& request,
                                          std::span<const metadata::Source* const> sources,
                                          const pypi::UniverseBuilder& builder,
                                          const explain::Explanation& explanation,
                                          const ResolveOptions& options);

}  // namespace accord::engine
