// Whole files in and out, with errors that name them.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace accord::cli {

inline constexpr size_t kInputBytesMax = size_t{256} << 20;

// "-" is `in`. InvalidInput if it cannot be read, LimitReached above kInputBytesMax.
[[nodiscard]] absl::StatusOr<std::string> ReadWhole(const std::string& path, std::istream& in);

// Replaces what stands there. InvalidInput if it cannot be written.
[[nodiscard]] absl::Status WriteWhole(const std::string& path, std::string_view text);

}  // namespace accord::cli
