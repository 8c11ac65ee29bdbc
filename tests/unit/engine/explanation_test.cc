// The sentences of an unsatisfiable answer, from facts in memory.
#include "tests/unit/engine/fixture.h"

namespace accord::engine {
namespace {

using accord::testing::ForPython;
using accord::testing::Placed;
using accord::testing::Request;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(EngineTest, ANeedAgainstTheRequestIsTwoSentences) {
  for (const char* version : {"2.2", "2.3", "2.4"}) Add("flask", version, {"click>=8"});
  Add("click", "7");
  Add("click", "8");
  EXPECT_THAT(Resolve({"flask>=2.2", "click<8"}).explanation.sentences,
              ElementsAre("Because you ask for flask>=2.2 and flask>=2.2 needs click>=8, "
                          "click>=8 is needed.",
                          "Because you ask for click<8 and click>=8 is needed, there is no "
                          "solution."));
}

TEST_F(EngineTest, VersionsThatNeedDifferentThingsAreSupposedInTurn) {
  Add("a", "1", {"b==1", "c==1"});
  Add("a", "2", {"b==2", "c==2"});
  Add("b", "1", {"d==1"});
  Add("b", "2", {"d==2"});
  Add("c", "1", {"d==2"});
  Add("c", "2", {"d==1"});
  Add("d", "1");
  Add("d", "2");
  const std::vector<std::string> said = Resolve({"a"}).explanation.sentences;
  EXPECT_THAT(said, Contains("Suppose that a==2 is chosen."));
  EXPECT_THAT(said, Contains("Because d==2 is needed and d==1 is needed, a==2 cannot be chosen."));
  ASSERT_FALSE(said.empty());
  EXPECT_THAT(said.back(), HasSubstr("there is no solution"));
}

TEST_F(EngineTest, ANameThatDoesNotExistEndsTheChain) {
  Add("a", "1", {"gone>=1"});
  EXPECT_THAT(Resolve({"a"}).explanation.sentences,
              ElementsAre("Because you ask for a and a needs gone>=1, gone>=1 is needed.",
                          "Because gone>=1 is needed and gone does not exist, there is no "
                          "solution."));
}

TEST_F(EngineTest, WhatAFilterLeftOutIsSaidWithItsSwitch) {
  Add("a", "1");
  source_.AddVersion("a", "2", ForPython(">=3.13"));
  const Answer answer = Resolve({"a>1"});
  ASSERT_EQ(answer.explanation.sentences.size(), 2u);
  EXPECT_EQ(answer.explanation.sentences[0],
            "Because you ask for a>1 and there is no admitted version for a>1, there is no "
            "solution.");
  EXPECT_THAT(answer.explanation.sentences[1], HasSubstr("2 requires another Python: >=3.13"));
  EXPECT_THAT(answer.explanation.sentences[1], HasSubstr("(--python)"));
}

TEST_F(EngineTest, NodesRestOnEarlierOnesAndTheLastIsTheEnd) {
  for (const char* version : {"1", "2"}) Add("a", version, {"b>=2"});
  Add("b", "1");
  Add("b", "2", {"c<1"});
  Add("c", "1");
  const std::vector<explain::Node> nodes = Resolve({"a", "c"}).explanation.nodes;
  ASSERT_FALSE(nodes.empty());
  EXPECT_EQ(nodes.back().kind, explain::NodeKind::kNoSolution);
  for (size_t i = 0; i < nodes.size(); ++i) {
    for (const uint32_t earlier : nodes[i].because) EXPECT_LT(earlier, i);
  }
}

TEST_F(EngineTest, ConstraintsLocksAndExclusionsAreNamedInSentences) {
  for (const char* version : {"1", "2", "3"}) Add("a", version);
  pypi::ResolveRequest request = Request({"a>1"});
  request.constraints = Placed({"a<3"});
  request.excluded = Placed({"a==2"});
  EXPECT_THAT(Resolve(request).explanation.sentences,
              Contains(::testing::AllOf(HasSubstr("the constraint a<3 holds"),
                                        HasSubstr("a==2 is excluded"))));
  pypi::ResolveRequest locked = Request({"a>1"});
  locked.locked = Placed({"a==1"});
  EXPECT_THAT(Resolve(locked).explanation.sentences, Contains(HasSubstr("a==1 is locked")));
}

TEST_F(EngineTest, ANeedUnderAnExtraRestsOnTheExtra) {
  Add("a", "1", {"b>=2; extra == 'x'"}, {"x"});
  Add("b", "1");
  EXPECT_THAT(Resolve({"a[x]"}).explanation.sentences, Contains(HasSubstr("you ask for a[x]")));
}

std::vector<std::string> Hints(const Answer& answer) {
  std::vector<std::string> texts;
  for (const Hint& hint : answer.hints) texts.push_back(hint.text);
  return texts;
}

TEST_F(EngineTest, AHintThatPrereleasesHelpIsGivenWhereItWasSolved) {
  Add("a", "1");
  Add("a", "2rc1");
  EXPECT_THAT(Hints(Resolve({"a>1"})), ElementsAre("allowing pre-releases of a would help"));
}

TEST_F(EngineTest, IgnoringUpperBoundsOfPythonIsAHint) {
  source_.AddVersion("b", "1", ForPython("<3.11"));
  EXPECT_THAT(Hints(Resolve({"b"})),
              Contains("ignoring upper bounds of Requires-Python would help"));
}

TEST_F(EngineTest, AHintThatDoesNotSolveIsNotGiven) {
  Add("a", "1");
  Add("a", "2rc1", {"gone"});
  EXPECT_THAT(Hints(Resolve({"a>1"})), ::testing::IsEmpty());
}

TEST_F(EngineTest, ANewerPythonIsAHint) {
  source_.AddVersion("a", "1", ForPython(">=3.12"));
  EXPECT_THAT(Hints(Resolve({"a"})), Contains("a newer Python (3.12) would help"));
}

TEST_F(EngineTest, WhatTheRequestCouldLeaveOutIsAHint) {
  Add("a", "1", {"c==1"});
  Add("b", "1", {"c==2"});
  Add("c", "1");
  Add("c", "2");
  EXPECT_THAT(Hints(Resolve({"b", "a"})), ElementsAre("leaving out the requirement a would help",
                                                      "leaving out the requirement b would help"));
  pypi::ResolveRequest limited = Request({"c>1"});
  limited.constraints = Placed({"c<2"});
  EXPECT_THAT(Hints(Resolve(limited)), ElementsAre("leaving out the constraints on c would help"));
}

}  // namespace
}  // namespace accord::engine
