// resolve in the modes that wait for facts.
#pragma once

#include <string>

#include "model/strict_json.h"
#include "protocol/methods.h"

namespace accord::protocol {

// `mode`: "needs" or "wants"; anything else is invalidParams, and so is a universe that takes no
// facts.
[[nodiscard]] Begun BeginWaves(SessionState& state, const TaskCall& call, JsonNode params,
                               const std::string& mode);

}  // namespace accord::protocol
