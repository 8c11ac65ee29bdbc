// Whether a world has the answer that is expected of it, however it is asked: with and without a
// budget, by every tuning, posed twice, and, where the oracle can look at it, by the oracle and
// all laws.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/world_spec.h"

namespace accord {

// Why not, naming the way it was asked; nothing if all agree. `expected` is what Describe
// (tests/property/answers.h) prints of the answer.
[[nodiscard]] std::optional<std::string> WhyNotAsExpected(const WorldSpec& spec,
                                                          std::string_view expected);

}  // namespace accord
