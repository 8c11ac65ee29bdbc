// From the texts of a request to a checked answer.
#include "engine/resolve.h"

#include <string>
#include <vector>

#include "model/world_file.h"
#include "tests/unit/engine/fixture.h"

namespace accord::engine {
namespace {

using accord::testing::Placed;
using accord::testing::Request;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(EngineTest, TheNewestVersionsThatFitTogetherAreChosenAndChecked) {
  Add("a", "1", {"b<2"});
  Add("a", "2", {"b>=2"});
  Add("b", "1");
  Add("b", "2.5");
  const Answer answer = Resolve({"a"});
  EXPECT_EQ(answer.status, Status::kSat);
  EXPECT_EQ(answer.claim.kind, ClaimKind::kCanonical);
  EXPECT_THAT(Pins(answer), ElementsAre("a 2", "b 2.5"));
  EXPECT_TRUE(answer.check.ran);
  EXPECT_THAT(answer.check.violations, IsEmpty());
}

TEST_F(EngineTest, EachPackageSaysWhoAskedAndWhyItWasChosen) {
  Add("a", "1", {"c>=1", "b"});
  Add("b", "1", {"c<3"});
  Add("c", "2");
  const Answer answer = Resolve({"a>=1"});
  ASSERT_EQ(answer.solution.size(), 3u);
  EXPECT_TRUE(answer.solution[0].requested);
  EXPECT_EQ(answer.solution[0].reason, (RequiredBy{"request", "a>=1"}));
  EXPECT_FALSE(answer.solution[2].requested);
  EXPECT_EQ(answer.solution[2].reason, (RequiredBy{"a 1", "c>=1"}));
  EXPECT_THAT(answer.solution[2].required_by,
              ElementsAre(RequiredBy{"a 1", "c>=1"}, RequiredBy{"b 1", "c<3"}));
}

TEST_F(EngineTest, ExtrasBringTheirRequirementsAndAreFoldedIntoTheirPackage) {
  Add("a", "1", {"b; extra == 'x'", "c; extra == 'y'"}, {"x", "y"});
  Add("b", "1");
  Add("c", "1");
  EXPECT_THAT(Pins(Resolve({"a"})), ElementsAre("a 1"));
  const Answer answer = Resolve({"a[x]"});
  EXPECT_THAT(Pins(answer), ElementsAre("a[x] 1", "b 1"));
  EXPECT_THAT(answer.solution[0].required_by,
              ElementsAre(RequiredBy{"request", "a"}, RequiredBy{"request", "a[x]"}));
  EXPECT_EQ(answer.solution[1].reason, (RequiredBy{"a 1", "b ; has a[x]"}));
}

TEST_F(EngineTest, ExtrasAreAskedForUnderThePolicyOfPep440Too) {
  Add("a", "1", {"b; extra == 'x'"}, {"x"});
  Add("b", "1");
  pypi::ResolveRequest request = Request({"a[x]>=1"});
  request.prereleases = pypi::PrereleasePolicy::kPep440;
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a[x] 1", "b 1"));
}

TEST_F(EngineTest, AnExtraThatRefersToItsOwnPackageBringsTheOthers) {
  Add("a", "1", {"a[x,y]; extra == 'all'", "b; extra == 'x'", "c; extra == 'y'"},
      {"all", "x", "y"});
  Add("b", "1");
  Add("c", "1");
  EXPECT_THAT(Pins(Resolve({"a[all]"})), ElementsAre("a[all,x,y] 1", "b 1", "c 1"));
}

TEST_F(EngineTest, ExtrasThatReferToEachOtherEnd) {
  Add("a", "1", {"a[y]; extra == 'x'", "a[x]; extra == 'y'"}, {"x", "y"});
  EXPECT_THAT(Pins(Resolve({"a[x]"})), ElementsAre("a[x,y] 1"));
}

TEST_F(EngineTest, AnUnknownExtraWarnsAndDoesNotFail) {
  Add("a", "1");
  const Answer answer = Resolve({"a[nope]"});
  EXPECT_EQ(answer.status, Status::kSat);
  ASSERT_EQ(answer.warnings.size(), 1u);
  EXPECT_EQ(answer.warnings[0].kind, WarningKind::kUnknownExtra);
  EXPECT_EQ(answer.warnings[0].text, "a 1 does not provide the extra nope");
}

TEST_F(EngineTest, AnExtraOfADependencyBringsItsRequirementsToo) {
  Add("a", "1", {"b[x]>=1"});
  Add("b", "1", {"c; extra == 'x'"}, {"x"});
  Add("c", "1");
  EXPECT_THAT(Pins(Resolve({"a"})), ElementsAre("a 1", "b[x] 1", "c 1"));
}

TEST_F(EngineTest, SkippedVersionsOfAChosenPackageAreAWarning) {
  Add("a", "1");
  Add("a", "one");
  const Answer answer = Resolve({"a"});
  ASSERT_EQ(answer.warnings.size(), 1u);
  EXPECT_EQ(answer.warnings[0].kind, WarningKind::kInvalidVersion);
  EXPECT_THAT(answer.warnings[0].text, HasSubstr("1 version of a skipped"));
}

TEST_F(EngineTest, APrereleaseIsTakenOnlyIfTheRequestNamesOneOrNothingElseIsThere) {
  Add("a", "1", {"b>=2.0a0"});
  Add("b", "1");
  Add("b", "2.0a1");
  Add("c", "1.0rc1");
  EXPECT_EQ(Resolve({"a"}).status, Status::kUnsat) << "a transitive requirement never opts in";
  EXPECT_THAT(Pins(Resolve({"a", "b>=2.0a0"})), ElementsAre("a 1", "b 2.0a1"));
  EXPECT_THAT(Pins(Resolve({"c"})), ElementsAre("c 1.0rc1"));
}

TEST_F(EngineTest, ConstraintsLocksAndExclusionsLimitAndDoNotRequest) {
  for (const char* version : {"1", "2", "3", "4"}) Add("a", version);
  Add("b", "1");
  pypi::ResolveRequest request = Request({"a"});
  request.constraints = Placed({"a<4", "b==1"});
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 3"));
  request.excluded = Placed({"a==3"});
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 2"));
  request.favored = Placed({"a==1"});
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1"));
  request.locked = Placed({"a==2"});
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 2"));
}

TEST_F(EngineTest, AnswersThatRestOnUnknownNamesSaySo) {
  accord::testing::MemorySource partial(/*complete=*/false);
  partial.AddVersion("a", "1");
  partial.AddVersion("a", "2", accord::testing::Needing({"gone"}));
  const metadata::Source* sources[] = {&partial};
  pypi::ResolveRequest request = Request({"a"});
  const auto unknown = engine::Resolve(request, sources);
  ASSERT_TRUE(unknown.ok());
  EXPECT_THAT(Pins(*unknown), ElementsAre("a 1"));
  EXPECT_THAT(unknown->claim.assuming, ElementsAre("gone"));
  request.absent = pypi::AbsentPolicy::kNonexistent;
  const auto nonexistent = engine::Resolve(request, sources);
  ASSERT_TRUE(nonexistent.ok());
  EXPECT_THAT(Pins(*nonexistent), ElementsAre("a 1"));
  EXPECT_THAT(nonexistent->claim.assuming, IsEmpty());
}

TEST_F(EngineTest, UnsatThatRestsOnAnUnknownNameSaysSo) {
  accord::testing::MemorySource partial(/*complete=*/false);
  const metadata::Source* sources[] = {&partial};
  const auto answer = engine::Resolve(Request({"gone"}), sources);
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->status, Status::kUnsat);
  EXPECT_THAT(answer->claim.assuming, ElementsAre("gone"));
}

TEST_F(EngineTest, AVersionWhoseNeedsAreUnknownIsPassedOverAndNamed) {
  source_.Add({.name = "a",
               .metadata = {{}},
               .versions = {{.version = "1", .metadata = 0},
                            {.version = "2", .unknown_because = "no wheel"}}});
  const Answer answer = Resolve({"a"});
  EXPECT_THAT(Pins(answer), ElementsAre("a 1"));
  EXPECT_THAT(answer.claim.assuming, ElementsAre("a 2"));
}

TEST_F(EngineTest, AFaultInTheRequestIsAnErrorWithItsPlace) {
  const metadata::Source* sources[] = {&source_};
  const auto answer = engine::Resolve(Request({"a", "b>=>2"}), sources);
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(Message(answer.status())), HasSubstr("argument 2"));
}

TEST_F(EngineTest, AnEmptyRequestHasAnEmptyAnswer) {
  const Answer answer = Resolve(std::vector<std::string>{});
  EXPECT_EQ(answer.status, Status::kSat);
  EXPECT_THAT(answer.solution, IsEmpty());
}

TEST_F(EngineTest, AUsedUpBudgetIsAnAnswerWithTheBestSoFar) {
  for (const char* version : {"1", "2", "3"}) Add("a", version, {"b"});
  Add("b", "1");
  options_.budget.work_max = 0;
  EXPECT_EQ(Resolve({"a"}).status, Status::kStopped);
  bool had_best = false;
  for (uint64_t work = 0; work < 200; ++work) {
    options_.budget.work_max = work;
    const Answer answer = Resolve({"a"});
    if (answer.status != Status::kStopped) break;
    EXPECT_EQ(answer.claim.kind, ClaimKind::kFeasible);
    had_best |= answer.has_solution;
  }
  EXPECT_TRUE(had_best);
}

TEST_F(EngineTest, ACancelledResolveIsAnAnswer) {
  Add("a", "1");
  CancelFlag cancel;
  cancel.Cancel();
  options_.budget.cancel = &cancel;
  const Answer answer = Resolve({"a"});
  EXPECT_EQ(answer.status, Status::kStopped);
  EXPECT_EQ(answer.stop_reason, StopReason::kCancelled);
}

TEST_F(EngineTest, LibsolvGivesAFeasibleAnswerThatIsCheckedToo) {
  options_.strategy = StrategyKind::kLibsolv;
  Add("a", "1", {"b; extra == 'x'"}, {"x"});
  Add("b", "1");
  const Answer answer = Resolve({"a[x]"});
  EXPECT_EQ(answer.status, Status::kSat);
  EXPECT_EQ(answer.claim.kind, ClaimKind::kFeasible);
  EXPECT_THAT(Pins(answer), ElementsAre("a[x] 1", "b 1"));
  EXPECT_TRUE(answer.check.ran);
  EXPECT_EQ(Resolve({"a>1"}).status, Status::kUnsat);
}

TEST_F(EngineTest, TheProblemIsSavedAsAWorldFileThatReadsBack) {
  options_.save_problem = true;
  Add("a", "1", {"b>=1"});
  Add("b", "1");
  const Answer answer = Resolve({"a"});
  const auto world = ParseWorld(answer.saved_problem, "saved");
  ASSERT_TRUE(world.ok()) << Message(world.status());
  EXPECT_EQ(world->problem.requirements.size(), 1u);
  EXPECT_EQ(WriteWorld(world->universe, world->problem), answer.saved_problem);
}

TEST_F(EngineTest, TimeIsReadFromTheGivenClockOnly) {
  options_.now_us = [] { return uint64_t{7}; };
  Add("a", "1");
  const Answer answer = Resolve({"a"});
  EXPECT_EQ(answer.timings.parse_us + answer.timings.universe_us + answer.timings.solve_us +
                answer.timings.check_us + answer.timings.explain_us,
            0u);
}

}  // namespace
}  // namespace accord::engine
