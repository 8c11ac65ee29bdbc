// Points in time as people write them on a command line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace accord::wire {

inline constexpr int64_t kAgeDaysMax = 36'525;

// The instant in RFC 3339, UTC. The text is
//   an instant    2024-01-01T12:00:00Z, 2024-01-01T12:00:00.5+02:00 (RFC 3339);
//   a day         2024-01-01: the end of it in UTC, which is 2024-01-02T00:00:00Z;
//   an age        "7 days", "1 week 12 hours", "30d"; P7D, P1W, PT36H (ISO 8601): so long before
//                 `now_unix_s`, a day being 24 hours. Months and years are of no fixed length.
// Errors: InvalidInput at `option`, also for an age above kAgeDaysMax.
[[nodiscard]] absl::StatusOr<std::string> ReadWhen(std::string_view option, std::string_view text,
                                                   int64_t now_unix_s);

}  // namespace accord::wire
