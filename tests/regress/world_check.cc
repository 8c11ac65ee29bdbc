#include "tests/regress/world_check.h"

#include "base/error.h"
#include "solver/cdcl/cdcl.h"
#include "tests/property/answers.h"
#include "tests/property/laws.h"

namespace accord {
namespace {

// As usual, then what keeps literals, forgets clauses and comes late as often as it can.
constexpr cdcl::Tuning kTunings[] = {
    {},
    {.kept_max = 0, .learnt_max_at_first = 4000, .redo_cost = 0},
    {.kept_max = 1'000'000, .learnt_max_at_first = 4},
    {.kept_max = 2, .learnt_max_at_first = 1, .redo_cost = 0},
};

// Enough to finish; that there is a limit makes a satisfying run precede the walk.
constexpr Budget kAmple{.work_max = 1'000'000};

// How often a law that chooses at random is asked.
constexpr uint64_t kLawSeeds = 12;

Broken Differs(std::string_view how, std::string_view expected, std::string_view got) {
  if (expected == got) return std::nullopt;
  return Cat(how, "\nexpected ", expected, "\n     got ", got);
}

Broken CheckTuning(const World& world, const cdcl::Tuning& tuning, std::string_view expected) {
  const std::string with =
      Cat(" with kept_max ", tuning.kept_max, ", learnt_max_at_first ", tuning.learnt_max_at_first);
  const auto text = [&](Cdcl& solver, const Budget& budget) {
    return Describe(world.universe, solver.Run(budget));
  };
  Cdcl at_once(world.universe, world.problem, tuning);
  if (Broken broken = Differs(Cat("at once", with), expected, text(at_once, {}))) return broken;
  for (const char* how : {"posed again", "posed a third time"}) {
    at_once.Pose(world.problem);
    if (Broken broken = Differs(Cat(how, with), expected, text(at_once, {}))) return broken;
  }
  Cdcl budgeted(world.universe, world.problem, tuning);
  if (Broken broken = Differs(Cat("with a budget", with), expected, text(budgeted, kAmple))) {
    return broken;
  }
  budgeted.Pose(world.problem);
  return Differs(Cat("posed again with a budget", with), expected, text(budgeted, kAmple));
}

// Nothing asked, and all that was asked softly: what is learnt must not outlive its problem.
Broken CheckPosedAfterOthers(const World& world, std::string_view expected) {
  Cdcl solver(world.universe, world.problem);
  (void)solver.Run({});
  Problem softly = world.problem;
  softly.soft.insert(softly.soft.end(), softly.requirements.begin(), softly.requirements.end());
  softly.requirements.clear();
  solver.Pose(softly);
  Cdcl fresh(world.universe, softly);
  if (Broken broken = Differs("all requirements soft, posed after the world's problem",
                              Describe(world.universe, fresh.Run({})),
                              Describe(world.universe, solver.Run({})))) {
    return broken;
  }
  solver.Pose(world.problem);
  return Differs("posed after another problem", expected, Describe(world.universe, solver.Run({})));
}

Broken CheckLaws(const WorldSpec& spec, std::string_view expected) {
  if (!Oracle::Fits(spec)) return std::nullopt;
  const Subject subject(spec);
  if (Broken broken = Differs("the oracle", expected, Describe(spec, subject.answer))) {
    return broken;
  }
  for (const Law& law : Laws()) {
    for (uint64_t seed = 0; seed < kLawSeeds; ++seed) {
      Rng rng(seed);
      if (Broken broken = law.check(subject, rng)) return Cat("law ", law.name, ": ", *broken);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> WhyNotAsExpected(const WorldSpec& spec, std::string_view expected) {
  const World world = Build(spec);
  for (const cdcl::Tuning& tuning : kTunings) {
    if (Broken broken = CheckTuning(world, tuning, expected)) return broken;
  }
  if (Broken broken = CheckPosedAfterOthers(world, expected)) return broken;
  return CheckLaws(spec, expected);
}

}  // namespace accord
