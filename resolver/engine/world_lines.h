// A neutral solution or conflict as an answer's packages and lines, in a world's own words.
// Internal to this folder.
#pragma once

#include <vector>

#include "engine/answer.h"
#include "model/outcome.h"
#include "model/problem.h"
#include "model/universe.h"

namespace accord::engine {

// Sorted by name, then position.
[[nodiscard]] std::vector<ChosenPackage> WorldMembers(const Universe& universe,
                                                      const Problem& problem,
                                                      const Solution& solution);

// A warning for each soft requirement that is not met; sorted by package, then text.
[[nodiscard]] std::vector<Warning> UnmetSoft(const Universe& universe, const Problem& problem,
                                             const Solution& solution);

// One line for each reason but "has these dependencies", which is said with what is needed. Sorted
// by kind, then by text; each once.
[[nodiscard]] std::vector<CoreLine> WorldLines(const Universe& universe, const Problem& problem,
                                               const Conflict& conflict);

}  // namespace accord::engine
