// What would help where there is no solution: changes of the request, each solved before it is
// told. A hint is never a guess.
#pragma once

#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/universe_builder.h"
#include "engine/answer.h"
#include "engine/resolve.h"
#include "metadata/source.h"

namespace accord::engine {

struct Hints {
  std::vector<Hint> told;
  std::vector<UndecidedHint> undecided;  // a limit was reached, or facts cannot be read
};

// The builder has read the request, and the answer's conflict is explained. Changes of what filters
// left out come first, then constraints, locks, exclusions and overrides, then requirements of the
// request. Deterministic; cancelled, the changes not yet tried are left. Errors: Internal, as
// Resolve: that the checker refuses an answer is our bug here too.
[[nodiscard]] absl::StatusOr<Hints> FindHints(const pypi::ResolveRequest& request,
                                              std::span<const metadata::Source* const> sources,
                                              const pypi::UniverseBuilder& builder,
                                              const explain::Explanation& explanation,
                                              const ResolveOptions& options);

}  // namespace accord::engine
