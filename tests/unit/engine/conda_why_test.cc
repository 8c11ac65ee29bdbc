// Questions about the answer to a conda request, and why requested packages are not at their
// newest.
#include <string>
#include <vector>

#include "tests/unit/engine/conda_fixture.h"

namespace accord::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using CondaBehind = CondaEngineTest;
using CondaWhy = CondaEngineTest;

TEST_F(CondaBehind, TheRequestItselfAllowsNothingNewer) {
  AddVersions("lib", {"1", "2"});
  const Explained explained = Ask(Request({"lib <2"}));
  ASSERT_THAT(explained.answer.behind, SizeIs(1));
  EXPECT_EQ(explained.answer.behind[0].kind, BehindKind::kRequest);
  EXPECT_EQ(explained.answer.behind[0].chosen, "1");
  EXPECT_EQ(explained.answer.behind[0].newest, "2");
}

TEST_F(CondaBehind, ANewerVersionCannotBeReached) {
  Add({.name = "lib", .version = "1"});
  Add({.name = "lib", .version = "2", .depends = {"__glibc >=2.34"}});
  EXPECT_THAT(Behind(Request({"lib"})),
              ElementsAre("lib 1 < 2", "request: lib", "constraint: lib newer than 1",
                          "lib 2 0 needs __glibc >=2.34", "no admitted version is __glibc >=2.34"));
}

TEST_F(CondaBehind, ANewerVersionWouldMakeAnotherOlder) {
  Add({.name = "app", .version = "1"});
  Add({.name = "app", .version = "2", .depends = {"lib <2"}});
  AddVersions("lib", {"1", "2"});
  EXPECT_THAT(Behind(Request({"app", "lib"})), ElementsAre("lib 1 < 2", "2: app 2 -> 1"));
}

TEST_F(CondaBehind, WhatIsAskedForUnderAConditionIsThereInWhatIsLookedFor) {
  Add({.name = "app", .version = "1"});
  Add({.name = "app", .version = "2", .depends = {"lib <2"}});
  AddVersions("lib", {"1", "2"});
  EXPECT_THAT(Behind(Request({"app", "lib[when=\"app >=2\"]"})),
              ElementsAre("lib 1 < 2", "2: app 2 -> 1"));
  EXPECT_THAT(Behind(Request({"app >=2", "lib[when=\"app >=2\"]"})),
              ElementsAre("lib 1 < 2", "request: app >=2", "constraint: lib newer than 1",
                          "app 2 0 needs lib <2"));
}

TEST_F(CondaBehind, AnotherBuildOfTheNewestVersionIsNotBehind) {
  Add({.name = "lib", .version = "1", .build = "a"});
  Add({.name = "lib", .version = "1", .build = "b", .build_number = 1, .depends = {"gone"}});
  Add({.name = "lib", .version = "1.0", .build = "c", .build_number = 2, .depends = {"gone"}});
  EXPECT_THAT(Behind(Request({"lib"})), IsEmpty());
}

TEST_F(CondaBehind, AWorseBuildOfAnotherPackageIsATrade) {
  Add({.name = "app", .build = "old", .depends = {"lib"}});
  Add({.name = "app", .build = "new", .build_number = 1, .depends = {"lib <2"}});
  AddVersions("lib", {"1", "2"});
  EXPECT_THAT(Behind(Request({"app", "lib"})), ElementsAre("lib 1 < 2", "2: app 1 new -> 1 old"));
}

TEST_F(CondaBehind, NothingIsNewerThanWhatIsPreferred) {
  Add({.name = "lib", .version = "1"});
  second_.Add({.name = "lib", .version = "2"});
  conda::ResolveRequest request = Request({"lib"});
  request.channel_priority = conda::ChannelPriority::kFlexible;
  EXPECT_THAT(Behind(request), IsEmpty());
  Add({.name = "low", .version = "2"});
  Add({.name = "low", .version = "1"});
  request = Request({"low"});
  request.resolution = Resolution::kLowest;
  EXPECT_THAT(Behind(request), IsEmpty());
}

TEST_F(CondaBehind, ALimitWithAConditionIsNoLimitByItself) {
  AddVersions("lib", {"1", "2"});
  conda::ResolveRequest request = Request({"lib"});
  request.constraints = {{"lib <2[when=\"__glibc >=2\"]", "a pin"}};
  EXPECT_THAT(Behind(request), ElementsAre("lib 1 < 2", "request: __glibc", "request: lib",
                                           "constraint: lib <2 ; when __glibc[version='>=2']",
                                           "constraint: lib newer than 1"));
}

TEST_F(CondaWhy, APackageIsAtItsVersion) {
  Add({.name = "app", .depends = {"lib <3"}, .constrains = {"opt <2"}});
  AddVersions("lib", {"1", "2", "3"});
  AddVersions("opt", {"1", "2"});
  const conda::ResolveRequest request = Request({"app", "opt"});
  EXPECT_EQ(Version(request, "app").kind, WhyVersionKind::kBest);
  const WhyVersion lib = Version(request, "lib");
  EXPECT_EQ(lib.kind, WhyVersionKind::kHeld);
  EXPECT_EQ(lib.version, "2");
  EXPECT_EQ(lib.best, "3");
  EXPECT_THAT(Holders(lib), ElementsAre("*app 1 0: lib <3"));
  EXPECT_THAT(Holders(Version(request, "opt")), ElementsAre("*app 1 0: opt <2"));
}

TEST_F(CondaWhy, ALimitOfACandidateThatASearchFound) {
  Add({.name = "app", .version = "0"});
  Add({.name = "app", .version = "1", .constrains = {"base <2"}});
  Add({.name = "lib", .version = "1"});
  Add({.name = "lib", .version = "2", .depends = {"base >=2"}});
  AddVersions("base", {"1", "2"});
  const WhyVersion lib = Version(Request({"app", "lib"}), "lib");
  EXPECT_EQ(lib.kind, WhyVersionKind::kImpossible);
  EXPECT_THAT(Holders(lib), ElementsAre("app 1 0: base <2"));
}

TEST_F(CondaWhy, BuildsAreToldWhereTheVersionIsTheSame) {
  Add({.name = "python", .version = "3.11"});
  Add({.name = "python", .version = "3.12"});
  Add({.name = "lib", .build = "py311_0", .depends = {"python 3.11.*"}});
  Add({.name = "lib", .build = "py312_0", .build_number = 1, .depends = {"python 3.12.*"}});
  const WhyVersion lib = Version(Request({"lib", "python <3.12"}), "lib");
  EXPECT_TRUE(lib.best_is_other_build);
  EXPECT_EQ(lib.version, "1 py311_0");
  EXPECT_EQ(lib.best, "1 py312_0");
  EXPECT_THAT(Holders(lib), ElementsAre("request: python <3.12"));
}

TEST_F(CondaWhy, NewerRecordsThatAreLeftOutAreTold) {
  Add({.name = "lib", .version = "1", .uploaded = "2024-01-01T00:00:00Z"});
  Add({.name = "lib", .version = "2", .uploaded = "2024-01-03T00:00:00Z"});
  Add({.name = "lib", .version = "0", .uploaded = "2024-01-03T00:00:00Z"});
  second_.Add({.name = "lib", .version = "3"});
  conda::ResolveRequest request = Request({"lib"});
  request.exclude_newer.instant_ms = *conda::MillisecondsOf("2024-01-02T00:00:00Z");
  const WhyVersion why = Version(request, "lib");
  ASSERT_THAT(why.newer_out, SizeIs(2));
  EXPECT_EQ(why.newer_out[0].filter, "newer");
  EXPECT_EQ(why.newer_out[0].count, 1U);
  EXPECT_EQ(why.newer_out[0].example, "2 0 is too new");
  EXPECT_EQ(why.newer_out[1].filter, "channelPriority");
  EXPECT_EQ(why.newer_out[1].example, "3 0 of second");
}

TEST_F(CondaWhy, ChainsLeadFromTheRequestToAPackageAndToItsExtras) {
  Add({.name = "app", .depends = {"lib[extras=[fast]]"}});
  Add({.name = "lib", .extras = {{"fast", {"speed"}}}});
  Add({.name = "speed", .depends = {"__glibc >=2.17"}});
  const WhyPackage speed = Package({"app"}, "speed");
  ASSERT_THAT(speed.chains, SizeIs(1));
  EXPECT_THAT(speed.chains[0],
              ElementsAre(RequiredBy{"request", "app"}, RequiredBy{"app 1 0", "lib[fast]"},
                          RequiredBy{"lib[fast] 1 0", "speed"}));
  EXPECT_EQ(Package({"app"}, "lib[extras=[fast]]").required_by,
            (std::vector<RequiredBy>{{"app 1 0", "lib[fast]"}}));
  const WhyPackage glibc = Package({"app"}, "__glibc");
  EXPECT_EQ(glibc.kind, WhyPackageKind::kInAnswer);
  EXPECT_EQ(glibc.required_by, (std::vector<RequiredBy>{{"speed 1 0", "__glibc >=2.17"}}));
  EXPECT_FALSE(glibc.why_version.has_value());
  EXPECT_EQ(glibc.given, "the target has glibc 2.28");
  EXPECT_EQ(Package({"lib"}, "__glibc").kind, WhyPackageKind::kNotNeeded);
  EXPECT_EQ(Package({"lib"}, "__cuda").given, "the target has no cuda");
  EXPECT_EQ(Package({"lib"}, "gone").kind, WhyPackageKind::kNonexistent);
}

TEST_F(CondaWhy, WhatIsAskedUnderAConditionIsAskedByTheRecord) {
  Add({.name = "app", .depends = {"lib[when=\"__glibc\"]"}});
  Add({.name = "lib"});
  EXPECT_EQ(Package({"app"}, "lib").required_by,
            (std::vector<RequiredBy>{{"app 1 0", "lib ; when __glibc"}}));
}

TEST_F(CondaWhy, AnotherVersionWouldCostWhatIsDecidedBefore) {
  Add({.name = "app", .version = "1", .depends = {"lib <2"}});
  Add({.name = "app", .version = "2", .depends = {"lib >=2"}});
  AddVersions("lib", {"1", "1.5", "2"});
  const WhyNot why = NotChosen(Request({"app"}), "lib <2");
  EXPECT_EQ(why.kind, WhyNotKind::kWorse);
  EXPECT_EQ(why.chosen, "2");
  EXPECT_EQ(why.instead, "1.5");
  ASSERT_TRUE(why.first.has_value());
  EXPECT_EQ(why.first->name, "app");
  EXPECT_THAT(Changes(why), ElementsAre("app 2 -> 1", "lib 2 -> 1.5"));
}

TEST_F(CondaWhy, AnotherBuildIsToldAsOne) {
  Add({.name = "lib", .build = "a"});
  Add({.name = "lib", .build = "b", .build_number = 1});
  const WhyNot why = NotChosen(Request({"lib"}), "lib * a");
  EXPECT_EQ(why.kind, WhyNotKind::kWorse);
  EXPECT_THAT(Changes(why), ElementsAre("lib 1 b -> 1 a"));
  EXPECT_EQ(NotChosen(Request({"lib"}), "lib 1 b").kind, WhyNotKind::kChosen);
}

TEST_F(CondaWhy, AnotherVersionIsImpossible) {
  Add({.name = "app", .depends = {"lib <2"}});
  AddVersions("lib", {"1", "2"});
  const WhyNot why = NotChosen(Request({"app"}), "lib >=2");
  EXPECT_EQ(why.kind, WhyNotKind::kImpossible);
  ASSERT_FALSE(why.explanation.sentences.empty());
  EXPECT_EQ(why.explanation.sentences.back(),
            "Because lib <2 is needed and you ask for lib >=2, there is no solution.");
}

TEST_F(CondaWhy, RecordsAreLeftOut) {
  Add({.name = "lib", .version = "1", .uploaded = "2024-01-01T00:00:00Z"});
  Add({.name = "lib", .version = "2", .uploaded = "2024-01-03T00:00:00Z"});
  Add({.name = "lib", .version = "3", .build = "w", .subdir = "win-64"});
  second_.Add({.name = "lib", .version = "4"});
  conda::ResolveRequest request = Request({"lib"});
  request.subdirs = {"linux-64", "noarch"};
  request.exclude_newer.instant_ms = *conda::MillisecondsOf("2024-01-02T00:00:00Z");
  const auto left_out = [&](const std::string& wish) {
    const WhyNot why = NotChosen(request, wish);
    EXPECT_EQ(why.kind, WhyNotKind::kNotAdmitted);
    EXPECT_THAT(why.left_out, SizeIs(1));
    return why.left_out.empty() ? "" : why.left_out[0].sentence;
  };
  EXPECT_EQ(left_out("lib =2"),
            "lib =2: 1 record is left out, e.g. 2 0 is too new (--exclude-newer)");
  EXPECT_EQ(left_out("lib =3"),
            "lib =3: 1 record is of other subdirs, e.g. 3 w of win-64 (--subdir)");
  EXPECT_EQ(left_out("lib =4"),
            "lib =4: 1 record is hidden, e.g. 4 0 of second, as main has the name "
            "(--channel-priority strict)");
  EXPECT_EQ(left_out("__glibc >=2.34"), "the target has glibc 2.28 (--virtual-package)");
}

TEST_F(CondaWhy, ThereIsNoSuchVersion) {
  AddVersions("lib", {"1", "1.10", "3"});
  const WhyNot why = NotChosen(Request({"lib"}), "lib 2");
  EXPECT_EQ(why.kind, WhyNotKind::kNoVersion);
  EXPECT_EQ(why.older, "1.10");
  EXPECT_EQ(why.newer, "3");
  EXPECT_EQ(NotChosen(Request({"lib"}), "lib >3").older, "3");
  EXPECT_EQ(NotChosen(Request({"lib"}), "gone").kind, WhyNotKind::kNonexistent);
}

TEST_F(CondaWhy, NobodyAsksForThePackage) {
  Add({.name = "app"});
  Add({.name = "lib"});
  const WhyNot why = NotChosen(Request({"app"}), "lib");
  EXPECT_EQ(why.kind, WhyNotKind::kNotNeeded);
  EXPECT_THAT(Changes(why), ElementsAre("lib  -> 1"));
}

TEST_F(CondaWhy, AQuestionThatCannotBeReadNamesItself) {
  Add({.name = "lib"});
  const metadata::Source* sources[] = {&main_};
  const auto error = [&](const WhyQuestions& questions) {
    const absl::StatusOr<Explained> explained = Explain(Request({"lib"}), sources, questions);
    return std::string(Message(explained.status()));
  };
  EXPECT_THAT(error({.package = "lib >=1"}), HasSubstr("--why: a name with one extra at most"));
  EXPECT_THAT(error({.not_chosen = "lib >>1"}), HasSubstr("--why-not: "));
  EXPECT_THAT(error({.not_chosen = "lib[when=\"a\"]"}), HasSubstr("without a condition"));
}

}  // namespace
}  // namespace accord::engine
