// The plain lines of an unsatisfiable answer.
#include "tests/unit/engine/fixture.h"

namespace accord::engine {
namespace {

using accord::testing::ForPython;
using accord::testing::Placed;
using accord::testing::Request;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(EngineTest, EqualNeedsOfManyVersionsAreOneLine) {
  for (const char* version : {"2.2", "2.3", "2.4"}) Add("flask", version, {"click>=8"});
  Add("click", "7");
  Add("click", "8");
  const Answer answer = Resolve({"flask>=2.2", "click<8"});
  EXPECT_EQ(answer.status, Status::kUnsat);
  EXPECT_THAT(Lines(answer.conflict), ElementsAre("request: click<8", "request: flask>=2.2",
                                                  "flask 2.2 .. 2.4 (3 versions) need click>=8",
                                                  "one version of click at most"));
}

TEST_F(EngineTest, LinesOfTheRequestKnowTheirPlaces) {
  Add("a", "1");
  Add("a", "2");
  const Answer answer = Resolve({"a<2", "a>1"});
  ASSERT_GE(answer.conflict.size(), 2u);
  EXPECT_EQ(answer.conflict[0].place, "argument 1");
  EXPECT_EQ(answer.conflict[1].place, "argument 2");
}

TEST_F(EngineTest, RequirementsThatAreNotNeededForTheConflictAreNotInIt) {
  Add("a", "1", {"c==1"});
  Add("b", "1", {"c==2"});
  Add("d", "1", {"c"});
  Add("c", "1");
  Add("c", "2");
  const Answer answer = Resolve({"a", "b", "d"});
  EXPECT_EQ(answer.status, Status::kUnsat);
  EXPECT_THAT(Lines(answer.conflict), Contains("request: a"));
  EXPECT_THAT(Lines(answer.conflict), Contains("request: b"));
  EXPECT_THAT(Lines(answer.conflict), Not(Contains("request: d")));
}

TEST_F(EngineTest, ManyDifferentNeedsOfOnePackageBecomeOneLine) {
  for (const char* version : {"1", "2", "3", "4", "5"}) {
    Add("a", version, {Cat("b==", version), "c"});
    Add("b", version, {"c==1"});
  }
  Add("c", "1");
  Add("c", "2");
  EXPECT_THAT(Lines(Resolve({"a", "c>1"}).conflict),
              Contains("a 1 .. 5 (5 versions) need b in 5 ways, e.g. a 5 needs b==5"));
}

TEST_F(EngineTest, ANameThatDoesNotExistIsSaid) {
  Add("a", "1", {"gone>=1"});
  EXPECT_THAT(Lines(Resolve({"a"}).conflict),
              ElementsAre("request: a", "a 1 needs gone>=1", "gone does not exist"));
}

TEST_F(EngineTest, WhyNoVersionIsAdmittedIsSummed) {
  source_.AddVersion("a", "1", ForPython(">=3.12"));
  source_.AddVersion("a", "2", ForPython(">=3.13"));
  Add("a", "3rc1", {"b>>1"});
  EXPECT_THAT(Lines(Resolve({"a>=1"}).conflict),
              ElementsAre("request: a>=1", "no admitted version is a>=1",
                          HasSubstr("a: 1 version not admitted, e.g. '3rc1' has an unreadable "
                                    "requirement: 'b>>1'"),
                          "a: 2 versions not admitted, e.g. '2' requires another Python: >=3.13"));
}

TEST_F(EngineTest, APrereleaseThatWouldFitIsMentioned) {
  Add("a", "1");
  Add("a", "2rc1");
  EXPECT_THAT(Lines(Resolve({"a>1"}).conflict),
              Contains("a: 1 version not admitted, e.g. '2rc1' is a pre-release"));
}

TEST_F(EngineTest, ConstraintsLocksAndExclusionsOfTheRequestAreLines) {
  for (const char* version : {"1", "2", "3"}) Add("a", version);
  pypi::ResolveRequest request = Request({"a>1"});
  request.constraints = Placed({"a<3"});
  request.excluded = Placed({"a==2"});
  const std::vector<std::string> lines = Lines(Resolve(request).conflict);
  EXPECT_THAT(lines, Contains("constraint: a<3"));
  EXPECT_THAT(lines, Contains("excluded: a==2"));
  pypi::ResolveRequest locked = Request({"a>1"});
  locked.locked = Placed({"a==1"});
  EXPECT_THAT(Lines(Resolve(locked).conflict), Contains("locked: a==1"));
}

TEST_F(EngineTest, ANeedUnderAnExtraNamesTheExtra) {
  Add("a", "1", {"b>=2; extra == 'x'"}, {"x"});
  Add("b", "1");
  EXPECT_THAT(Lines(Resolve({"a[x]"}).conflict),
              ElementsAre("request: a", "request: a[x]", "a 1 needs b>=2 ; has a[x]",
                          "no admitted version is b>=2"));
}

}  // namespace
}  // namespace accord::engine
