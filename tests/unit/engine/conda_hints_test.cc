// Changes of a conda request that would help: each was solved.
#include <string>
#include <vector>

#include "tests/unit/engine/conda_fixture.h"

namespace accord::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using CondaHints = CondaEngineTest;

TEST_F(CondaHints, NoExcludeNewer) {
  Add({.name = "lib", .uploaded = "2024-01-02T00:00:00Z"});
  conda::ResolveRequest request = Request({"lib"});
  request.exclude_newer.instant_ms = *conda::MillisecondsOf("2024-01-01T00:00:00Z");
  EXPECT_THAT(Hints(request), ElementsAre("no exclude-newer would help"));
}

TEST_F(CondaHints, RecordsThatStrictPriorityHides) {
  Add({.name = "lib", .version = "1"});
  second_.Add({.name = "lib", .version = "2"});
  EXPECT_THAT(Hints(Request({"lib >=2"})),
              ElementsAre("records of later channels (--channel-priority flexible) would help"));
  EXPECT_THAT(Hints(Request({"lib >=3"})), IsEmpty());
}

TEST_F(CondaHints, TheNearestTargetThatWouldDo) {
  Add({.name = "lib", .version = "1", .depends = {"__glibc >=2.39"}});
  Add({.name = "lib", .version = "2", .depends = {"__glibc >=2.34"}});
  EXPECT_THAT(Hints(Request({"lib"})), ElementsAre("a target with glibc 2.34 would help"));
  EXPECT_THAT(Hints(Request({"lib", "__glibc >=2.35"})),
              ElementsAre("a target with glibc 2.35 would help"));
}

TEST_F(CondaHints, AnOlderTarget) {
  Add({.name = "lib", .depends = {"__glibc <=2.17"}});
  EXPECT_THAT(Hints(Request({"lib"})), ElementsAre("a target with glibc 2.17 would help"));
}

TEST_F(CondaHints, WhatTheTargetHasNot) {
  Add({.name = "gpu", .depends = {"__cuda"}});
  Add({.name = "new", .depends = {"__cuda >=12"}});
  Add({.name = "win", .depends = {"__win"}});
  EXPECT_THAT(Hints(Request({"gpu"})), ElementsAre("a target with cuda would help"));
  EXPECT_THAT(Hints(Request({"new"})), ElementsAre("a target with cuda 12 would help"));
  EXPECT_THAT(Hints(Request({"win"})), IsEmpty());
}

TEST_F(CondaHints, LimitsOfTheRequest) {
  AddVersions("lib", {"1", "2"});
  conda::ResolveRequest request = Request({"Lib >1"});
  request.constraints = {{"lib <2", "a pin"}};
  EXPECT_THAT(Hints(request), ElementsAre("leaving out the constraints on lib would help"));
  request = Request({"lib"});
  request.locked = {{"lib 3", "the lock"}};
  EXPECT_THAT(Hints(request), ElementsAre("leaving out the locks on lib would help"));
  request = Request({"lib >1"});
  request.excluded = {{"lib 2", "a wish"}};
  EXPECT_THAT(Hints(request), ElementsAre("leaving out the exclusions on lib would help"));
}

TEST_F(CondaHints, RequirementsByTheirTexts) {
  Add({.name = "app", .depends = {"lib <2"}});
  AddVersions("lib", {"1", "2"});
  EXPECT_THAT(Hints(Request({"lib >=2", "app"})),
              ElementsAre("leaving out the requirement app would help",
                          "leaving out the requirement lib >=2 would help"));
}

TEST_F(CondaHints, TextsThatShareAPlaceAreLeftOutOneByOne) {
  Add({.name = "app", .depends = {"lib 2"}});
  Add({.name = "tool", .depends = {"lib 2"}});
  AddVersions("lib", {"1", "2"});
  for (const size_t shares : {size_t{0}, size_t{1}}) {
    conda::ResolveRequest request = Request({"app", "tool"});
    request.specs[shares].place = "one line";
    request.excluded = {{"lib 2", "one line"}};
    EXPECT_THAT(Hints(request), ElementsAre("leaving out the exclusions on lib would help"));
  }
}

TEST_F(CondaHints, AConflictOfManyLinesHasNoSentences) {
  for (const int count : {10, 200}) {
    const std::string app = Cat("app", count);
    for (int i = 0; i < count; ++i) {
      const std::string lib = Cat("lib", count, "-", i);
      Add({.name = app, .version = Cat(i + 1), .depends = {Cat(lib, " >=2")}});
      Add({.name = lib, .version = "1"});
    }
    const Answer answer = Ask(Request({app})).answer;
    EXPECT_EQ(answer.conflict.size() > 300, count == 200) << answer.conflict.size();
    EXPECT_EQ(answer.explanation.nodes.empty(), count == 200);
  }
}

TEST_F(CondaHints, WhatDoesNotSolveIsNoHint) {
  Add({.name = "lib", .depends = {"__glibc >=2.34", "gone"}});
  EXPECT_THAT(Hints(Request({"lib"})), IsEmpty());
}

TEST_F(CondaHints, AChangeThatReachesItsLimitIsNotDecided) {
  Add({.name = "lib", .depends = {"__glibc >=2.34"}});
  options_.hint_limits.trial_work_max = 1;
  const Answer answer = Ask(Request({"lib"})).answer;
  EXPECT_THAT(answer.hints, IsEmpty());
  ASSERT_EQ(answer.hints_undecided.size(), 1U);
  EXPECT_EQ(answer.hints_undecided[0].hint.text, "whether a target with glibc 2.34 would help");
}

}  // namespace
}  // namespace accord::engine
