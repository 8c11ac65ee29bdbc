// Instants as texts, and back.
#include "metadata/instant_text.h"

#include "gtest/gtest.h"

namespace accord::metadata {
namespace {

TEST(InstantText, SaysMillisecondsWhereThereAreSome) {
  EXPECT_EQ(InstantText(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(InstantText(1), "1970-01-01T00:00:00.001Z");
  EXPECT_EQ(InstantText(1'620'757'126'123), "2021-05-11T18:18:46.123Z");
  EXPECT_EQ(InstantText(951'868'799'000), "2000-02-29T23:59:59Z");
  EXPECT_EQ(InstantText(kInstantMsMax), "9999-12-31T23:59:59.999Z");
}

TEST(InstantText, IsReadBack) {
  for (const uint64_t ms :
       {uint64_t{0}, uint64_t{1}, uint64_t{999}, uint64_t{1000}, uint64_t{951'868'799'010},
        uint64_t{1'620'757'126'123}, kInstantMsMax}) {
    EXPECT_EQ(MsOfInstantText(InstantText(ms)), ms);
  }
}

TEST(InstantText, OtherTextsAreNone) {
  for (const std::string_view text :
       {"", "2020-01-01", "2020-01-01T00:00:00", "2020-02-30T00:00:00Z", "2020-01-01T24:00:00Z",
        "2020-01-01T00:60:00Z", "2020-01-01 00:00:00Z", "2020-01-01T00:00:00.000Z",
        "2020-01-01T00:00:00.1Z", "2020-01-01T00:00:00.1234Z", "1969-12-31T23:59:59Z",
        "2020-13-01T00:00:00Z", "2020-0a-01T00:00:00Z"}) {
    EXPECT_EQ(MsOfInstantText(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace accord::metadata
