// The directory of a compiled corpus: its parts and where their tables stand. For this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "metadata/acx_part.h"

namespace accord::metadata {

[[nodiscard]] std::string WriteAcxDirectory(const std::vector<AcxPartEntry>& parts);
// Errors: Missing if the bytes are no directory, LimitReached.
[[nodiscard]] absl::StatusOr<std::vector<AcxPartEntry>> ReadAcxDirectory(std::string_view bytes);

}  // namespace accord::metadata
