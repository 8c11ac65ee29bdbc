// SHA-256 (FIPS 180-4), by libmd.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace accord {

// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string Sha256Hex(std::string_view bytes);

// The same of what a file holds. Errors: Missing.
[[nodiscard]] absl::StatusOr<std::string> Sha256OfFile(const std::string& path);

}  // namespace accord
