// The sentences of an unsatisfiable answer, from facts in memory.
#include <algorithm>

#include "tests/unit/engine/fixture.h"

namespace accord::engine {
namespace {

using accord::testing::ForPython;
using accord::testing::Placed;
using accord::testing::Request;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

auto NodeIs(explain::NodeKind kind, const std::string& package, const std::string& text,
            const std::string& place) {
  using explain::Node;
  return ::testing::AllOf(
      ::testing::Field(&Node::kind, kind), ::testing::Field(&Node::package, package),
      ::testing::Field(&Node::text, text), ::testing::Field(&Node::place, place));
}

TEST_F(EngineTest, ANeedAgainstTheRequestIsTwoSentences) {
  for (const char* version : {"2.2", "2.3", "2.4"}) Add("flask", version, {"click>=8"});
  Add("click", "7");
  Add("click", "8");
  EXPECT_THAT(Resolve({"flask>=2.2", "click<8"}).explanation.sentences,
              ElementsAre("Because flask>=2.2 needs click>=8 and you ask for flask>=2.2, "
                          "click>=8 is needed.",
                          "Because click>=8 is needed and you ask for click<8, there is no "
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
              ElementsAre("Because a needs gone>=1 and you ask for a, gone>=1 is needed.",
                          "Because gone>=1 is needed and gone does not exist, there is no "
                          "solution."));
}

TEST_F(EngineTest, WhatAFilterLeftOutIsSaidWithItsSwitch) {
  Add("a", "1");
  source_.AddVersion("a", "2", ForPython(">=3.13"));
  const Answer answer = Resolve({"a>1"});
  ASSERT_EQ(answer.explanation.sentences.size(), 2u);
  EXPECT_EQ(answer.explanation.sentences[0],
            "Because you ask for a>1 and there is no admitted version for a>1 (1 is the only one), "
            "there is no solution.");
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
  EXPECT_THAT(Resolve({"a[x]"}).explanation.sentences,
              Contains("Because a needs b>=2 under a[x] and you ask for a and a[x], b>=2 is "
                       "needed."));
}

// Seven packages that each leave out one of seven versions of "b".
void AddHoles(accord::testing::MemorySource& source) {
  for (const char* version : {"1", "2", "3", "4", "5", "6", "7"}) {
    source.AddVersion("b", version);
    source.AddVersion(Cat("p", version), "1", accord::testing::Needing({Cat("b!=", version)}));
  }
}

TEST_F(EngineTest, AReasonTooManyIsCountedAndTheNeedIsKept) {
  AddHoles(source_);
  const std::vector<std::string> said =
      Resolve({"b", "p1", "p2", "p3", "p4", "p5", "p6", "p7"}).explanation.sentences;
  ASSERT_FALSE(said.empty());
  EXPECT_EQ(said.back(),
            "Because b!=1 is needed, b!=2 is needed, b!=3 is needed, b!=4 is needed, and for 3 "
            "more reasons, there is no solution.");
}

TEST_F(EngineTest, TheNeedComesFirstHoweverManyReasonsStandBesideIt) {
  AddHoles(source_);
  Add("b", "8", {"c>=2"});
  Add("c", "1");
  EXPECT_THAT(Resolve({"b", "p1", "p2", "p3", "p4", "p5", "p6", "p7"}).explanation.sentences,
              Contains(::testing::AllOf(::testing::StartsWith("Because b==8 needs c>=2, "),
                                        ::testing::EndsWith("more reasons, c>=2 is needed."))));
}

TEST_F(EngineTest, ReasonsOfOneKindAreSaidTogether) {
  for (const char* version : {"1", "2", "3", "4", "5", "6"}) Add("a", version);
  pypi::ResolveRequest request = Request({"a>=1"});
  request.constraints = Placed({"a!=1", "a!=2", "a!=3", "a!=4", "a!=5", "a!=6"});
  EXPECT_THAT(Resolve(request).explanation.sentences,
              ElementsAre("Because you ask for a>=1 and the constraints a!=1, a!=2, a!=3, a!=4 and "
                          "2 more hold, there is no solution."));
}

TEST_F(EngineTest, SetsOfOnePackageWithoutAVersionAreSaidTogether) {
  Add("a", "1", {"b==2"});
  Add("a", "2", {"b==3"});
  Add("b", "1");
  EXPECT_THAT(Resolve({"a"}).explanation.sentences,
              Contains(HasSubstr("there is no admitted version for b==2 or b==3 (1 is the only "
                                 "one)")));
}

TEST_F(EngineTest, WhatAFilterLeftOutOfAConstraintIsSaid) {
  Add("a", "1");
  Add("a", "2rc1");
  pypi::ResolveRequest request = Request({"a"});
  request.prereleases = pypi::PrereleasePolicy::kDisallow;
  request.constraints = Placed({"a>1"});
  EXPECT_THAT(Resolve(request).explanation.sentences,
              Contains(HasSubstr("a>1: 1 version is left out, e.g. 2rc1 is a pre-release")));
}

TEST_F(EngineTest, ANeedThatAnOverrideMadeSaysSo) {
  Add("a", "1", {"b<2"});
  Add("b", "1");
  pypi::ResolveRequest request = Request({"a"});
  request.overrides = {{.requirement = {"b>=2", "--override 1"}, .dependant = ""}};
  const Answer answer = Resolve(request);
  EXPECT_THAT(answer.explanation.sentences,
              Contains("Because a needs b>=2 by an override and you ask for a, b>=2 is needed."));
  EXPECT_THAT(answer.explanation.nodes,
              Contains(NodeIs(explain::NodeKind::kOverride, "b", "the override b>=2 holds",
                              "--override 1")));
}

TEST_F(EngineTest, AnOverriddenRequirementOfTheRequestKnowsBothPlaces) {
  Add("b", "1");
  pypi::ResolveRequest request = Request({"b<2"});
  request.overrides = {{.requirement = {"b>=2", "--override 1"}, .dependant = ""}};
  EXPECT_THAT(Resolve(request).explanation.nodes,
              Contains(NodeIs(explain::NodeKind::kRequest, "b", "you ask for b>=2",
                              "argument 1, overridden by --override 1")));
}

TEST_F(EngineTest, LimitsOfTheRequestKnowTheirPlaces) {
  for (const char* version : {"1", "2", "3"}) Add("a", version);
  pypi::ResolveRequest request = Request({"a>1"});
  request.constraints = {{"a<3", "constraints.txt:4"}};
  request.excluded = {{"a==2", "--exclude 1"}};
  const Answer limited = Resolve(request);
  EXPECT_THAT(limited.explanation.nodes,
              Contains(NodeIs(explain::NodeKind::kConstraint, "a", "the constraint a<3 holds",
                              "constraints.txt:4")));
  EXPECT_THAT(limited.explanation.nodes, Contains(NodeIs(explain::NodeKind::kExclusion, "a",
                                                         "a==2 is excluded", "--exclude 1")));
  pypi::ResolveRequest locked = Request({"a>1"});
  locked.locked = {{"a==1", "lock.txt:2"}};
  EXPECT_THAT(Resolve(locked).explanation.nodes,
              Contains(NodeIs(explain::NodeKind::kLock, "a", "a==1 is locked", "lock.txt:2")));
}

TEST_F(EngineTest, WhatMustBeBuiltIsNamed) {
  source_.Add({.name = "a",
               .metadata = {},
               .versions = {{.version = "1",
                             .metadata = {},
                             .unknown_because = "nobody built it",
                             .files = {{.name = "a-1.tar.gz"}}}}});
  const Answer answer = Resolve({"a"});
  EXPECT_THAT(answer.explanation.sentences,
              ElementsAre("Because you ask for a and what a needs is not known before a-1.tar.gz "
                          "is built, there is no solution."));
  EXPECT_THAT(answer.explanation.nodes,
              Contains(NodeIs(explain::NodeKind::kNeedsBuild, "a",
                              "what a needs is not known before a-1.tar.gz is built", "")));
}

TEST_F(EngineTest, ThatOneVersionMustServeAllIsANodeOnce) {
  Add("a", "1", {"c==1"});
  Add("b", "1", {"c==2"});
  Add("c", "1");
  Add("c", "2");
  const std::vector<explain::Node> nodes = Resolve({"a", "b"}).explanation.nodes;
  EXPECT_EQ(std::ranges::count(nodes, explain::NodeKind::kOneVersion, &explain::Node::kind), 1);
  EXPECT_THAT(nodes, Contains(NodeIs(explain::NodeKind::kOneVersion, "c",
                                     "of c at most one version is chosen", "")));
}

TEST_F(EngineTest, NobodyNeedsTheRuleOfOneVersionWhereNothingIsAdmitted) {
  Add("a", "1", {"c>=9"});
  Add("c", "1");
  const std::vector<explain::Node> nodes = Resolve({"a"}).explanation.nodes;
  EXPECT_EQ(std::ranges::count(nodes, explain::NodeKind::kOneVersion, &explain::Node::kind), 0);
}

TEST_F(EngineTest, AUrlThatNobodyAskedForIsSaidWhole) {
  Add("a", "1", {"b @ https://files.example/b-1.whl ; extra == 'x'"}, {"x"});
  Add("b", "1");
  EXPECT_THAT(Resolve({"a[x]"}).explanation.sentences,
              ElementsAre("Because a needs b @ https://files.example/b-1.whl ; has a[x] (nothing "
                          "meets that) and you ask for a[x], a cannot be chosen.",
                          "Because you ask for a and a cannot be chosen, there is no solution."));
}

TEST_F(EngineTest, LinesCanBeHadWithoutSentences) {
  Add("a", "1", {"gone"});
  options_.explain_sentences = false;
  const Answer answer = Resolve({"a"});
  EXPECT_FALSE(answer.conflict.empty());
  EXPECT_TRUE(answer.explanation.sentences.empty());
  EXPECT_TRUE(answer.hints.empty());
}

}  // namespace
}  // namespace accord::engine
