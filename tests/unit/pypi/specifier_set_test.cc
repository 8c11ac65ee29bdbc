// Sets of specifiers, and the pre-release policy for one version and for a list.
#include "ecosystem/pypi/specifier_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace accord::pypi {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

SpecifierSet Set(std::string_view text) {
  const auto set = SpecifierSet::Parse(text);
  EXPECT_TRUE(set.ok()) << text;
  return *set;
}

std::vector<std::string> Filter(std::string_view set, const std::vector<const char*>& versions,
                                Prereleases asked = Prereleases::kDefault) {
  const std::vector<Candidate> candidates(versions.begin(), versions.end());
  std::vector<std::string> admitted;
  for (const size_t i : Set(set).Filter(candidates, asked)) {
    admitted.push_back(candidates[i].text());
  }
  return admitted;
}

bool Contains(std::string_view set, std::string_view version,
              Prereleases asked = Prereleases::kDefault) {
  return Set(set).Contains(Candidate(version), asked);
}

TEST(PypiSpecifierSet, TextIsSortedAndNamesEqualSpecifiersOnce) {
  EXPECT_EQ(Set(" >= 1.0 , <2,,==1.0,==1.0.0 ").Text(), "<2,==1.0,>=1.0");
  EXPECT_EQ(Set("").Text(), "");
}

TEST(PypiSpecifierSet, EqualSetsHaveEqualCanonicalTexts) {
  EXPECT_EQ(Set(">=1.0,<2.0").Canonical(), "<2,>=1");
  EXPECT_TRUE(Set(">=1.0,<2.0") == Set("<2,>=1,>=1.0.0"));
  EXPECT_FALSE(Set(">=1.0") == Set(">1.0"));
}

TEST(PypiSpecifierSet, AnErrorNamesThePart) {
  EXPECT_THAT(std::string(SpecifierSet::Parse(">=1,3.12").status().message()),
              testing::AllOf(HasSubstr("'>=1,3.12' at byte 4"), HasSubstr("operator")));
  EXPECT_EQ(SpecifierSet::Parse(std::string(kSpecifierSetBytesMax + 1, ',')).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(PypiSpecifierSet, OneFittingPrereleaseIsContainedUnlessDisallowed) {
  EXPECT_TRUE(Contains(">=1.0", "2.0a1"));
  EXPECT_TRUE(Contains(">=1.0", "2.0a1", Prereleases::kAllow));
  EXPECT_FALSE(Contains(">=1.0", "2.0a1", Prereleases::kDisallow));
  EXPECT_FALSE(Contains(">=1.0a1", "2.0a1", Prereleases::kDisallow));
}

TEST(PypiSpecifierSet, AListFallsBackToPrereleasesOnlyWithoutAFittingFinal) {
  EXPECT_THAT(Filter(">=1.0", {"1.0", "2.0a1"}), ElementsAre("1.0"));
  EXPECT_THAT(Filter(">=1.0", {"0.9", "2.0a1"}), ElementsAre("2.0a1"));
  EXPECT_THAT(Filter(">=1.0", {"1.0", "2.0a1"}, Prereleases::kAllow), ElementsAre("1.0", "2.0a1"));
  EXPECT_THAT(Filter(">=1.0", {"2.0a1"}, Prereleases::kDisallow), IsEmpty());
}

TEST(PypiSpecifierSet, ASpecifierThatNamesAPrereleaseAdmitsThem) {
  EXPECT_THAT(Filter(">=1.0.dev1", {"1.0", "2.0a1"}), ElementsAre("1.0", "2.0a1"));
  EXPECT_THAT(Filter("!=1.0a1", {"1.0", "2.0a1"}), ElementsAre("1.0"));
  EXPECT_THAT(Filter("===2.0a1", {"2.0a1"}), ElementsAre("2.0a1"));
}

TEST(PypiSpecifierSet, WhatIsNoVersionFitsOnlyArbitraryEqualityAndTheEmptySet) {
  EXPECT_THAT(Filter("!=1.0", {"invalid", "foobar"}), IsEmpty());
  EXPECT_THAT(Filter("===FooBar", {"foobar", "foo"}), ElementsAre("foobar"));
  EXPECT_THAT(Filter("", {"foobar", "1.0", "2.0a1"}), ElementsAre("foobar", "1.0"));
  EXPECT_THAT(Filter("", {"foobar", "2.0a1"}), ElementsAre("foobar", "2.0a1"));
  EXPECT_THAT(Filter("===foobar,>=1", {"foobar"}), IsEmpty());
}

TEST(PypiSpecifierSet, ArbitraryEqualityComparesTheCandidateAsSpelled) {
  EXPECT_TRUE(Contains("===1.0.0", "1.0.0"));
  EXPECT_FALSE(Contains("===1.0", "v1.0"));
}

TEST(PypiSpecifierSet, AllSpecifiersMustMatch) {
  EXPECT_TRUE(Matches(Set(">=1,<2,!=1.5"), *Version::TryParse("1.4")));
  EXPECT_FALSE(Matches(Set(">=1,<2,!=1.5"), *Version::TryParse("1.5+l")));
  EXPECT_TRUE(Matches(SpecifierSet(), *Version::TryParse("1.dev0")));
}

}  // namespace
}  // namespace accord::pypi
