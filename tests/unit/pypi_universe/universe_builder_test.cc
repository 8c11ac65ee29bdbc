// How facts and a request look in the neutral model.
#include "ecosystem/pypi/universe_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/world_file.h"
#include "tests/support/memory_source.h"
#include "tests/support/pypi_request.h"

namespace accord::pypi {
namespace {

using accord::testing::MemorySource;
using accord::testing::Needing;
using accord::testing::Placed;
using accord::testing::Request;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class UniverseBuilderTest : public ::testing::Test {
 protected:
  void Begin(ResolveRequest request) {
    request_ = std::move(request);
    const metadata::Source* sources[] = {&source_};
    builder_ = std::make_unique<UniverseBuilder>(request_, sources);
    const absl::Status begun = builder_->Begin();
    ASSERT_TRUE(begun.ok()) << Message(begun);
  }

  const Universe& universe() const { return builder_->universe(); }
  PackageId Find(std::string_view name) const { return universe().FindPackage(name); }

  // Everything pending at once, last first if so wished; false if nothing was.
  bool Reveal(bool backwards = false) {
    Needs needs;
    for (PackageId id(0u); id.value() < universe().package_count();
         id = PackageId(id.value() + 1)) {
      const Package& package = universe().package(id);
      if (package.knowledge == Knowledge::kPending) needs.packages.push_back(id);
      for (Position p = 0; p < package.count; ++p) {
        const SolvableId solvable = universe().at(id, p);
        if (universe().solvable(solvable).dependencies_known == Knowledge::kPending) {
          needs.candidates.push_back(solvable);
        }
      }
    }
    if (backwards) {
      std::reverse(needs.packages.begin(), needs.packages.end());
      std::reverse(needs.candidates.begin(), needs.candidates.end());
    }
    EXPECT_TRUE(builder_->Supply(needs).ok());
    return !needs.packages.empty() || !needs.candidates.empty();
  }
  void RevealAll() {
    while (Reveal()) {
    }
  }

  std::vector<std::string> Versions(std::string_view name) const {
    std::vector<std::string> versions;
    const PackageId id = Find(name);
    for (Position p = 0; p < universe().package(id).count; ++p) {
      versions.emplace_back(universe().Text(universe().solvable(universe().at(id, p)).version));
    }
    return versions;
  }
  std::vector<std::string> Needs_(std::string_view name, Position position) const {
    const Solvable& solvable = universe().solvable(universe().at(Find(name), position));
    EXPECT_EQ(solvable.dependencies_known, Knowledge::kKnown);
    std::vector<std::string> texts;
    for (const RequirementId id : universe().dependency_set(solvable.dependencies).requirements) {
      texts.emplace_back(universe().Text(universe().requirement(id).text));
    }
    return texts;
  }
  // Each requirement of the request with its priority: "0 flask>=2".
  std::vector<std::string> AskedTexts_() const {
    std::vector<std::string> texts;
    for (const AskedRequirement& asked : builder_->problem().requirements) {
      texts.push_back(Cat(asked.priority, " ",
                          universe().Text(universe().requirement(asked.requirement).text)));
    }
    return texts;
  }

  MemorySource source_;
  ResolveRequest request_;
  std::unique_ptr<UniverseBuilder> builder_;
};

TEST_F(UniverseBuilderTest, AnExtraIsAPackageWithOneCandidateThatNeedsNothing) {
  source_.AddVersion("a", "1", Needing({"b; extra == 'x'"}, {"x"}));
  Begin(Request({"a[X]>=1"}));
  EXPECT_THAT(AskedTexts_(), UnorderedElementsAre("0 a>=1", "0 a[x]"));
  EXPECT_THAT(Versions("a[x]"), ElementsAre("extra"));
  EXPECT_THAT(Needs_("a[x]", 0), IsEmpty());
  EXPECT_EQ(builder_->BaseOf(Find("a[x]")), Find("a"));
  EXPECT_EQ(builder_->ExtraOf(Find("a[x]")), "x");
}

TEST_F(UniverseBuilderTest, WhatAnExtraNeedsIsConditionalOnItsPackage) {
  source_.AddVersion(
      "a", "1",
      Needing({"c!=1.5.7,>=1.5.6; extra == 'x'", "d>=1.0 ; extra == 'x' or extra == 'y'"},
              {"x", "y"}));
  Begin(Request({"a"}));
  RevealAll();
  EXPECT_THAT(Needs_("a", 0),
              UnorderedElementsAre("c!=1.5.7,>=1.5.6 ; has a[x]", "d>=1 ; has a[x] or has a[y]"));
}

TEST_F(UniverseBuilderTest, ARequirementWithExtrasIsTwoUnderOneCondition) {
  source_.AddVersion("a", "1", Needing({"b[p]<2 ; extra == 'x'"}, {"x"}));
  Begin(Request({"a"}));
  RevealAll();
  EXPECT_THAT(Needs_("a", 0), UnorderedElementsAre("b<2 ; has a[x]", "b[p] ; has a[x]"));
}

TEST_F(UniverseBuilderTest, ASelfReferenceBringsTheOtherExtras) {
  source_.AddVersion("a", "1",
                     Needing({"A[x,y]; extra == 'all'", "b; extra == 'x'"}, {"all", "x", "y"}));
  Begin(Request({"a[all]"}));
  RevealAll();
  EXPECT_THAT(Needs_("a", 0), UnorderedElementsAre("a ; has a[all]", "a[x] ; has a[all]",
                                                   "a[y] ; has a[all]", "b ; has a[x]"));
}

TEST_F(UniverseBuilderTest, ASetNamedBeforeItsPackageGetsItsMembersOnArrival) {
  source_.AddVersion("a", "1", Needing({"b>=2,<4"}));
  for (const char* version : {"1", "2", "3.0rc1", "3", "4"}) source_.AddVersion("b", version);
  ResolveRequest request = Request({"a"});
  request.prereleases = PrereleasePolicy::kAllow;
  Begin(request);
  RevealAll();
  const Solvable& a = universe().solvable(universe().at(Find("a"), 0));
  const RequirementId needs = universe().dependency_set(a.dependencies).requirements.front();
  const VersionSetId set = universe().requirement(needs).alternatives.front();
  ASSERT_TRUE(universe().set(set).known);
  EXPECT_THAT(universe().ranges(set), ElementsAre(PositionRange{1, 3}));
  EXPECT_EQ(universe().Text(universe().set(set).text), "<4,>=2");
}

TEST_F(UniverseBuilderTest, ThreeEqualsComparesWithTheVersionAsSpelled) {
  source_.AddVersion("a", "1.0");
  source_.AddVersion("a", "2.0RC1");
  source_.AddVersion("a", "2");
  Begin(Request({"a===2.0rc1"}));
  const VersionSetId set = builder_->requested().front().sets.front();
  EXPECT_THAT(universe().ranges(set), ElementsAre(PositionRange{1, 1}));
  Begin(Request({"a===2.0"}));
  EXPECT_EQ(universe().set(builder_->requested().front().sets.front()).count, 0u);
}

TEST_F(UniverseBuilderTest, VersionsWithEqualMetadataShareTheirDependencies) {
  source_.Add({.name = "a",
               .metadata = {Needing({"b"})},
               .versions = {{.version = "1", .metadata = 0}, {.version = "2", .metadata = 0}}});
  Begin(Request({"a"}));
  RevealAll();
  const PackageId a = Find("a");
  EXPECT_EQ(universe().solvable(universe().at(a, 0)).dependencies,
            universe().solvable(universe().at(a, 1)).dependencies);
}

TEST_F(UniverseBuilderTest, ARequirementThatVersionsRepeatIsOneRequirement) {
  source_.Add({.name = "a",
               .metadata = {Needing({"b[x]>=1", "c"}), Needing({"b[x]>=1"})},
               .versions = {{.version = "1", .metadata = 0}, {.version = "2", .metadata = 1}}});
  Begin(Request({"a"}));
  RevealAll();
  EXPECT_THAT(Needs_("a", 0), UnorderedElementsAre("b>=1", "b[x]", "c"));
  EXPECT_THAT(Needs_("a", 1), UnorderedElementsAre("b>=1", "b[x]"));
}

// The same text under the extras that each metadata declares.
TEST_F(UniverseBuilderTest, ARepeatedRequirementThatAsksForDeclaredExtrasIsReadForEach) {
  source_.Add({.name = "a",
               .metadata = {Needing({"b; 'te' in extra"}, {"test"}),
                            Needing({"b; 'te' in extra"}, {"tea"}), Needing({"b; 'te' in extra"})},
               .versions = {{.version = "1", .metadata = 0},
                            {.version = "2", .metadata = 1},
                            {.version = "3", .metadata = 2}}});
  Begin(Request({"a"}));
  RevealAll();
  EXPECT_THAT(Needs_("a", 0), ElementsAre("b ; has a[te] or has a[test]"));
  EXPECT_THAT(Needs_("a", 1), ElementsAre("b ; has a[te] or has a[tea]"));
  EXPECT_THAT(Needs_("a", 2), ElementsAre("b ; has a[te]"));
}

TEST_F(UniverseBuilderTest, NeedsThatNobodyKnowsAreUnavailableWithTheirReason) {
  source_.Add({.name = "a", .versions = {{.version = "1", .unknown_because = "no wheel"}}});
  Begin(Request({"a"}));
  RevealAll();
  const Solvable& solvable = universe().solvable(universe().at(Find("a"), 0));
  EXPECT_EQ(solvable.dependencies_known, Knowledge::kUnavailable);
  EXPECT_EQ(universe().Text(solvable.unavailable_reason), "no wheel");
}

TEST_F(UniverseBuilderTest, ANameThatNoSourceHasIsAbsentAsThePolicySays) {
  const auto knowledge_of_gone = [&](AbsentPolicy policy, bool complete) {
    MemorySource source(complete);
    const metadata::Source* sources[] = {&source_, &source};
    ResolveRequest request = Request({"gone"});
    request.absent = policy;
    UniverseBuilder builder(request, sources);
    EXPECT_TRUE(builder.Begin().ok());
    return builder.universe().package(builder.universe().FindPackage("gone")).knowledge;
  };
  EXPECT_EQ(knowledge_of_gone(AbsentPolicy::kBySource, true), Knowledge::kNonexistent);
  EXPECT_EQ(knowledge_of_gone(AbsentPolicy::kBySource, false), Knowledge::kUnavailable);
  EXPECT_EQ(knowledge_of_gone(AbsentPolicy::kNonexistent, false), Knowledge::kNonexistent);
  EXPECT_EQ(knowledge_of_gone(AbsentPolicy::kUnknown, true), Knowledge::kUnavailable);
}

TEST_F(UniverseBuilderTest, TheFirstSourceThatHasANameIsTheOne) {
  MemorySource second;
  source_.AddVersion("a", "1");
  second.AddVersion("a", "2");
  second.AddVersion("b", "3");
  const metadata::Source* sources[] = {&source_, &second};
  request_ = Request({"a", "b"});
  builder_ = std::make_unique<UniverseBuilder>(request_, sources);
  ASSERT_TRUE(builder_->Begin().ok());
  EXPECT_THAT(Versions("a"), ElementsAre("1"));
  EXPECT_THAT(Versions("b"), ElementsAre("3"));
}

TEST_F(UniverseBuilderTest, WhoRequiresIsDecidedFirst) {
  source_.AddVersion("a", "1");
  source_.AddVersion("b", "1");
  source_.AddVersion("b", "2", Needing({"a==1"}));
  Begin(Request({"a", "b"}));
  EXPECT_THAT(AskedTexts_(), ElementsAre("1 a", "0 b"));
}

TEST_F(UniverseBuilderTest, OnlyTheBestCandidateAndRequestedExtrasMakeAnEdge) {
  source_.AddVersion("a", "1");
  source_.AddVersion("b", "1", Needing({"a"}));
  source_.AddVersion("b", "2", Needing({"a; extra == 'x'", "a; extra == 'y'"}, {"x", "y"}));
  source_.AddVersion("b", "3rc1", Needing({"a"}));
  Begin(Request({"a", "b"}));
  EXPECT_THAT(AskedTexts_(), ElementsAre("0 a", "1 b"));
  Begin(Request({"a", "b[y]"}));
  EXPECT_THAT(AskedTexts_(), ElementsAre("1 a", "0 b", "0 b[y]"));
}

TEST_F(UniverseBuilderTest, OtherOrdersAreByNameAndAsGiven) {
  source_.AddVersion("a", "1");
  source_.AddVersion("b", "2", Needing({"a==1"}));
  ResolveRequest request = Request({"b[x]", "c", "a", "b>=1"});
  request.order = RequestOrder::kName;
  Begin(request);
  EXPECT_THAT(AskedTexts_(), ElementsAre("0 a", "1 b", "1 b[x]", "1 b>=1", "2 c"));
  request.order = RequestOrder::kAsGiven;
  Begin(request);
  EXPECT_THAT(AskedTexts_(), ElementsAre("2 a", "0 b", "0 b[x]", "0 b>=1", "1 c"));
}

TEST_F(UniverseBuilderTest, ConstraintsAndLocksLimitAndDoNotRequest) {
  for (const char* version : {"1", "2", "3"}) source_.AddVersion("b", version);
  ResolveRequest request = Request({"a"});
  request.constraints = Placed({"b<3"});
  request.locked = Placed({"b==2"});
  request.excluded = Placed({"c==1"});
  request.favored = Placed({"b==1"});
  Begin(request);
  RevealAll();
  const Problem& problem = builder_->problem();
  EXPECT_THAT(AskedTexts_(), ElementsAre("0 a"));
  ASSERT_EQ(problem.constraints.size(), 1u);
  EXPECT_EQ(universe().Text(universe().constraint(problem.constraints[0]).text), "b<3");
  ASSERT_EQ(problem.locked.size(), 1u);
  EXPECT_THAT(universe().ranges(problem.locked[0].set), ElementsAre(PositionRange{1, 1}));
  EXPECT_THAT(universe().ranges(problem.favored[0].set), ElementsAre(PositionRange{0, 0}));
  EXPECT_EQ(problem.excluded.size(), 1u);
}

TEST_F(UniverseBuilderTest, PlacesOfARequirementAreAllThatSayIt) {
  source_.AddVersion("a", "1");
  Begin(Request({"a>=1", "A >= 1.0"}));
  EXPECT_EQ(builder_->PlacesOf(builder_->problem().requirements.front().requirement),
            "argument 1, argument 2");
}

TEST_F(UniverseBuilderTest, AnExtraIsProvidedIfDeclaredOrAskedForByAMarker) {
  source_.AddVersion("a", "1", Needing({"b; extra == 'm'"}, {"D_1"}));
  Begin(Request({"a"}));
  RevealAll();
  const SolvableId a = universe().at(Find("a"), 0);
  EXPECT_TRUE(builder_->ProvidesExtra(a, "d-1"));
  EXPECT_TRUE(builder_->ProvidesExtra(a, "m"));
  EXPECT_FALSE(builder_->ProvidesExtra(a, "x"));
}

TEST_F(UniverseBuilderTest, AUrlUnderAnExtraCannotBeMet) {
  source_.AddVersion("a", "1", Needing({"b @ https://b.example/b.whl ; extra == 'x'"}, {"x"}));
  Begin(Request({"a"}));
  RevealAll();
  const Solvable& a = universe().solvable(universe().at(Find("a"), 0));
  const RequirementId needs = universe().dependency_set(a.dependencies).requirements.front();
  EXPECT_THAT(universe().requirement(needs).alternatives, IsEmpty());
  EXPECT_THAT(Needs_("a", 0), ElementsAre("b @ https://b.example/b.whl ; has a[x]"));
}

// The world as text is sorted by bytes, so equal worlds are equal texts.
TEST_F(UniverseBuilderTest, TheOrderInWhichFactsAreAskedForDoesNotShow) {
  source_.AddVersion("a", "1", Needing({"b>=1", "c[x]; extra == 'y'"}, {"y"}));
  source_.AddVersion("a", "2", Needing({"c", "b<2"}));
  source_.AddVersion("b", "1", Needing({"a", "d"}));
  source_.AddVersion("b", "2", Needing({"c!=1"}));
  source_.AddVersion("c", "1", Needing({"b==1; extra == 'x'"}, {"x"}));
  Begin(Request({"a[y]", "b", "gone"}));
  RevealAll();
  const std::string forwards = WriteWorld(universe(), builder_->problem());
  Begin(Request({"gone", "b", "a[y]"}));
  while (Reveal(/*backwards=*/true)) {
  }
  EXPECT_EQ(WriteWorld(universe(), builder_->problem()), forwards);
}

}  // namespace
}  // namespace accord::pypi
