// CEP 33 versions: spellings, text, order, and beginnings.
#include "ecosystem/conda/version.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/hash/hash.h"
#include "tests/unit/conda/version_model.h"

namespace accord::conda {
namespace {

constexpr int kPairs = 200'000;

std::string TextOf(std::string_view text) {
  const auto version = Version::Parse(text);
  return version.ok() ? std::string(version->Text()) : "(none)";
}

Version V(std::string_view text) {
  const auto version = Version::TryParse(text);
  EXPECT_TRUE(version) << text;
  return *version;
}

TEST(CondaVersion, ATextIsInLowerCaseWithoutBlanksAndDashes) {
  const std::pair<const char*, const char*> cases[] = {{"1.0", "1.0"},
                                                       {" \t1.0\n", "1.0"},
                                                       {"0.4.1.RC", "0.4.1.rc"},
                                                       {"0.5-5", "0.5_5"},
                                                       {"1996.07.12", "1996.07.12"},
                                                       {"1!2.0+A.b", "1!2.0+a.b"},
                                                       {"1.0.1_", "1.0.1_"},
                                                       {"1.0.1-", "1.0.1_"},
                                                       {"v1", "v1"},
                                                       {"1-2-3", "1_2_3"},
                                                       {"_", "_"},
                                                       {"1__", "1__"}};
  for (const auto& [text, normal] : cases) EXPECT_EQ(TextOf(text), normal) << text;
}

TEST(CondaVersion, WhatIsNoVersionIsRefused) {
  for (const char* text :
       {"",        " ",        "3.5&1",     "5.5++",   "5.5..mw",    "1..1",    "!",
        "a!b!1.0", "!2.2",     "0!",        "-1!1.1",  "0post1!1.1", "1!2!3.0", "1.2+",
        "+1.2",    "1.2post+", "5.5+1+0.0", "1-1_1",   "1.",         ".1",      "1._.2",
        "1 .0",    "1.0*",     "1\u0661",   "1.0+a..b"}) {
    EXPECT_FALSE(Version::TryParse(text)) << text;
    EXPECT_EQ(Version::Parse(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST(CondaVersion, AnErrorNamesTheTextAndTheByte) {
  EXPECT_THAT(std::string(Version::Parse(" 1.0..x").status().message()),
              testing::AllOf(testing::HasSubstr("version ' 1.0..x'"), testing::HasSubstr("byte 5"),
                             testing::HasSubstr("expected a segment, found '.x'")));
  EXPECT_THAT(std::string(Version::Parse("1!").status().message()),
              testing::HasSubstr("byte 2: expected a segment, found the end"));
  EXPECT_THAT(std::string(Version::Parse("1+a%").status().message()),
              testing::HasSubstr("byte 3: expected a letter, a digit, '.' or '_', found '%'"));
  EXPECT_THAT(std::string(Version::Parse("1-1_1").status().message()),
              testing::HasSubstr("found both"));
}

TEST(CondaVersion, LongerThanTheLimitIsATypedAnswer) {
  const std::string longest(kVersionBytesMax, '1');
  EXPECT_TRUE(Version::Parse(longest).ok());
  EXPECT_EQ(Version::Parse(longest + "1").status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_FALSE(Version::TryParse(longest + "1"));
}

// Each line's versions are equal, and above those of the line before.
const std::vector<std::vector<const char*>> kRising = {
    {"dev"},
    {"a"},
    {"0.dev"},
    {"0.rc"},
    {"0", "0.0", "00", "0+0", "0!0"},
    {"0+0.1"},
    {"0.0.0.1"},
    {"0.0.post"},
    {"0.4", "0.4.0"},
    {"0.4.1dev"},
    {"0.4.1_"},
    {"0.4.1.dev", "0.4.1.0dev", "0.4.1.DEV"},
    {"0.4.1._"},
    {"0.4.1.rc", "0.4.1.RC", "0.4.1.0rc"},
    {"0.4.1+local"},
    {"0.4.1+0.local"},
    {"0.4.1", "0.4.1+0"},
    {"0.4.1+1.local"},
    {"0.4.1.post", "0.4.1.0post"},
    {"0.4.1post"},
    {"0.5a1"},
    {"0.5b3"},
    {"0.5C1"},
    {"0.5"},
    {"0.960923"},
    {"post"},
    {"1.1dev1"},
    {"1.1a1"},
    {"1.1.dev1", "1.1.0dev1"},
    {"1.1.a1"},
    {"1.1.0rc1"},
    {"1.1", "1.1.0", "1.1.0.0", "01.01"},
    {"1.1.0.0.post2"},
    {"1.1.0.0.3"},
    {"1.1.post1", "1.1.0post1"},
    {"1.1.1"},
    {"1.1.199"},
    {"1.1.200"},
    {"1.1.255"},
    {"1.1.256"},
    {"1.1.65536"},
    {"1.1.2147483647"},
    {"1.1.18446744073709551615"},
    {"1.1.18446744073709551616"},
    {"1.1.99999999999999999999"},
    {"1.1.100000000000000000000"},
    {"1.1post1"},
    {"1996.07.12"},
    {"1!0.4.1"},
    {"200!dev"},
};

TEST(CondaVersion, TheOrderIsThatOfCep33) {
  for (size_t i = 0; i < kRising.size(); ++i) {
    for (size_t k = 0; k < kRising.size(); ++k) {
      for (const char* a : kRising[i]) {
        for (const char* b : kRising[k]) {
          EXPECT_EQ(V(a) < V(b), i < k) << a << " " << b;
          EXPECT_EQ(V(a) == V(b), i == k) << a << " " << b;
          EXPECT_EQ(V(a).Key() == V(b).Key(), i == k) << a << " " << b;
          EXPECT_TRUE(i == k || !V(a).Key().starts_with(V(b).Key())) << a << " " << b;
        }
      }
    }
  }
}

TEST(CondaVersion, KeysOrderAsTheListsOfCep33) {
  std::mt19937 random(1);  // NOLINT: the same versions in every run
  int equal = 0;
  for (int i = 0; i < kPairs; ++i) {
    const std::string a = model::Random(random);
    const std::string b = model::Random(random);
    const int order = model::Compare(model::Read(a), model::Read(b));
    const Version x = V(a);
    const Version y = V(b);
    ASSERT_EQ(x < y, order < 0) << a << " " << b;
    ASSERT_EQ(x == y, order == 0) << a << " " << b;
    if (order != 0) continue;
    ++equal;
    ASSERT_EQ(absl::Hash<Version>()(x), absl::Hash<Version>()(y)) << a << " " << b;
  }
  EXPECT_GT(equal, kPairs / 1000);
}

TEST(CondaVersion, BeginningsAreThoseOfTheLists) {
  std::mt19937 random(2);  // NOLINT: the same versions in every run
  int begins = 0;
  for (int i = 0; i < kPairs; ++i) {
    const std::string a = model::Random(random);
    const std::string b = model::Random(random);
    const bool expected = model::StartsWith(model::Read(a), model::Read(b));
    ASSERT_EQ(V(a).StartsWith(V(b)), expected) << a << " " << b;
    begins += expected ? 1 : 0;
  }
  EXPECT_GT(begins, kPairs / 200);
}

TEST(CondaVersion, ALongRunOfZerosOrdersLikeAShortOne) {
  const auto zeros = [](size_t count, const char* end) {
    std::string text = "1";
    for (size_t i = 0; i < count; ++i) text += ".0";
    return V(text + end);
  };
  for (const size_t count : {1U, 198U, 199U, 200U, 201U, 255U, 256U, 257U, 700U, 1800U}) {
    EXPECT_GT(zeros(count, ".1"), zeros(count + 1, ".1")) << count;
    EXPECT_LT(zeros(count, ".a"), zeros(count + 1, ".a")) << count;
    EXPECT_EQ(zeros(count, ""), V("1")) << count;
    EXPECT_TRUE(zeros(count, ".1").StartsWith(zeros(count, ""))) << count;
  }
}

TEST(CondaVersion, TheStemLeavesTheLastSegmentOut) {
  const std::tuple<const char*, const char*, bool> cases[] = {
      {"1.10", "1.2", true},      {"1.10", "2.0", false},
      {"1.10.0", "1.10.7", true}, {"1.10.0", "1.11", false},
      {"1", "7", true},           {"1!1.2", "1!1.9", true},
      {"1!1.2", "1.9", false},    {"1.2.3+4.5", "1.2.9", true},
      {"1.0.1_", "1.0.2", true},  {"1.0.1_", "1.1.2", false}};
  for (const auto& [version, other, holds] : cases) {
    EXPECT_EQ(V(version).BeginningWithStem().Holds(V(other).Key()), holds) << version << other;
  }
}

TEST(CondaVersion, AStarIsBelowLettersWhereItIsRead) {
  EXPECT_FALSE(Version::TryParse("1.0*"));
  const auto star = Version::TryParse("1.0*.vc11", Stars::kRead);
  ASSERT_TRUE(star);
  EXPECT_LT(*star, V("1.0a.vc11"));
  EXPECT_LT(*star, V("1.0"));
  EXPECT_LT(*star, V("1.0_"));
}

TEST(CondaVersion, SegmentsAreCountedBehindTheEpoch) {
  EXPECT_EQ(SegmentsOf(V("1!1.2.3+4.5")), 3U);
  EXPECT_EQ(SegmentsOf(V("1_")), 1U);
}

TEST(CondaVersion, PartsAreWhatTheOrderLooksAt) {
  const VersionParts parts = PartsOf(V("02!1.2G.beta15.1_+a.00.007"));
  EXPECT_EQ(parts.epoch, "2");
  EXPECT_EQ(parts.main, (VersionSegments{{"1"}, {"2", "g"}, {"0", "beta", "15"}, {"1", "_"}}));
  EXPECT_EQ(parts.local, (VersionSegments{{"0", "a"}, {"0"}, {"7"}}));
  const VersionParts plain = PartsOf(V("1.0"));
  EXPECT_EQ(plain.epoch, "0");
  EXPECT_EQ(plain.main, (VersionSegments{{"1"}, {"0"}}));
  EXPECT_TRUE(plain.local.empty());
}

}  // namespace
}  // namespace accord::conda
