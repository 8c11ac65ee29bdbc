// A world file's problem from end to end: solve, check, say why. No facts and no ecosystem: what a
// world says is all there is.
#pragma once

#include "absl/status/statusor.h"
#include "engine/answer.h"
#include "engine/resolve.h"
#include "model/world_spec.h"

namespace accord::engine {

// The answer in a world's own words: packages and versions are those of the file, also features
// ("app[fast]"); of a package that admits several candidates there may be several entries. `behind`
// stays empty: a world has no notion of newest. Requirements that are soft and unmet are warnings.
// Errors: Internal if the checker refuses our answer: our bug.
[[nodiscard]] absl::StatusOr<Answer> ResolveWorld(const World& world,
                                                  const ResolveOptions& options = {});

}  // namespace accord::engine
