// The generator reaches every corner of the model, and each corner matters to the answer.
#include "tests/oracle/generator.h"

#include <map>

#include "gtest/gtest.h"
#include "model/world_file.h"
#include "tests/oracle/features.h"
#include "tests/oracle/oracle.h"
#include "tests/oracle/world_edits.h"

namespace accord {
namespace {

constexpr uint64_t kWorlds = 5000;

TEST(Generator, EqualSeedsGiveEqualWorlds) {
  EXPECT_EQ(GenerateWorld(7), GenerateWorld(7));
  EXPECT_NE(GenerateWorld(7), GenerateWorld(8));
}

TEST(Generator, AWorldIsTheSameOnEveryMachine) {
  Rng rng(1);
  EXPECT_EQ(rng.Next(), 0x910A2DEC89025CC1u);
}

TEST(Generator, EveryWorldIsWellFormed) {
  for (uint64_t seed = 0; seed < kWorlds; ++seed) {
    const WorldSpec spec = GenerateWorld(seed);
    const auto again = ParseWorldSpec(WriteWorldSpec(spec), "generated");
    ASSERT_TRUE(again.ok()) << again.status();
    ASSERT_EQ(*again, spec) << seed;
    ASSERT_TRUE(Oracle::Fits(spec)) << seed;
  }
}

TEST(Generator, BothAnswersAreCommon) {
  uint64_t satisfiable = 0;
  for (uint64_t seed = 0; seed < kWorlds; ++seed) {
    const WorldSpec spec = GenerateWorld(seed);
    satisfiable += Oracle(spec).satisfiable() ? 1u : 0u;
  }
  EXPECT_GT(satisfiable, kWorlds / 4);
  EXPECT_LT(satisfiable, kWorlds * 3 / 4);
  RecordProperty("satisfiable", static_cast<int>(satisfiable));
}

TEST(Generator, EveryFeatureIsReachedAndSometimesMatters) {
  std::map<std::string_view, int> reached;
  std::map<std::string_view, int> matters;
  for (uint64_t seed = 0; seed < kWorlds; ++seed) {
    const WorldSpec spec = GenerateWorld(seed);
    const OracleAnswer answer = Oracle(spec).Canonical();
    for (const Feature& feature : Features()) {
      if (!feature.present(spec)) continue;
      ++reached[feature.name];
      WorldSpec without = spec;
      feature.drop(without);
      if (Oracle(without).Canonical() != answer) ++matters[feature.name];
    }
  }
  for (const Feature& feature : Features()) {
    EXPECT_GE(reached[feature.name], 100) << feature.name;
    EXPECT_GE(matters[feature.name], 10) << feature.name;
    RecordProperty(std::string(feature.name), matters[feature.name]);
  }
}

TEST(Generator, SomeAnswersAreDeepAndSomeWalksSkipTheBestOption) {
  int deep = 0;
  int many = 0;
  for (uint64_t seed = 0; seed < kWorlds; ++seed) {
    const WorldSpec spec = GenerateWorld(seed);
    const OracleAnswer answer = Oracle(spec).Canonical();
    for (const OracleMember& member : answer.members) deep += member.depth >= 2 ? 1 : 0;
    many += answer.members.size() >= 4 ? 1 : 0;
  }
  EXPECT_GE(deep, 100);
  EXPECT_GE(many, 100);
}

TEST(WorldEdits, RemovingACandidateMovesTheLaterOnes) {
  WorldSpec spec;
  spec.packages.push_back({.name = "a",
                           .candidates = {{.version = "1"}, {.version = "2"}, {.version = "3"}},
                           .preference = {1, 2, 0}});
  spec.groups.push_back({.name = "g", .members = {{"a", 1}, {"a", 2}}});
  const SetSpec set{.package = "a", .allowed = std::vector<PositionRange>{{0, 2}}};
  spec.requirements.push_back({.requirement = {.alternatives = {set}}});
  RemoveCandidate(spec, 0, 1);
  EXPECT_EQ(spec.packages[0].candidates[1].version, "3");
  EXPECT_EQ(spec.packages[0].preference, (std::vector<Position>{1, 0}));
  EXPECT_EQ(spec.groups[0].members, (Chosen{{"a", 1}}));
  EXPECT_EQ(spec.requirements[0].requirement.alternatives[0].allowed,
            (std::vector<PositionRange>{{0, 1}}));
}

}  // namespace
}  // namespace accord
