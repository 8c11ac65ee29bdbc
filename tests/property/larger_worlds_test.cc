// Worlds too large for the oracle, where the search has hundreds of conflicts and its housekeeping
// matters: every tuning gives one answer, it is a valid set, and libsolv agrees on whether there is
// one.
#include <cstdlib>

#include "gtest/gtest.h"
#include "model/world_file.h"
#include "solver/cdcl/cdcl.h"
#include "solver/libsolv/libsolv.h"
#include "tests/oracle/generator.h"
#include "tests/property/answers.h"
#include "tests/support/valid_set.h"

namespace accord {
namespace {

uint64_t Worlds(double at_scale_one) {
  const char* text = std::getenv("ACCORD_TEST_SCALE");
  const double scale = text ? std::strtod(text, nullptr) : 1;
  return static_cast<uint64_t>(at_scale_one * (scale > 0 ? scale : 1)) + 1;
}

WorldSpec LargerWorld(uint64_t seed) {
  Rng rng(seed);
  Knobs knobs = RandomKnobs(rng);
  knobs.packages_max = 24;
  knobs.versions_max = 8;
  knobs.candidates_max = 24 * 8;
  knobs.needs_max = 4;
  knobs.asked_max = 12;
  knobs.narrow = 60;
  knobs.alternatives = std::max(knobs.alternatives, 30U);
  knobs.empty_sets = std::min(knobs.empty_sets, 2U);
  knobs.nonexistent = std::min(knobs.nonexistent, 2U);
  knobs.unknown_packages = std::min(knobs.unknown_packages, 2U);
  if (knobs.groups_max > 0) knobs.groups_max = 8;
  return GenerateWorld(knobs, rng);
}

// What keeps literals, forgets clauses and comes late as often as it can.
constexpr cdcl::Tuning kTunings[] = {
    {.kept_max = 0, .learnt_max_at_first = 4000, .redo_cost = 0},
    {.kept_max = 1'000'000, .learnt_max_at_first = 4},
    {.kept_max = 2, .learnt_max_at_first = 1, .redo_cost = 0},
};

TEST(LargerWorlds, NoTuningChangesAnAnswer) {
  uint64_t conflicts = 0;
  for (uint64_t seed = 0; seed < Worlds(6000); ++seed) {
    const World world = Build(LargerWorld(seed));
    Cdcl usual(world.universe, world.problem);
    const std::string answer = Describe(world.universe, usual.Run({}));
    conflicts += usual.counters().conflicts;
    for (const cdcl::Tuning& tuning : kTunings) {
      Cdcl tuned(world.universe, world.problem, tuning);
      ASSERT_EQ(Describe(world.universe, tuned.Run({})), answer)
          << "seed " << seed << ", kept_max " << tuning.kept_max << ", learnt_max_at_first "
          << tuning.learnt_max_at_first;
    }
  }
  EXPECT_GT(conflicts, Worlds(6000)) << "worlds that are too easy to say anything";
}

TEST(LargerWorlds, AnswersAreValidAndLibsolvAgreesThatThereIsOne) {
  for (uint64_t seed = 0; seed < Worlds(1500); ++seed) {
    const World world = Build(LargerWorld(seed));
    const Outcome outcome = Cdcl(world.universe, world.problem).Run({});
    const auto* solution = std::get_if<Solution>(&outcome);
    Libsolv libsolv(world.universe, world.problem);
    const Outcome opinion = libsolv.Run({});
    ASSERT_EQ(std::holds_alternative<Solution>(opinion), solution != nullptr) << "seed " << seed;
    if (solution == nullptr) continue;
    std::vector<SolvableId> chosen;
    for (const Member& member : solution->members) chosen.push_back(member.solvable);
    const auto why_not = testing::WhyInvalid(world.universe, world.problem, chosen);
    ASSERT_FALSE(why_not.has_value()) << "seed " << seed << ": " << *why_not;
  }
}

}  // namespace
}  // namespace accord
