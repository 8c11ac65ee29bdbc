// Environments as texts and as folders.
#include "ecosystem/conda/installed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "metadata/zstd_stream.h"
#include "tests/support/conda_environment.h"

namespace accord::conda {
namespace {

using accord::testing::CondaRecord;
using accord::testing::EnvironmentOf;
using accord::testing::InstalledJson;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

EnvironmentTexts OneFile(std::string text) {
  EnvironmentTexts texts;
  texts.records.push_back({.path = "env/lib-1-0.json", .text = std::move(text)});
  return texts;
}

std::string ErrorOf(const EnvironmentTexts& texts, const InstalledLimits& limits = {}) {
  const auto installed = Installed::Read(texts, "env", limits);
  EXPECT_FALSE(installed.ok());
  return std::string(Message(installed.status()));
}

std::vector<std::string> AskedSpecsOf(const Installed& installed) {
  std::vector<std::string> asked;
  for (const AskedSpec& one : installed.asked()) asked.push_back(one.spec.text);
  return asked;
}

TEST(CondaInstalled, ARecordHasItsFactsAndNoMoreOfItsChannelThanTheChannel) {
  const auto installed =
      Installed::Read(OneFile(InstalledJson(
                          {.name = "lib",
                           .build = "h_2",
                           .build_number = 2,
                           .depends = {"zlib >=1"},
                           .constrains = {"old <3"}},
                          "https://user:word@host.example/t/to-ken/main/linux-64",
                          R"(,"md5":"00112233445566778899aabbccddeeff","noarch":"python",)"
                          R"("files":["a"],"url":"https://host.example/main/linux-64/lib.conda")")),
                      "env");
  ASSERT_TRUE(installed.ok()) << installed.status();
  EXPECT_THAT((*installed)->names(), ElementsAre("lib"));
  const auto facts = (*installed)->Find("lib");
  ASSERT_TRUE(facts.ok() && *facts != nullptr);
  const auto record = (*facts)->ToRecord();
  ASSERT_TRUE(record.ok());
  const metadata::VersionRecord& version = record->versions.at(0);
  EXPECT_THAT(version.attributes,
              ElementsAre(std::pair("build", "h_2"), std::pair("build_number", "2"),
                          std::pair("channel", "https://host.example/main"),
                          std::pair("noarch", "python"), std::pair("subdir", "linux-64")));
  EXPECT_EQ(version.files.at(0).name, "lib-1-h_2.conda");
  EXPECT_EQ(version.files.at(0).md5, "00112233445566778899aabbccddeeff");
  EXPECT_THAT(record->metadata.at(0).requirements, ElementsAre("old <3 ; constrains", "zlib >=1"));
  EXPECT_EQ(*(*installed)->Find("zlib"), nullptr);
}

TEST(CondaInstalled, ASubdirThatIsSaidNowhereElseIsTheChannels) {
  const auto installed = Installed::Read(
      OneFile(R"({"name":"lib","version":"1","channel":"https://host.example/main/noarch"})"),
      "env");
  ASSERT_TRUE(installed.ok()) << installed.status();
  EXPECT_EQ((*(*installed)->Find("lib"))->attribute("subdir")[0], "noarch");
}

TEST(CondaInstalled, WhatIsNoLongerThereIsNotAskedFor) {
  const auto installed =
      Installed::Read(EnvironmentOf({{.name = "lib"}}, {"lib", "gone >=2"}), "env");
  ASSERT_TRUE(installed.ok()) << installed.status();
  EXPECT_THAT(AskedSpecsOf(**installed), ElementsAre("lib"));
}

TEST(CondaInstalled, RecordsSayWhoAskedWhereTheHistoryDoesNot) {
  EnvironmentTexts texts = EnvironmentOf({}, {});
  const auto add = [&](const std::string& name, std::string_view requested) {
    texts.records.push_back({.path = Cat("env/", name, ".json"),
                             .text = InstalledJson({.name = name}, "main", requested)});
  };
  add("app", R"(,"requested_spec":"app >=1")");
  add("lib", R"(,"requested_spec":"None")");
  add("tool", R"(,"requested_specs":["tool","tool <3"],"requested_spec":"tool")");
  add("zlib", R"(,"requested_spec":"other")");
  const auto installed = Installed::Read(texts, "env");
  ASSERT_TRUE(installed.ok()) << installed.status();
  EXPECT_THAT(AskedSpecsOf(**installed), ElementsAre("app >=1", "tool <3"));
  texts.history.text = "# update specs: ['lib']";
  EXPECT_THAT(AskedSpecsOf(**Installed::Read(texts, "env")), ElementsAre("lib"));
}

TEST(CondaInstalled, DamageIsToldWithTheFile) {
  EXPECT_THAT(ErrorOf(OneFile("{")), HasSubstr("env/lib-1-0.json: /: damaged JSON"));
  EXPECT_THAT(ErrorOf(OneFile("[]")), HasSubstr("env/lib-1-0.json: /: an object is expected"));
  EXPECT_THAT(ErrorOf(OneFile(R"({"name":"lib","version":"1","depends":"a"})")),
              HasSubstr("env/lib-1-0.json: /depends"));
  EXPECT_THAT(ErrorOf(OneFile(R"({"name":"lib","version":"1","channel":7})")),
              HasSubstr("env/lib-1-0.json: /channel"));
  EXPECT_THAT(ErrorOf(OneFile(R"({"name":"lib","version":"1 2"})")),
              HasSubstr("env/lib-1-0.json: version '1 2'"));
  EXPECT_THAT(
      ErrorOf(OneFile(InstalledJson({.name = "lib"}, "main", R"(,"requested_spec":"lib >>1")"))),
      HasSubstr("env/lib-1-0.json: match specifier"));
  for (const std::string name : {"__glibc", "lib[x]", "lib=1", "lib*"}) {
    EXPECT_THAT(ErrorOf(OneFile(InstalledJson({.name = name}))),
                HasSubstr(Cat("env/lib-1-0.json: the name of a package that channels can have is "
                              "wanted, found '",
                              name)));
  }
  EXPECT_THAT(ErrorOf(EnvironmentOf({{.name = "lib"}, {.name = "lib", .version = "2"}}, {})),
              HasSubstr("lib-2-0.json: one record of lib is wanted, found env/conda-meta/lib-1-0"));
}

TEST(CondaInstalled, AFolderIsReadAndItsLimitsHold) {
  const std::filesystem::path prefix =
      std::filesystem::path(::testing::TempDir()) / "accord_installed_prefix";
  std::filesystem::create_directories(prefix / "conda-meta");
  const auto write = [&](const std::string& name, const std::string& text) {
    EXPECT_TRUE(metadata::WriteFileBytes((prefix / "conda-meta" / name).string(), text).ok());
  };
  write("lib-1-0.json", InstalledJson({.name = "lib"}));
  write("state", "no record");
  const auto without = Installed::Open(prefix.string());
  ASSERT_TRUE(without.ok()) << without.status();
  EXPECT_THAT((*without)->asked(), IsEmpty());
  write("history", "==> 1 <==\n# update specs: ['lib']\n");
  const auto installed = Installed::Open(prefix.string());
  ASSERT_TRUE(installed.ok()) << installed.status();
  EXPECT_THAT((*installed)->names(), ElementsAre("lib"));
  EXPECT_THAT(AskedSpecsOf(**installed), ElementsAre("lib"));
  const auto error_of = [&](const InstalledLimits& limits) {
    return Installed::Open(prefix.string(), limits).status().code();
  };
  EXPECT_EQ(error_of({.record_bytes_max = 10}), LimitReached("", "").code());
  EXPECT_EQ(error_of({.history_bytes_max = 10}), LimitReached("", "").code());
  EXPECT_EQ(error_of({.records_max = 0}), LimitReached("", "").code());
  EXPECT_EQ(error_of({.specs_max = 0}), LimitReached("", "").code());
  std::filesystem::remove_all(prefix);
  EXPECT_EQ(Installed::Open(prefix.string()).status().code(), Missing("", "").code());
}

}  // namespace
}  // namespace accord::conda
