// XXH3, the checksum of compiled corpora: finds damage, keeps nobody out.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace accord::metadata {

// Of the parts one after the other.
[[nodiscard]] uint64_t Xxh3(std::initializer_list<std::string_view> parts);

}  // namespace accord::metadata
