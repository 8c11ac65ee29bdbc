// Times of records.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace accord::conda {

// Milliseconds since 1970 of an RFC 3339 text in UTC, as file records have it. None if it is none,
// or before 1970.
[[nodiscard]] std::optional<uint64_t> MillisecondsOf(std::string_view uploaded);

}  // namespace accord::conda
