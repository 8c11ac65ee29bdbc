// CheckConda: for each rule of a solution an answer that keeps it and one that does not.

#include "check/conda_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/check/conda_case.h"

namespace accord::check {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(CondaCheck, AcceptsASolutionAndReportsItsCost) {
  CondaCase solved;
  solved.App({"lib >=1[when=\"__linux\"]", "lib[when=\"__linux\"]", "other ; constrains"});
  const auto report = solved.Run();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(report->accepted());
  EXPECT_EQ(report->cost, (CheckCost{.pins = 2, .texts = 1 + 3, .markers = 2, .matches = 1 + 4}));
}

// ---- what the request asks for

TEST(CondaCheck, ASpecHasAPinThatMatches) {
  CondaCase broken;
  broken.Specs({"app", "tool"});
  EXPECT_THAT(broken.Faults(), ElementsAre("missing /specs/1: tool, no record of tool is chosen"));
  broken.Choose({.name = "tool"});
  EXPECT_THAT(broken.Faults(), IsEmpty());
  broken.Specs({"app", "tool >=2"});
  EXPECT_THAT(broken.Faults(),
              ElementsAre("wrongVersion /specs/1: tool >=2, tool 1.0 0 is chosen"));
}

TEST(CondaCheck, ASpecWhoseConditionDoesNotHoldAsksForNothing) {
  CondaCase broken;
  broken.Specs({"app", "tool[when=\"lib >=2\"]"});
  EXPECT_THAT(broken.Faults(), IsEmpty());
  broken.Choose({.name = "tool"});
  EXPECT_THAT(broken.Faults(),
              ElementsAre("unneeded tool 1.0 0: only what is needed, nothing requires it"));
  broken.Specs({"app", "tool[when=\"lib >=1\"]"});
  EXPECT_THAT(broken.Faults(), IsEmpty());
}

TEST(CondaCheck, AVirtualPackageMeetsASpec) {
  CondaCase broken;
  broken.Specs({"app", "__glibc >=2.17", "__glibc 2.28 0"});
  EXPECT_THAT(broken.Faults(), IsEmpty());
  broken.Specs({"app", "__glibc >=2.34", "__cuda", "main::__linux"});
  EXPECT_THAT(broken.Faults(),
              ElementsAre("wrongVersion /specs/1: __glibc >=2.34, __glibc 2.28 is there",
                          "missing /specs/2: __cuda, no record of __cuda is chosen",
                          "wrongVersion /specs/3: main::__linux, __linux 6.1 is there"));
}

TEST(CondaCheck, NamesAreComparedInLowerCase) {
  CondaCase spelled;
  spelled.Specs({"APP"});
  spelled.pins[1].name = "Lib";
  spelled.request.specs.push_back({.text = "__GLIBC", .place = "argument 2"});
  spelled.request.virtual_packages[0].name = "__Glibc";
  EXPECT_THAT(spelled.Faults(), IsEmpty());
}

// ---- what records ask for

TEST(CondaCheck, ARequirementHasAPinOrAVirtualPackageThatMatches) {
  CondaCase broken;
  broken.App({"lib >=2", "gone", "__glibc >=2.17", "__linux >=7"});
  EXPECT_THAT(broken.Faults(),
              ElementsAre("wrongVersion app 1.0 0: __linux >=7, __linux 6.1 is there",
                          "missing app 1.0 0: gone, no record of gone is chosen",
                          "wrongVersion app 1.0 0: lib >=2, lib 1.0 0 is chosen"));
}

TEST(CondaCheck, WhatRequiredRecordsRequireCountsToo) {
  CondaCase broken;
  broken.Lib({.needs = {"deep"}});
  EXPECT_THAT(broken.Faults(), ElementsAre("missing lib 1.0 0: deep, no record of deep is chosen"));
  broken.Choose({.name = "deep", .needs = {"app"}});
  EXPECT_THAT(broken.Faults(), IsEmpty());
}

TEST(CondaCheck, AConditionIsAboutPinsAndVirtualPackagesTogether) {
  struct When {
    const char* condition;
    bool holds;
  };
  for (const When& one :
       {When{"lib", true}, When{"lib >=2", false}, When{"gone", false}, When{"__linux", true},
        When{"__linux >=7", false}, When{"lib >=2 or __glibc >=2.17", true},
        When{"lib and __linux >=7", false}}) {
    CondaCase broken;
    broken.App({"lib", Cat("more[when=\"", one.condition, "\"]")});
    EXPECT_EQ(broken.Faults().empty(), !one.holds) << one.condition;
    broken.Choose({.name = "more"});
    EXPECT_EQ(broken.Faults().empty(), one.holds) << one.condition;
  }
}

TEST(CondaCheck, WhatAnExtraAsksForCountsWhereTheExtraIsAskedFor) {
  CondaCase broken;
  broken.App({"lib", "more >=1 ; extra x", "gone ; extra y"});
  EXPECT_THAT(broken.Faults(), IsEmpty());
  broken.Specs({"app[extras=[x]]"});
  EXPECT_THAT(broken.Faults(),
              ElementsAre("missing app 1.0 0: more >=1, no record of more is chosen"));
  broken.Choose({.name = "more"});
  EXPECT_THAT(broken.Faults(), IsEmpty());
  broken.Specs({"app"});
  EXPECT_THAT(broken.Faults(), ElementsAre(HasSubstr("unneeded more 1.0 0")));
}

TEST(CondaCheck, ExtrasAreAskedForByRequirementsAndByExtras) {
  CondaCase broken;
  broken.App({"lib[extras=[x]]"});
  broken.Lib(
      {.needs = {"lib[extras=[y, z]] ; extra x", "one ; extra y", "app[extras=[w]] ; extra z"}});
  EXPECT_THAT(broken.Faults(), ElementsAre(HasSubstr("missing lib 1.0 0: one")));
  broken.Choose({.name = "one"});
  broken.App({"lib[extras=[x]]", "two ; extra w"});
  EXPECT_THAT(broken.Faults(), ElementsAre(HasSubstr("missing app 1.0 0: two")));
  broken.Choose({.name = "two"});
  EXPECT_THAT(broken.Faults(), IsEmpty());
}

TEST(CondaCheck, AnExtraThatNobodyKnowsOrWhoseRequirementDoesNotApplyBringsNothing) {
  CondaCase strange;
  strange.App({"lib", "gone[when=\"__win\"] ; extra x"});
  strange.Specs({"app[extras=[unknown]]", "app[extras=[x]]", "__linux[extras=[x]]",
                 "gone[extras=[x],when=\"__win\"]"});
  EXPECT_THAT(strange.Faults(), IsEmpty());
}

// ---- limits

TEST(CondaCheck, WhatARecordConstrainsMatchesIfItIsThere) {
  CondaCase broken;
  broken.App({"lib", "absent >=9 ; constrains", "lib >=1 ; constrains", "__glibc >=2 ; constrains",
              "lib >=2[when=\"__win\"] ; constrains"});
  EXPECT_THAT(broken.Faults(), IsEmpty());
  broken.App({"lib", "lib >=2 ; constrains", "__glibc >=3 ; constrains",
              "lib >=3[when=\"__linux\"] ; constrains"});
  EXPECT_THAT(broken.Faults(),
              ElementsAre("constraint app 1.0 0: __glibc >=3, __glibc 2.28 is there",
                          "constraint app 1.0 0: lib >=2, lib 1.0 0 is chosen",
                          HasSubstr("constraint app 1.0 0: lib >=3[when")));
}

TEST(CondaCheck, WhatARecordConstrainsIsNotAskedFor) {
  CondaCase broken;
  broken.App({"lib ; constrains"});
  EXPECT_THAT(broken.Faults(), ElementsAre(HasSubstr("unneeded lib 1.0 0")));
}

TEST(CondaCheck, ConstraintsAndLocksMatchWhatIsThereOfTheirName) {
  CondaCase broken;
  for (auto* list : {&broken.request.constraints, &broken.request.locked}) {
    *list = CondaCase::Placed({"absent >=9", "lib 1.0 0", "lib >=2[when=\"__win\"]", "__linux"});
    EXPECT_THAT(broken.Faults(), IsEmpty());
    const std::string kind = list == &broken.request.locked ? "locked" : "constraint";
    *list = CondaCase::Placed({"lib 1.0 1", "lib >=2[when=\"__linux\"]", "__linux >=7"});
    EXPECT_THAT(broken.Faults(),
                ElementsAre(AllOf(HasSubstr(kind + " /"), HasSubstr("/0: lib 1.0 1, lib 1.0 0 is")),
                            AllOf(HasSubstr(kind + " /"), HasSubstr("/1: lib >=2[when")),
                            AllOf(HasSubstr(kind + " /"), HasSubstr("__linux 6.1 is there"))));
    list->clear();
  }
}

TEST(CondaCheck, ALockAsksForNothing) {
  CondaCase broken;
  broken.request.locked = CondaCase::Placed({"tool"});
  EXPECT_THAT(broken.Faults(), IsEmpty());
  broken.Choose({.name = "tool"});
  EXPECT_THAT(broken.Faults(), ElementsAre(HasSubstr("unneeded tool 1.0 0")));
}

TEST(CondaCheck, NoPinMatchesAnExclusion) {
  CondaCase broken;
  broken.request.excluded =
      CondaCase::Placed({"absent", "lib >=2", "lib[when=\"__win\"]", "__linux"});
  EXPECT_THAT(broken.Faults(), IsEmpty());
  broken.request.excluded = CondaCase::Placed({"absent", "lib <2"});
  EXPECT_THAT(broken.Faults(),
              ElementsAre("excluded /excluded/1: not lib <2, lib 1.0 0 is chosen"));
}

TEST(CondaCheck, WhatIsFavoredNeedNotBeChosen) {
  CondaCase solved;
  solved.request.favored = CondaCase::Placed({"lib >=2", "absent"});
  EXPECT_THAT(solved.Faults(), IsEmpty());
}

// ---- the pins

TEST(CondaCheck, ANameIsPinnedOnce) {
  CondaCase broken;
  broken.Choose({.name = "lib", .version = "2.0"});
  EXPECT_THAT(broken.Faults(),
              ElementsAre("twoOfOne lib 2.0 0: one record of a package, lib 1.0 0 is chosen too"));
}

TEST(CondaCheck, NamesOfVirtualPackagesAreNotPinned) {
  CondaCase broken;
  broken.App({"lib", "__cuda"});
  broken.Choose({.name = "__cuda"});
  EXPECT_THAT(broken.Faults(),
              ElementsAre(HasSubstr("notInSource __cuda 1.0 0"), HasSubstr("missing app 1.0 0")));
}

TEST(CondaCheck, NothingIsThereUnneeded) {
  CondaCase broken;
  broken.Choose({.name = "one", .needs = {"two"}});
  broken.Choose({.name = "two", .needs = {"one"}});
  EXPECT_THAT(broken.Faults(),
              ElementsAre(HasSubstr("unneeded one 1.0 0"), HasSubstr("unneeded two 1.0 0")));
}

TEST(CondaCheck, WithoutDependenciesWhatRecordsSayOfOthersIsNotLookedAt) {
  CondaCase broken;
  broken.App({"lib", "gone", "not a specifier at all", "app >=2 ; constrains"});
  broken.request.no_deps = true;
  EXPECT_THAT(broken.Faults(), ElementsAre(HasSubstr("unneeded lib 1.0 0")));
  broken.Lib({.unknown_because = "lost"});
  broken.Specs({"app", "lib"});
  EXPECT_THAT(broken.Faults(), IsEmpty());
}

TEST(CondaCheck, ARecordsNeedsAreKnown) {
  CondaCase broken;
  broken.Lib({.unknown_because = "its entry is damaged"});
  EXPECT_THAT(broken.Faults(), ElementsAre("unknownNeeds lib 1.0 0: requirements that are known, "
                                           "its entry is damaged"));
}

TEST(CondaCheck, ARecordsNeedsAreReadableWhetherTheyApplyOrNot) {
  for (const char* text :
       {"not a specifier at all", "bad >=1..2 ; extra x", "bad >=1..2 ; constrains", "py* >=3",
        "gone[when=\"py*\"]", "gone[when=\"lib and py*\"]", "gone[when=\"(\"]"}) {
    CondaCase broken;
    broken.App({"lib", text});
    EXPECT_THAT(broken.Faults(),
                ElementsAre(HasSubstr("unreadable app 1.0 0: requirements that can be read, ")))
        << text;
  }
}

// ---- texts of the request

TEST(CondaCheck, ATextOfTheRequestThatCannotBeReadIsAnErrorWithItsPlace) {
  using Texts = std::vector<conda::PlacedText>;
  for (Texts conda::ResolveRequest::*list :
       {&conda::ResolveRequest::specs, &conda::ResolveRequest::constraints,
        &conda::ResolveRequest::locked, &conda::ResolveRequest::favored,
        &conda::ResolveRequest::excluded}) {
    for (const char* text : {"app >=1..2", "ap*", "^app$", "app[when=\"li*\"]"}) {
      CondaCase broken;
      broken.request.*list = CondaCase::Placed({"app", text});
      const auto report = broken.Run();
      EXPECT_EQ(report.status().code(), absl::StatusCode::kInvalidArgument) << text;
      EXPECT_THAT(std::string(Message(report.status())), HasSubstr("argument 2: match specifier"));
    }
  }
}

TEST(CondaCheck, NoMessageShowsCredentials) {
  const std::string lib = "https://me:secret@host.example/main::lib";
  CondaCase broken;
  broken.Specs({"app", lib});
  broken.App({lib, lib + "* ; constrains"});
  broken.request.constraints = CondaCase::Placed({lib});
  const std::vector<std::string> faults = broken.Faults();
  EXPECT_EQ(faults.size(), 4U);
  EXPECT_THAT(faults,
              Each(AllOf(HasSubstr("https://host.example/main::lib"), Not(HasSubstr("secret")))));
  broken.request.constraints.clear();
  broken.Specs({"app"});
  broken.request.excluded = CondaCase::Placed({"lib[url='https://me:secret@host.example/lib']"});
  broken.Lib({.file = {.url = "https://host.example/lib"}});
  broken.App({"lib"});
  EXPECT_THAT(broken.Faults(), ElementsAre(AllOf(HasSubstr("excluded"), Not(HasSubstr("secret")))));
}

TEST(CondaCheck, AVirtualPackageThatCannotBeReadIsAnErrorWithItsName) {
  struct Bad {
    conda::VirtualPackage package;
    const char* message;
  };
  for (const Bad& one : {Bad{{"__cuda", "1..2", "0"}, "virtual package '__cuda': "},
                         Bad{{"__Linux", "1", "0"}, "virtual package '__Linux': expected one of"},
                         Bad{{"cuda", "1", "0"}, "virtual package 'cuda': expected a name"}}) {
    CondaCase broken;
    broken.request.virtual_packages.push_back(one.package);
    const auto report = broken.Run();
    EXPECT_EQ(report.status().code(), absl::StatusCode::kInvalidArgument) << one.message;
    EXPECT_THAT(std::string(Message(report.status())), HasSubstr(one.message));
  }
}

TEST(CondaCheck, TextsAreReadInTheDialectOfTheRequest) {
  for (const bool in_request : {true, false}) {
    CondaCase spelled;
    spelled.Lib({.version = "1.8.1"});
    spelled.App({in_request ? "lib" : "lib !=1.8"});
    if (in_request) spelled.request.constraints = CondaCase::Placed({"lib !=1.8"});
    EXPECT_EQ(spelled.Faults().size(), 1U);
    spelled.request.dialect = conda::Dialect::kConda;
    EXPECT_THAT(spelled.Faults(), IsEmpty());
  }
}

// ---- what of a record is matched

TEST(CondaCheck, ASpecifierLooksAtAllThatARecordSays) {
  const std::string md5(32, 'a');
  const std::string sha256(64, 'b');
  struct Asked {
    std::string fits;
    std::string other;
  };
  for (const Asked& one :
       {Asked{"version='1.5.*'", "version='1.6.*'"}, Asked{"build='py3*'", "build='py2*'"},
        Asked{"build_number='>6'", "build_number='0'"}, Asked{"channel=main", "channel=forge"},
        Asked{"subdir=noarch", "subdir=linux-64"}, Asked{"fn=lib.conda", "fn=lib-1.5-py3.conda"},
        Asked{"url='https://host.example/lib'", "url='https://host.example/other'"},
        Asked{"md5=" + md5, "md5=" + sha256.substr(32)}, Asked{"sha256=" + sha256, "sha256=a"},
        Asked{"license=MIT", "license=BSD"}, Asked{"license_family=MIT", "license_family=BSD"},
        Asked{"track_features='one two'", "track_features=one"},
        Asked{"features=mkl", "features=no"}, Asked{"flags=[fast]", "flags=[slow]"},
        Asked{"flags=['gpu:*', fast]", "flags=[gpu]"},
        Asked{"timestamp='1700000000123'", "timestamp='1700000000000'"}}) {
    CondaCase asked;
    asked.Lib({.version = "1.5",
               .build = "py3_7",
               .subdir = "noarch",
               .says = {{"build_number", "7"},
                        {"features", "mkl"},
                        {"flags", "gpu:cuda  fast"},
                        {"license", "MIT"},
                        {"license_family", "mit"},
                        {"track_features", "two one"}},
               .file = {.name = "lib.conda",
                        .url = "https://host.example/lib",
                        .uploaded = "2023-11-14T22:13:20.123Z",
                        .sha256 = sha256,
                        .md5 = md5}});
    asked.App({"lib[" + one.fits + "]"});
    EXPECT_THAT(asked.Faults(), IsEmpty()) << one.fits;
    asked.App({"lib[" + one.other + "]"});
    EXPECT_THAT(asked.Faults(), ElementsAre(HasSubstr("wrongVersion"))) << one.other;
  }
}

TEST(CondaCheck, ANumberThatARecordDoesNotSayIsZero) {
  CondaCase asked;
  asked.App({"lib[build_number=0]", "lib[timestamp=0]"});
  EXPECT_THAT(asked.Faults(), IsEmpty());
}

}  // namespace
}  // namespace accord::check
