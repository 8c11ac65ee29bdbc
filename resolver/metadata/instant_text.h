// Instants as records write them: RFC 3339 in UTC, with milliseconds where there are some.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace accord::metadata {

inline constexpr uint64_t kMsPerSecond = 1000;
// 9999-12-31T23:59:59.999Z, the last one that four digits can say.
inline constexpr uint64_t kInstantMsMax = 253'402'300'799'999;

// "2021-05-11T18:18:46Z", "2021-05-11T18:18:46.123Z"; milliseconds since 1970, at most
// kInstantMsMax.
[[nodiscard]] std::string InstantText(uint64_t ms);

// None: InstantText would not give this text back.
[[nodiscard]] std::optional<uint64_t> MsOfInstantText(std::string_view text);

}  // namespace accord::metadata
