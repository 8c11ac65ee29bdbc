// Requests of a frontend with rules of its own: suspended until facts come, and answered in its
// words.
#include "engine/plain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace accord::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

using PlainFactsPtr = std::shared_ptr<const PlainFacts>;

SetSpec SetOf(std::string package) { return {.package = std::move(package), .allowed = {}}; }
SetSpec SetOf(std::string package, std::vector<PositionRange> allowed) {
  return {.package = std::move(package), .allowed = std::move(allowed)};
}
RequirementSpec NeedOf(SetSpec set) {
  RequirementSpec requirement;
  requirement.alternatives.push_back(std::move(set));
  return requirement;
}

// Versions "0", "1", ...; needs[i] is what candidate i needs, one set each.
PackageSpec Put(std::string name, const std::vector<std::vector<SetSpec>>& needs) {
  PackageSpec package{.name = std::move(name)};
  for (size_t i = 0; i < needs.size(); ++i) {
    CandidateSpec& candidate = package.candidates.emplace_back();
    candidate.version = Cat(i);
    for (const SetSpec& need : needs[i]) candidate.requirements.push_back(NeedOf(need));
  }
  return package;
}

PackageSpec PutPending(std::string name, size_t count) {
  PackageSpec package = Put(std::move(name), std::vector<std::vector<SetSpec>>(count));
  for (CandidateSpec& candidate : package.candidates) candidate.pending = true;
  return package;
}

PlainRequest Asking(const std::vector<SetSpec>& sets) {
  PlainRequest request;
  for (const SetSpec& set : sets) request.requirements.push_back({.requirement = NeedOf(set)});
  return request;
}

class PlainTest : public ::testing::Test {
 protected:
  void Say(PlainUpdate update) {
    auto applied = Apply(*facts_, std::move(update));
    ASSERT_TRUE(applied.ok()) << Message(applied.status());
    facts_ = *std::move(applied);
  }
  // What a run wants: "lib", "app 0 2"; nothing: it is answered.
  std::vector<std::string> Run(PlainSolve& solve, const Budget& budget = {}) {
    auto ran = solve.Run(budget);
    EXPECT_TRUE(ran.ok()) << Message(ran.status());
    if (!ran.ok()) return {};
    if (auto* explained = std::get_if<Explained>(&*ran)) {
      explained_ = std::move(*explained);
      return {};
    }
    std::vector<std::string> texts;
    for (const Wanted& wanted : std::get<Wants>(*ran).facts) {
      std::string& text = texts.emplace_back(wanted.package);
      for (const Position position : wanted.candidates) text += Cat(" ", position);
    }
    return texts;
  }
  void Know(PlainSolve& solve, PlainUpdate update) {
    Say(std::move(update));
    EXPECT_TRUE(solve.SetFacts(facts_));
  }
  Explained Ask(const PlainRequest& request, const WhyQuestions& questions = {}) {
    absl::StatusOr<Explained> explained = Explain(facts_, request, questions);
    EXPECT_TRUE(explained.ok()) << Message(explained.status());
    return explained.ok() ? *std::move(explained) : Explained{};
  }
  static std::vector<std::string> Chosen(const Explained& explained) {
    std::vector<std::string> texts;
    for (const ChosenPackage& one : explained.answer.solution) {
      texts.push_back(Cat(one.name, " ", one.version));
    }
    return texts;
  }
  static std::vector<std::string> Lines(const Explained& explained) {
    std::vector<std::string> texts;
    for (const CoreLine& line : explained.answer.conflict) {
      texts.push_back(line.place.empty() ? line.text : Cat(line.text, " @ ", line.place));
    }
    return texts;
  }

  PlainFactsPtr facts_ = PlainFacts::None();
  Explained explained_;
};

// ---- Suspension

TEST_F(PlainTest, TheDocumentedWorldIsAskedForInWaves) {
  PlainSolve solve(facts_, Asking({SetOf("menu", {{0, 1}})}));
  EXPECT_THAT(Run(solve), ElementsAre("menu"));
  PackageSpec menu = Put("menu", {{}, {SetOf("icons", {{0, 0}})}});
  menu.candidates[0] = {.version = "0", .pending = true};
  Know(solve, {.put = {menu}});
  EXPECT_THAT(Run(solve), ElementsAre("icons"));
  Know(solve, {.needs = {{.package = "menu", .candidate = 0}}, .absent = {"icons"}});
  EXPECT_THAT(Run(solve), IsEmpty());
  EXPECT_EQ(explained_.answer.status, Status::kSat);
  EXPECT_THAT(Chosen(explained_), ElementsAre("menu 0"));
}

TEST_F(PlainTest, AWaveWantsAllThatTheSearchLacksAtOnce) {
  PlainSolve solve(facts_, Asking({SetOf("b"), SetOf("a"), SetOf("c")}));
  EXPECT_THAT(Run(solve), ElementsAre("a", "b", "c"));
  Know(solve, {.put = {PutPending("a", 1), PutPending("b", 1)}});
  EXPECT_THAT(Run(solve), ElementsAre("c"));
  Know(solve, {.put = {PutPending("c", 1)}});
  EXPECT_THAT(Run(solve), ElementsAre("a 0", "b 0", "c 0"));
}

TEST_F(PlainTest, AWaveHintsAtTheCandidatesThatComeNext) {
  PackageSpec preferred = PutPending("b", 3);
  preferred.preference = {1, 0, 2};
  Say({.put = {PutPending("a", 3), preferred}});
  PlainSolve solve(facts_, Asking({SetOf("a"), SetOf("b")}));
  const auto hints_of = [&] {
    auto ran = solve.Run({});
    std::vector<std::string> texts;
    for (const Wanted& hint : std::get<Wants>(*ran).hints) {
      texts.push_back(Cat(hint.package, " ", hint.candidates.front()));
    }
    return texts;
  };
  EXPECT_THAT(hints_of(), ElementsAre("a 1", "b 1"));  // wanted: a 2
  Know(solve, {.needs = {{.package = "a", .candidate = 2}, {.package = "a", .candidate = 1}}});
  EXPECT_THAT(hints_of(), ElementsAre("b 0"));  // wanted: b 1; what comes next of a is said
}

// ---- Somebody's solution

TEST_F(PlainTest, ASolutionIsVerified) {
  PackageSpec twins = Put("twin", {{}, {}});
  twins.candidates[1].version = "0";
  Say({.put = {Put("app", {{}, {SetOf("lib", {{0, 0}})}}), Put("lib", {{}, {}}), twins,
               PutPending("later", 1)}});
  const auto kinds = [&](const std::vector<PlainPin>& pins, const PlainRequest& request) {
    std::vector<std::string> words;
    for (const check::Violation& one : Verify(facts_, request, pins).violations) {
      words.emplace_back(check::KindWord(one.kind));
    }
    return words;
  };
  const PlainRequest app = Asking({SetOf("app")});
  const auto pin = [](std::string name, std::string version) {
    return PlainPin{.package = std::move(name), .version = std::move(version), .candidate = {}};
  };
  EXPECT_THAT(kinds({pin("app", "1"), pin("lib", "0")}, app), IsEmpty());
  EXPECT_THAT(kinds({pin("lib", "0"), pin("app", "1"), pin("app", "1")}, app), IsEmpty());
  EXPECT_THAT(kinds({pin("app", "1"), pin("lib", "1")}, app),
              ElementsAre("wrongVersion", "unneeded"));
  EXPECT_THAT(kinds({pin("app", "0"), pin("lib", "0")}, app), ElementsAre("unneeded"));
  EXPECT_THAT(kinds({pin("app", "7")}, app), ElementsAre("notInSource", "missing"));
  EXPECT_THAT(kinds({pin("ghost", "1")}, Asking({})), ElementsAre("notInSource"));
  EXPECT_THAT(kinds({pin("later", "0")}, Asking({SetOf("later")})), ElementsAre("unknownNeeds"));
  EXPECT_THAT(kinds({pin("twin", "0")}, Asking({SetOf("twin")})),
              ElementsAre("ambiguous", "missing"));
  PlainPin second = pin("twin", "0");
  second.candidate = 1;
  EXPECT_THAT(kinds({second}, Asking({SetOf("twin", {{1, 1}})})), IsEmpty());
  PlainRequest soft = app;
  soft.soft.push_back({.requirement = NeedOf(SetOf("twin"))});
  EXPECT_THAT(kinds({pin("app", "0")}, soft), IsEmpty());
}

TEST_F(PlainTest, WhatWasNotWantedIsWelcome) {
  Say({.put = {Put("app", {{SetOf("lib")}}), Put("lib", {{}, {}}), Put("other", {{}})}});
  PlainSolve solve(facts_, Asking({SetOf("app")}));
  EXPECT_THAT(Run(solve), IsEmpty());
  EXPECT_THAT(Chosen(explained_), ElementsAre("app 0", "lib 1"));
}

TEST_F(PlainTest, AResumedSearchKeepsWhatItLearnt) {
  // Each of the best candidates of app leads into a conflict, before lib's last need is wanted.
  Say({.put = {Put("app", {{SetOf("late")},
                           {SetOf("lib", {{0, 0}}), SetOf("tool")},
                           {SetOf("lib", {{0, 0}}), SetOf("tool")}}),
               Put("tool", {{SetOf("lib", {{1, 1}})}, {SetOf("lib", {{1, 1}})}}),
               Put("lib", {{}, {}})}});
  const PlainRequest request = Asking({SetOf("app")});
  PlainSolve solve(facts_, request);
  EXPECT_THAT(Run(solve), ElementsAre("late"));
  Know(solve, {.put = {Put("late", {{}})}});
  EXPECT_THAT(Run(solve), IsEmpty());
  const Counters resumed = explained_.answer.counters;
  const Counters at_once = Ask(request).answer.counters;
  EXPECT_GT(resumed.learnt, 0U);
  EXPECT_EQ(resumed.learnt, at_once.learnt);
  EXPECT_EQ(resumed.conflicts, at_once.conflicts);
  EXPECT_EQ(resumed.work, at_once.work);
}

TEST_F(PlainTest, QuestionsAfterTheAnswerWantFactsToo) {
  Say({.put = {Put("app", {{}, {SetOf("lib", {{0, 0}})}}), Put("lib", {{}, {SetOf("base")}})}});
  PlainRequest request = Asking({SetOf("app"), SetOf("lib")});
  PlainSolve solve(facts_, request);
  // app 1 keeps lib at 0; whether lib 1 would do hangs on base.
  EXPECT_THAT(Run(solve), ElementsAre("base"));
  Know(solve, {.absent = {"base"}});
  EXPECT_THAT(Run(solve), IsEmpty());
  ASSERT_EQ(explained_.answer.behind.size(), 1U);
  EXPECT_EQ(explained_.answer.behind[0].kind, BehindKind::kImpossible);
}

TEST_F(PlainTest, AChangedFactThatWasReadBeginsAnew) {
  Say({.put = {Put("app", {{SetOf("lib")}}), Put("aside", {{}})}});
  PlainSolve solve(facts_, Asking({SetOf("app")}));
  EXPECT_THAT(Run(solve), ElementsAre("lib"));
  Know(solve, {.put = {Put("aside", {{}, {}})}});
  Know(solve, {.put = {Put("app", {{SetOf("lib")}})}});
  Say({.put = {Put("app", {{SetOf("lib")}, {}})}});
  EXPECT_FALSE(solve.SetFacts(facts_));
}

TEST_F(PlainTest, NeedsThatNobodyReadMayChange) {
  Say({.put = {Put("app", {{}, {SetOf("lib")}})}});
  PlainSolve solve(facts_, Asking({SetOf("app")}));
  EXPECT_THAT(Run(solve), ElementsAre("lib"));
  Know(solve, {.put = {Put("app", {{SetOf("other")}, {SetOf("lib")}})}});
  Say({.put = {Put("app", {{}, {SetOf("other")}})}});
  EXPECT_FALSE(solve.SetFacts(facts_));
}

TEST_F(PlainTest, GroupsOfWhatWasReadAreReadToo) {
  Say({.put = {Put("app", {{SetOf("lib")}})}});
  PlainSolve solve(facts_, Asking({SetOf("app")}));
  EXPECT_THAT(Run(solve), ElementsAre("lib"));
  Say({.groups = {{.name = "g", .members = {{"app", 0}}}}});
  EXPECT_FALSE(solve.SetFacts(facts_));
}

TEST_F(PlainTest, FinishedEarlyItIsStopped) {
  PlainSolve solve(facts_, Asking({SetOf("app")}));
  EXPECT_THAT(Run(solve), ElementsAre("app"));
  const absl::StatusOr<Explained> finished = solve.Finish();
  ASSERT_TRUE(finished.ok());
  EXPECT_EQ(finished->answer.status, Status::kStopped);
  EXPECT_EQ(finished->answer.stop_reason, StopReason::kCancelled);
  EXPECT_FALSE(finished->answer.has_solution);
}

TEST_F(PlainTest, FinishedEarlyItHasTheBestSoFar) {
  // With a budget a plain run comes first, to which b will do, for c must have it; the walk comes
  // to that later, and prefers a.
  PackageSpec c = Put("c", {{SetOf("b")}});
  c.candidates[0].requirements[0].alternatives.push_back(SetOf("none"));
  Say({.put = {Put("a", {{SetOf("late")}}), Put("b", {{}}), c}, .absent = {"none"}});
  PlainRequest request = Asking({SetOf("c"), SetOf("a")});
  request.requirements[1].requirement.alternatives.push_back(SetOf("b"));
  PlainSolve solve(facts_, request);
  EXPECT_THAT(Run(solve, {.work_max = 1'000'000}), ElementsAre("late"));
  const absl::StatusOr<Explained> finished = solve.Finish();
  ASSERT_TRUE(finished.ok());
  EXPECT_EQ(finished->answer.status, Status::kStopped);
  EXPECT_EQ(finished->answer.claim.kind, ClaimKind::kFeasible);
  EXPECT_THAT(Chosen(*finished), ElementsAre("b 0", "c 0"));
}

TEST_F(PlainTest, FinishedAfterTheAnswerItsQuestionsAreLeftOpen) {
  Say({.put = {Put("app", {{}, {SetOf("lib", {{0, 0}})}}), Put("lib", {{}, {SetOf("base")}})}});
  PlainSolve solve(facts_, Asking({SetOf("app"), SetOf("lib")}));
  EXPECT_THAT(Run(solve), ElementsAre("base"));
  const absl::StatusOr<Explained> finished = solve.Finish();
  ASSERT_TRUE(finished.ok());
  EXPECT_EQ(finished->answer.status, Status::kSat);
  EXPECT_THAT(Chosen(*finished), ElementsAre("app 1", "lib 0"));
  ASSERT_EQ(finished->answer.behind.size(), 1U);
  EXPECT_EQ(finished->answer.behind[0].kind, BehindKind::kNotExamined);
}

TEST_F(PlainTest, ACancelledRunIsStopped) {
  CancelFlag cancel;
  cancel.Cancel();
  Say({.put = {Put("app", {{}})}});
  PlainSolve solve(facts_, Asking({SetOf("app")}));
  EXPECT_THAT(Run(solve, {.cancel = &cancel}), IsEmpty());
  EXPECT_EQ(explained_.answer.status, Status::kStopped);
}

TEST_F(PlainTest, ClosedFunctionsSayWhenFactsAreMissing) {
  EXPECT_TRUE(IsWaiting(Resolve(facts_, Asking({SetOf("app")})).status()));
}

// ---- Plain

TEST_F(PlainTest, InAClosedWorldWhatNobodySpokeOfDoesNotExist) {
  PlainRequest request = Asking({SetOf("app")});
  request.closed = true;
  EXPECT_THAT(Lines(Ask(request)), ElementsAre("request: app @ /requires/0", "app does not exist"));
}

TEST_F(PlainTest, AnErrorIsAReasonThatTheAnswerRestsOn) {
  Say({.put = {Put("app", {{}, {SetOf("lib")}})}, .errors = {{"lib", "the index did not answer"}}});
  const Explained explained = Ask(Asking({SetOf("app")}));
  EXPECT_THAT(Chosen(explained), ElementsAre("app 0"));
  EXPECT_THAT(explained.answer.claim.assuming, ElementsAre("lib"));
}

TEST_F(PlainTest, AnExclusionSaysWhyInLinesAndExplanations) {
  Say({.put = {Put("app", {{SetOf("lib", {{1, 1}})}}), Put("lib", {{}, {}})}});
  PlainRequest request = Asking({SetOf("app")});
  request.excluded.push_back({.set = SetOf("lib", {{1, 1}}), .reason = "held back by policy 7"});
  const Explained explained = Ask(request);
  EXPECT_THAT(Lines(explained),
              ElementsAre("request: app @ /requires/0", "excluded: lib {1} @ held back by policy 7",
                          "app 0 needs lib [1]"));
  EXPECT_THAT(explained.answer.explanation.nodes,
              ::testing::Contains(Field(&explain::Node::place, "held back by policy 7")));
  ASSERT_EQ(explained.answer.hints.size(), 1U);
  EXPECT_EQ(explained.answer.hints[0].text, "leaving out the exclusions on lib would help");
}

TEST_F(PlainTest, NamesAreOpaque) {
  Say({.put = {Put("a[x] >=1", {{SetOf("b; c")}}), Put("b; c", {{}}), Put("/d~", {{}})}});
  PlainRequest request = Asking({SetOf("a[x] >=1"), SetOf("b; c", {}), SetOf("/d~")});
  const Explained explained = Ask(request);
  EXPECT_EQ(explained.answer.status, Status::kUnsat);
  ASSERT_EQ(explained.answer.hints.size(), 1U);
  EXPECT_EQ(explained.answer.hints[0].text, "leaving out the requirement b; c [] would help");
}

TEST_F(PlainTest, PositionsThatAPackageHasNotAreNobodys) {
  Say({.put = {Put("app", {{SetOf("lib", {{1, 9}})}})}});
  Say({.put = {Put("lib", {{}, {}, {}})}});
  EXPECT_THAT(Chosen(Ask(Asking({SetOf("app"), SetOf("app", {{0, 5}})}))),
              ElementsAre("app 0", "lib 2"));
  Say({.put = {Put("lib", {{}})}});
  EXPECT_EQ(Ask(Asking({SetOf("app")})).answer.status, Status::kUnsat);
}

TEST_F(PlainTest, SeveralCandidatesOfOnePackageAreAllTold) {
  PackageSpec lib = Put("lib", {{}, {}, {}});
  lib.coexistence = Coexistence::kAny;
  Say({.put = {lib, Put("app", {{SetOf("lib", {{0, 0}}), SetOf("lib", {{2, 2}})}})}});
  EXPECT_THAT(Chosen(Ask(Asking({SetOf("app")}))), ElementsAre("app 0", "lib 0", "lib 2"));
}

TEST_F(PlainTest, AGroupIsToldByItsName) {
  Say({.put = {Put("a", {{}}), Put("b", {{}})},
       .groups = {{.name = "one allocator", .members = {{"a", 0}, {"b", 0}}}}});
  EXPECT_THAT(Lines(Ask(Asking({SetOf("a"), SetOf("b")}))),
              ElementsAre("request: a @ /requires/0", "request: b @ /requires/1",
                          "one member of the group 'one allocator' at most"));
}

TEST_F(PlainTest, QuestionsTakeNamesAndSets) {
  Say({.put = {Put("app", {{}, {SetOf("lib", {{0, 0}})}}), Put("lib", {{}, {}})}});
  const Explained explained =
      Ask(Asking({SetOf("app")}), {.package = "lib", .not_chosen = WishOf(SetOf("lib", {{1, 1}}))});
  ASSERT_TRUE(explained.package.has_value());
  EXPECT_EQ(explained.package->version, "0");
  ASSERT_TRUE(explained.not_chosen.has_value());
  EXPECT_EQ(explained.not_chosen->asked, "lib {1}");
  EXPECT_EQ(explained.not_chosen->kind, WhyNotKind::kWorse);
}

TEST_F(PlainTest, AQuestionThatCannotBeReadNamesItsPlace) {
  Say({.put = {Put("app", {{}})}});
  const auto explained =
      Explain(facts_, Asking({SetOf("app")}), {.not_chosen = R"({"package": 1})"});
  EXPECT_EQ(Message(explained.status()), "--why-not: /package: a text expected, not a number");
}

}  // namespace
}  // namespace accord::engine
