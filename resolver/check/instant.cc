#include "check/instant.h"

#include <algorithm>
#include <chrono>

namespace accord::check {
namespace {

constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Digits of such a text as a number; those that are missing are zeros at the end.
int NumberOf(std::string_view text, size_t begin, size_t digits) {
  int number = 0;
  for (size_t i = begin; i < begin + digits; ++i) {
    number = number * 10 + (i < text.size() ? text[i] - '0' : 0);
  }
  return number;
}

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

std::optional<uint64_t> Instant::Milliseconds() const {
  namespace chrono = std::chrono;
  const chrono::year_month_day date(chrono::year(NumberOf(second, 0, 4)),
                                    chrono::month(static_cast<unsigned>(NumberOf(second, 5, 2))),
                                    chrono::day(static_cast<unsigned>(NumberOf(second, 8, 2))));
  if (!date.ok()) return std::nullopt;
  const chrono::milliseconds since =
      chrono::sys_days(date).time_since_epoch() + chrono::hours(NumberOf(second, 11, 2)) +
      chrono::minutes(NumberOf(second, 14, 2)) + chrono::seconds(NumberOf(second, 17, 2)) +
      chrono::milliseconds(NumberOf(fraction, 0, 3));
  if (since.count() < 0) return std::nullopt;
  return static_cast<uint64_t>(since.count());
}

}  // namespace accord::check
