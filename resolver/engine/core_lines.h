// Why there is no solution, one plain line for each requirement and candidate of a core. Equal
// needs of many versions are one line. Words of a better explanation are made elsewhere.
#pragma once

#include <vector>

#include "engine/answer.h"
#include "engine/ecosystem.h"
#include "model/outcome.h"
#include "model/problem.h"

namespace accord::engine {

// `problem` is the one whose answer the conflict is. Lines stand by kind, then by text.
[[nodiscard]] std::vector<CoreLine> CoreLines(const Ecosystem& ecosystem, const Problem& problem,
                                              const Conflict& conflict);

}  // namespace accord::engine
