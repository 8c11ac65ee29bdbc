// Explanations (explain/explanation.h) as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "engine/answer.h"

namespace accord::wire {

// {sentences, nodes}. `because` of a node holds indices of earlier nodes.
[[nodiscard]] nlohmann::json ExplanationJson(const explain::Explanation& explanation,
                                             bool with_places);

// [{kind, text, place}]
[[nodiscard]] nlohmann::json LinesJson(const std::vector<engine::CoreLine>& lines,
                                       bool with_places);

[[nodiscard]] nlohmann::json HintsJson(const std::vector<engine::Hint>& hints);
// Each with `why` it is not decided.
[[nodiscard]] nlohmann::json HintsJson(const std::vector<engine::UndecidedHint>& hints);

}  // namespace accord::wire
