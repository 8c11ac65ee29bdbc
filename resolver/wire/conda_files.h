// A conda answer as the files that conda's tools take.
#pragma once

#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "engine/answer.h"

namespace accord::wire {

// CEP 23: "@EXPLICIT" and an address a line with its hash, in the order of linking
// (engine/link_order.h). Errors: Missing for a record without a file.
[[nodiscard]] absl::StatusOr<std::string> ExplicitText(const engine::Answer& answer);

// environment.yml: the channels, if there are any, and "name=version=build" of every package,
// sorted by name.
[[nodiscard]] std::string EnvironmentText(const engine::Answer& answer,
                                          std::span<const std::string> channels);

}  // namespace accord::wire
