// Interning and growth of the Universe.
#include "model/universe.h"

#include <array>

#include "gtest/gtest.h"

namespace accord {
namespace {

constexpr std::array<std::string_view, 3> kVersions{"1", "2", "3"};

class UniverseTest : public ::testing::Test {
 protected:
  VersionSetId Set(PackageId package, std::vector<PositionRange> ranges) {
    return universe_.AddSetOf(package, ranges);
  }
  Universe universe_;
};

TEST_F(UniverseTest, APackageIsFoundByItsName) {
  const PackageId a = universe_.AddPackage("a");
  EXPECT_EQ(universe_.AddPackage("a"), a);
  EXPECT_EQ(universe_.FindPackage("a"), a);
  EXPECT_FALSE(universe_.FindPackage("b").valid());
  universe_.AddText("b");  // a text is not a package
  EXPECT_FALSE(universe_.FindPackage("b").valid());
}

TEST_F(UniverseTest, CandidatesAreDenseInPositionOrder) {
  const PackageId a = universe_.AddPackage("a");
  EXPECT_EQ(universe_.package(a).knowledge, Knowledge::kPending);
  universe_.SetCandidates(a, kVersions);
  EXPECT_EQ(universe_.package(a).count, 3u);
  EXPECT_EQ(universe_.position(universe_.at(a, 2)), 2u);
  EXPECT_EQ(universe_.Label(universe_.at(a, 2)), "a 3");
}

TEST_F(UniverseTest, TheSameMembersAreOneSetForGatesWhateverTheText) {
  const PackageId a = universe_.AddPackage("a");
  universe_.SetCandidates(a, kVersions);
  const VersionSetId above = universe_.AddSet(a, ">1");
  const VersionSetId not_one = universe_.AddSet(a, "!=1");
  EXPECT_NE(above, not_one);
  EXPECT_EQ(universe_.AddSet(a, ">1"), above);
  const std::vector<PositionRange> members{{1, 2}};
  universe_.SetMembers(above, members);
  universe_.SetMembers(not_one, members);
  EXPECT_EQ(universe_.set(not_one).same_members, above);
  EXPECT_EQ(Set(a, members), above);
  EXPECT_TRUE(universe_.Contains(not_one, universe_.at(a, 1)));
  EXPECT_FALSE(universe_.Contains(not_one, universe_.at(a, 0)));
  EXPECT_EQ(universe_.set(not_one).count, 2u);
}

TEST_F(UniverseTest, SetsOfDifferentPackagesDiffer) {
  const PackageId a = universe_.AddPackage("a");
  const PackageId b = universe_.AddPackage("b");
  EXPECT_NE(Set(a, {{0, 1}}), Set(b, {{0, 1}}));
  universe_.SetCandidates(a, kVersions);
  universe_.SetCandidates(b, kVersions);
  EXPECT_FALSE(universe_.Contains(Set(a, {{0, 1}}), universe_.at(b, 0)));
}

TEST_F(UniverseTest, ConditionsAreInterned) {
  const PackageId a = universe_.AddPackage("a");
  const ConditionId low = universe_.AddHas(Set(a, {{0, 0}}));
  const ConditionId high = universe_.AddHas(Set(a, {{2, 2}}));
  EXPECT_EQ(universe_.AddHas(Set(a, {{0, 0}})), low);
  const ConditionId both = universe_.AddFormula(Condition::Kind::kAnd, {low, high});
  EXPECT_EQ(universe_.AddFormula(Condition::Kind::kAnd, {low, high}), both);
  EXPECT_NE(universe_.AddFormula(Condition::Kind::kOr, {low, high}), both);
  EXPECT_EQ(universe_.AddFormula(Condition::Kind::kOr, {low}), low);
}

TEST_F(UniverseTest, RequirementsDifferByAlternativesConditionAndText) {
  const PackageId a = universe_.AddPackage("a");
  const VersionSetId set = Set(a, {{0, 0}});
  const auto add = [&](std::vector<VersionSetId> alternatives, ConditionId when,
                       std::string_view text) {
    return universe_.AddRequirement({std::move(alternatives), when, universe_.AddText(text)});
  };
  const RequirementId plain = add({set}, {}, "a");
  EXPECT_EQ(add({set}, {}, "a"), plain);
  EXPECT_NE(add({set, set}, {}, "a"), plain);
  EXPECT_NE(add({set}, universe_.AddHas(set), "a"), plain);
  EXPECT_NE(add({set}, {}, "a again"), plain);
}

TEST_F(UniverseTest, EqualDependenciesAreShared) {
  const PackageId a = universe_.AddPackage("a");
  const RequirementId need =
      universe_.AddRequirement({{Set(a, {{0, 0}})}, {}, universe_.AddText("a")});
  const DependencySetId first = universe_.AddDependencySet({.requirements = {need}});
  EXPECT_EQ(universe_.AddDependencySet({.requirements = {need}}), first);
  EXPECT_NE(universe_.AddDependencySet({}), first);
}

TEST_F(UniverseTest, OnlyOneAlternativeOfAPackageThatAdmitsOneIsDefinite) {
  const VersionSetId one = Set(universe_.AddPackage("one"), {{0, 0}});
  const VersionSetId any = Set(universe_.AddPackage("any", Coexistence::kAny), {{0, 0}});
  const auto definite = [&](std::vector<VersionSetId> alternatives) {
    return universe_.IsDefinite(
        universe_.AddRequirement({std::move(alternatives), {}, universe_.AddText("t")}));
  };
  EXPECT_TRUE(definite({one}));
  EXPECT_FALSE(definite({any}));
  EXPECT_FALSE(definite({one, any}));
  EXPECT_FALSE(definite({}));
}

TEST_F(UniverseTest, ACandidateKnowsItsGroups) {
  const PackageId a = universe_.AddPackage("a");
  universe_.SetCandidates(a, kVersions);
  const GroupId slot = universe_.AddGroup("slot");
  const GroupId other = universe_.AddGroup("other");
  universe_.AddToGroup(slot, universe_.at(a, 0));
  universe_.AddToGroup(other, universe_.at(a, 0));
  EXPECT_EQ(universe_.groups_of(universe_.at(a, 0)).size(), 2u);
  EXPECT_TRUE(universe_.groups_of(universe_.at(a, 1)).empty());
  EXPECT_EQ(universe_.group(slot).members.size(), 1u);
}

using UniverseDeathTest = UniverseTest;

TEST_F(UniverseDeathTest, CandidatesArriveOnce) {
  const PackageId a = universe_.AddPackage("a");
  universe_.SetNonexistent(a);
  EXPECT_DEATH(universe_.SetCandidates(a, kVersions), "broken contract");
}

}  // namespace
}  // namespace accord
