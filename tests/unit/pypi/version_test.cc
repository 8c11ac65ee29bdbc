// PEP 440 versions: spellings, normal form, order.
#include "ecosystem/pypi/version.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "absl/hash/hash.h"

namespace accord::pypi {
namespace {

std::string Normal(std::string_view text) {
  const auto version = Version::Parse(text);
  return version.ok() ? std::string(version->Text()) : "(none)";
}

Version V(std::string_view text) {
  const auto version = Version::TryParse(text);
  EXPECT_TRUE(version) << text;
  return *version;
}

TEST(PypiVersion, EverySpellingHasOneNormalForm) {
  const std::pair<const char*, const char*> cases[] = {
      {"1.0", "1.0"},
      {"v1.0", "1.0"},
      {" \t1.0\n", "1.0"},
      {"\u00a01.0\u3000", "1.0"},
      {"01.002", "1.2"},
      {"0!1.0", "1.0"},
      {"1!2", "1!2"},
      {"1.0ALPHA1", "1.0a1"},
      {"1.0-beta_2", "1.0b2"},
      {"1.0c", "1.0rc0"},
      {"1.0.pre.3", "1.0rc3"},
      {"1.0preview", "1.0rc0"},
      {"1.0a.", "1.0a0"},
      {"1.0-1", "1.0.post1"},
      {"1.0r4", "1.0.post4"},
      {"1.0_REV_4", "1.0.post4"},
      {"1.0post", "1.0.post0"},
      {"1.0dev", "1.0.dev0"},
      {"1.0a--1", "1.0a0.post1"},
      {"1.0.a.1.post.2.dev.3", "1.0a1.post2.dev3"},
      {"1.0+Ubuntu-1_02", "1.0+ubuntu.1.2"},
      {"18446744073709551616.1", "18446744073709551616.1"},
  };
  for (const auto& [text, normal] : cases) EXPECT_EQ(Normal(text), normal) << text;
}

TEST(PypiVersion, WhatIsNoVersionIsRefused) {
  for (const char* text :
       {"",       " ",      "a",       "french toast", ".",         "1.",   ".1",     "1..0",
        "1. 0",   "1.0 a1", "5!",      "V 5",          "1.0-",      "1.0+", "1.0+a+", "1.0++",
        "1.0+_a", "1.0+a.", "1.0-1-1", "1.0alph",      "1.0\u0661", "=1"}) {
    EXPECT_FALSE(Version::TryParse(text)) << text;
    EXPECT_EQ(Version::Parse(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST(PypiVersion, AnErrorNamesTheTextAndTheByte) {
  EXPECT_THAT(std::string(Version::Parse(" 1.0x").status().message()),
              testing::AllOf(testing::HasSubstr("version ' 1.0x'"), testing::HasSubstr("byte 4"),
                             testing::HasSubstr("found 'x'")));
}

TEST(PypiVersion, LongerThanTheLimitIsATypedAnswer) {
  const std::string longest(kVersionBytesMax, '1');
  EXPECT_TRUE(Version::Parse(longest).ok());
  EXPECT_EQ(Version::Parse(longest + "1").status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_FALSE(Version::TryParse(longest + "1"));
}

// Strictly rising; every pair is compared.
TEST(PypiVersion, TheOrderIsThatOfPep440) {
  const char* const kRising[] = {"0.dev0",
                                 "0",
                                 "0.post1",
                                 "1.dev0",
                                 "1.dev1",
                                 "1.0a1.dev1",
                                 "1a1",
                                 "1a1+l",
                                 "1a1.post0.dev1",
                                 "1a1.post0",
                                 "1a2",
                                 "1a10",
                                 "1b1",
                                 "1rc1",
                                 "1.0",
                                 "1.0+a",
                                 "1.0+a.a",
                                 "1.0+a.1",
                                 "1.0+a.2",
                                 "1.0+b",
                                 "1.0+0",
                                 "1.0+0.a",
                                 "1.0+0.0",
                                 "1.0+1",
                                 "1.0+10",
                                 "1.post0.dev0",
                                 "1.post0",
                                 "1.post0+l",
                                 "1.post1",
                                 "1.0.1.dev0",
                                 "1.0.1",
                                 "1.1",
                                 "1.10",
                                 "1.229",
                                 "1.230",
                                 "1.255",
                                 "1.256",
                                 "1.65535",
                                 "1.65536",
                                 "1.18446744073709551615",
                                 "1.18446744073709551616",
                                 "1.99999999999999999999",
                                 "1.100000000000000000000",
                                 "2",
                                 "2023.10.31",
                                 "20231031",
                                 "1!0.dev0",
                                 "1!1",
                                 "256!0"};
  const size_t count = std::size(kRising);
  for (size_t i = 0; i < count; ++i) {
    for (size_t k = 0; k < count; ++k) {
      EXPECT_EQ(V(kRising[i]) < V(kRising[k]), i < k) << kRising[i] << " " << kRising[k];
      EXPECT_EQ(V(kRising[i]) == V(kRising[k]), i == k) << kRising[i] << " " << kRising[k];
    }
  }
}

// Short releases have a way of their own; it must meet the other one.
TEST(PypiVersion, OneOrderAndOneFormHoweverAReleaseIsSpelled) {
  for (const auto& [text, spelled] :
       {std::pair("1.2.3", "01.2.03"), std::pair("1.0.229", "v1.0.229"), std::pair("0", "00"),
        std::pair("0.0.1", "0!0.0.1"), std::pair("10.200.0", "10.0200.0")}) {
    EXPECT_EQ(*Version::TryParse(text), *Version::TryParse(spelled)) << spelled;
    EXPECT_EQ(Version::TryParse(spelled)->Text(), Version::TryParse(text)->Text());
    EXPECT_EQ(Version::TryParse(text)->Text(), text);
  }
}

TEST(PypiVersion, AVersionMayHaveManyNumbers) {
  std::string text = "1";
  for (int i = 0; i < 500; ++i) text += ".7";
  const Version version = *Version::TryParse(text + ".post1.dev2+a.b");
  EXPECT_EQ(version.Text(), text + ".post1.dev2+a.b");
  EXPECT_LT(*Version::TryParse(text), version);
  EXPECT_LT(version, *Version::TryParse(text + ".post1+a.b"));
}

TEST(PypiVersion, TrailingZerosOfTheReleaseDoNotCount) {
  EXPECT_EQ(V("1"), V("1.0.0"));
  EXPECT_EQ(V("0"), V("0.0"));
  EXPECT_EQ(V("1.0a1"), V("1.a1"));
  EXPECT_NE(V("1.0.1"), V("1.1"));
  EXPECT_EQ(absl::Hash<Version>()(V("1")), absl::Hash<Version>()(V("1.0.0")));
}

TEST(PypiVersion, CanonicalTextDropsTrailingZerosOfTheReleaseOnly) {
  const std::pair<const char*, const char*> cases[] = {
      {"1.4.0", "1.4"}, {"1.40.0", "1.40"},         {"1.0", "1"},
      {"0.0", "0"},     {"1.0.post10", "1.post10"}, {"10.0.0+1.0", "10+1.0"},
      {"1!0.0", "1!0"}, {"1.0.0.dev0", "1.dev0"},   {"1.0a0", "1a0"},
      {"100.0", "100"}};
  for (const auto& [text, canonical] : cases) EXPECT_EQ(V(text).Canonical(), canonical) << text;
}

TEST(PypiVersion, PartsAreKnown) {
  EXPECT_TRUE(V("1a1").is_prerelease());
  EXPECT_TRUE(V("1.dev1").is_prerelease());
  EXPECT_TRUE(V("1.post1.dev1").is_prerelease());
  EXPECT_FALSE(V("1.post1").is_prerelease());
  EXPECT_TRUE(V("1.post1").is_postrelease());
  EXPECT_TRUE(V("1.dev1").is_devrelease());
  EXPECT_TRUE(V("1+l").is_local());
  EXPECT_FALSE(V("1.post1").is_local());
}

TEST(PypiVersion, SortingDoesNotDependOnTheStart) {
  std::vector<Version> sorted;
  for (int i = 0; i < 300; ++i) {
    sorted.push_back(V(std::to_string(i / 30) + "." + std::to_string(i % 30)));
  }
  std::vector<Version> shuffled = sorted;
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(7));
  std::sort(shuffled.begin(), shuffled.end());
  EXPECT_TRUE(shuffled == sorted);
}

}  // namespace
}  // namespace accord::pypi
