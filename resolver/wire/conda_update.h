// Universes of conda whose records a frontend says name by name (docs/protocol.md, "What `update`
// takes").
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/conda_facts.h"
#include "model/strict_json.h"

namespace accord::wire {

inline constexpr size_t kCondaChannelsMax = 1024;

// `channels` of universe/open, in the order of priority; one without a name if they are left out.
// Errors: InvalidInput, LimitReached at the JSON Pointer.
[[nodiscard]] absl::StatusOr<std::vector<std::string>> ReadCondaChannels(const JsonNode& params);

// put[{package, records[{channel, subdir, fn, ...}]}], drop[name], absent[name], error[{package,
// reason}]. Records are read when the update is applied, whose errors have pointers into `params`
// too. Errors: InvalidInput at the JSON Pointer.
[[nodiscard]] absl::StatusOr<engine::CondaUpdate> ReadCondaUpdate(const JsonNode& params);

// package, state: known | absent | error | unknown, reason, and of a known one candidates[{version,
// build, channel, subdir}], by channel.
[[nodiscard]] nlohmann::json CondaPackageJson(std::string_view name,
                                              const engine::CondaFacts& facts);

}  // namespace accord::wire
