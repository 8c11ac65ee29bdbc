// What an environment that is there wants of an answer, and what it admits.
#include "tests/support/conda_environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/check/conda_case.h"

namespace accord::check {
namespace {

using accord::testing::CondaRecord;
using accord::testing::InstalledOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const CondaRecord kApp = {.name = "app", .version = "1.0", .depends = {"lib >=1"}};
const CondaRecord kLib = {.name = "lib", .version = "1.0"};
const CondaRecord kOld = {.name = "old", .version = "0.9"};

// app and lib are there and stay, old is there and in no channel.
CondaCase EnvironmentCase() {
  CondaCase one;
  one.request.installed = InstalledOf({kApp, kLib, kOld}, {"app <2"});
  one.pins.push_back({.name = "old", .version = "0.9", .build = "0"});
  return one;
}

TEST(CondaEnvironmentCheck, WhatIsThereMayStayWithoutNeedAndWithoutChannel) {
  CondaCase one = EnvironmentCase();
  EXPECT_THAT(one.Faults(), IsEmpty());
  one.pins.pop_back();
  EXPECT_THAT(one.Faults(), IsEmpty());
  one.pins.push_back({.name = "old", .version = "0.8", .build = "0"});
  EXPECT_THAT(one.Faults(), ElementsAre(HasSubstr("'old' has no such record")));
}

TEST(CondaEnvironmentCheck, PruningAndUpdatingAllWantANeed) {
  for (const bool prune : {true, false}) {
    CondaCase one = EnvironmentCase();
    one.request.change.prune = prune;
    one.request.change.update_all = !prune;
    EXPECT_THAT(one.Faults(), ElementsAre(HasSubstr("unneeded old 0.9 0")));
    one.pins.pop_back();
    EXPECT_THAT(one.Faults(), IsEmpty());
  }
}

TEST(CondaEnvironmentCheck, WhatWasAskedForEarlierMustBeMetUnlessItIsNamedAnew) {
  CondaCase one = EnvironmentCase();
  one.Specs({"old"});
  one.request.installed = InstalledOf({kApp, kLib, kOld}, {"app >=2"});
  EXPECT_THAT(one.Faults(), ElementsAre("wrongVersion /installed/0: app >=2, app 1.0 0 is chosen"));
  one.Specs({"old", "app"});
  EXPECT_THAT(one.Faults(), IsEmpty());
}

TEST(CondaEnvironmentCheck, WhatIsUpdatedIsThere) {
  CondaCase one = EnvironmentCase();
  one.request.change.update = {{"old", "--update 1"}};
  EXPECT_THAT(one.Faults(), IsEmpty());
  one.pins.pop_back();
  EXPECT_THAT(one.Faults(), ElementsAre(HasSubstr("no record of old is chosen")));
}

TEST(CondaEnvironmentCheck, WhatIsFrozenIsThereAsItIsInstalled) {
  CondaCase one = EnvironmentCase();
  one.request.change.freeze = true;
  EXPECT_THAT(one.Faults(), IsEmpty());
  CondaCase gone = one;
  gone.pins.pop_back();
  EXPECT_THAT(gone.Faults(), ElementsAre(HasSubstr("missing /installed/")));
  one.Lib({.version = "1.1"});
  EXPECT_THAT(one.Faults(),
              ElementsAre("locked /installed: the record that is installed, lib 1.1 0 is chosen"));
}

TEST(CondaEnvironmentCheck, WhatIsRemovedIsNotThereAndNothingElseChanges) {
  CondaCase one = EnvironmentCase();
  one.Specs({});
  one.request.change.remove = {{"Old", "--remove 1"}};
  EXPECT_THAT(one.Faults(), ElementsAre("excluded /change/remove: no old, old 0.9 0 is chosen"));
  one.pins.pop_back();
  EXPECT_THAT(one.Faults(), IsEmpty());
  CondaCase both = one;
  both.pins.clear();
  EXPECT_THAT(both.Faults(), IsEmpty());
  one.Lib({.version = "1.1"});
  EXPECT_THAT(one.Faults(), ElementsAre(HasSubstr("locked /installed")));
}

TEST(CondaEnvironmentCheck, WhatIsCalledAsItWasInstalledIsWhatTheChannelSaysOfItToday) {
  CondaCase one = EnvironmentCase();
  CondaRecord lib = kLib;
  lib.depends = {"gone"};
  conda::EnvironmentTexts texts = accord::testing::EnvironmentOf({kApp, kOld}, {"app"});
  texts.records.push_back(
      {.path = "env/lib-1.0-0.json", .text = accord::testing::InstalledJson(lib, "elsewhere")});
  one.request.installed = *conda::Installed::Read(texts, "env");
  one.pins[1].channel = "elsewhere";
  EXPECT_THAT(one.Faults(), IsEmpty());
}

TEST(CondaEnvironmentCheck, OfTwoFilesOfOneNameThePinsHashTells) {
  const std::string theirs(64, 'a');
  const std::string ours(64, 'b');
  CondaCase one = EnvironmentCase();
  one.request.change.freeze = true;
  one.Lib({.file = {.name = "lib-1.0-0.conda", .sha256 = theirs}});
  EXPECT_THAT(one.Faults(), IsEmpty());  // who says no hash may mean it
  conda::EnvironmentTexts texts = accord::testing::EnvironmentOf({kApp, kOld}, {"app"});
  texts.records.push_back(
      {.path = "env/lib-1.0-0.json",
       .text = accord::testing::InstalledJson(kLib, "main", Cat(R"(,"sha256":")", ours, "\""))});
  one.request.installed = *conda::Installed::Read(texts, "env");
  EXPECT_THAT(one.Faults(), ElementsAre(HasSubstr("ambiguous lib 1.0 0"), HasSubstr("locked")));
  one.pins[1].sha256 = ours;
  EXPECT_THAT(one.Faults(), IsEmpty());
  one.pins[1].sha256 = theirs;
  EXPECT_THAT(one.Faults(), ElementsAre(HasSubstr("locked")));
}

}  // namespace
}  // namespace accord::check
