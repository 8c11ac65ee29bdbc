#include "wire/when.h"

#include <algorithm>
#include <array>
#include <optional>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "base/error.h"

namespace accord::wire {
namespace {

constexpr size_t kDigitsMax = 12;  // of one number: no sum of them overflows
constexpr std::string_view kDayShape = "dddd-dd-dd";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool BeginsWithDay(std::string_view text) {
  if (text.size() < kDayShape.size()) return false;
  for (size_t i = 0; i < kDayShape.size(); ++i) {
    if (kDayShape[i] == 'd' ? !IsDigit(text[i]) : text[i] != kDayShape[i]) return false;
  }
  return true;
}

std::string Written(absl::Time time) {
  return absl::FormatTime("%E4Y-%m-%dT%H:%M:%E*SZ", time, absl::UTCTimeZone());
}

std::optional<absl::Time> EndOfDay(std::string_view text) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(absl::string_view(text.data(), text.size()), &day)) return {};
  return absl::FromCivil(day + 1, absl::UTCTimeZone());
}

std::optional<absl::Time> InstantOf(std::string_view text) {
  absl::Time time;
  std::string fault;
  const absl::string_view spelled(text.data(), text.size());
  if (!absl::ParseTime(absl::RFC3339_full, spelled, &time, &fault)) return {};
  return time;
}

struct Unit {
  std::string_view word;
  int64_t seconds;
};
constexpr int64_t kHour = 3600;
constexpr int64_t kDay = 24 * kHour;
constexpr std::array<Unit, 18> kUnits = {{{"s", 1},
                                          {"sec", 1},
                                          {"second", 1},
                                          {"seconds", 1},
                                          {"m", 60},
                                          {"min", 60},
                                          {"minute", 60},
                                          {"minutes", 60},
                                          {"h", kHour},
                                          {"hr", kHour},
                                          {"hour", kHour},
                                          {"hours", kHour},
                                          {"d", kDay},
                                          {"day", kDay},
                                          {"days", kDay},
                                          {"w", 7 * kDay},
                                          {"week", 7 * kDay},
                                          {"weeks", 7 * kDay}}};

std::optional<int64_t> SecondsOf(std::string_view word) {
  const auto found = std::ranges::find(kUnits, word, &Unit::word);
  if (found == kUnits.end()) return {};
  return found->seconds;
}

// "7 days 12h", with nothing between but blanks and commas: the sum, cut above kAgeDaysMax. None if
// the text is of another form.
std::optional<int64_t> AgeOf(std::string_view text) {
  constexpr int64_t kTooMuch = kAgeDaysMax * kDay + 1;  // so that no product or sum overflows
  std::optional<int64_t> age_s;
  size_t at = 0;
  const auto skip = [&](std::string_view what) {
    at = std::min(text.find_first_not_of(what, at), text.size());
  };
  for (skip(" "); at < text.size(); skip(" ,")) {
    const size_t digits = at;
    while (at < text.size() && IsDigit(text[at])) ++at;
    if (at == digits || at - digits > kDigitsMax) return {};
    const int64_t count = std::stoll(std::string(text.substr(digits, at - digits)));
    skip(" ");
    const size_t word = at;
    at = std::min(text.find_first_of(" ,0123456789", at), text.size());
    const std::optional<int64_t> unit = SecondsOf(text.substr(word, at - word));
    if (!unit) return {};
    age_s = std::min(age_s.value_or(0) + std::min(count, kTooMuch) * *unit, kTooMuch);
  }
  return age_s;
}

// P1W2DT3H4M5S as "1w 2d 3h 4m 5s"; empty if it is of another form. Before T there are no minutes.
std::string PartsOfDuration(std::string_view text) {
  std::string parts;
  bool in_time = false;
  for (const char c : text.substr(1)) {
    if (c == 'T' && !in_time) {
      in_time = true;
    } else if (IsDigit(c)) {
      parts += c;
    } else if (std::string_view(in_time ? "HMS" : "WD").find(c) != std::string_view::npos) {
      parts += Cat(static_cast<char>(c - 'A' + 'a'), ' ');
    } else {
      return {};
    }
  }
  return parts;
}

}  // namespace

absl::StatusOr<std::string> ReadWhen(std::string_view option, std::string_view text,
                                     int64_t now_unix_s) {
  if (BeginsWithDay(text)) {
    const auto time = text.size() == kDayShape.size() ? EndOfDay(text) : InstantOf(text);
    if (time) return Written(*time);
  } else {
    const std::string parts = text.starts_with('P') ? PartsOfDuration(text) : std::string(text);
    const std::optional<int64_t> age_s = AgeOf(parts);
    if (age_s && *age_s > kAgeDaysMax * kDay) {
      return InvalidInput(
          option, Cat("an age of at most ", kAgeDaysMax, " days is wanted, found ", Quoted(text)));
    }
    if (age_s) return Written(absl::FromUnixSeconds(now_unix_s - *age_s));
  }
  return InvalidInput(option, Cat("an instant (2024-01-01T00:00:00Z), a day (2024-01-01) or an age "
                                  "(7 days, P7D) is wanted, found ",
                                  Quoted(text)));
}

}  // namespace accord::wire
