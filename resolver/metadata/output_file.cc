#include "metadata/output_file.h"

#include <filesystem>
#include <system_error>

#include "base/error.h"

namespace accord::metadata {

absl::Status CheckOutputPlace(const std::string& path) {
  std::error_code ignored;
  const std::filesystem::file_status found = std::filesystem::status(path, ignored);
  if (!std::filesystem::exists(found) || std::filesystem::is_regular_file(found)) {
    return absl::OkStatus();
  }
  return InvalidInput(path, "a regular file to write is wanted, this is none");
}

}  // namespace accord::metadata
