#include "metadata/checksum.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace accord::metadata {

uint64_t Xxh3(std::initializer_list<std::string_view> parts) {
  if (parts.size() == 1) return XXH3_64bits(parts.begin()->data(), parts.begin()->size());
  XXH3_state_t state;
  XXH3_64bits_reset(&state);
  for (const std::string_view part : parts) XXH3_64bits_update(&state, part.data(), part.size());
  return XXH3_64bits_digest(&state);
}

}  // namespace accord::metadata
