// Requests against an environment that is there, rule by rule.
#include <algorithm>

#include "tests/unit/conda_installed/fixture.h"

namespace accord::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class CondaChange : public InstalledRequest {
 protected:
  // app needs lib, each in two versions; the older ones are there, and old, which nobody needs.
  void SetUp() override {
    for (const std::string version : {"1", "2"}) {
      Add({.name = "lib", .version = version});
      Add({.name = "app", .version = version, .depends = {"lib"}});
    }
    Add({.name = "old"});
    Install({{.name = "app", .depends = {"lib"}}, {.name = "lib"}, {.name = "old"}}, {"app"});
  }
};

// ---- Install.

TEST_F(CondaChange, WhatIsThereAndFitsStays) {
  EXPECT_THAT(Changes(Request({"app"})), IsEmpty());
  EXPECT_THAT(Changes(Request({"app", "lib >=1"})), IsEmpty());
}

TEST_F(CondaChange, WhatIsAddedTakesTheBestAndLeavesTheRest) {
  Add({.name = "tool", .version = "1"});
  Add({.name = "tool", .version = "2", .depends = {"lib"}});
  EXPECT_THAT(Changes(Request({"tool"})), ElementsAre("+ tool 2 0: you ask for tool"));
}

TEST_F(CondaChange, WhatTheNewOneNeedsChanges) {
  Add({.name = "tool", .depends = {"lib >=2"}});
  EXPECT_THAT(Changes(Request({"tool"})), ElementsAre("~ lib 1 0 -> 2 0: tool 1 0 needs lib >=2",
                                                      "+ tool 1 0: you ask for tool"));
}

TEST_F(CondaChange, WhatNobodyAskedForMayGoAndWhatWasAskedForMayNot) {
  Add({.name = "tool", .constrains = {"old <1"}});
  EXPECT_THAT(Changes(Request({"tool"})), ElementsAre("- old 1 0: tool 1 0 allows only old <1",
                                                      "+ tool 1 0: you ask for tool"));
  Add({.name = "rival", .constrains = {"app <1"}});
  EXPECT_THAT(Changes(Request({"rival"})), ElementsAre("unsat"));
}

TEST_F(CondaChange, WhatNeedsAChangedPackageFollowsIt) {
  // The build for the other Python, and not the end of it.
  Add({.name = "python", .version = "3.1"});
  Add({.name = "python", .version = "3.2"});
  Add({.name = "num", .build = "py31", .depends = {"python 3.1.*"}});
  Add({.name = "num", .build = "py32", .depends = {"python 3.2.*"}});
  Install({{.name = "num", .build = "py31", .depends = {"python 3.1.*"}},
           {.name = "python", .version = "3.1"}},
          {"python"});
  EXPECT_THAT(
      Changes(Request({"python 3.2.*"})),
      ElementsAre("~ python 3.1 0 -> 3.2 0: you ask for python =3.2",
                  "~ num 1 py31 -> 1 py32: it needs python =3.1, and python 3.2 0 is there"));
}

TEST_F(CondaChange, WhoNeedsAnotherIsDecidedBeforeIt) {
  // By name base would go first, stay where it is, and leave top no candidate.
  Add({.name = "python", .version = "3.2"});
  Add({.name = "base", .version = "2"});
  Add({.name = "top", .version = "2", .depends = {"base >=2", "python"}});
  Install({{.name = "base"},
           {.name = "python", .version = "3.1"},
           {.name = "top", .depends = {"base <2", "python 3.1.*"}}},
          {"python"});
  EXPECT_THAT(Changes(Request({"python 3.2.*"})),
              ElementsAre("~ base 1 0 -> 2 0: top 2 0 needs base >=2",
                          "~ python 3.1 0 -> 3.2 0: you ask for python =3.2",
                          "~ top 1 0 -> 2 0: it needs python =3.1, and python 3.2 0 is there"));
}

TEST_F(CondaChange, ASpecReplacesTheOneOfEarlier) {
  Install({{.name = "app", .depends = {"lib"}}, {.name = "lib"}}, {"app <2"});
  EXPECT_THAT(Changes(Request({"lib >=2"})), ElementsAre("~ lib 1 0 -> 2 0: you ask for lib >=2"));
  EXPECT_THAT(Changes(Updating("app")), IsEmpty());
  EXPECT_THAT(Changes(Request({"app >=2"})), ElementsAre("~ app 1 0 -> 2 0: you ask for app >=2"));
}

TEST_F(CondaChange, WhatIsKeptSaysSo) {
  const Answer answer = Ask(Request({"app"}));
  ASSERT_EQ(answer.solution.size(), 3U);
  const ChosenPackage& old = answer.solution[2];
  EXPECT_FALSE(old.requested);
  EXPECT_THAT(old.required_by, ElementsAre(RequiredBy{"installed", "old"}));
  EXPECT_EQ(old.reason, (RequiredBy{"installed", "old"}));
  const ChosenPackage& lib = answer.solution[1];
  EXPECT_THAT(lib.required_by,
              ElementsAre(RequiredBy{"app 1 0", "lib"}, RequiredBy{"installed", "lib"}));
}

TEST_F(CondaChange, WhatIsAskedForUnderAConditionThatDoesNotHoldIsKept) {
  EXPECT_THAT(Changes(Request({"old >=2[when=__win]"})), IsEmpty());
  Install({{.name = "old"}}, {"old >=2[when=__win]"});
  EXPECT_THAT(Changes(Request({"lib"})), ElementsAre("+ lib 2 0: you ask for lib"));
}

// ---- Update.

TEST_F(CondaChange, AnUpdatedPackageIsAtItsBestAndTheOthersStay) {
  EXPECT_THAT(Changes(Updating("app")), ElementsAre("~ app 1 0 -> 2 0: a better one is there"));
  EXPECT_THAT(Changes(Updating("LIB")), ElementsAre("~ lib 1 0 -> 2 0: a better one is there"));
}

TEST_F(CondaChange, WhatIsUpdatedIsThereWhateverConditionsHold) {
  Add({.name = "old", .version = "2"});
  conda::ResolveRequest request = Updating("old");
  request.specs = {{"old <2[when=__win]", "argument 1"}};
  EXPECT_THAT(Changes(request), ElementsAre("~ old 1 0 -> 2 0: a better one is there"));
}

TEST_F(CondaChange, UpdatingAllKeepsWhatIsNeededOfWhatWasAskedFor) {
  conda::ResolveRequest request = Request({});
  request.change.update_all = true;
  EXPECT_THAT(Changes(request),
              ElementsAre("- old 1 0: nothing needs it", "~ lib 1 0 -> 2 0: a better one is there",
                          "~ app 1 0 -> 2 0: a better one is there"));
  Install({{.name = "lib"}, {.name = "old"}}, {});
  request.installed = installed_;
  EXPECT_THAT(Changes(request), ElementsAre("~ lib 1 0 -> 2 0: a better one is there"));
}

// ---- Remove.

TEST_F(CondaChange, WhatIsRemovedTakesAlongWhatNeedsItAndNothingElse) {
  EXPECT_THAT(Changes(Removing("lib")), ElementsAre("- app 1 0: it needs lib, and lib is not there",
                                                    "- lib 1 0: you remove it"));
  EXPECT_THAT(Changes(Removing("app")), ElementsAre("- app 1 0: you remove it"));
}

TEST_F(CondaChange, PruningDropsWhatNobodyAskedForAndNothingNeeds) {
  Install({{.name = "app", .depends = {"lib"}}, {.name = "lib"}, {.name = "old"}}, {"app", "old"});
  conda::ResolveRequest request = Removing("app");
  request.change.prune = true;
  EXPECT_THAT(Changes(request),
              ElementsAre("- app 1 0: you remove it", "- lib 1 0: nothing needs it"));
  // What goes is told by what was removed, not by what was pruned.
  Add({.name = "top", .depends = {"app", "old"}});
  Install({{.name = "app", .depends = {"lib"}},
           {.name = "lib"},
           {.name = "old"},
           {.name = "top", .depends = {"old", "app"}}},
          {"top"});
  request = Removing("app");
  request.change.prune = true;
  EXPECT_THAT(
      Changes(request),
      ElementsAre("- top 1 0: it needs app, and app is not there", "- old 1 0: nothing needs it",
                  "- app 1 0: you remove it", "- lib 1 0: nothing needs it"));
  request = Request({"lib"});
  request.change.prune = true;
  EXPECT_THAT(Changes(request), IsEmpty());
}

// ---- Freeze.

TEST_F(CondaChange, WhatIsFrozenAdmitsOnlyWhatFitsIt) {
  Add({.name = "tool", .version = "1"});
  Add({.name = "tool", .version = "2", .depends = {"lib >=2"}});
  conda::ResolveRequest request = Request({"tool"});
  request.change.freeze = true;
  EXPECT_THAT(Changes(request), ElementsAre("+ tool 1 0: you ask for tool"));
  request.specs = {{"tool >=2", "argument 1"}};
  EXPECT_THAT(Changes(request), ElementsAre("unsat"));
  EXPECT_THAT(Ask(request).explanation.sentences.back(), HasSubstr("lib"));
}

TEST_F(CondaChange, WhatIsFrozenGoesAlongWithNothing) {
  conda::ResolveRequest request = Removing("old");
  request.change.freeze = true;
  EXPECT_THAT(Changes(request), ElementsAre("- old 1 0: you remove it"));
  request = Removing("lib");
  request.change.freeze = true;
  EXPECT_THAT(Changes(request), ElementsAre("unsat"));
}

// ---- Reasons and orders.

TEST_F(CondaChange, WhatComesForANeedIsNotSaidToBeAskedFor) {
  Add({.name = "tool", .depends = {"dep"}});
  Add({.name = "dep"});
  EXPECT_THAT(Changes(Request({"tool", "dep[when=__win]"})),
              ElementsAre("+ dep 1 0: tool 1 0 needs dep", "+ tool 1 0: you ask for tool"));
}

TEST_F(CondaChange, ALockIsAReason) {
  conda::ResolveRequest request = Request({"app"});
  request.locked = {{"lib >=2", "--lock 1"}};
  EXPECT_THAT(Changes(request), ElementsAre("~ lib 1 0 -> 2 0: you lock lib >=2"));
}

TEST_F(CondaChange, WhatItWouldBringAboutIsAReason) {
  Add({.name = "tool", .depends = {"old >=2[when=lib]"}});
  Install({{.name = "lib"}, {.name = "old"}}, {"old"});
  EXPECT_THAT(Changes(Request({"tool"})),
              ElementsAre("- lib 1 0: with it tool 1 0 needs old >=2 ; when lib, and old 1 0 is "
                          "there",
                          "+ tool 1 0: you ask for tool"));
  EXPECT_THAT(Changes(Request({"old <2", "old >=2[when=lib]"})),
              ElementsAre("- lib 1 0: with it you ask for old >=2 ; when lib, and old 1 0 is "
                          "there"));
  conda::ResolveRequest request = Request({});
  request.constraints = {{"old >=2[when=lib]", "--constraint 1"}};
  EXPECT_THAT(Changes(request),
              ElementsAre("- lib 1 0: with it you allow only old >=2 ; when lib, and old 1 0 is "
                          "there"));
}

TEST_F(CondaChange, WhatIsNeededUnderNoConditionThatHoldsOrdersNothing) {
  // base is met first: it would come last of a cycle, and go first.
  Install(
      {{.name = "base", .depends = {"core[when=__win]"}}, {.name = "core", .depends = {"base"}}},
      {});
  conda::ResolveRequest request = Removing("base");
  EXPECT_THAT(Ask(request).transaction->unlink_order, ElementsAre("core", "base"));
}

// ---- Records that no channel has, or that policies leave out.

TEST_F(CondaChange, WhatNoChannelHasAnyMoreStaysACandidate) {
  Install({{.name = "lib", .version = "0.5", .depends = {"gone"}}, {.name = "gone"}}, {"lib"});
  EXPECT_THAT(Changes(Request({"old"})), ElementsAre("+ old 1 0: you ask for old"));
  EXPECT_THAT(Changes(Request({"lib <1"})), IsEmpty());
  EXPECT_THAT(Changes(Updating("lib")), ElementsAre("~ lib 0.5 0 -> 2 0: a better one is there"));
}

TEST_F(CondaChange, WhereNoChannelHasTheNameOtherSubdirsAreLookedForInAll) {
  Install({{.name = "gone"}}, {});
  conda::ResolveRequest request = Request({"gone >=2"});
  request.subdirs = {"linux-64"};
  EXPECT_THAT(Changes(request), ElementsAre("unsat"));
  Add({.name = "gone", .version = "2", .subdir = "win-64"});
  EXPECT_THAT(Changes(request), ElementsAre("unsat"));
  EXPECT_THAT(Ask(request).explanation.sentences, Contains(HasSubstr("win-64")));
}

TEST_F(CondaChange, NoPolicyLeavesOutWhatIsThere) {
  Add({.name = "new", .version = "3", .uploaded = "2024-01-01T00:00:00Z"});
  Add({.name = "win", .subdir = "win-64"});
  Install({{.name = "new", .version = "3"}, {.name = "win", .subdir = "win-64"}}, {"new"});
  conda::ResolveRequest request = Request({"old"});
  request.subdirs = {"linux-64"};
  request.exclude_newer.instant_ms = 1'000'000'000'000;
  EXPECT_THAT(Changes(request), ElementsAre("+ old 1 0: you ask for old"));
}

TEST_F(CondaChange, AnotherFileOfTheSameNameIsAnotherRecord) {
  conda::EnvironmentTexts texts = accord::testing::EnvironmentOf({}, {"lib"});
  const auto install = [&](std::string_view more) {
    texts.records = {{.path = "env/lib-1-0.json",
                      .text = accord::testing::InstalledJson({.name = "lib"}, "elsewhere", more)}};
    installed_ = *conda::Installed::Read(texts, "env");
  };
  install("");
  EXPECT_EQ(Ask(Request({"lib <2"})).solution.at(0).channel, "main");
  install(R"(,"subdir":"noarch")");
  EXPECT_EQ(Ask(Request({"lib <2"})).solution.at(0).channel, "elsewhere");
}

// ---- What is refused.

TEST_F(CondaChange, WhatMeansNothingIsRefused) {
  EXPECT_THAT(Error(Updating("tool")),
              HasSubstr("--update 1: a package that is installed is wanted, found 'tool'"));
  EXPECT_THAT(Error(Removing("tool")),
              HasSubstr("--remove 1: a package that is installed is wanted, found 'tool'"));
  conda::ResolveRequest request = Removing("app");
  request.specs = {{"lib", "argument 1"}};
  EXPECT_THAT(Error(request), HasSubstr("--remove 1: what is removed changes nothing else"));
  request = Updating("app");
  request.change.freeze = true;
  EXPECT_THAT(Error(request), HasSubstr("cannot stay as it is and be updated"));
  Install({{.name = "lib"}}, {});
  request = Request({"app"});
  request.change.prune = true;
  EXPECT_THAT(Error(request), HasSubstr("prune: all would go, as nothing was asked for"));
}

}  // namespace
}  // namespace accord::engine
