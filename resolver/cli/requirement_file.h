// The plain part of a requirements file: one requirement a line. Options of pip's format (-r, -e,
// --hash, ...) are refused, never skipped.
#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/resolve.h"

namespace accord::cli {

inline constexpr size_t kLinesMax = 1'000'000;

// Each requirement with its place "FILE:7". Blank lines and comments ('#' at the beginning or after
// a blank) are skipped. InvalidInput for an option or a line that goes on with '\'.
[[nodiscard]] absl::StatusOr<std::vector<pypi::PlacedText>> ReadRequirementLines(
    std::string_view text, std::string_view place);

}  // namespace accord::cli
