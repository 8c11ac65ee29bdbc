#include "base/sha256.h"

#include <sha2.h>
#include <sys/types.h>

#include <cstdint>

namespace accord {

std::string Sha256Hex(std::string_view bytes) {
  char hex[SHA256_DIGEST_STRING_LENGTH];
  SHA256Data(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), hex);
  return std::string(hex);
}

}  // namespace accord
