#include "base/sha256.h"

#include <sha2.h>
#include <sys/types.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "base/error.h"

namespace accord {

std::string Sha256Hex(std::string_view bytes) {
  char hex[SHA256_DIGEST_STRING_LENGTH];
  SHA256Data(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), hex);
  return std::string(hex);
}

absl::StatusOr<std::string> Sha256OfFile(const std::string& path) {
  char hex[SHA256_DIGEST_STRING_LENGTH];
  if (SHA256File(path.c_str(), hex) == nullptr) return Missing(path, std::strerror(errno));
  return std::string(hex);
}

}  // namespace accord
