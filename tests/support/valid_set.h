// Is this a valid set? The definition of docs/solver.md, read off the model by code that shares
// nothing with the solvers. Costs what the set needs, not what the universe holds.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "model/problem.h"
#include "model/universe.h"

namespace accord::testing {

// What is wrong with the set, in words; nothing if it is valid. Soft requirements do not matter.
[[nodiscard]] std::optional<std::string> WhyInvalid(const Universe& universe,
                                                    const Problem& problem,
                                                    std::span<const SolvableId> chosen);

}  // namespace accord::testing
