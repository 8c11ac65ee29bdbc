// WorldSpec <-> Universe, and derived texts.
#include "model/world_spec.h"

#include "gtest/gtest.h"

namespace accord {
namespace {

SetSpec Set(std::string package, std::vector<PositionRange> allowed) {
  return {.package = std::move(package), .allowed = std::move(allowed)};
}

ConditionSpec Has(SetSpec set) { return {.has = std::move(set)}; }

PackageSpec Package(std::string name, std::vector<std::string> versions) {
  PackageSpec package{.name = std::move(name)};
  for (std::string& version : versions) package.candidates.push_back({.version = version});
  return package;
}

WorldSpec TwoPackages() {
  WorldSpec spec;
  spec.packages = {Package("a", {"1", "2", "3"}), Package("b", {"1"})};
  return spec;
}

std::string RequirementText(RequirementSpec requirement) {
  const WorldSpec spec = TwoPackages();
  return DerivedText(requirement, SpecIndex(spec));
}

TEST(WorldSpec, ADerivedTextNamesVersions) {
  EXPECT_EQ(RequirementText({.alternatives = {Set("a", {{0, 1}})}}), "a {1..2}");
  EXPECT_EQ(RequirementText({.alternatives = {Set("a", {{0, 0}, {2, 2}})}}), "a {1, 3}");
  EXPECT_EQ(RequirementText({.alternatives = {Set("a", {{0, 2}}), {.package = "b"}}}), "a | b");
  EXPECT_EQ(RequirementText({.alternatives = {Set("a", {}), Set("ghost", {})}}), "a {} | ghost {}");
  EXPECT_EQ(RequirementText({}), "nothing");
}

TEST(WorldSpec, ADerivedTextShowsItsCondition) {
  const ConditionSpec either{.kind = Condition::Kind::kOr,
                             .children = {Has(Set("a", {{0, 0}})), Has({.package = "b"})}};
  const ConditionSpec both{.kind = Condition::Kind::kAnd,
                           .children = {Has({.package = "b"}), either}};
  EXPECT_EQ(RequirementText({.alternatives = {{.package = "b"}}, .when = both}),
            "b if b and (a {1} or b)");
}

TEST(WorldSpec, NamesThatAreNotListedDoNotExist) {
  WorldSpec spec = TwoPackages();
  spec.requirements.push_back({.requirement = {.alternatives = {{.package = "ghost"}}}});
  const World world = Build(spec);
  const PackageId ghost = world.universe.FindPackage("ghost");
  ASSERT_TRUE(ghost.valid());
  EXPECT_EQ(world.universe.package(ghost).knowledge, Knowledge::kNonexistent);
  EXPECT_EQ(SpecOf(world.universe, world.problem), spec);
}

TEST(WorldSpec, SpecOfSortsWhatHasNoOrderAndDropsDerivedTexts) {
  WorldSpec spec = TwoPackages();
  std::swap(spec.packages[0], spec.packages[1]);
  spec.packages[0].candidates[0].requirements = {
      {.alternatives = {Set("a", {{1, 1}})}, .text = "a {2}"},
      {.alternatives = {Set("a", {{0, 1}})}, .text = "a <= 2"}};
  const World world = Build(spec);
  const WorldSpec read = SpecOf(world.universe, world.problem);
  EXPECT_EQ(read.packages[0].name, "a");
  const auto& requirements = read.packages[1].candidates[0].requirements;
  EXPECT_EQ(requirements[0].text, "a <= 2");
  EXPECT_EQ(requirements[1].text, "");
}

TEST(WorldSpec, WhatIsPendingIsWrittenAsNotRead) {
  Universe universe;
  const PackageId a = universe.AddPackage("a");
  const PackageId b = universe.AddPackage("b");
  const std::vector<std::string_view> versions{"1"};
  universe.SetCandidates(a, versions);
  const std::vector<PositionRange> members{{0, 5}};
  const RequirementId need =
      universe.AddRequirement({{universe.AddSetOf(b, members)}, {}, universe.AddText("b")});
  Problem problem;
  problem.requirements.push_back({.requirement = need});
  const WorldSpec spec = SpecOf(universe, problem);
  EXPECT_EQ(spec.packages[0].candidates[0].unknown, "not read");
  EXPECT_EQ(spec.packages[1].unknown, "not read");
  const World again = Build(spec);
  EXPECT_EQ(SpecOf(again.universe, again.problem), spec);
}

TEST(WorldSpec, ADefaultPreferenceIsLeftOut) {
  WorldSpec spec = TwoPackages();
  spec.packages[0].preference = {2, 1, 0};
  const World world = Build(spec);
  EXPECT_TRUE(SpecOf(world.universe, world.problem).packages[0].preference.empty());
  spec.packages[0].preference = {0, 2, 1};
  const World other = Build(spec);
  EXPECT_EQ(SpecOf(other.universe, other.problem).packages[0].preference,
            (std::vector<Position>{0, 2, 1}));
}

TEST(WorldSpec, PositionTextsNeedNoCandidates) {
  RequirementSpec requirement;
  EXPECT_EQ(PositionText(requirement), "nothing");
  requirement.alternatives = {{.package = "q", .allowed = {}},
                              {.package = "r", .allowed = {{{1, 2}, {4, 4}}}},
                              {.package = "s", .allowed = std::vector<PositionRange>()}};
  EXPECT_EQ(PositionText(requirement), "q | r [1..2, 4] | s []");
  requirement.when = ConditionSpec{.has = {.package = "a", .allowed = {{{0, 0}}}}};
  EXPECT_EQ(PositionText(requirement), "q | r [1..2, 4] | s [] if a [0]");
}

}  // namespace
}  // namespace accord
