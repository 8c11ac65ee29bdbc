// Points in time as people write them: instants, days, ages.
#include "wire/when.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace accord::wire {
namespace {

using ::testing::HasSubstr;

constexpr int64_t kNow = 1'718'452'800;  // 2024-06-15T12:00:00Z

std::string When(std::string_view text) {
  const absl::StatusOr<std::string> when = ReadWhen("--exclude-newer", text, kNow);
  return when.ok() ? *when : std::string(Message(when.status()));
}

TEST(When, AnInstantIsTakenToUtc) {
  EXPECT_EQ(When("2024-01-01T12:00:00Z"), "2024-01-01T12:00:00Z");
  EXPECT_EQ(When("2024-01-01T01:30:00+02:00"), "2023-12-31T23:30:00Z");
  EXPECT_EQ(When("2024-01-01T12:00:00.250Z"), "2024-01-01T12:00:00.25Z");
}

TEST(When, ADayIsItsEnd) {
  EXPECT_EQ(When("2024-01-01"), "2024-01-02T00:00:00Z");
  EXPECT_EQ(When("2024-02-28"), "2024-02-29T00:00:00Z");
  EXPECT_EQ(When("2023-12-31"), "2024-01-01T00:00:00Z");
}

TEST(When, AnAgeIsCountedFromNow) {
  for (const char* week : {"7 days", "7d", "1 week", "1w", "6 days, 24 hours", "P7D", "P1W",
                           "P6DT24H", "PT168H", "10080 min", "604800s"}) {
    EXPECT_EQ(When(week), "2024-06-08T12:00:00Z") << week;
  }
  EXPECT_EQ(When("0 days"), "2024-06-15T12:00:00Z");
  EXPECT_EQ(When("PT1M30S"), "2024-06-15T11:58:30Z");
}

TEST(When, AnAgeHasALimit) {
  EXPECT_EQ(When("36525 days"), "1924-06-15T12:00:00Z");
  const char* const too_old = "--exclude-newer: an age of at most 36525 days is wanted, found ";
  EXPECT_THAT(When("36525 days 1 second"), HasSubstr(too_old));
  EXPECT_THAT(When("999999999999 weeks 999999999999 weeks"), HasSubstr(too_old));
}

TEST(When, WhatIsNoneOfThemSaysWhatIsWanted) {
  for (const char* text : {"",
                           " ",
                           "yesterday",
                           "2024",
                           "2024-1-1",
                           "2024-13-01",
                           "2024-02-30",
                           "2024-01-01 12:00",
                           "2024-01-01T12:00:00",
                           "7",
                           "days",
                           "7 moons",
                           "2 months",
                           "P1M",
                           "P1Y",
                           "P",
                           "PT",
                           "P7",
                           "P1DT1D",
                           "1 day-",
                           "-1 day",
                           "1.5 days",
                           "9999999999999 days",
                           "infinite-future"}) {
    EXPECT_THAT(When(text), HasSubstr("--exclude-newer: an instant (2024-01-01T00:00:00Z), a day "))
        << text;
  }
}

}  // namespace
}  // namespace accord::wire
