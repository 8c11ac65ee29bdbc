// What build numbers are admitted, and how the wish is written.
#include "ecosystem/conda/build_number_spec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace accord::conda {
namespace {

TEST(CondaBuildNumberSpec, NumbersAreComparedAndPatternsMatchDigits) {
  struct Case {
    const char* spec;
    uint64_t number;
    bool matches;
    const char* canonical;
  };
  const Case cases[] = {{"3", 3, true, "3"},
                        {"=3", 3, true, "3"},
                        {"==3", 4, false, "3"},
                        {"03", 3, true, "3"},
                        {"!=3", 3, false, "!=3"},
                        {"!= 3", 4, true, "!=3"},
                        {">6", 6, false, ">6"},
                        {" > 6 ", 7, true, ">6"},
                        {">=6", 6, true, ">=6"},
                        {"<6", 6, false, "<6"},
                        {"<6", 5, true, "<6"},
                        {"<=6", 6, true, "<=6"},
                        {"<=6", 7, false, "<=6"},
                        {"*", 7, true, "*"},
                        {"=*", 7, true, "*"},
                        {"", 7, true, "*"},
                        {"1*", 10, true, "1*"},
                        {"1*", 20, false, "1*"},
                        {"^1|2$", 2, true, "^1|2$"},
                        {"18446744073709551615", UINT64_MAX, true, "18446744073709551615"}};
  for (const Case& c : cases) {
    const auto spec = BuildNumberSpec::Parse(c.spec);
    ASSERT_TRUE(spec.ok()) << c.spec << spec.status();
    EXPECT_EQ(spec->Matches(c.number), c.matches) << c.spec << " " << c.number;
    EXPECT_EQ(spec->Canonical(), c.canonical) << c.spec;
    const auto again = BuildNumberSpec::Parse(spec->Canonical());
    ASSERT_TRUE(again.ok()) << c.spec;
    EXPECT_EQ(*again, *spec) << c.spec;
  }
}

TEST(CondaBuildNumberSpec, WhatIsNeitherNumberNorPatternIsRefused) {
  for (const char* text : {"x", ">", "=", "!=", ">x", "=>3", "<>3", "~=3", ">3*", "1.5", "-1",
                           "3 4", "18446744073709551616", "^(1$", "!=*"}) {
    const auto spec = BuildNumberSpec::Parse(text);
    EXPECT_EQ(spec.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(std::string(spec.status().message()),
                testing::HasSubstr(std::string("build number '") + text + "'"));
  }
}

}  // namespace
}  // namespace accord::conda
