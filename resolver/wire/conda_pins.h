// Reads the pins of somebody's conda answer: a document of answer_json.h, or lines.
#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/verify.h"
#include "model/strict_json.h"

namespace accord::wire {

// A text whose first byte but for white space is '{' is a document with `solution[]` of {package,
// version, build, channel, subdir, files}, the last four where it has them. Any other is lines:
// `name=version=build`, with or without "- " before it, or the address of a package's file whose
// folder is its subdir (CEP 23). What follows '#' is a comment or a hash, and is not looked at, nor
// are "@EXPLICIT", the line "dependencies:", the list below "channels:" and the host of an address.
// Errors: InvalidInput with the place ("PLACE:7", "PLACE: /solution/0"), LimitReached.
[[nodiscard]] absl::StatusOr<std::vector<check::CondaPin>> ReadCondaPins(std::string_view text,
                                                                         std::string_view place);

// Of a document that was read. Errors name the JSON Pointer behind `before`.
[[nodiscard]] absl::StatusOr<std::vector<check::CondaPin>> CondaPinsOf(const JsonNode& document,
                                                                       std::string_view before);

}  // namespace accord::wire
