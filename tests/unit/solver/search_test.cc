// The search around the walk: what stops it, what it asks for, what it says of a conflict.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "solver/cdcl/restart.h"
#include "tests/unit/solver/worlds.h"

namespace accord::testing {
namespace {

using ::testing::ElementsAre;

// Sixteen packages of three candidates where each newest one forbids the newest of the next: some
// conflicts, one answer.
std::string Chain() {
  std::string packages;
  std::string requires_all;
  for (int i = 0; i < 16; ++i) {
    const std::string next = Cat("p", (i + 5) % 16);
    packages += Cat(i == 0 ? "" : ",", R"("p)", i, R"(":{"candidates":[{"version":"1"},)",
                    R"({"version":"2","requires":[{"package":")", next,
                    R"(","allowed":[[0,1]]}]},{"version":"3","requires":[{"package":")", next,
                    R"(","allowed":[[0,0],[2,2]]},{"package":"p)", (i + 3) % 16,
                    R"(","allowed":[[0,1]]}]}]})");
    requires_all += Cat(i == 0 ? "" : ",", R"({"package":"p)", i, R"("})");
  }
  return Cat(R"("packages":{)", packages, R"(},"request":{"requires":[)", requires_all, "]}");
}

TEST(Search, AWorkLimitStopsTheSameWayEachTime) {
  const World world = WorldOf(Chain());
  Cdcl whole(world.universe, world.problem);
  const std::string answer = TextOf(world.universe, whole.Run({}));
  const uint64_t work = whole.counters().work;
  for (uint64_t work_max = 0; work_max < work; work_max += 1 + work / 16) {
    Cdcl first(world.universe, world.problem);
    Cdcl second(world.universe, world.problem);
    const Outcome a = first.Run({.work_max = work_max});
    const Outcome b = second.Run({.work_max = work_max});
    EXPECT_EQ(TextOf(world.universe, a), TextOf(world.universe, b));
    EXPECT_EQ(first.counters().work, second.counters().work);
    EXPECT_EQ(TextOf(world.universe, first.Run({})), answer) << "resumed after " << work_max;
  }
}

TEST(Search, TheBestSoFarIsAFeasibleAnswer) {
  const World world = WorldOf(Chain());
  Cdcl solver(world.universe, world.problem);
  bool has_best = false;
  for (uint64_t work_max = 1; !has_best; ++work_max) {
    const Outcome outcome = solver.Run({.work_max = work_max});
    ASSERT_TRUE(std::holds_alternative<Stopped>(outcome)) << "the walk ended before a best";
    const auto& stopped = std::get<Stopped>(outcome);
    EXPECT_EQ(stopped.reason, StopReason::kWork);
    has_best = stopped.best.has_value();
    if (has_best) {
      EXPECT_EQ(stopped.best->claim.kind, ClaimKind::kFeasible);
      EXPECT_EQ(stopped.best->members.size(), 16U);
    }
  }
}

TEST(Search, CancellingStopsBeforeTheNextStep) {
  const World world = WorldOf(Chain());
  CancelFlag cancel;
  cancel.Cancel();
  Cdcl solver(world.universe, world.problem);
  const Outcome outcome = solver.Run({.cancel = &cancel});
  ASSERT_TRUE(std::holds_alternative<Stopped>(outcome));
  EXPECT_EQ(std::get<Stopped>(outcome).reason, StopReason::kCancelled);
  EXPECT_EQ(solver.counters().decisions, 0U);
}

TEST(Search, OnlyWhatTheWalkReachesIsAskedFor) {
  Universe universe;
  const PackageId a = universe.AddPackage("a");
  const PackageId b = universe.AddPackage("b");
  const VersionSetId any_a = universe.AddSet(a, "any");
  const VersionSetId any_b = universe.AddSet(b, "any");
  Problem problem;
  problem.requirements = {{universe.AddRequirement({{any_a}, {}, universe.AddText("a")})}};
  Cdcl solver(universe, problem);
  EXPECT_EQ(TextOf(universe, solver.Run({})), "needs a");

  const std::string_view versions[] = {"1", "2"};
  const PositionRange both[] = {{0, 1}};
  universe.SetCandidates(a, versions);
  universe.SetMembers(any_a, both);
  EXPECT_EQ(TextOf(universe, solver.Run({})), "needs (a 2)");

  const RequirementId needs_b = universe.AddRequirement({{any_b}, {}, universe.AddText("b")});
  universe.SetDependencies(universe.at(a, 1), universe.AddDependencySet({{needs_b}, {}}));
  EXPECT_EQ(TextOf(universe, solver.Run({})), "needs b");

  universe.SetNonexistent(b);
  universe.SetMembers(any_b, {});
  EXPECT_EQ(TextOf(universe, solver.Run({})), "needs (a 1)");
  universe.SetDependencies(universe.at(a, 0), universe.AddDependencySet({}));
  EXPECT_EQ(TextOf(universe, solver.Run({})), "a 1");
}

TEST(Search, ConditionsAndConstraintsAskForNothing) {
  Universe universe;
  const PackageId a = universe.AddPackage("a");
  const PackageId never = universe.AddPackage("never");
  const VersionSetId any_a = universe.AddSet(a, "any");
  const VersionSetId never_1 = universe.AddSet(never, "==1");
  const std::string_view versions[] = {"1"};
  const PositionRange all[] = {{0, 0}};
  universe.SetCandidates(a, versions);
  universe.SetMembers(any_a, all);
  const ConditionId has_never = universe.AddHas(never_1);
  const RequirementId conditional =
      universe.AddRequirement({{never_1}, has_never, universe.AddText("never if never")});
  const ConstraintId constraint = universe.AddConstraint({never_1, {}, universe.AddText("c")});
  universe.SetDependencies(universe.at(a, 0),
                           universe.AddDependencySet({{conditional}, {constraint}}));
  Problem problem;
  problem.requirements = {{universe.AddRequirement({{any_a}, {}, universe.AddText("a")})}};
  EXPECT_EQ(TextOf(universe, Cdcl(universe, problem).Run({})), "a 1");
}

TEST(Search, AConflictNamesItsReasonsAndNoOthers) {
  const World world = WorldOf(R"("packages":{
      "a":{"candidates":[{"version":"1","requires":[{"package":"c","allowed":[[0,0]]}]}]},
      "b":{"candidates":[{"version":"1","requires":[{"package":"c","allowed":[[1,1]]}]}]},
      "c":{"candidates":[{"version":"1"},{"version":"2"}]},
      "z":{"candidates":[{"version":"1","requires":[{"package":"c"}]}]}},
      "request":{"requires":[{"package":"a"},{"package":"b"},{"package":"z"}]})");
  const Outcome outcome = Cdcl(world.universe, world.problem).Run({});
  ASSERT_TRUE(std::holds_alternative<Conflict>(outcome));
  std::vector<Reason::Kind> kinds;
  std::string names;
  for (const Reason& reason : std::get<Conflict>(outcome).core) {
    kinds.push_back(reason.kind);
    if (reason.solvable.valid()) names += world.universe.Label(reason.solvable) + ";";
  }
  using Kind = Reason::Kind;
  EXPECT_THAT(kinds,
              ElementsAre(Kind::kRequirement, Kind::kRequirement, Kind::kDependency,
                          Kind::kDependency, Kind::kBrings, Kind::kBrings, Kind::kOnePerPackage));
  EXPECT_EQ(names, "a 1;b 1;");
}

TEST(Search, AnAnswerThatRestsOnUnknownNamesSaysSo) {
  const World world = WorldOf(R"("packages":{
      "a":{"candidates":[{"version":"1"},{"version":"2","requires":[{"package":"dark"}]}]},
      "b":{"candidates":[{"version":"1","requires":[{"any":[{"package":"a"},{"package":"dim"}]}]}]},
      "dark":{"unknown":"not recorded"},"dim":{"unknown":"not recorded"}},
      "request":{"requires":[{"package":"a"},{"package":"b"}]})");
  const Outcome outcome = Cdcl(world.universe, world.problem).Run({});
  ASSERT_EQ(TextOf(world.universe, outcome), "a 1, b 1");
  const Claim& claim = std::get<Solution>(outcome).claim;
  EXPECT_THAT(claim.assuming_packages, ElementsAre(world.universe.FindPackage("dark")));
}

TEST(Search, ASecondProblemOverTheSameUniverseIsAnsweredAsByANewSolver) {
  World world = WorldOf(Chain());
  Cdcl solver(world.universe, world.problem);
  const Outcome first = solver.Run({});
  Problem second = world.problem;
  std::reverse(second.requirements.begin(), second.requirements.end());
  second.requirements.resize(3);
  solver.Pose(second);
  EXPECT_EQ(TextOf(world.universe, solver.Run({})),
            TextOf(world.universe, Cdcl(world.universe, second).Run({})));
  solver.Pose(world.problem);
  EXPECT_EQ(TextOf(world.universe, solver.Run({})), TextOf(world.universe, first));
}

TEST(Search, WhereAnySolutionWillDoItClaimsNoMore) {
  World world = WorldOf(Chain());
  Cdcl solver(world.universe, world.problem);
  const std::string canonical = TextOf(world.universe, solver.Run({}));
  solver.Pose(world.problem, Goal::kAny);
  const Outcome any = solver.Run({});
  ASSERT_TRUE(std::holds_alternative<Solution>(any));
  EXPECT_EQ(std::get<Solution>(any).claim.kind, ClaimKind::kFeasible);
  solver.Pose(world.problem);
  EXPECT_EQ(TextOf(world.universe, solver.Run({})), canonical);
}

// Six packages of six candidates, no version twice; only the newest of the last package can be, but
// that shows when it is looked at, after the others had their choice.
std::string AllDifferent() {
  std::string packages;
  std::string groups;
  std::string requires_all;
  for (int i = 0; i < 6; ++i) {
    std::string candidates;
    std::string members;
    for (int v = 0; v < 6; ++v) {
      const bool dead = i == 5 && v < 5;
      candidates += Cat(v == 0 ? "" : ",", R"({"version":")", v, R"(")",
                        dead ? R"(,"requires":[{"package":"ghost"}])" : "", "}");
      members += Cat(v == 0 ? "" : ",", R"(["p)", v, R"(",)", i, "]");
    }
    const std::string comma = i == 0 ? "" : ",";
    packages += Cat(comma, R"("p)", i, R"(":{"candidates":[)", candidates, "]}");
    groups += Cat(comma, R"({"name":"version )", i, R"(","members":[)", members, "]}");
    requires_all += Cat(comma, R"({"package":"p)", i, R"("})");
  }
  return Cat(R"("packages":{)", packages, R"(},"groups":[)", groups, R"(],"request":{"requires":[)",
             requires_all, "]}");
}

// Keeps what was learnt, to hold it against the answer: one wrong sign in a conflict clause leaves
// answers plausible.
class KeepLearnt final : public cdcl::ProofSink {
 public:
  void Learnt(std::span<const cdcl::Lit> clause) override {
    clauses.emplace_back(clause.begin(), clause.end());
  }
  std::vector<std::vector<cdcl::Lit>> clauses;
};

TEST(Search, EachLearntClauseHoldsInTheAnswer) {
  const World world = WorldOf(AllDifferent());
  Cdcl solver(world.universe, world.problem);
  KeepLearnt learnt;
  solver.set_proof_sink(&learnt);
  const Outcome outcome = solver.Run({});
  ASSERT_EQ(TextOf(world.universe, outcome), "p0 4, p1 3, p2 2, p3 1, p4 0, p5 5");
  std::vector<SolvableId> chosen;
  for (const Member& member : std::get<Solution>(outcome).members) {
    chosen.push_back(member.solvable);
  }
  EXPECT_GE(learnt.clauses.size(), 4U);
  for (const std::vector<cdcl::Lit>& clause : learnt.clauses) {
    EXPECT_TRUE(std::any_of(clause.begin(), clause.end(),
                            [&](cdcl::Lit literal) { return solver.HoldsIn(literal, chosen); }));
  }
}

TEST(Search, CountersSayWhatWasLookedAt) {
  const World world = WorldOf(R"("packages":{
      "a":{"candidates":[{"version":"1"},{"version":"2","requires":[{"package":"b"}]}]},
      "b":{"candidates":[{"version":"1"}]},
      "far":{"candidates":[{"version":"1"}]}},
      "request":{"requires":[{"package":"a"}]})");
  Cdcl solver(world.universe, world.problem);
  ASSERT_EQ(TextOf(world.universe, solver.Run({})), "a 2, b 1");
  EXPECT_EQ(solver.counters().packages, 2U);
  EXPECT_EQ(solver.counters().candidates, 3U);
  EXPECT_EQ(solver.counters().candidates_looked_at, 2U);
  EXPECT_EQ(solver.counters().conflicts, 0U);
  EXPECT_EQ(solver.counters().clauses_requirement, 2U);
}

TEST(Search, CandidatesThatNeedTheSameAreFolded) {
  // a 3 and a 2 need the same, which is not there: refuted at once; a 1 needs something else.
  const World world = WorldOf(R"("packages":{
      "a":{"candidates":[{"version":"1","requires":[{"package":"c"}]},
                         {"version":"2","requires":[{"package":"b"}]},
                         {"version":"3","requires":[{"package":"b"}]}]},
      "b":{"candidates":[{"version":"1","requires":[{"package":"ghost"}]}]},
      "c":{"candidates":[{"version":"1"}]}},
      "request":{"requires":[{"package":"a"}]})");
  Cdcl solver(world.universe, world.problem);
  ASSERT_EQ(TextOf(world.universe, solver.Run({})), "a 1, c 1");
  EXPECT_EQ(solver.counters().candidates_folded, 1U);
  EXPECT_EQ(solver.counters().conflicts, 1U);
}

// What a search took, without a clock: "decisions conflicts propagations".
std::string Effort(std::string_view inside) {
  const World world = WorldOf(inside);
  Cdcl solver(world.universe, world.problem);
  static_cast<void>(solver.Run({}));
  const Counters& counters = solver.counters();
  return Cat(counters.decisions, " ", counters.conflicts, " ", counters.propagations);
}

TEST(Search, AGateThatHoldsPrunesItsDomainAtOnce) {
  // a leaves p 1 and 2. b 2 needs another p: that shows as soon as b 2 is looked at.
  EXPECT_EQ(Effort(R"("packages":{
      "a":{"candidates":[{"version":"1","requires":[{"package":"p","allowed":[[0,1]]}]}]},
      "b":{"candidates":[{"version":"1"},
                         {"version":"2","requires":[{"package":"p","allowed":[[2,3]]}]}]},
      "p":{"candidates":[{"version":"1"},{"version":"2"},{"version":"3"},{"version":"4"}]}},
      "request":{"requires":[{"package":"a"},{"package":"b"}]})"),
            "3 1 11");
}

TEST(Search, AConstraintThatHoldsPrunesItsDomainAndACandidateRefutesIt) {
  EXPECT_EQ(Effort(R"("packages":{
      "a":{"candidates":[{"version":"1","constrains":[{"package":"q","allowed":[[0,1]]}]}]},
      "z":{"candidates":[{"version":"1","requires":[{"package":"q"}]},
                         {"version":"2","requires":[{"package":"q","allowed":[[2,3]]}]}]},
      "q":{"candidates":[{"version":"1"},{"version":"2"},{"version":"3"},{"version":"4"}]}},
      "request":{"requires":[{"package":"a"},{"package":"z"}]})"),
            "3 1 13");
  // q 4 holds first: the constraint of a 2, and with it a 2, goes without a conflict below a 2.
  EXPECT_EQ(Effort(R"("packages":{
      "a":{"candidates":[{"version":"1"},
                         {"version":"2","constrains":[{"package":"q","allowed":[[0,1]]}]}]},
      "q":{"candidates":[{"version":"1"},{"version":"2"},{"version":"3"},{"version":"4"}]}},
      "request":{"requires":[{"package":"q"},{"package":"a","priority":1}]})"),
            "3 1 9");
}

TEST(Search, ACandidateThatHoldsRefutesAConstraintThatIsKnownAlready) {
  // q 4 breaks the request's constraint, so its condition, x 2, goes without being decided.
  EXPECT_EQ(Effort(R"("packages":{
      "x":{"candidates":[{"version":"1"},{"version":"2"}]},
      "q":{"candidates":[{"version":"1"},{"version":"2"},{"version":"3"},{"version":"4"}]}},
      "request":{"requires":[{"package":"q"},{"package":"x","priority":1}],
                 "constrains":[{"package":"q","allowed":[[0,1]],
                                "when":{"package":"x","allowed":[[1,1]]}}]})"),
            "2 0 7");
}

TEST(Search, ACandidateThatHoldsRulesOutTheOthersOfItsPackage) {
  EXPECT_EQ(Effort(R"("packages":{
      "p":{"candidates":[{"version":"1"},{"version":"2"},{"version":"3"}],"prefer":"first"}},
      "request":{"requires":[{"package":"p"}]})"),
            "2 0 3");
}

TEST(Search, WhatKnownWorldsTakeIsWhatItTookBefore) {
  EXPECT_EQ(Effort(Chain()), "16 1 67");
  EXPECT_EQ(Effort(AllDifferent()), "10 5 96");
}

TEST(Restart, LubysSequenceBeginsAsPublished) {
  std::vector<uint64_t> terms;
  for (uint64_t i = 1; i <= 15; ++i) terms.push_back(cdcl::Luby::Term(i));
  EXPECT_THAT(terms, ElementsAre(1, 1, 2, 1, 1, 2, 4, 1, 1, 2, 1, 1, 2, 4, 8));
}

}  // namespace
}  // namespace accord::testing
