// The judges that scenarios rely on can say no: the definition of a valid set against the naive one
// of tiny worlds, and options that were passed over without need.

#include <gtest/gtest.h>

#include "base/error.h"
#include "tests/support/run_cadical.h"
#include "tests/support/skipped_options.h"
#include "tests/support/valid_set.h"
#include "tests/unit/solver/tiny_world.h"

namespace accord {
namespace {

TEST(ValidSet, AgreesWithTheNaiveDefinitionOnEverySubsetOfTinyWorlds) {
  size_t valid = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    const auto world = testing::MakeTinyWorld(seed);
    const auto count = static_cast<uint32_t>(world->universe.solvable_count());
    for (testing::CandidateMask mask = 0; mask < (testing::CandidateMask{1} << count); ++mask) {
      std::vector<SolvableId> chosen;
      for (uint32_t i = 0; i < count; ++i) {
        if ((mask >> i & 1) != 0) chosen.push_back(SolvableId(i));
      }
      const auto why = testing::WhyInvalid(world->universe, world->problem, chosen);
      ASSERT_EQ(!why, testing::IsValidSet(*world, mask))
          << "seed " << seed << ": " << why.value_or("valid");
      if (!why) ++valid;
    }
  }
  EXPECT_GT(valid, 300u);
}

class SkippedOptionsTest : public ::testing::Test {
 protected:
  // a 1.0, a 2.0 and a 3.0, of which the last needs what does not exist; asked: any a.
  void SetUp() override {
    if (!testing::HasCadical()) GTEST_SKIP() << "skipped: no cadical";
    const PackageId a = universe_.AddPackage("a");
    const PackageId absent = universe_.AddPackage("absent");
    universe_.SetNonexistent(absent);
    const std::vector<std::string_view> versions = {"1.0", "2.0", "3.0"};
    universe_.SetCandidates(a, versions);
    const RequirementId impossible = Require(universe_.AddSetOf(absent, {}));
    for (Position at = 0; at < 3; ++at) {
      DependencySet needs;
      if (at == 2) needs.requirements.push_back(impossible);
      universe_.SetDependencies(universe_.at(a, at), universe_.AddDependencySet(needs));
    }
    const PositionRange all = {0, 2};
    asked_ = Require(universe_.AddSetOf(a, {&all, 1}));
    problem_.requirements.push_back({.requirement = asked_});
  }

  RequirementId Require(VersionSetId set) {
    return universe_.AddRequirement(
        {.alternatives = {set},
         .condition = {},
         .text = universe_.AddText(Cat("requirement ", universe_.requirement_count()))});
  }

  absl::StatusOr<testing::SkippedOptions> Refute(Position chosen) {
    Solution solution;
    const SolvableId id = universe_.at(universe_.FindPackage("a"), chosen);
    solution.members.push_back({.solvable = id, .requirement = asked_});
    return testing::RefuteSkippedOptions(universe_, problem_, solution);
  }

  Universe universe_;
  Problem problem_;
  RequirementId asked_;
};

TEST_F(SkippedOptionsTest, AreRefutedWhenTheyLeadNowhere) {
  const auto skipped = Refute(1);
  ASSERT_TRUE(skipped.ok()) << skipped.status();
  EXPECT_EQ(skipped->members, 1u);
  EXPECT_EQ(skipped->options, 1u);
}

TEST_F(SkippedOptionsTest, AreReportedWhenOneOfThemWasPossible) { EXPECT_FALSE(Refute(0).ok()); }

TEST_F(SkippedOptionsTest, FollowFavouredBeforePreference) {
  const PositionRange first = {0, 0};
  problem_.favored.push_back({.set = universe_.AddSetOf(universe_.FindPackage("a"), {&first, 1})});
  const auto skipped = Refute(0);
  ASSERT_TRUE(skipped.ok()) << skipped.status();
  EXPECT_EQ(skipped->options, 0u);
  EXPECT_FALSE(Refute(1).ok());
}

}  // namespace
}  // namespace accord
