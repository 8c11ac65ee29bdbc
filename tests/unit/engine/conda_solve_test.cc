// Conda requests over records that come name by name: what is awaited, and when.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "engine/conda.h"
#include "tests/support/conda_said.h"
#include "tests/support/conda_source.h"

namespace accord::engine {
namespace {

using accord::testing::CondaRequest;
using accord::testing::Put;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Of one version two builds with what they need.
std::string Build(const std::string& build, const std::string& needs) {
  return Cat(R"("version": "1", "build": ")", build, R"(", "depends": [)", needs, "]");
}
std::string Version(int version, const std::string& needs = "") {
  return Cat(R"("version": ")", version, R"(", "depends": [)", needs, "]");
}

class CondaSolveTest : public ::testing::Test {
 protected:
  void Say(const CondaUpdate& update) {
    auto applied = Apply(*facts_, update);
    ASSERT_TRUE(applied.ok()) << Message(applied.status());
    facts_ = *std::move(applied);
  }
  // What a run wants; nothing: it is answered.
  std::vector<std::string> Run(CondaSolve& solve) {
    EXPECT_TRUE(solve.SetFacts(facts_));
    auto ran = solve.Run({});
    EXPECT_TRUE(ran.ok()) << Message(ran.status());
    std::vector<std::string> wanted;
    if (!ran.ok()) return wanted;
    if (auto* explained = std::get_if<Explained>(&*ran)) {
      explained_ = std::move(*explained);
    } else {
      hints_.clear();
      for (const Wanted& one : std::get<Wants>(*ran).facts) wanted.push_back(one.package);
      for (const Wanted& one : std::get<Wants>(*ran).hints) hints_.push_back(one.package);
    }
    return wanted;
  }
  std::vector<std::string> Solution() const {
    std::vector<std::string> texts;
    for (const ChosenPackage& one : explained_.answer.solution) {
      texts.push_back(Cat(one.name, " ", one.version, one.build.empty() ? "" : " ", one.build));
    }
    return texts;
  }

  std::shared_ptr<const CondaFacts> facts_ = CondaFacts::None({"main"});
  Explained explained_;
  std::vector<std::string> hints_;
};

TEST_F(CondaSolveTest, RequestedNamesAreWantedFirstAndAllAtOnce) {
  CondaSolve solve(facts_, CondaRequest({"app", "lib >=1", "__glibc"}));
  EXPECT_THAT(Run(solve), ElementsAre("app", "lib"));
  EXPECT_THAT(Run(solve), ElementsAre("app", "lib"));
  Say({.put = {Put("lib", {Version(1)})}});
  EXPECT_THAT(Run(solve), ElementsAre("app"));
  Say({.put = {Put("app", {Version(1, R"("tool", "__linux")")})}});
  EXPECT_THAT(Run(solve), ElementsAre("tool"));
  Say({.put = {Put("tool", {Version(3)})}});
  EXPECT_THAT(Run(solve), IsEmpty());
  EXPECT_THAT(Solution(), ElementsAre("app 1", "lib 1", "tool 3"));
}

// Which of two builds is better, what they need decides: before that is known there is no order.
TEST_F(CondaSolveTest, NamesThatTheOrderLooksAtAreWantedBeforeThePackage) {
  CondaSolve solve(facts_, CondaRequest({"app"}));
  Say({.put = {Put("app", {Build("x", R"("lib 1", "same")"), Build("y", R"("lib 2", "same")")})}});
  EXPECT_THAT(Run(solve), ElementsAre("lib"));
  Say({.put = {Put("lib", {Version(1), Version(2)})}});
  EXPECT_THAT(Run(solve), ElementsAre("same"));
  Say({.absent = {"same"}});
  EXPECT_THAT(Run(solve), IsEmpty());
  EXPECT_EQ(explained_.answer.status, Status::kUnsat);
}

TEST_F(CondaSolveTest, WhereTheOrderOfTheRequestAsksForNothingTheSearchDoes) {
  conda::ResolveRequest request = CondaRequest({"app", "lib"});
  request.order = RequestOrder::kName;
  CondaSolve solve(facts_, request);
  EXPECT_THAT(Run(solve), ElementsAre("app", "lib"));
}

TEST_F(CondaSolveTest, WhatNewestRecordsNeedIsHinted) {
  Say({.put = {Put("app", {Version(1, R"("old")"), Version(2, R"("lib", "__linux")")}),
               Put("lib", {Version(1, R"("deep", "app")")})}});
  CondaSolve solve(facts_, CondaRequest({"app", "tool"}));
  EXPECT_THAT(Run(solve), ElementsAre("tool"));
  EXPECT_THAT(hints_, ElementsAre("deep"));
}

TEST_F(CondaSolveTest, AChangedNameThatWasReadBeginsAnew) {
  Say({.put = {Put("app", {Version(1, R"("lib")")})}});
  CondaSolve solve(facts_, CondaRequest({"app"}));
  EXPECT_THAT(Run(solve), ElementsAre("lib"));
  Say({.put = {Put("other", {Version(1)}), Put("app", {Version(1, R"("lib")")})}});
  EXPECT_TRUE(solve.SetFacts(facts_)) << "it says what it said";
  Say({.put = {Put("app", {Version(2)})}});
  EXPECT_FALSE(solve.SetFacts(facts_));
  EXPECT_FALSE(solve.SetFacts(CondaFacts::None({"another"})));
}

TEST_F(CondaSolveTest, WhatCannotBeKnownIsWhatTheAnswerRestsOn) {
  Say({.put = {Put("app", {Version(1), Version(2, R"("lib")")})},
       .error = {{"lib", "nobody answers"}}});
  CondaSolve solve(facts_, CondaRequest({"app"}));
  EXPECT_THAT(Run(solve), IsEmpty());
  EXPECT_THAT(Solution(), ElementsAre("app 1"));
  EXPECT_THAT(explained_.answer.claim.assuming, ElementsAre("lib"));
}

TEST_F(CondaSolveTest, QuestionsAfterTheAnswerWantNamesToo) {
  Say({.put = {Put("app", {Version(1)})}});
  CondaSolve solve(facts_, CondaRequest({"app"}), {.not_chosen = "lib >=2"});
  EXPECT_THAT(Run(solve), ElementsAre("lib"));
  Say({.put = {Put("lib", {Version(2)})}});
  EXPECT_THAT(Run(solve), IsEmpty());
  ASSERT_TRUE(explained_.not_chosen.has_value());
  EXPECT_EQ(explained_.not_chosen->kind, WhyNotKind::kNotNeeded);
}

// What would help is a request of its own, which may read other names.
TEST_F(CondaSolveTest, ChangesOfTheRequestThatAreTriedWantNamesToo) {
  Say({.put = {Put("app", {Version(1, R"("__cuda >=12", "lib")")})}});
  CondaSolve solve(facts_, CondaRequest({"app"}));
  EXPECT_THAT(Run(solve), ElementsAre("lib"));
  Say({.put = {Put("lib", {Version(1)})}});
  EXPECT_THAT(Run(solve), IsEmpty());
  ASSERT_EQ(explained_.answer.hints.size(), 1U);
  EXPECT_EQ(explained_.answer.hints[0].text, "a target with cuda 12 would help");
}

TEST_F(CondaSolveTest, FinishedEarlyItIsStopped) {
  CondaSolve solve(facts_, CondaRequest({"app"}));
  EXPECT_THAT(Run(solve), ElementsAre("app"));
  const absl::StatusOr<Explained> finished = solve.Finish();
  ASSERT_TRUE(finished.ok()) << Message(finished.status());
  EXPECT_EQ(finished->answer.status, Status::kStopped);
  EXPECT_EQ(finished->answer.stop_reason, StopReason::kCancelled);
}

TEST_F(CondaSolveTest, InOneRunWhatNobodySpokeOfDoesNotExist) {
  Say({.put = {Put("app", {Version(1), Version(2, R"("lib")")})}});
  const absl::StatusOr<Answer> answer = Resolve(facts_, CondaRequest({"app"}));
  ASSERT_TRUE(answer.ok()) << Message(answer.status());
  EXPECT_EQ(answer->solution.front().version, "1");
  EXPECT_THAT(answer->claim.assuming, IsEmpty());
  const auto report = Verify(facts_, CondaRequest({"app"}), {{.name = "app", .version = "2"}});
  ASSERT_TRUE(report.ok());
  EXPECT_FALSE(report->accepted());
}

}  // namespace
}  // namespace accord::engine
