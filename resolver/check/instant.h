// Points in time as file records and requests write them, compared exactly. Internal to this
// folder: the check reads times by its own code.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace accord::check {

// RFC 3339 in UTC: "2023-08-30T22:24:04Z", with any fraction of a second.
struct Instant {
  std::string second;    // "2023-08-30T22:24:04"
  std::string fraction;  // its digits without trailing zeros

  // None if the text is of another shape. Days and hours are not held against a calendar.
  [[nodiscard]] static std::optional<Instant> TryParse(std::string_view text);
  // Since 1970, what is left of a millisecond cut off. None before that, or if no calendar has the
  // day.
  [[nodiscard]] std::optional<uint64_t> Milliseconds() const;
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

}  // namespace accord::check
