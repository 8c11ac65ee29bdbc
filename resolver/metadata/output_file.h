// Files that are written beside their place and then take it.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace accord::metadata {

// Whether a file may take this place: nothing stands there, or a regular file. Errors: InvalidInput
// for a device, a pipe or a folder, which a rename would put a file in place of.
[[nodiscard]] absl::Status CheckOutputPlace(const std::string& path);

}  // namespace accord::metadata
