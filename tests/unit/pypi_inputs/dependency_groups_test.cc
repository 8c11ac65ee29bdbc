// Dependency groups: names, includes, and that only what is asked for is judged.
#include "ecosystem/pypi/inputs/dependency_groups.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "tests/unit/pypi_inputs/memory_files.h"

namespace accord::pypi {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Lines;

constexpr char kGroups[] =
    "[dependency-groups]\n"
    "Test_All = ['pytest>7', {include-group = 'run.time'}]\n"
    "run-time = ['click']\n"
    "loop = [{include-group = 'LOOP'}]\n"
    "bad = ['a b c']\n"
    "worse = 'a'\n"
    "odd = [{include-group = 'loop', x = 1}]\n"
    "gone = [{include-group = 'nowhere'}]\n";

DependencyGroups Groups() { return *DependencyGroups::Parse(kGroups, "p.toml"); }

std::string Fault(const std::string& group) {
  return std::string(Message(Groups().Resolve({group}).status()));
}

TEST(DependencyGroupsTest, IncludesAreReplacedByWhatTheyInclude) {
  EXPECT_THAT(Lines(*Groups().Resolve({"test-all", "run_time"})),
              ElementsAre("p.toml:2|pytest>7", "p.toml:3|click", "p.toml:3|click"));
}

TEST(DependencyGroupsTest, ALookUpKeepsIncludes) {
  const auto items = Groups().LookUp("TEST.ALL");
  ASSERT_TRUE(items.ok());
  EXPECT_THAT(*items, ElementsAre(GroupItem{.text = "pytest>7"},
                                  GroupItem{.is_include = true, .text = "run.time"}));
}

TEST(DependencyGroupsTest, AGroupThatIncludesItselfIsAnError) {
  EXPECT_EQ(Fault("loop"), "p.toml:4: a group that does not include itself is wanted, 'loop' does");
}

TEST(DependencyGroupsTest, WhatAGroupHoldsIsJudgedWhenItIsAskedFor) {
  EXPECT_THAT(Fault("bad"), HasSubstr("p.toml:5: requirement 'a b c'"));
  EXPECT_EQ(Fault("worse"),
            "p.toml:6: a list of requirements is wanted as a dependency group, found a text");
  EXPECT_EQ(Fault("odd"),
            "p.toml:7: a requirement or {include-group = \"name\"} is wanted, found a table of "
            "another form");
}

TEST(DependencyGroupsTest, AGroupThatIsNotThereIsAnErrorThatNamesThoseThatAre) {
  EXPECT_EQ(Fault("none"),
            "p.toml: a dependency group 'none' is wanted, there are bad, gone, loop, odd, "
            "run-time, test-all, worse");
  EXPECT_THAT(Fault("gone"), HasSubstr("p.toml:8: p.toml: a dependency group 'nowhere'"));
  EXPECT_EQ(Message(DependencyGroups::Parse("", "p")->LookUp("a").status()),
            "p: a dependency group 'a' is wanted, there are none");
}

TEST(DependencyGroupsTest, TwoSpellingsOfOneNameAreAnError) {
  EXPECT_EQ(
      Message(DependencyGroups::Parse("[dependency-groups]\na-b = []\nA_B = []", "p").status()),
      "p:2: groups of different names are wanted, 'A_B' and 'a-b' are one");
}

TEST(DependencyGroupsTest, OtherDocumentsHaveNoGroups) {
  EXPECT_THAT(DependencyGroups::Parse("[project]", "p")->Names(), IsEmpty());
  EXPECT_EQ(Message(DependencyGroups::Parse("dependency-groups = 1", "p").status()),
            "p:1: a table is wanted as 'dependency-groups', found a number");
  EXPECT_FALSE(DependencyGroups::Parse("x", "p").ok());
}

std::string Chain(size_t groups) {
  std::string text = "[dependency-groups]\n";
  for (size_t i = 0; i < groups; ++i) {
    text += Cat("g", i, " = [{include-group = 'g", i + 1, "'}]\n");
  }
  return text + Cat("g", groups, " = ['a']\n");
}

TEST(DependencyGroupsTest, DepthAndNumberHaveLimits) {
  EXPECT_TRUE(DependencyGroups::Parse(Chain(kGroupDepthMax - 1), "p")->Resolve({"g0"}).ok());
  EXPECT_EQ(DependencyGroups::Parse(Chain(kGroupDepthMax), "p")->Resolve({"g0"}).status().code(),
            absl::StatusCode::kResourceExhausted);
  std::string doubling = "[dependency-groups]\ng0 = ['a']\n";
  for (int i = 1; i < 30; ++i) {
    doubling +=
        Cat("g", i, " = [{include-group = 'g", i - 1, "'}, {include-group = 'g", i - 1, "'}]\n");
  }
  EXPECT_EQ(DependencyGroups::Parse(doubling, "p")->Resolve({"g29"}).status().code(),
            absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace accord::pypi
