// What searches take, counted, not timed: every counter on worlds that reach restarts, reductions,
// conditions and budgets. A change of a figure here is a change of the search; whether it is for
// the better, the benchmarks say.
#include <gtest/gtest.h>

#include "solver/cdcl/restart.h"
#include "tests/unit/solver/worlds.h"

namespace accord::testing {
namespace {

std::string SearchOf(const Counters& counters) {
  return Cat("decisions ", counters.decisions, ", conflicts ", counters.conflicts,
             ", propagations ", counters.propagations, ", work ", counters.work, ", learnt ",
             counters.learnt, " of ", counters.learnt_literals);
}

std::string ClausesOf(const Counters& counters) {
  return Cat("requirement ", counters.clauses_requirement, ", gate ", counters.clauses_gate,
             ", condition ", counters.clauses_condition, ", other ", counters.clauses_other,
             ", gates ", counters.gates);
}

// Each pigeon needs a hole, a package of one candidate for each hole; a hole takes one pigeon.
std::string Pigeons(int pigeons, int holes) {
  std::string packages;
  std::string requirements;
  std::string groups;
  for (int pigeon = 0; pigeon < pigeons; ++pigeon) {
    const std::string comma = pigeon == 0 ? "" : ",";
    packages += Cat(comma, "\"p", pigeon, "\":{\"candidates\":[");
    requirements += Cat(comma, "{\"package\":\"p", pigeon, "\"}");
    for (int hole = 0; hole < holes; ++hole) {
      packages += Cat(hole == 0 ? "" : ",", "{\"version\":\"", hole, "\"}");
    }
    packages += "]}";
  }
  for (int hole = 0; hole < holes; ++hole) {
    groups += Cat(hole == 0 ? "" : ",", "{\"name\":\"h", hole, "\",\"members\":[");
    for (int pigeon = 0; pigeon < pigeons; ++pigeon) {
      groups += Cat(pigeon == 0 ? "" : ",", "[\"p", pigeon, "\",", hole, "]");
    }
    groups += "]}";
  }
  return Cat(R"("packages":{)", packages, R"(},"groups":[)", groups, R"(],"request":{"requires":[)",
             requirements, "]}");
}

TEST(Effort, OfARefutationThatForgetsLearntClauses) {
  const World world = WorldOf(Pigeons(7, 6));
  Cdcl solver(world.universe, world.problem, {.learnt_max_at_first = 60});
  EXPECT_EQ(TextOf(world.universe, solver.Run({})), "unsatisfiable");
  EXPECT_EQ(SearchOf(solver.counters()),
            "decisions 199, conflicts 199, propagations 3369, work 11005, learnt 198 of 2462");
}

TEST(Effort, OfABudgetedSearchThatRestarts) {
  const World world = WorldOf(Pigeons(8, 7));
  Cdcl solver(world.universe, world.problem);
  EXPECT_EQ(TextOf(world.universe, solver.Run({.work_max = 1'000'000'000})), "unsatisfiable");
  EXPECT_EQ(SearchOf(solver.counters()),
            "decisions 324, conflicts 322, propagations 7160, work 23137, learnt 321 of 5025");
}

TEST(Effort, OfABudgetedSearchThatFindsAnAnswerAndThenTheBest) {
  const World world = WorldOf(Pigeons(6, 6));
  Cdcl solver(world.universe, world.problem);
  EXPECT_EQ(TextOf(world.universe, solver.Run({.work_max = 1'000'000'000})),
            "p0 5, p1 4, p2 3, p3 2, p4 1, p5 0");
  EXPECT_EQ(SearchOf(solver.counters()),
            "decisions 11, conflicts 0, propagations 79, work 79, learnt 0 of 0");
}

TEST(Effort, OfAConditionThatStandsTwiceIsThatOfOne) {
  constexpr std::string_view kBegin = R"("packages":{
      "a":{"candidates":[{"version":"1"}]},"b":{"candidates":[{"version":"1"}]},
      "c":{"candidates":[{"version":"1"}]},"d":{"candidates":[{"version":"1"}]}},
      "request":{"requires":[{"package":"a"},)";
  constexpr std::string_view kWhen =
      R"("when":{"and":[{"package":"a"},{"or":[{"package":"b"},{"package":"c"}]}]})";
  const World once = WorldOf(Cat(kBegin, R"({"package":"d",)", kWhen, "}]}"));
  const World twice =
      WorldOf(Cat(kBegin, R"({"package":"d",)", kWhen, R"(},{"package":"c",)", kWhen, "}]}"));
  Cdcl of_once(once.universe, once.problem);
  Cdcl of_twice(twice.universe, twice.problem);
  EXPECT_EQ(TextOf(once.universe, of_once.Run({})), "a 1");
  EXPECT_EQ(TextOf(twice.universe, of_twice.Run({})), "a 1");
  EXPECT_EQ(ClausesOf(of_once.counters()), "requirement 1, gate 0, condition 3, other 0, gates 3");
  EXPECT_EQ(ClausesOf(of_twice.counters()), ClausesOf(of_once.counters()));
}

TEST(Effort, OfASecondProblemIsNotThatOfTheFirstOnesBudget) {
  const World world = WorldOf(Pigeons(5, 5));
  Cdcl plain(world.universe, world.problem);
  Cdcl stopped(world.universe, world.problem);
  EXPECT_EQ(TextOf(world.universe, stopped.Run({.work_max = 0})), "stopped");
  stopped.Pose(world.problem);
  EXPECT_EQ(TextOf(world.universe, stopped.Run({})), TextOf(world.universe, plain.Run({})));
  EXPECT_EQ(stopped.counters().decisions, plain.counters().decisions);
}

TEST(Restart, ComesAfterTheSequencesTermsTimes128Conflicts) {
  cdcl::Luby luby;
  std::vector<int> waits;
  for (int wait = 1; waits.size() < 7; ++wait) {
    if (!luby.Conflict()) continue;
    waits.push_back(wait);
    wait = 0;
  }
  EXPECT_EQ(waits, (std::vector{128, 128, 256, 128, 128, 256, 512}));
}

}  // namespace
}  // namespace accord::testing
