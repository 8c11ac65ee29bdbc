// Makes a failing world small: takes away one thing after another as long as it still fails.
#pragma once

#include <functional>

#include "model/world_spec.h"

namespace accord {

// Does the world still show the failure?
using Fails = std::function<bool(const WorldSpec&)>;

// A world that fails and from which no single step of the shrinker can be taken without losing the
// failure. `spec` must fail. Calls `fails` some thousand times for a tiny world.
[[nodiscard]] WorldSpec Shrink(WorldSpec spec, const Fails& fails);

}  // namespace accord
