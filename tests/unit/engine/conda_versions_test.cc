// Questions about conda's texts: whose reading, versions and records.
#include "engine/conda_versions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace accord::engine {
namespace {

using conda::Dialect;
using ::testing::HasSubstr;

// "yes", "no" or the error.
std::string Verdict(std::string_view text, std::string_view specifier,
                    Dialect dialect = Dialect::kCep) {
  const absl::StatusOr<bool> matches = MatchCondaVersion(text, specifier, dialect);
  if (!matches.ok()) return std::string(Message(matches.status()));
  return *matches ? "yes" : "no";
}

TEST(CondaVersions, AreComparedAsCondaDoes) {
  EXPECT_EQ(*CompareCondaVersions("1.0.dev456", "1.0rc2"), std::strong_ordering::greater);
  EXPECT_EQ(*CompareCondaVersions("1.0", "1"), std::strong_ordering::equal);
  EXPECT_FALSE(CompareCondaVersions("1.0", "1..0").ok());
  EXPECT_FALSE(CompareCondaVersions("1..0", "1.0").ok());
  EXPECT_FALSE(ParseCondaVersion("1..0").ok());
}

TEST(CondaVersions, ASpecifierAdmitsAVersionAsItsDialectSays) {
  EXPECT_EQ(Verdict("1.5", ">=1.0,<1.4|1.5.*"), "yes");
  EXPECT_EQ(Verdict(" 1.5 ", ">=1.0, <1.4"), "no");
  EXPECT_EQ(Verdict("1.8.1", "!=1.8"), "no");
  EXPECT_EQ(Verdict("1.8.1", "!=1.8", Dialect::kConda), "yes");
  EXPECT_THAT(Verdict("1.5", "numpy >=1"), HasSubstr("version specifier 'numpy >=1'"));
  EXPECT_THAT(Verdict("1..5", ">=1"), HasSubstr("version '1..5'"));
}

TEST(CondaVersions, AMatchSpecifierMeansARecordOfTwoWordsOrThree) {
  EXPECT_EQ(Verdict("NumPy 1.21 py39_0", "numpy =1.21 py39*"), "yes");
  EXPECT_EQ(Verdict("numpy 1.21 py39_0", "numpy =1.21 py310*"), "no");
  EXPECT_EQ(Verdict("numpy 1.21 py39_0", "scipy"), "no");
  EXPECT_EQ(Verdict("numpy\t1.21", "numpy >=1"), "yes");
  EXPECT_EQ(Verdict("numpy 1.21.1 0", "numpy =1.21=0", Dialect::kLibmamba), "yes");
  EXPECT_EQ(Verdict("numpy 1.21.1 0", "numpy=1.21=0"), "no");
}

TEST(CondaVersions, WhatARecordsWordsDoNotSayIsNotMet) {
  EXPECT_EQ(Verdict("numpy 1.21", "numpy * py39*"), "no");
  EXPECT_EQ(Verdict("numpy 1.21 py39_0", "forge::numpy"), "no");
  EXPECT_EQ(Verdict("numpy 1.21 py39_0", "numpy[build_number=0]"),
            "match specifier 'numpy[build_number=0]': a record's words say no build_number and no "
            "timestamp");
  EXPECT_THAT(Verdict("numpy 1.21 py39_0", "numpy[timestamp='>1']"), HasSubstr("no timestamp"));
}

TEST(CondaVersions, ARecordOfOtherWordsIsAnError) {
  EXPECT_EQ(Verdict("numpy 1.21 py39_0 0", "numpy"),
            "record: NAME VERSION BUILD is wanted, found 4 words");
  EXPECT_THAT(Verdict("numpy 1..21", "numpy"), HasSubstr("version '1..21'"));
  EXPECT_THAT(Verdict("numpy 1.21", ">=1.21"), HasSubstr("match specifier '>=1.21'"));
}

}  // namespace
}  // namespace accord::engine
