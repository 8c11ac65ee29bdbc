// Reads the pins of somebody's answer: a document of answer_json.h, or plain `name==version` lines.
#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/verify.h"
#include "model/strict_json.h"

namespace accord::wire {

inline constexpr size_t kAnswerBytesMax = size_t{64} << 20;
inline constexpr size_t kPinsMax = 1'000'000;

// A text whose first byte but for white space is '{' is a document with `solution[]` of {package,
// version, extras, index, url, files}, the last four where it has them; of files those that fit are
// read. Any other is lines: `name==version` or `name[extra,...]==version`, with `--hash=...` behind
// it or on lines that go on with '\'; what follows a '#' is a comment. Lines do not say which
// extras are active, and their hashes are not looked at. Errors: InvalidInput with the place
// ("PLACE:7", "PLACE: /solution/0"), LimitReached.
[[nodiscard]] absl::StatusOr<std::vector<check::PypiPin>> ReadPins(std::string_view text,
                                                                   std::string_view place);

// Of a document that was read. Errors name the JSON Pointer behind `before`.
[[nodiscard]] absl::StatusOr<std::vector<check::PypiPin>> PinsOf(const JsonNode& document,
                                                                 std::string_view before);

}  // namespace accord::wire
