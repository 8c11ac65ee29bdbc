// The limits of a derivation: below them there is one, at them there is none and nothing is said.
#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "base/error.h"
#include "explain/derivation.h"
#include "explain/explanation.h"
#include "model/world_file.h"
#include "solver/cdcl/cdcl.h"

namespace accord::explain {
namespace {

// More packages than places: each wants one of `places` for itself, and all must have one. Its
// refutation supposes places - 1 things inside one another.
World Pigeons(int pigeons, int places) {
  std::string packages;
  std::string asked;
  for (int place = 0; place < places; ++place) {
    packages += Cat(place == 0 ? "" : ",", R"("place)", place, R"(":{"candidates":[)");
    for (int pigeon = 0; pigeon < pigeons; ++pigeon) {
      packages += Cat(pigeon == 0 ? "" : ",", R"({"version":")", pigeon + 1, R"("})");
    }
    packages += "]}";
  }
  for (int pigeon = 0; pigeon < pigeons; ++pigeon) {
    packages += Cat(R"(,"pigeon)", pigeon, R"(":{"candidates":[)");
    for (int place = 0; place < places; ++place) {
      packages += Cat(place == 0 ? "" : ",", R"({"version":")", place + 1,
                      R"(","requires":[{"package":"place)", place, R"(","allowed":[[)", pigeon, ",",
                      pigeon, "]]}]}");
    }
    packages += "]}";
    asked += Cat(pigeon == 0 ? "" : ",", R"({"package":"pigeon)", pigeon, R"("})");
  }
  absl::StatusOr<World> world =
      ParseWorld(Cat(R"({"format":"accord-world/1","packages":{)", packages,
                     R"(},"request":{"requires":[)", asked, "]}}"),
                 "pigeons");
  EXPECT_TRUE(world.ok()) << Message(world.status());
  return *std::move(world);
}

class LimitsTest : public ::testing::Test {
 protected:
  LimitsTest() : world_(Pigeons(4, 3)) {
    conflict_ = std::get<Conflict>(Cdcl(world_.universe, world_.problem).Run({}));
  }
  [[nodiscard]] bool Derives(const DerivationLimits& limits) const {
    return Derive(world_.universe, world_.problem, conflict_, limits).has_value();
  }
  World world_;
  Conflict conflict_;
};

TEST_F(LimitsTest, TheDefaultsAreEnoughForASmallConflict) { EXPECT_TRUE(Derives({})); }

TEST_F(LimitsTest, SoManyStepsAreMadeAndNoMore) { EXPECT_FALSE(Derives({.steps_max = 10})); }

TEST_F(LimitsTest, SoMuchIsLookedAtAndNoMore) { EXPECT_FALSE(Derives({.work_max = 100})); }

TEST_F(LimitsTest, SoMuchIsSupposedInsideOneAnotherAndNoMore) {
  EXPECT_TRUE(Derives({.supposed_max = 2}));
  EXPECT_FALSE(Derives({.supposed_max = 1}));
}

// Writes names alone.
class NoNotation : public Notation {
 public:
  std::string OfSet(VersionSetId) const override { return "some"; }
  std::string OfRanges(PackageId, std::span<const PositionRange>) const override { return "some"; }
  std::vector<FilteredVersions> LeftOutOf(VersionSetId) const override { return {}; }
  std::string PlaceOf(RequirementId) const override { return {}; }
  std::string PlaceOf(ConstraintId) const override { return {}; }
  std::vector<Placed> OverridesOf(PackageId, PackageId) const override { return {}; }
  std::string BuildOf(SolvableId) const override { return {}; }
};

TEST_F(LimitsTest, NothingIsSaidOfAConflictThatReachesALimit) {
  const NoNotation notation;
  EXPECT_FALSE(Explain(world_.universe, world_.problem, conflict_, notation).sentences.empty());
  const Explanation cut =
      Explain(world_.universe, world_.problem, conflict_, notation, {.steps_max = 10});
  EXPECT_TRUE(cut.sentences.empty());
  EXPECT_TRUE(cut.nodes.empty());
}

}  // namespace
}  // namespace accord::explain
