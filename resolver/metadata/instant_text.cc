#include "metadata/instant_text.h"

#include <algorithm>
#include <chrono>

namespace accord::metadata {
namespace {

constexpr std::string_view kSecondsForm = "0000-00-00T00:00:00Z";
constexpr std::string_view kMsForm = "0000-00-00T00:00:00.000Z";

// Where a form has digits, and how many.
struct Digits {
  size_t begin;
  size_t count;
};
constexpr Digits kYear{0, 4}, kMonth{5, 2}, kDay{8, 2}, kHour{11, 2}, kMinute{14, 2},
    kSecond{17, 2}, kMs{20, 3};

void Write(std::string& text, const Digits& digits, uint64_t number) {
  for (size_t i = digits.begin + digits.count; i > digits.begin; number /= 10) {
    text[--i] = static_cast<char>('0' + number % 10);
  }
}

unsigned Read(std::string_view text, const Digits& digits) {
  unsigned number = 0;
  for (const char c : text.substr(digits.begin, digits.count)) {
    number = number * 10 + static_cast<unsigned>(c - '0');
  }
  return number;
}

}  // namespace

std::string InstantText(uint64_t ms) {
  using namespace std::chrono;
  const uint64_t part = ms % kMsPerSecond;
  const sys_seconds time{seconds{ms / kMsPerSecond}};
  const sys_days day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  std::string text(part == 0 ? kSecondsForm : kMsForm);
  Write(text, kYear, static_cast<uint64_t>(static_cast<int>(date.year())));
  Write(text, kMonth, static_cast<unsigned>(date.month()));
  Write(text, kDay, static_cast<unsigned>(date.day()));
  Write(text, kHour, static_cast<uint64_t>(clock.hours().count()));
  Write(text, kMinute, static_cast<uint64_t>(clock.minutes().count()));
  Write(text, kSecond, static_cast<uint64_t>(clock.seconds().count()));
  if (part != 0) Write(text, kMs, part);
  return text;
}

std::optional<uint64_t> MsOfInstantText(std::string_view text) {
  using namespace std::chrono;
  const std::string_view form = text.size() == kMsForm.size() ? kMsForm : kSecondsForm;
  const bool fits = std::ranges::equal(text, form, [](char c, char in_form) {
    return in_form == '0' ? c >= '0' && c <= '9' : c == in_form;
  });
  if (!fits) return std::nullopt;
  const year_month_day date{year{static_cast<int>(Read(text, kYear))}, month{Read(text, kMonth)},
                            day{Read(text, kDay)}};
  if (!date.ok()) return std::nullopt;
  const sys_seconds time = sys_days{date} + hours{Read(text, kHour)} +
                           minutes{Read(text, kMinute)} + seconds{Read(text, kSecond)};
  const int64_t since = time.time_since_epoch().count();
  if (since < 0) return std::nullopt;
  const uint64_t ms =
      static_cast<uint64_t>(since) * kMsPerSecond + (form == kMsForm ? Read(text, kMs) : 0);
  return ms <= kInstantMsMax && InstantText(ms) == text ? std::optional(ms) : std::nullopt;
}

}  // namespace accord::metadata
