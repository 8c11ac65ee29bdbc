// What the world did wrong, as absl::Status: "place: wish, fact". Helpers that make such messages,
// and Cat(), because Debian's absl::string_view is not std::string_view.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace accord {

namespace internal {
inline void Append(std::string& out, std::string_view text) { out.append(text); }
inline void Append(std::string& out, char c) { out.push_back(c); }
template <std::integral T>
void Append(std::string& out, T number) {
  out.append(std::to_string(number));
}
}  // namespace internal

// Joins texts, characters and integers.
template <class... Parts>
[[nodiscard]] std::string Cat(const Parts&... parts) {
  std::string out;
  (internal::Append(out, parts), ...);
  return out;
}

// Input that cannot be used: usage, syntax, a broken file (exit code 2).
[[nodiscard]] absl::Status InvalidInput(std::string_view place, std::string_view what);
// Something that was asked for is not there, or is damaged (exit code 4).
[[nodiscard]] absl::Status Missing(std::string_view place, std::string_view what);
// A named limit was reached (exit code 3).
[[nodiscard]] absl::Status LimitReached(std::string_view place, std::string_view what);

// Not an error of anybody's: facts are awaited, and what asked for them goes on when it is called
// again with them (engine/solve.h).
[[nodiscard]] absl::Status Waiting();
[[nodiscard]] bool IsWaiting(const absl::Status& status);

// The status's message as a std::string_view.
[[nodiscard]] std::string_view Message(const absl::Status& status);

// Puts `place` before the message: "place: message". OK stays OK.
[[nodiscard]] absl::Status At(std::string_view place, const absl::Status& status);

// Text from outside, safe to print: control characters and broken UTF-8 become \xNN, and what is
// longer than `bytes_max` is cut with "...".
[[nodiscard]] std::string Quoted(std::string_view text, size_t bytes_max = 200);

}  // namespace accord

#define ACCORD_RETURN_IF_ERROR(expression)                                                       \
  do {                                                                                           \
    if (absl::Status accord_status_ = (expression); !accord_status_.ok()) return accord_status_; \
  } while (false)
