#include "check/instant.h"

#include <algorithm>

namespace accord::check {
namespace {

constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<Instant> Instant::TryParse(std::string_view text) {
  if (text.size() <= kShape.size() || text.back() != 'Z') return std::nullopt;
  for (size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] == 'd' ? !IsDigit(text[i]) : text[i] != kShape[i]) return std::nullopt;
  }
  Instant instant{.second = std::string(text.substr(0, kShape.size()))};
  std::string_view rest = text.substr(kShape.size());
  rest.remove_suffix(1);
  if (rest.empty()) return instant;
  if (rest.front() != '.' || rest.size() == 1) return std::nullopt;
  rest.remove_prefix(1);
  if (!std::ranges::all_of(rest, IsDigit)) return std::nullopt;
  // Without trailing zeros, fractions stand in the order of their texts.
  rest = rest.substr(0, rest.find_last_not_of('0') + 1);
  instant.fraction = std::string(rest);
  return instant;
}

}  // namespace accord::check
