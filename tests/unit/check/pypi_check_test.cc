// CheckPypi: one answer that is right in every respect, and for every kind of violation the same
// answer or its facts with one thing broken. A checker that accepts too much fails here.

#include "check/pypi_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/support/memory_source.h"
#include "tests/support/pypi_request.h"

namespace accord::check {
namespace {

using accord::testing::MemorySource;
using accord::testing::Placed;
using metadata::PackageRecord;
using ::testing::HasSubstr;

// Request, facts and answer together; a test breaks one thing and asks again.
struct Case {
  std::vector<std::string> requirements = {"App[fast]>=2", "tool ; sys_platform == 'linux'",
                                           "elsewhere ; sys_platform == 'win32'"};
  std::vector<std::string> constraints = {"lib<3"};
  std::vector<std::string> locked = {"tool==0.5"};
  std::vector<std::string> excluded = {"lib==2.5"};
  std::string python = "3.11.7";
  pypi::ResolveRequest request;  // what else is asked
  MemorySource second;           // another source, behind the first
  pypi::PrereleasePolicy prereleases = pypi::PrereleasePolicy::kIfNecessaryOrExplicit;
  PackageRecord app = {
      .name = "app",
      .metadata = {{.requirements = {"lib>=1", "Speedups ; extra == 'fast'",
                                     "old ; python_version < '3'", "app[deep] ; extra == 'fast'",
                                     "deep-lib ; extra == 'deep'"},
                    .requires_language = ">=3.8",
                    .extras = {"deep", "fast", "idle"}}},
      .versions = {{.version = "2.0", .metadata = 0}}};
  PackageRecord lib = {
      .name = "lib",
      .metadata = {{}, {.requirements = {"a b c"}}},
      .versions = {
          {.version = "2.0", .metadata = 0},
          {.version = "2.1b1", .metadata = 0},
          {.version = "2.2", .metadata = 0, .files = {{.name = "lib-2.2.tar.gz", .yanked = true}}},
          {.version = "2.3", .unknown_because = "no wheel"},
          {.version = "2.4", .metadata = 1},
          {.version = "2.5", .metadata = 0},
          {.version = "3.0", .metadata = 0}}};
  std::vector<PypiPin> pins = {{.name = "app", .version = "2.0", .extras = {{"deep", "fast"}}},
                               {.name = "deep-lib", .version = "1.0"},
                               {.name = "lib", .version = "2.0"},
                               {.name = "speedups", .version = "1.0"},
                               {.name = "tool", .version = "0.5"}};

  PypiPin& PinOf(const std::string& name) {
    for (PypiPin& pin : pins) {
      if (pin.name == name) return pin;
    }
    ADD_FAILURE() << name;
    return pins.front();
  }
  void Drop(const std::string& name) {
    std::erase_if(pins, [&](const PypiPin& pin) { return pin.name == name; });
  }

  [[nodiscard]] absl::StatusOr<CheckReport> Run() const {
    MemorySource memory;
    memory.Add(app);
    memory.Add(lib);
    for (const char* version : {"0.5", "0.6"}) memory.AddVersion("tool", version);
    memory.AddVersion("deep-lib", "1.0");
    memory.AddVersion("speedups", "1.0");
    memory.AddVersion("lonely", "1.0");
    const auto environment = pypi::Environment::CPythonOnLinux(python);
    if (!environment.ok()) return environment.status();
    pypi::ResolveRequest asked = request;
    asked.requirements = Placed(requirements);
    asked.constraints = Placed(constraints);
    asked.locked = Placed(locked);
    asked.excluded = Placed(excluded);
    asked.prereleases = prereleases;
    asked.environment = *environment;
    const metadata::Source* const sources[] = {&memory, &second};
    return CheckPypi({.request = &asked, .sources = sources}, pins);
  }
};

std::vector<std::string> Sentences(const absl::StatusOr<CheckReport>& report) {
  if (!report.ok()) return {report.status().ToString()};
  std::vector<std::string> sentences;
  for (const Violation& violation : report->violations) sentences.push_back(Sentence(violation));
  return sentences;
}

// The answer is refused for this reason and for no other.
void ExpectOnly(const Case& broken, ViolationKind kind, const std::string& part) {
  const auto report = broken.Run();
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_EQ(report->violations.size(), 1U) << ::testing::PrintToString(Sentences(report));
  EXPECT_EQ(KindWord(report->violations[0].kind), KindWord(kind));
  EXPECT_THAT(Sentence(report->violations[0]), HasSubstr(part));
}

TEST(PypiCheck, AcceptsASolutionAndReportsItsCost) {
  const auto report = Case().Run();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(Sentences(report), std::vector<std::string>());
  EXPECT_TRUE(report->accepted());
  EXPECT_EQ(report->cost.pins, 5U);
  EXPECT_EQ(report->cost.texts, 6U + 5U);
  EXPECT_GT(report->cost.markers, 0U);
  EXPECT_GT(report->cost.matches, 5U);
}

TEST(PypiCheck, AcceptsAnotherSpellingOfAVersionAndOfAName) {
  Case spelled;
  spelled.PinOf("lib").version = "2";
  spelled.PinOf("deep-lib").name = "Deep_Lib";
  EXPECT_EQ(Sentences(spelled.Run()), std::vector<std::string>());
}

TEST(PypiCheck, ReadsAKnownBreakageAsItIsRepaired) {
  Case broken;
  broken.app.metadata[0].requirements[0] = "lib>=1.*";
  EXPECT_EQ(Sentences(broken.Run()), std::vector<std::string>());
  broken.app.metadata[0].requirements[0] = "lib>=2.1.*";
  EXPECT_NE(Sentences(broken.Run()), std::vector<std::string>());
}

TEST(PypiCheck, RefusesAnAnswerThatLacksWhatTheRequestAsksFor) {
  Case broken;
  broken.Drop("tool");
  ExpectOnly(broken, ViolationKind::kMissing,
             "/requirements/1: tool ; sys_platform == 'linux', no");
}

TEST(PypiCheck, RefusesAnAnswerThatLacksWhatAVersionNeeds) {
  Case broken;
  broken.Drop("lib");
  ExpectOnly(broken, ViolationKind::kMissing, "app 2.0: lib>=1, no version of lib is chosen");
}

TEST(PypiCheck, RefusesAnAnswerThatLacksWhatAnExtraNeeds) {
  Case broken;
  broken.Drop("speedups");
  ExpectOnly(broken, ViolationKind::kMissing, "Speedups ; extra == 'fast'");
}

TEST(PypiCheck, RefusesAnAnswerThatLacksWhatAnExtraOfAnExtraNeeds) {
  Case broken;
  broken.Drop("deep-lib");
  ExpectOnly(broken, ViolationKind::kMissing, "deep-lib ; extra == 'deep'");
}

TEST(PypiCheck, RefusesAVersionOutsideAVersionsRequirement) {
  Case broken;
  broken.app.metadata[0].requirements[0] = "lib>=2.1";
  ExpectOnly(broken, ViolationKind::kWrongVersion, "app 2.0: lib>=2.1, lib 2.0 is chosen");
}

TEST(PypiCheck, RefusesAVersionOutsideTheRequestsRequirement) {
  Case broken;
  broken.requirements[0] = "app[fast]>2";
  ExpectOnly(broken, ViolationKind::kWrongVersion, "/requirements/0: app[fast]>2, app 2.0");
}

TEST(PypiCheck, RefusesAnExtraThatIsRequestedAndNotActive) {
  Case broken;
  broken.PinOf("app").extras = std::vector<std::string>{"fast"};
  ExpectOnly(broken, ViolationKind::kExtraInactive, "app 2.0 is chosen without 'deep'");
}

TEST(PypiCheck, TakesAnAnswerThatDoesNotSayWhichExtrasAreActive) {
  Case silent;
  silent.PinOf("app").extras.reset();
  EXPECT_EQ(Sentences(silent.Run()), std::vector<std::string>());
  silent.Drop("deep-lib");
  ExpectOnly(silent, ViolationKind::kMissing, "deep-lib ; extra == 'deep'");
}

TEST(PypiCheck, AcceptsThatAnUnknownExtraBringsNothing) {
  Case unknown;
  unknown.requirements.push_back("tool[none]");
  EXPECT_EQ(Sentences(unknown.Run()), std::vector<std::string>());
}

TEST(PypiCheck, RefusesTwoVersionsOfOnePackage) {
  Case broken;
  broken.pins.push_back({.name = "Tool", .version = "0.6"});
  ExpectOnly(broken, ViolationKind::kTwoOfOne, "Tool 0.6: one version of a package, tool 0.5");
}

TEST(PypiCheck, RefusesAVersionThatNoSourceHas) {
  Case broken;
  broken.PinOf("speedups").version = "1.1";
  ExpectOnly(broken, ViolationKind::kNotInSource, "'speedups' has no such version");
}

TEST(PypiCheck, RefusesAVersionWhoseNeedsAreUnknown) {
  Case broken;
  broken.PinOf("lib").version = "2.3";
  ExpectOnly(broken, ViolationKind::kUnknownNeeds, "no wheel");
}

TEST(PypiCheck, RefusesAVersionWithARequirementThatCannotBeRead) {
  Case broken;
  broken.PinOf("lib").version = "2.4";
  ExpectOnly(broken, ViolationKind::kUnreadable, "a b c");
}

TEST(PypiCheck, RefusesAVersionForARequirementByUrl) {
  Case broken;
  broken.app.metadata[0].requirements[0] = "lib @ https://files.example/lib.whl";
  ExpectOnly(broken, ViolationKind::kNeedsAddress, "lib 2.0 comes from a source");
}

TEST(PypiCheck, RefusesAVersionWhoseRequiresPythonExcludesThePython) {
  for (const char* requires_python : {">=3.12", "<3.11", "==3.11.6"}) {
    Case broken;
    broken.app.metadata[0].requires_language = requires_python;
    ExpectOnly(broken, ViolationKind::kLanguageVersion, "the environment has 3.11.7");
  }
}

TEST(PypiCheck, RefusesAVersionAllOfWhoseFilesExcludeThePython) {
  Case broken;
  broken.app.versions[0].files = {{.name = "app-2.0.zip", .requires_language = ">=3.12"},
                                  {.name = "app-2.0-py2-none-any.whl", .requires_language = "<3"}};
  ExpectOnly(broken, ViolationKind::kLanguageVersion, "a file for this Python");
  broken.app.versions[0].files.push_back({.name = "app-2.0-py3-none-any.whl"});
  EXPECT_EQ(Sentences(broken.Run()), std::vector<std::string>());
}

TEST(PypiCheck, RefusesAYankedVersionThatTheRequestDoesNotPin) {
  Case broken;
  broken.PinOf("lib").version = "2.2";
  ExpectOnly(broken, ViolationKind::kYanked, "lib 2.2");
  broken.requirements.push_back("lib>=2.2,<=2.2");
  ExpectOnly(broken, ViolationKind::kYanked, "lib 2.2");
}

TEST(PypiCheck, AcceptsAYankedVersionThatTheRequestPinsOrLocks) {
  Case pinned;
  pinned.PinOf("lib").version = "2.2";
  pinned.requirements.push_back("lib==2.2");
  EXPECT_EQ(Sentences(pinned.Run()), std::vector<std::string>());
  pinned.requirements.pop_back();
  pinned.locked.push_back("lib>=2.1");
  EXPECT_EQ(Sentences(pinned.Run()), std::vector<std::string>());
}

TEST(PypiCheck, RefusesAPrereleaseThatIsNeitherNamedNorNecessary) {
  Case broken;
  broken.PinOf("lib").version = "2.1b1";
  ExpectOnly(broken, ViolationKind::kPrerelease, "this is one, and there is 2.0");
}

TEST(PypiCheck, AcceptsAPrereleaseThatTheRequestNamesOrThatIsTheOnlyKindLeft) {
  Case named;
  named.PinOf("lib").version = "2.1b1";
  named.constraints.push_back("lib>=2.1a1");
  EXPECT_EQ(Sentences(named.Run()), std::vector<std::string>());
  Case necessary;
  necessary.PinOf("lib").version = "2.1b1";
  necessary.lib.versions = {necessary.lib.versions[1], necessary.lib.versions[2]};
  EXPECT_EQ(Sentences(necessary.Run()), std::vector<std::string>());
}

TEST(PypiCheck, HoldsPrereleasesAgainstTheRequestsPolicy) {
  using enum pypi::PrereleasePolicy;
  Case policy;
  policy.PinOf("lib").version = "2.1b1";
  policy.prereleases = kAllow;
  EXPECT_EQ(Sentences(policy.Run()), std::vector<std::string>());
  policy.constraints.push_back("lib>=2.1a1");
  policy.prereleases = kIfNecessary;
  ExpectOnly(policy, ViolationKind::kPrerelease, "there is 2.0");
  policy.prereleases = kExplicit;
  EXPECT_EQ(Sentences(policy.Run()), std::vector<std::string>());
  policy.prereleases = kDisallow;
  ExpectOnly(policy, ViolationKind::kPrerelease, "this is one");
}

TEST(PypiCheck, RefusesAVersionOutsideAConstraint) {
  Case broken;
  broken.PinOf("lib").version = "3.0";
  ExpectOnly(broken, ViolationKind::kConstraint, "/constraints/0: lib<3, lib 3.0 is chosen");
}

TEST(PypiCheck, RefusesAnotherVersionOfALockedPackage) {
  Case broken;
  broken.PinOf("tool").version = "0.6";
  ExpectOnly(broken, ViolationKind::kLocked, "/locked/0: tool==0.5, tool 0.6 is chosen");
}

TEST(PypiCheck, RefusesAnExcludedVersion) {
  Case broken;
  broken.PinOf("lib").version = "2.5";
  ExpectOnly(broken, ViolationKind::kExcluded, "/excluded/0: not lib==2.5, lib 2.5 is chosen");
}

TEST(PypiCheck, RefusesAPackageThatNothingNeeds) {
  Case broken;
  broken.pins.push_back({.name = "lonely", .version = "1.0"});
  ExpectOnly(broken, ViolationKind::kUnneeded, "lonely 1.0");
}

TEST(PypiCheck, RefusesAPackageThatIsNeededOnlyUnderAMarkerThatDoesNotHold) {
  Case broken;
  broken.app.metadata[0].requirements.push_back("lonely ; python_version < '3.11'");
  broken.pins.push_back({.name = "lonely", .version = "1.0"});
  ExpectOnly(broken, ViolationKind::kUnneeded, "lonely 1.0");
}

TEST(PypiCheck, RefusesAnActiveExtraThatNobodyRequests) {
  Case broken;
  broken.PinOf("app").extras->push_back("idle");
  ExpectOnly(broken, ViolationKind::kExtraUnneeded, "nothing requests 'idle'");
}

TEST(PypiCheck, SaysWhichTextOfTheRequestCannotBeRead) {
  Case unreadable;
  unreadable.constraints.push_back("lib >> 1");
  EXPECT_THAT(std::string(unreadable.Run().status().message()), HasSubstr("argument 2: "));
}

}  // namespace
}  // namespace accord::check
