#include "ecosystem/conda/time.h"

#include <string>

#include "absl/time/time.h"

namespace accord::conda {

std::optional<uint64_t> MillisecondsOf(std::string_view uploaded) {
  absl::Time time;
  std::string ignored;
  const absl::string_view text(uploaded.data(), uploaded.size());
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, &ignored)) return std::nullopt;
  const int64_t milliseconds = absl::ToUnixMillis(time);
  if (milliseconds < 0) return std::nullopt;
  return static_cast<uint64_t>(milliseconds);
}

}  // namespace accord::conda
