// Conda requests from text to answer, rule by rule.
#include "engine/conda.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/error.h"
#include "engine/corpora.h"
#include "engine/sources.h"
#include "tests/support/conda_source.h"

namespace accord::engine {
namespace {

using accord::testing::CondaRecord;
using accord::testing::CondaRequest;
using accord::testing::CondaSource;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class CondaResolve : public ::testing::Test {
 protected:
  void Add(const CondaRecord& record) { main_.Add(record); }

  Answer Ask(const conda::ResolveRequest& request) {
    const metadata::Source* sources[] = {&main_, &second_};
    const absl::StatusOr<Answer> answer = Resolve(request, sources);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? *answer : Answer();
  }

  // "name version build" of each; "unsat" where there is no solution.
  std::vector<std::string> Chosen(const conda::ResolveRequest& request) {
    const Answer answer = Ask(request);
    if (!answer.has_solution) return {"unsat"};
    std::vector<std::string> chosen;
    for (const ChosenPackage& one : answer.solution) {
      chosen.push_back(Cat(one.name, " ", one.version, " ", one.build));
      for (const std::string& extra : one.extras) chosen.back() += Cat(" [", extra, "]");
    }
    return chosen;
  }
  std::vector<std::string> Chosen(const std::vector<std::string>& specs) {
    return Chosen(CondaRequest(specs));
  }
  std::string Error(const conda::ResolveRequest& request) {
    const metadata::Source* sources[] = {&main_};
    return std::string(Message(Resolve(request, sources).status()));
  }

  CondaSource main_{"main"};
  CondaSource second_{"second"};
};

TEST_F(CondaResolve, NeedsAreMetByTheNewestThatFits) {
  Add({.name = "app", .depends = {"lib >=1,<3", "tool"}});
  for (const std::string version : {"0.9", "1.10", "1.9", "3"}) {
    Add({.name = "lib", .version = version});
  }
  Add({.name = "tool", .version = "2", .depends = {"lib <1.10"}});
  EXPECT_THAT(Chosen({"app"}), ElementsAre("app 1 0", "lib 1.9 0", "tool 2 0"));
}

TEST_F(CondaResolve, WhoAsksForWhatIsTold) {
  Add({.name = "app", .depends = {"lib >=1"}});
  Add({.name = "lib", .version = "2", .build = "h_1", .build_number = 1});
  const Answer answer = Ask(CondaRequest({"app"}));
  ASSERT_EQ(answer.solution.size(), 2U);
  const ChosenPackage& lib = answer.solution[1];
  EXPECT_EQ(lib.build, "h_1");
  EXPECT_EQ(lib.build_number, 1U);
  EXPECT_EQ(lib.channel, "main");
  EXPECT_EQ(lib.subdir, "linux-64");
  ASSERT_EQ(lib.files.size(), 1U);
  EXPECT_EQ(lib.files[0].name, "lib-2-h_1.conda");
  ASSERT_EQ(lib.required_by.size(), 1U);
  EXPECT_EQ(lib.required_by[0].who, "app 1 0");
  EXPECT_EQ(lib.required_by[0].requirement, "lib >=1");
}

TEST_F(CondaResolve, ConstrainsLimitAndDoNotAsk) {
  Add({.name = "app", .constrains = {"lib <2"}});
  Add({.name = "lib", .version = "1"});
  Add({.name = "lib", .version = "2"});
  EXPECT_THAT(Chosen({"app"}), ElementsAre("app 1 0"));
  EXPECT_THAT(Chosen({"app", "lib"}), ElementsAre("app 1 0", "lib 1 0"));
  EXPECT_THAT(Chosen({"app", "lib >=2"}), ElementsAre("unsat"));
}

TEST_F(CondaResolve, ANeedCountsWhenItsConditionHolds) {
  Add({.name = "app",
       .depends = {"tomli[when=\"python <3.11\"]", "posix[when=\"__unix\"]",
                   "old[when=\"python <3 or __glibc <2.17\"]"}});
  Add({.name = "python", .version = "3.10"});
  Add({.name = "python", .version = "3.12"});
  for (const std::string name : {"tomli", "posix", "old"}) Add({.name = name});
  EXPECT_THAT(Chosen({"app"}), ElementsAre("app 1 0"));
  EXPECT_THAT(Chosen({"app", "python"}), ElementsAre("app 1 0", "python 3.12 0"));
  EXPECT_THAT(Chosen({"app", "python <3.11"}),
              ElementsAre("app 1 0", "python 3.10 0", "tomli 1 0"));
  conda::ResolveRequest request = CondaRequest({"app"});
  request.virtual_packages = {{"__unix", "0", "0"}, {"__glibc", "2.12", "0"}};
  EXPECT_THAT(Chosen(request), ElementsAre("app 1 0", "old 1 0", "posix 1 0"));
}

TEST_F(CondaResolve, AConstraintCountsWhenItsConditionHolds) {
  Add({.name = "app", .constrains = {"lib <2[when=\"python <3.11\"]"}});
  Add({.name = "python", .version = "3.10"});
  Add({.name = "python", .version = "3.12"});
  Add({.name = "lib", .version = "1"});
  Add({.name = "lib", .version = "2"});
  EXPECT_THAT(Chosen({"app", "lib", "python"}), ElementsAre("app 1 0", "lib 2 0", "python 3.12 0"));
  EXPECT_THAT(Chosen({"app", "lib", "python <3.11"}),
              ElementsAre("app 1 0", "lib 1 0", "python 3.10 0"));
}

TEST_F(CondaResolve, WhatTheTargetHasIsNeitherRequestedNorExcluded) {
  Add({.name = "app", .depends = {"__glibc"}});
  conda::ResolveRequest request = CondaRequest({"app", "__cuda[when=\"gone\"]"});
  request.excluded = {{"__glibc", "argument 3"}};
  const Answer answer = Ask(request);
  EXPECT_TRUE(answer.has_solution);
  ASSERT_EQ(answer.priorities.size(), 1U);
  EXPECT_EQ(answer.priorities[0].name, "app");
}

TEST_F(CondaResolve, ExtrasAddWhatTheirRecordAsksForUnderThem) {
  Add({.name = "app",
       .version = "1",
       .extras = {{"net", {"http >=2"}}, {"all", {"app[extras=[net]]"}}}});
  Add({.name = "http", .version = "2"});
  Add({.name = "user", .depends = {"app[extras=[net]]"}});
  EXPECT_THAT(Chosen({"app"}), ElementsAre("app 1 0"));
  EXPECT_THAT(Chosen({"app[extras=[net]]"}), ElementsAre("app 1 0 [net]", "http 2 0"));
  EXPECT_THAT(Chosen({"app[extras=[all]]"}), ElementsAre("app 1 0 [all] [net]", "http 2 0"));
  EXPECT_THAT(Chosen({"user"}), ElementsAre("app 1 0 [net]", "http 2 0", "user 1 0"));
}

TEST_F(CondaResolve, WhatTheTargetHasIsThereAndNothingElse) {
  Add({.name = "new", .version = "1", .depends = {"__glibc >=2.17"}});
  Add({.name = "new", .version = "2", .depends = {"__glibc >=2.34"}});
  Add({.name = "gpu", .depends = {"__cuda"}});
  Add({.name = "cpu", .constrains = {"__glibc >=2.34"}});
  EXPECT_THAT(Chosen({"new"}), ElementsAre("new 1 0"));
  EXPECT_THAT(Chosen({"gpu"}), ElementsAre("unsat"));
  EXPECT_THAT(Chosen({"cpu"}), ElementsAre("unsat"));
}

TEST_F(CondaResolve, StrictPriorityHidesLaterChannels) {
  Add({.name = "lib", .version = "1"});
  second_.Add({.name = "lib", .version = "2"});
  second_.Add({.name = "only"});
  EXPECT_THAT(Chosen({"lib", "only"}), ElementsAre("lib 1 0", "only 1 0"));
  EXPECT_THAT(Chosen({"lib >=2"}), ElementsAre("unsat"));
}

TEST_F(CondaResolve, FlexiblePriorityTakesALaterChannelWhereItMust) {
  Add({.name = "lib", .version = "1"});
  second_.Add({.name = "lib", .version = "2"});
  conda::ResolveRequest request = CondaRequest({"lib"});
  request.channel_priority = conda::ChannelPriority::kFlexible;
  EXPECT_THAT(Chosen(request), ElementsAre("lib 1 0"));
  request.specs[0].text = "lib >=2";
  EXPECT_THAT(Chosen(request), ElementsAre("lib 2 0"));
}

TEST_F(CondaResolve, WithoutPriorityTheVersionDecides) {
  Add({.name = "lib", .version = "1", .build = "a"});
  Add({.name = "lib", .version = "2", .build = "a"});
  second_.Add({.name = "lib", .version = "2", .build = "z"});
  second_.Add({.name = "other", .version = "3"});
  Add({.name = "other", .version = "2"});
  conda::ResolveRequest request = CondaRequest({"lib", "other"});
  request.channel_priority = conda::ChannelPriority::kDisabled;
  EXPECT_THAT(Chosen(request), ElementsAre("lib 2 a", "other 3 0"));
}

TEST_F(CondaResolve, ASpecifierNamesItsChannel) {
  Add({.name = "lib", .version = "2"});
  second_.Add({.name = "lib", .version = "1"});
  conda::ResolveRequest request = CondaRequest({"second::lib"});
  request.channel_priority = conda::ChannelPriority::kFlexible;
  EXPECT_THAT(Chosen(request), ElementsAre("lib 1 0"));
}

TEST_F(CondaResolve, FewerFeaturesThenVersionThenBuildNumberThenTime) {
  Add({.name = "blas", .version = "9", .build = "mkl", .track_features = "mkl"});
  Add({.name = "blas", .version = "1", .build = "old", .build_number = 7});
  Add({.name = "blas", .version = "2", .build = "n0", .build_number = 0});
  Add({.name = "blas",
       .version = "2",
       .build = "n1a",
       .build_number = 1,
       .uploaded = "2024-01-02T00:00:00Z"});
  Add({.name = "blas",
       .version = "2",
       .build = "n1b",
       .build_number = 1,
       .uploaded = "2024-01-01T00:00:00Z"});
  EXPECT_THAT(Chosen({"blas"}), ElementsAre("blas 2 n1a"));
  EXPECT_THAT(Chosen({"blas * n*0"}), ElementsAre("blas 2 n0"));
  EXPECT_THAT(Chosen({"blas >=9"}), ElementsAre("blas 9 mkl"));
}

TEST_F(CondaResolve, OfEqualBuildsTheOneWithBetterNeedsIsBetter) {
  Add({.name = "app", .build = "z311", .depends = {"python >=3.11,<3.12.0a0", "zlib"}});
  Add({.name = "app", .build = "a312", .depends = {"python >=3.12,<3.13.0a0", "zlib"}});
  Add({.name = "app", .build = "y310", .depends = {"python >=3.10,<3.11.0a0"}});
  for (const std::string version : {"3.10.1", "3.11.9", "3.12.0"}) {
    Add({.name = "python", .version = version});
  }
  Add({.name = "zlib"});
  EXPECT_THAT(Chosen({"app"}), ElementsAre("app 1 a312", "python 3.12.0 0", "zlib 1 0"));
  EXPECT_THAT(Chosen({"app", "python <3.12"}),
              ElementsAre("app 1 z311", "python 3.11.9 0", "zlib 1 0"));
}

TEST_F(CondaResolve, NeedsAreComparedByNameInWhateverOrderTheirTextsStand) {
  // As texts lib-x comes before lib>, as names behind lib.
  Add({.name = "app", .build = "b", .depends = {"lib-x", "lib<2"}});
  Add({.name = "app", .build = "a", .depends = {"lib-x>=1", "lib>=2"}});
  Add({.name = "lib", .version = "1"});
  Add({.name = "lib", .version = "2"});
  Add({.name = "lib-x"});
  EXPECT_THAT(Chosen({"app"}), ElementsAre("app 1 a", "lib 2 0", "lib-x 1 0"));
}

TEST_F(CondaResolve, WhatMayNotBeNeededMakesNoBuildWorse) {
  Add({.name = "app", .build = "b", .depends = {"lib[when=\"old\"]"}});
  Add({.name = "app", .build = "a", .depends = {"lib"}});
  Add({.name = "lib"});
  EXPECT_THAT(Chosen({"app"}), ElementsAre("app 1 b"));
}

TEST_F(CondaResolve, NeedsOfRecordsInTwoChannelsAreComparedByTheirTexts) {
  Add({.name = "app", .depends = {"lib <2"}});
  second_.Add({.name = "app", .depends = {"lib >=2"}});
  Add({.name = "lib", .version = "1"});
  Add({.name = "lib", .version = "2"});
  conda::ResolveRequest request = CondaRequest({"app"});
  request.channel_priority = conda::ChannelPriority::kDisabled;
  EXPECT_THAT(Chosen(request), ElementsAre("app 1 0", "lib 2 0"));
}

TEST_F(CondaResolve, TheOldestIsTakenWhereTheLowestIsWished) {
  for (const std::string version : {"1", "2", "3"}) Add({.name = "lib", .version = version});
  Add({.name = "lib", .version = "1", .build = "1", .build_number = 1});
  conda::ResolveRequest request = CondaRequest({"lib"});
  request.resolution = conda::Resolution::kLowest;
  EXPECT_THAT(Chosen(request), ElementsAre("lib 1 1"));
}

TEST_F(CondaResolve, OtherSubdirsAreNotThere) {
  Add({.name = "lib", .version = "1", .subdir = "noarch"});
  Add({.name = "lib", .version = "2", .subdir = "osx-64"});
  conda::ResolveRequest request = CondaRequest({"lib"});
  request.subdirs = {"linux-64", "noarch"};
  EXPECT_THAT(Chosen(request), ElementsAre("lib 1 0"));
}

TEST_F(CondaResolve, AgeLeavesRecordsOut) {
  Add({.name = "lib", .version = "1", .uploaded = "2024-01-01T00:00:00Z"});
  Add({.name = "lib", .version = "2", .uploaded = "2024-01-02T00:00:00Z"});
  Add({.name = "lib", .version = "3"});
  conda::ResolveRequest request = CondaRequest({"lib"});
  request.exclude_newer.instant_ms = *conda::MillisecondsOf("2024-01-02T00:00:00Z");
  EXPECT_THAT(Chosen(request), ElementsAre("lib 3 0"));
  request.exclude_newer.admit_unknown = false;
  EXPECT_THAT(Chosen(request), ElementsAre("lib 1 0"));
  request.exclude_newer.packages = {
      {.name = "Lib", .instant_ms = *conda::MillisecondsOf("2024-01-03T00:00:00Z")}};
  EXPECT_THAT(Chosen(request), ElementsAre("lib 2 0"));
  request.exclude_newer.channels = {{.name = "main", .instant_ms = 0}};
  EXPECT_THAT(Chosen(request), ElementsAre("lib 2 0"));
  request.exclude_newer.packages = {};
  EXPECT_THAT(Chosen(request), ElementsAre("lib 3 0"));
}

TEST_F(CondaResolve, LocksFavoursAndExclusions) {
  for (const std::string version : {"1", "2", "3"}) Add({.name = "lib", .version = version});
  conda::ResolveRequest request = CondaRequest({"lib"});
  request.favored = {{"lib 2", "the lock"}};
  EXPECT_THAT(Chosen(request), ElementsAre("lib 2 0"));
  request.excluded = {{"lib 2", "argument"}};
  EXPECT_THAT(Chosen(request), ElementsAre("lib 3 0"));
  request.locked = {{"lib 1", "a pin"}};
  EXPECT_THAT(Chosen(request), ElementsAre("lib 1 0"));
  request.constraints = {{"lib >=2", "a file"}};
  EXPECT_THAT(Chosen(request), ElementsAre("unsat"));
}

TEST_F(CondaResolve, ARecordWhoseNeedsCannotBeReadIsPassedOver) {
  Add({.name = "lib", .version = "1"});
  Add({.name = "lib", .version = "2", .depends = {"a >>1"}});
  const Answer answer = Ask(CondaRequest({"lib"}));
  ASSERT_EQ(answer.solution.size(), 1U);
  EXPECT_EQ(answer.solution[0].version, "1");
  EXPECT_THAT(answer.claim.assuming, ElementsAre("lib 2 0"));
}

TEST_F(CondaResolve, WhatNoChannelHas) {
  CondaSource some("some", /*complete=*/false);
  some.Add({.name = "app", .depends = {"gone"}});
  const metadata::Source* sources[] = {&some};
  const conda::ResolveRequest request = CondaRequest({"app"});
  const absl::StatusOr<Answer> answer = Resolve(request, sources);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_FALSE(answer->has_solution);
  EXPECT_THAT(answer->claim.assuming, ElementsAre("gone"));
}

TEST_F(CondaResolve, NeedsAreLeftAloneIfSoWished) {
  Add({.name = "app", .depends = {"gone"}});
  conda::ResolveRequest request = CondaRequest({"app"});
  request.no_deps = true;
  EXPECT_THAT(Chosen(request), ElementsAre("app 1 0"));
}

TEST_F(CondaResolve, AConflictNamesTheRecordsThatLimit) {
  Add({.name = "app", .version = "1", .constrains = {"lib <2"}});
  Add({.name = "app", .version = "2", .constrains = {"lib <2"}});
  Add({.name = "lib", .version = "1"});
  Add({.name = "lib", .version = "2"});
  std::vector<std::string> lines;
  for (const CoreLine& line : Ask(CondaRequest({"app", "lib >=2"})).conflict) {
    lines.push_back(line.text);
  }
  EXPECT_THAT(lines, ElementsAre("request: app", "request: lib >=2",
                                 "app 1 0 .. 2 0 (2 versions) allow only lib <2"));
}

TEST_F(CondaResolve, AConflictIsTold) {
  Add({.name = "app", .depends = {"lib >=2"}});
  Add({.name = "tool", .depends = {"lib <2"}});
  Add({.name = "lib", .version = "1"});
  Add({.name = "lib", .version = "2"});
  const Answer answer = Ask(CondaRequest({"app", "tool"}));
  std::vector<std::string> lines;
  for (const CoreLine& line : answer.conflict) lines.push_back(line.text);
  EXPECT_THAT(lines, ElementsAre("request: app", "request: tool", "app 1 0 needs lib >=2",
                                 "tool 1 0 needs lib <2", "one version of lib at most"));
  ASSERT_THAT(answer.explanation.sentences, ::testing::Not(IsEmpty()));
  EXPECT_THAT(answer.explanation.sentences.front(), HasSubstr("lib"));
}

TEST_F(CondaResolve, TheTargetIsNamedWhereItDecides) {
  Add({.name = "new", .depends = {"__glibc >=2.34"}});
  Add({.name = "gpu", .depends = {"__cuda"}});
  const auto said = [&](const std::string& spec) {
    const Answer answer = Ask(CondaRequest({spec}));
    return answer.explanation.sentences.empty() ? "" : answer.explanation.sentences.back();
  };
  EXPECT_EQ(
      said("new"),
      "Because __glibc >=2.34 is needed and the target has glibc 2.28, there is no solution.");
  EXPECT_EQ(said("gpu"),
            "Because __cuda is needed and the target has no cuda, there is no solution.");
}

TEST_F(CondaResolve, RecordsThatAreLeftOutAreTold) {
  Add({.name = "lib", .version = "1", .uploaded = "2024-01-02T00:00:00Z"});
  Add({.name = "lib", .version = "no version"});
  Add({.name = "lib", .version = "neither one"});
  conda::ResolveRequest request = CondaRequest({"lib"});
  request.exclude_newer.instant_ms = *conda::MillisecondsOf("2024-01-01T00:00:00Z");
  const Answer answer = Ask(request);
  std::vector<std::string> lines;
  for (const CoreLine& line : answer.conflict) lines.push_back(line.text);
  EXPECT_THAT(lines, ElementsAre("request: lib", "no admitted version is lib",
                                 "lib: 1 record is left out, e.g. 1 0 is too new (--exclude-newer)",
                                 "lib: 2 records are left out, e.g. no version 0 has a version "
                                 "that is none"));
}

TEST_F(CondaResolve, WhatStrictPriorityHidesIsTold) {
  Add({.name = "lib", .version = "1"});
  second_.Add({.name = "lib", .version = "2", .build = "a"});
  second_.Add({.name = "lib", .version = "3", .build = "b"});
  const Answer answer = Ask(CondaRequest({"lib >=2"}));
  EXPECT_TRUE(std::ranges::any_of(answer.explanation.nodes, [](const explain::Node& node) {
    return node.filter == "channelPriority";
  }));
  std::string all;
  for (const std::string& sentence : answer.explanation.sentences) all += sentence;
  EXPECT_THAT(all,
              HasSubstr("lib >=2: 2 records are hidden, e.g. 3 b of second, as main has the name "
                        "(--channel-priority strict)"));
}

TEST_F(CondaResolve, WhichConflictIsToldDoesNotHangOnTheOrderOfTheTexts) {
  const auto told = [this](const std::vector<std::string>& specs) {
    std::vector<std::string> lines;
    for (const CoreLine& line : Ask(CondaRequest(specs)).conflict) lines.push_back(line.text);
    return lines;
  };
  EXPECT_THAT(told({"gone", "lost"}), ElementsAre("request: gone", "gone does not exist"));
  EXPECT_EQ(told({"gone", "lost"}), told({"lost", "gone"}));
}

TEST_F(CondaResolve, WhatARecordAllowsIsAReason) {
  Add({.name = "app", .constrains = {"lib <2"}});
  Add({.name = "tool", .depends = {"lib >=2"}});
  Add({.name = "picky", .constrains = {"lib <1[when=\"tool\"]"}});
  for (const std::string version : {"0", "1", "2", "3"}) Add({.name = "lib", .version = version});
  const auto said = [&](const std::vector<std::string>& specs) {
    std::string all;
    for (const std::string& sentence : Ask(CondaRequest(specs)).explanation.sentences) {
      all += sentence + "\n";
    }
    return all;
  };
  EXPECT_EQ(said({"app", "lib >=2"}),
            "Because app allows only lib <2 and you ask for app and lib >=2, lib <2 is needed.\n"
            "Because lib <2 is needed and you ask for lib >=2, there is no solution.\n");
  EXPECT_EQ(said({"app", "tool"}),
            "Because tool needs lib >=2 and you ask for tool, lib >=2 is needed.\n"
            "Because app allows only lib <2, lib >=2 is needed, and you ask for app, lib <2 is "
            "needed.\n"
            "Because lib >=2 is needed and lib <2 is needed, there is no solution.\n");
  EXPECT_EQ(said({"picky", "tool"}),
            "Because tool needs lib >=2 and you ask for tool, lib >=2 is needed.\n"
            "Because picky allows only lib <1 under tool, lib >=2 is needed, and you ask for picky "
            "and tool, lib <1 is needed.\n"
            "Because lib >=2 is needed and lib <1 is needed, there is no solution.\n");
}

TEST_F(CondaResolve, BadTextsNameTheirPlace) {
  conda::ResolveRequest request = CondaRequest({"lib", "a >>1"});
  EXPECT_THAT(Error(request), StartsWith("argument 2: "));
  request = CondaRequest({"py*"});
  EXPECT_THAT(Error(request), HasSubstr("the name of one package is expected"));
  request = CondaRequest({"lib"});
  request.locked = {{"lib[when=\"a\"]", "the lock"}};
  EXPECT_THAT(Error(request), StartsWith("the lock: a specifier without condition"));
  request.locked = {};
  request.virtual_packages = {{"glibc", "1", "0"}};
  EXPECT_THAT(Error(request), HasSubstr("begins with '__'"));
  request.virtual_packages = {{"__glibc", "1", "0"}, {"__glibc", "2", "0"}};
  EXPECT_THAT(Error(request), HasSubstr("it is there twice"));
}

TEST(CondaChannels, AreThoseOfTheRecordsInEveryForm) {
  const std::string folder = Cat(ACCORD_SOURCE_DIR, "/corpora/conda-synthetic/lab");
  const std::string compiled = Cat(::testing::TempDir(), "/conda_channels.acx");
  const auto built =
      BuildCorpus({.inputs = {folder}, .output = compiled, .channel = "https://h.example/lab"},
                  {.ecosystem = "conda"}, {});
  ASSERT_TRUE(built.ok()) << built.status();
  const std::string paths[] = {folder, compiled};
  auto sources = Sources::Open(paths, "conda");
  ASSERT_TRUE(sources.ok()) << sources.status();
  EXPECT_THAT(ChannelsOf(sources->all()).value(), ElementsAre("lab", "https://h.example/lab"));
  const size_t second[] = {1};
  sources->Choose(second);
  EXPECT_THAT(ChannelsOf(sources->all()).value(), ElementsAre("https://h.example/lab"));
  const CondaSource silent("c");
  const metadata::Source* const only[] = {&silent};
  EXPECT_THAT(ChannelsOf(only).value(), ElementsAre(""));
}

}  // namespace
}  // namespace accord::engine
