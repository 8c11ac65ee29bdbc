// libsolv behind the Strategy seam, and the plain CNF of tests/support, against the naive
// enumeration of tiny worlds; what libsolv.h says of Needs, claims and cores.

#include "solver/libsolv/libsolv.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "base/error.h"
#include "tests/support/plain_cnf.h"
#include "tests/support/run_cadical.h"
#include "tests/unit/solver/tiny_world.h"

namespace accord {
namespace {

using testing::CandidateMask;
using testing::MakeTinyWorld;
using testing::TinyWorld;

// ACCORD_TEST_SCALE multiplies how many worlds are made.
uint64_t Worlds(uint64_t count) {
  const char* scale = std::getenv("ACCORD_TEST_SCALE");
  const double factor = scale == nullptr ? 1 : std::atof(scale);
  return factor > 0 ? static_cast<uint64_t>(static_cast<double>(count) * factor) : count;
}

RequirementId Require(Universe& universe, std::vector<VersionSetId> sets, ConditionId when = {}) {
  const StringId text = universe.AddText(Cat("requirement ", universe.requirement_count()));
  return universe.AddRequirement(
      {.alternatives = std::move(sets), .condition = when, .text = text});
}

VersionSetId Set(Universe& universe, std::string_view package, Position first, Position last) {
  const PositionRange range = {first, last};
  return universe.AddSetOf(universe.AddPackage(package), {&range, 1});
}

void AddVersions(Universe& universe, std::string_view package, uint32_t count) {
  std::vector<std::string> versions;
  for (uint32_t i = 0; i < count; ++i) versions.push_back(Cat(i + 1, ".0"));
  const std::vector<std::string_view> views(versions.begin(), versions.end());
  universe.SetCandidates(universe.AddPackage(package), views);
}

SolvableId At(const Universe& universe, std::string_view package, Position position) {
  return universe.at(universe.FindPackage(package), position);
}

std::string Answer(const Universe& universe, const Outcome& outcome) {
  if (std::holds_alternative<Conflict>(outcome)) return "none";
  if (!std::holds_alternative<Solution>(outcome)) return "no answer";
  std::string text;
  for (const Member& member : std::get<Solution>(outcome).members) {
    text += Cat(text.empty() ? "" : ", ", universe.Label(member.solvable));
  }
  return text;
}

TEST(Libsolv, AgreesWithTheEnumerationOfTinyWorlds) {
  uint64_t satisfiable = 0;
  const uint64_t worlds = Worlds(10'000);
  for (uint64_t seed = 0; seed < worlds; ++seed) {
    const auto world = MakeTinyWorld(seed);
    Libsolv libsolv(world->universe, world->problem);
    const Outcome outcome = libsolv.Run({});
    const bool has_solution = std::holds_alternative<Solution>(outcome);
    ASSERT_TRUE(has_solution || std::holds_alternative<Conflict>(outcome)) << "seed " << seed;
    ASSERT_EQ(has_solution, testing::HasValidSet(*world)) << "seed " << seed;
    if (!has_solution) continue;
    ++satisfiable;
    CandidateMask chosen = 0;
    for (const Member& member : std::get<Solution>(outcome).members) {
      chosen |= CandidateMask{1} << member.solvable.value();
    }
    ASSERT_TRUE(testing::IsValidSet(*world, chosen)) << "seed " << seed;
  }
  // Worlds that are all alike would show nothing.
  EXPECT_GT(satisfiable, worlds / 10);
  EXPECT_LT(satisfiable, worlds - worlds / 10);
}

TEST(PlainCnf, AgreesWithTheEnumerationOfTinyWorlds) {
  if (!testing::HasCadical()) GTEST_SKIP() << "skipped: no cadical";
  const uint64_t worlds = Worlds(500);
  for (uint64_t seed = 0; seed < worlds; ++seed) {
    const auto world = MakeTinyWorld(seed);
    const testing::PlainCnf cnf(world->universe, world->problem);
    const absl::StatusOr<bool> satisfiable = cnf.Satisfiable();
    ASSERT_TRUE(satisfiable.ok()) << satisfiable.status();
    ASSERT_EQ(*satisfiable, testing::HasValidSet(*world)) << "seed " << seed;
  }
}

TEST(Libsolv, AsksForEverythingThatTheRequestCanReachAndThenAnswers) {
  Universe universe;
  Problem problem;
  problem.requirements.push_back(
      {.requirement = Require(universe, {Set(universe, "a", 0, 1), Set(universe, "b", 0, 0)})});
  Libsolv libsolv(universe, problem);

  Outcome outcome = libsolv.Run({});
  ASSERT_TRUE(std::holds_alternative<Needs>(outcome));
  EXPECT_EQ(std::get<Needs>(outcome).packages,
            (std::vector{universe.FindPackage("a"), universe.FindPackage("b")}));

  AddVersions(universe, "a", 2);
  universe.SetNonexistent(universe.FindPackage("b"));
  outcome = libsolv.Run({});
  ASSERT_TRUE(std::holds_alternative<Needs>(outcome));
  EXPECT_EQ(std::get<Needs>(outcome).candidates,
            (std::vector{At(universe, "a", 0), At(universe, "a", 1)}));

  universe.SetDependencies(At(universe, "a", 0), universe.AddDependencySet({}));
  universe.SetDependenciesUnavailable(At(universe, "a", 1), "not read");
  outcome = libsolv.Run({});
  EXPECT_EQ(Answer(universe, outcome), "a 1.0");
  EXPECT_EQ(std::get<Solution>(outcome).claim.assuming_candidates,
            std::vector{At(universe, "a", 1)});
  EXPECT_EQ(std::get<Solution>(outcome).claim.kind, ClaimKind::kFeasible);
}

TEST(Libsolv, NamesWhoAskedForEachMemberInOrderOfPackageNames) {
  Universe universe;
  AddVersions(universe, "z", 2);
  AddVersions(universe, "a", 3);
  const RequirementId needs_a = Require(universe, {Set(universe, "a", 0, 1)});
  const DependencySetId none = universe.AddDependencySet({});
  for (Position at = 0; at < 3; ++at) universe.SetDependencies(At(universe, "a", at), none);
  for (Position at = 0; at < 2; ++at) {
    universe.SetDependencies(
        At(universe, "z", at),
        universe.AddDependencySet({.requirements = {needs_a}, .constraints = {}}));
  }
  Problem problem;
  const RequirementId needs_z = Require(universe, {Set(universe, "z", 0, 1)});
  problem.requirements.push_back({.requirement = needs_z});
  Libsolv libsolv(universe, problem);
  const Outcome outcome = libsolv.Run({});
  // The newest allowed of both, though nothing promises it.
  ASSERT_EQ(Answer(universe, outcome), "a 2.0, z 2.0");
  const Member& a = std::get<Solution>(outcome).members[0];
  EXPECT_EQ(a.requirement, needs_a);
  EXPECT_EQ(a.required_by, At(universe, "z", 1));
  EXPECT_EQ(a.depth, 1u);
}

TEST(Libsolv, MeetsSoftRequirementsWhereTheRestAllowsIt) {
  Universe universe;
  Problem problem;
  for (const std::string_view package : {"a", "b", "c"}) {
    AddVersions(universe, package, 1);
    universe.SetDependencies(At(universe, package, 0), universe.AddDependencySet({}));
  }
  const GroupId one = universe.AddGroup("one of a and b");
  universe.AddToGroup(one, At(universe, "a", 0));
  universe.AddToGroup(one, At(universe, "b", 0));
  problem.requirements = {{.requirement = Require(universe, {Set(universe, "a", 0, 0)})}};
  problem.soft = {{.requirement = Require(universe, {Set(universe, "b", 0, 0)})},
                  {.requirement = Require(universe, {Set(universe, "c", 0, 0)})}};
  Libsolv libsolv(universe, problem);
  const Outcome outcome = libsolv.Run({});
  ASSERT_EQ(Answer(universe, outcome), "a 1.0, c 1.0");
  EXPECT_EQ(std::get<Solution>(outcome).unmet_soft, std::vector{0u});
}

TEST(Libsolv, GivesTheRequestItselfAsTheCoreOfAConflict) {
  Universe universe;
  AddVersions(universe, "a", 9);
  for (Position at = 0; at < 9; ++at) {
    universe.SetDependencies(At(universe, "a", at), universe.AddDependencySet({}));
  }
  Problem problem;
  // At most one of nine, by the bits of their numbers.
  problem.requirements.push_back({.requirement = Require(universe, {Set(universe, "a", 0, 4)})});
  problem.requirements.push_back({.requirement = Require(universe, {Set(universe, "a", 5, 8)})});
  Libsolv libsolv(universe, problem);
  const Outcome outcome = libsolv.Run({});
  ASSERT_EQ(Answer(universe, outcome), "none");
  EXPECT_EQ(std::get<Conflict>(outcome).core.size(), 2u);
}

TEST(Libsolv, RefusesACandidateWhoseOwnConstraintExcludesIt) {
  Universe universe;
  AddVersions(universe, "a", 2);
  const ConstraintId only_first =
      universe.AddConstraint({.set = Set(universe, "a", 0, 0), .text = universe.AddText("a 1.0")});
  universe.SetDependencies(At(universe, "a", 0), universe.AddDependencySet({}));
  universe.SetDependencies(
      At(universe, "a", 1),
      universe.AddDependencySet({.requirements = {}, .constraints = {only_first}}));
  Problem problem;
  problem.requirements.push_back({.requirement = Require(universe, {Set(universe, "a", 0, 1)})});
  Libsolv libsolv(universe, problem);
  EXPECT_EQ(Answer(universe, libsolv.Run({})), "a 1.0");
}

TEST(Libsolv, StopsBeforeTheSolveWhenCancelled) {
  Universe universe;
  Problem problem;
  Libsolv libsolv(universe, problem);
  CancelFlag cancel;
  cancel.Cancel();
  const Outcome outcome = libsolv.Run({.cancel = &cancel});
  ASSERT_TRUE(std::holds_alternative<Stopped>(outcome));
  EXPECT_EQ(std::get<Stopped>(outcome).reason, StopReason::kCancelled);
  EXPECT_EQ(Answer(universe, libsolv.Run({})), "");
}

}  // namespace
}  // namespace accord
