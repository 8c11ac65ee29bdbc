// Text files of one specifier a line, and explicit lists of one file a line (CEP 23).
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "ecosystem/conda/inputs/input.h"

namespace accord::conda {

inline constexpr size_t kSpecLinesBytesMax = size_t{64} << 20;
inline constexpr size_t kSpecLinesMax = 1'000'000;

// A line that is "@EXPLICIT" makes the whole file an explicit list. Passed over: empty lines, lines
// that begin with '#', a UTF-8 byte order mark. Specifiers are not parsed here.
// Errors: InvalidInput with "PLACE:LINE" as ReadListedFile; LimitReached.
[[nodiscard]] absl::StatusOr<Input> ReadSpecLines(std::string_view text, std::string_view place);

}  // namespace accord::conda
