// Which record a pin of a conda answer means, and which records there are by a request's policies.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "check/conda_check.h"
#include "check/instant.h"
#include "metadata/facts_encode.h"
#include "tests/support/memory_source.h"
#include "tests/unit/check/conda_case.h"

namespace accord::check {
namespace {

using conda::ChannelPriority;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr uint64_t kNewYear = 1704067200000;  // 2024-01-01T00:00:00Z
constexpr ChannelPriority kPriorities[] = {ChannelPriority::kStrict, ChannelPriority::kFlexible,
                                           ChannelPriority::kDisabled};

CondaFact LibOf(std::string uploaded) {
  return {.name = "lib", .file = {.uploaded = std::move(uploaded)}};
}

TEST(CondaRecords, APinIsARecordOfAChannelInEveryText) {
  CondaCase meant;
  meant.pins[1] = {.name = "lib",
                   .version = "1.0",
                   .build = "0",
                   .channel = "main",
                   .subdir = "linux-64",
                   .fn = "lib-1.0-0.conda"};
  EXPECT_THAT(meant.Faults(), IsEmpty());
  for (std::string CondaPin::*text : {&CondaPin::version, &CondaPin::build, &CondaPin::channel,
                                      &CondaPin::subdir, &CondaPin::fn}) {
    CondaCase broken = meant;
    broken.pins[1].*text = "1.00";
    EXPECT_THAT(broken.Faults(), ElementsAre(HasSubstr("'lib' has no such record")));
  }
}

TEST(CondaRecords, APinThatMeansNoRecordIsStillHeldAgainstWhatIsAskedFor) {
  CondaCase broken;
  broken.pins[1].version = "0.5";
  EXPECT_THAT(broken.Faults(),
              ElementsAre("notInSource lib 0.5 0: a record that a channel has, 'lib' has no such "
                          "record",
                          "wrongVersion app 1.0 0: lib >=1, lib 0.5 0 is chosen"));
  broken.pins[1].version = "0..5";
  EXPECT_THAT(broken.Faults(), ElementsAre(HasSubstr("notInSource"), HasSubstr("wrongVersion")));
  broken.pins[1] = {.name = "lib", .version = "1.0", .build = "1"};
  broken.App({"lib 1.0 1"});
  EXPECT_THAT(broken.Faults(), ElementsAre(HasSubstr("notInSource")));
}

TEST(CondaRecords, ARecordWhoseVersionCannotBeReadDoesNotExist) {
  CondaCase broken;
  broken.App({"lib"});
  broken.Lib({.version = "1..0"});
  EXPECT_THAT(broken.Faults(), ElementsAre(HasSubstr("notInSource lib 1..0 0")));
}

TEST(CondaRecords, APinMeansJustOneRecord) {
  CondaCase meant;
  meant.first.Add({.name = "lib", .subdir = "noarch", .file = {.name = "lib-1.0-0.tar.bz2"}});
  EXPECT_THAT(meant.Faults(), ElementsAre("ambiguous lib 1.0 0: one record, it may be of "
                                          "main/linux-64 or of main/noarch"));
  meant.pins[1].subdir = "noarch";
  EXPECT_THAT(meant.Faults(), IsEmpty());
  meant.pins[1].subdir = "";
  meant.pins[1].fn = "lib-1.0-0.tar.bz2";
  EXPECT_THAT(meant.Faults(), IsEmpty());
}

TEST(CondaRecords, APinMayMeanRecordsOfSeveralChannelsWhereTheseCount) {
  for (const ChannelPriority priority : kPriorities) {
    CondaCase meant;
    meant.request.channel_priority = priority;
    meant.second.Add({.name = "lib"});
    const bool is_strict = priority == ChannelPriority::kStrict;
    EXPECT_EQ(meant.Faults().empty(), is_strict);
    if (!is_strict) {
      EXPECT_THAT(meant.Faults(), ElementsAre(HasSubstr("main/linux-64 or of forge")));
    }
    meant.pins[1].channel = "main";
    EXPECT_THAT(meant.Faults(), IsEmpty());
    meant.pins[1].channel = "forge";
    EXPECT_EQ(meant.Faults().empty(), !is_strict);
  }
}

TEST(CondaRecords, OfSeveralThatAPinMayMeanThoseThatMayNotBeChosenAreNone) {
  CondaCase meant;
  meant.first.Replace({.name = "lib", .subdir = "win-64", .needs = {"gone"}});
  meant.first.Add({.name = "lib"});
  meant.request.subdirs = {"linux-64"};
  EXPECT_THAT(meant.Faults(), IsEmpty());
}

TEST(CondaRecords, ARecordIsOfASubdirOfTheRequest) {
  CondaCase broken;
  broken.request.subdirs = {"linux-64", "noarch"};
  EXPECT_THAT(broken.Faults(), IsEmpty());
  broken.Lib({.subdir = "noarch"});
  EXPECT_THAT(broken.Faults(), IsEmpty());
  broken.Lib({.subdir = "win-64"});
  EXPECT_THAT(broken.Faults(), ElementsAre("subdir lib 1.0 0: a record for a subdir of the "
                                           "request, it is of main/win-64"));
  broken.request.subdirs = {};
  EXPECT_THAT(broken.Faults(), IsEmpty());
}

TEST(CondaRecords, ByStrictPriorityOnlyTheFirstChannelThatHasTheNameCounts) {
  for (const ChannelPriority priority : kPriorities) {
    CondaCase broken;
    broken.request.channel_priority = priority;
    broken.first.Replace({.name = "lib", .version = "0.5"});
    broken.second.Add({.name = "lib"});
    if (priority != ChannelPriority::kStrict) {
      EXPECT_THAT(broken.Faults(), IsEmpty());
      continue;
    }
    EXPECT_THAT(broken.Faults(), ElementsAre("index lib 1.0 0: a record of the first channel that "
                                             "has the name, it is of forge/linux-64"));
  }
}

TEST(CondaRecords, AChannelHasANameByRecordsOfAdmittedSubdirsAndReadableVersions) {
  CondaCase hidden;
  hidden.request.subdirs = {"linux-64"};
  hidden.second.Add({.name = "lib"});
  hidden.first.Replace({.name = "lib", .version = "0.5", .subdir = "win-64"});
  hidden.first.Add({.name = "lib", .version = "0..5"});
  EXPECT_THAT(hidden.Faults(), IsEmpty());
  hidden.first.Add({.name = "lib", .version = "0.5"});
  EXPECT_THAT(hidden.Faults(), ElementsAre(HasSubstr("index lib 1.0 0")));
}

TEST(CondaRecords, AChannelHasANameWhateverTheAgeOfItsRecords) {
  CondaCase hidden;
  hidden.request.exclude_newer.instant_ms = kNewYear;
  hidden.first.Replace(
      {.name = "lib", .version = "0.5", .file = {.uploaded = "2024-06-01T00:00:00.000Z"}});
  hidden.second.Add({.name = "lib"});
  EXPECT_THAT(hidden.Faults(), ElementsAre(HasSubstr("index lib 1.0 0")));
}

TEST(CondaRecords, ARecordIsOlderThanTheLimit) {
  CondaCase broken;
  broken.request.exclude_newer.instant_ms = kNewYear;
  broken.first.Replace(LibOf("2023-12-31T23:59:59.999Z"));
  EXPECT_THAT(broken.Faults(), IsEmpty());
  broken.first.Replace(LibOf("2024-01-01T00:00:00.000Z"));
  EXPECT_THAT(broken.Faults(), ElementsAre("newer lib 1.0 0: a record that is old enough, it is of "
                                           "2024-01-01T00:00:00.000Z"));
}

TEST(CondaRecords, ARecordWithoutATimeIsThereAsTheRequestSays) {
  CondaCase broken;
  broken.request.exclude_newer.admit_unknown = false;
  EXPECT_THAT(broken.Faults(), IsEmpty());  // nothing limits it
  broken.request.exclude_newer.packages = {{.name = "lib", .instant_ms = kNewYear}};
  for (const char* unknown : {"", "yesterday", "2024-13-01T00:00:00Z"}) {
    broken.first.Replace(LibOf(unknown));
    EXPECT_THAT(broken.Faults(), ElementsAre(HasSubstr("newer lib 1.0 0"))) << unknown;
  }
  broken.request.exclude_newer.admit_unknown = true;
  EXPECT_THAT(broken.Faults(), IsEmpty());
}

TEST(CondaRecords, ALimitOfAPackageGoesBeforeOneOfItsChannelBeforeTheGeneralOne) {
  constexpr uint64_t kLate = kNewYear + 1;
  CondaCase limited;
  conda::ExcludeNewer& newer = limited.request.exclude_newer;
  limited.first.Replace(LibOf("2024-01-01T00:00:00Z"));
  newer.instant_ms = kNewYear;
  EXPECT_EQ(limited.Faults().size(), 1U);
  newer.channels = {{.name = "forge", .instant_ms = 1}, {.name = "main", .instant_ms = kLate}};
  EXPECT_THAT(limited.Faults(), IsEmpty());
  newer.packages = {{.name = "app", .instant_ms = kLate}, {.name = "Lib", .instant_ms = kNewYear}};
  EXPECT_EQ(limited.Faults().size(), 1U);
  newer.packages[1].instant_ms = 0;  // no limit
  newer.channels[1].instant_ms = kNewYear;
  EXPECT_THAT(limited.Faults(), IsEmpty());
}

// A channel whose facts, or those of files, are damaged.
class DamagedChannel final : public metadata::Source, public metadata::PackageFacts::FilesSource {
 public:
  explicit DamagedChannel(const metadata::PackageRecord* record) {
    if (record == nullptr) return;
    bytes_ = metadata::EncodeFacts(*record, conda::CondaGrammar()).facts;
    facts_ = *metadata::PackageFacts::Read(record->name, bytes_, this);
  }
  absl::StatusOr<const metadata::PackageFacts*> Find(std::string_view name) const override {
    if (!facts_) return Missing("channel main", "it is damaged");
    return name == facts_->name() ? &*facts_ : nullptr;
  }
  absl::StatusOr<metadata::PackageFiles> ReadFiles(const metadata::PackageFacts&,
                                                   const metadata::FilesAsked&) const override {
    return Missing("channel main", "its files are damaged");
  }
  bool complete() const override { return true; }
  std::string_view ecosystem() const override { return "conda"; }
  std::string_view place() const override { return "damaged"; }

 private:
  std::string bytes_;
  std::optional<metadata::PackageFacts> facts_;
};

TEST(CondaRecords, FactsThatAreDamagedAreAnErrorIfTheyAreAskedFor) {
  const metadata::PackageRecord app = {
      .name = "app",
      .metadata = {{}},
      .versions = {{.version = "1.0", .metadata = 0, .files = {{.name = "app.conda"}}}}};
  const auto error_of = [&](const metadata::PackageRecord* record, const char* spec,
                            const CondaPin& pin, uint64_t newest) {
    conda::ResolveRequest request;
    request.specs = CondaCase::Placed({spec});
    request.exclude_newer.instant_ms = newest;
    const DamagedChannel channel(record);
    const metadata::Source* const channels[] = {&channel};
    const auto report = CheckConda({.request = &request, .sources = channels}, {pin});
    return std::string(Message(report.status()));
  };
  const CondaPin pin = {.name = "app", .version = "1.0"};
  const CondaPin with_file = {.name = "app", .version = "1.0", .fn = "app.conda"};
  EXPECT_EQ(error_of(&app, "app 1.0", pin, 0), "");
  EXPECT_EQ(error_of(nullptr, "app", pin, 0), "channel main: it is damaged");
  const std::string damaged = "channel main: its files are damaged";
  EXPECT_EQ(error_of(&app, "app", with_file, 0), damaged);
  EXPECT_EQ(error_of(&app, "app", pin, kNewYear), damaged);
  for (const char* asks :
       {"fn=a", "url='https://host.example/a'", "md5=a", "sha256=a", "timestamp=0"}) {
    EXPECT_EQ(error_of(&app, Cat("app[", asks, "]").c_str(), pin, 0), damaged) << asks;
  }
}

TEST(CondaRecords, ARecordWithoutAFileSaysNothingOfOne) {
  accord::testing::MemorySource bare(true, "conda");
  bare.AddVersion("app", "1.0");
  conda::ResolveRequest request;
  const metadata::Source* const channels[] = {&bare};
  const auto accepts = [&](const char* spec, const CondaPin& pin) {
    request.specs = CondaCase::Placed({spec});
    return CheckConda({.request = &request, .sources = channels}, {pin})->accepted();
  };
  EXPECT_TRUE(accepts("app", {.name = "app", .version = "1.0"}));
  EXPECT_FALSE(accepts("app[fn=app.conda]", {.name = "app", .version = "1.0"}));
  EXPECT_FALSE(accepts("app", {.name = "app", .version = "1.0", .fn = "app.conda"}));
  request.exclude_newer = {.instant_ms = kNewYear, .admit_unknown = false};
  EXPECT_FALSE(accepts("app", {.name = "app", .version = "1.0"}));
}

TEST(CondaRecords, OfRecordsThatAreAlikeTheFirstCounts) {
  CondaCase meant;
  meant.first.Add({.name = "lib", .needs = {"gone"}, .file = {.name = "lib-1.0-0.tar.bz2"}});
  EXPECT_THAT(meant.Faults(), IsEmpty());
  meant.pins[1].fn = "lib-1.0-0.tar.bz2";
  EXPECT_THAT(meant.Faults(), ElementsAre(HasSubstr("notInSource")));
}

TEST(Instant, CountsMillisecondsAsCalendarsDo) {
  struct Point {
    const char* text;
    std::optional<uint64_t> milliseconds;
  };
  for (const Point& one :
       {Point{"1970-01-01T00:00:00Z", 0}, Point{"1970-01-01T00:00:01.5Z", 1500},
        Point{"1970-01-01T00:00:00.0019Z", 1}, Point{"2024-02-29T12:34:56.789Z", 1709210096789},
        Point{"2023-02-29T00:00:00Z", std::nullopt}, Point{"1969-12-31T23:59:59Z", std::nullopt}}) {
    EXPECT_EQ(Instant::TryParse(one.text)->Milliseconds(), one.milliseconds) << one.text;
  }
}

}  // namespace
}  // namespace accord::check
