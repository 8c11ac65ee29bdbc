// A file that a conda request is read from, of whatever format: which one it is, and what it says.
#pragma once

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "ecosystem/conda/inputs/input.h"

namespace accord::conda {

enum class InputKind : uint8_t {
  kLines,        // a specifier a line, or an explicit list
  kEnvironment,  // environment.yml
  kAnswer,       // our own answer in JSON: asks for nothing
};

// By the name: *.yml and *.yaml; *.txt and `pinned`; *.json. Of any other name, as of standard
// input, by the first line that is no comment: a JSON document begins with '{', a YAML document
// with "---" or a word and a colon, all else is lines.
[[nodiscard]] InputKind KindOfInput(std::string_view path, std::string_view text);

// Errors: as ReadEnvironment and ReadSpecLines; InvalidInput for an answer.
[[nodiscard]] absl::StatusOr<Input> ReadInput(std::string_view text, std::string_view path);

// Specifiers that limit and do not ask, as conda-meta/pinned has them: plain lines alone. Errors:
// as ReadSpecLines; InvalidInput for another format.
[[nodiscard]] absl::StatusOr<std::vector<PlacedText>> ReadPins(std::string_view text,
                                                               std::string_view path);

}  // namespace accord::conda
