// CheckPypi and the request's policies: for each an answer that keeps it and one that does not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "check/pypi_check.h"
#include "tests/support/memory_source.h"
#include "tests/support/pypi_request.h"

namespace accord::check {
namespace {

using accord::testing::ForPython;
using accord::testing::MemorySource;
using accord::testing::Needing;
using accord::testing::Placed;
using metadata::FileRecord;
using metadata::PackageRecord;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kWheel = "lib-1.0-py3-none-any.whl";
constexpr const char* kSdist = "lib-1.0.tar.gz";
const std::string kHash(64, 'a');

// Two sources, a request and pins; a test changes what it is about.
struct Policies {
  pypi::ResolveRequest request = accord::testing::Request({"app"});
  MemorySource first{true, "pypi", "first"};
  MemorySource second{true, "pypi", "second"};
  std::vector<PypiPin> pins = {{.name = "app", .version = "1.0"},
                               {.name = "lib", .version = "1.0"}};

  Policies() { App({"lib"}); }

  void App(std::vector<std::string> needs) {
    first.Add({.name = "app",
               .metadata = {Needing(std::move(needs), {"x"})},
               .versions = {{.version = "1.0", .metadata = 0}}});
  }
  void LibFiles(std::vector<FileRecord> files) {
    first.Add({.name = "lib",
               .metadata = {{}},
               .versions = {{.version = "1.0", .metadata = 0, .files = std::move(files)}}});
  }
  void Lib(const std::vector<std::string>& versions) {
    for (const std::string& version : versions) first.AddVersion("lib", version);
  }

  [[nodiscard]] std::vector<std::string> Faults() const {
    const metadata::Source* const sources[] = {&first, &second};
    const auto report = CheckPypi({.request = &request, .sources = sources}, pins);
    if (!report.ok()) return {std::string(report.status().message())};
    std::vector<std::string> faults;
    for (const Violation& one : report->violations) {
      faults.push_back(std::string(KindWord(one.kind)) + " " + Sentence(one));
    }
    return faults;
  }
};

auto Only(const std::string& kind, const std::string& part) {
  return ElementsAre(AllOf(HasSubstr(kind + " "), HasSubstr(part)));
}

pypi::SupportedTags Tags(const std::vector<std::string>& best_first) {
  return *pypi::SupportedTags::Make(best_first);
}

// ---- files

TEST(PypiPolicies, AWheelForAnotherTargetAloneIsNoFile) {
  Policies policies;
  policies.request.tags = Tags({"cp311-cp311-linux_x86_64", "py3-none-any"});
  policies.LibFiles({{.name = "lib-1.0-cp311-cp311-win_amd64.whl"}, {.name = "lib-1.0.egg"}});
  EXPECT_THAT(policies.Faults(), Only("noFile", "lib 1.0: a wheel for this target, or an sdist"));
  policies.LibFiles({{.name = "lib-1.0-cp311-cp311-win_amd64.whl"}, {.name = kSdist}});
  EXPECT_THAT(policies.Faults(), IsEmpty());
  policies.LibFiles({{.name = "lib-1.0-py2.py3-none-any.whl"}});
  EXPECT_THAT(policies.Faults(), IsEmpty());
}

TEST(PypiPolicies, TheBestFilesMetadataIsWhatTheVersionNeeds) {
  Policies policies;
  policies.request.tags = Tags({"cp311-cp311-linux_x86_64", "py3-none-any"});
  PackageRecord lib = {.name = "lib", .metadata = {{}, Needing({"extra-thing"})}};
  lib.versions = {{.version = "1.0",
                   .metadata = 0,
                   .files = {{.name = kWheel},
                             {.name = "lib-1.0-cp311-cp311-linux_x86_64.whl", .metadata = 1}}}};
  policies.first.Add(lib);
  EXPECT_THAT(policies.Faults(), Only("missing", "lib 1.0: extra-thing"));
  policies.request.tags = Tags({"py3-none-any"});
  EXPECT_THAT(policies.Faults(), IsEmpty());
}

TEST(PypiPolicies, AnAnswerNamesTheFilesThatWillDoBestFirst) {
  Policies policies;
  policies.request.tags = Tags({"cp311-cp311-linux_x86_64", "py3-none-any"});
  policies.LibFiles({{.name = kSdist},
                     {.name = "Lib-1.0.zip"},
                     {.name = kWheel},
                     {.name = "lib-1.0-2-py3-none-any.whl"},
                     {.name = "lib-1.0-10-py3-none-any.whl"},
                     {.name = "lib-1.0-cp311-cp311-linux_x86_64.whl"},
                     {.name = "lib-1.0-cp312-cp312-linux_x86_64.whl"}});
  const std::vector<std::string> best_first = {"lib-1.0-cp311-cp311-linux_x86_64.whl",
                                               "lib-1.0-10-py3-none-any.whl",
                                               "lib-1.0-2-py3-none-any.whl",
                                               kWheel,
                                               kSdist,
                                               "Lib-1.0.zip"};
  policies.pins[1].files = best_first;
  EXPECT_THAT(policies.Faults(), IsEmpty());
  std::swap(policies.pins[1].files->at(1), policies.pins[1].files->at(2));
  EXPECT_THAT(policies.Faults(), Only("files", "file 2 is lib-1.0-10-py3-none-any.whl"));
  policies.pins[1].files = best_first;
  policies.pins[1].files->pop_back();
  EXPECT_THAT(policies.Faults(), Only("files", "file 6 is Lib-1.0.zip, the answer has none"));
}

TEST(PypiPolicies, ExcludeNewerTakesAwayWhatIsAsYoungAsTheInstant) {
  Policies policies;
  policies.request.exclude_newer.instant = "2024-01-01T00:00:00Z";
  policies.request.exclude_newer.names = {{.name = "app", .instant = ""}};
  for (const char* late : {"2024-01-01T00:00:00Z", "2024-01-01T00:00:00.25Z", ""}) {
    policies.LibFiles({{.name = kWheel, .uploaded = late}});
    EXPECT_THAT(policies.Faults(), Only("newer", "lib 1.0: a file that is old enough")) << late;
  }
  policies.LibFiles({{.name = kWheel, .uploaded = "2023-12-31T23:59:59.9Z"}});
  EXPECT_THAT(policies.Faults(), IsEmpty());
}

TEST(PypiPolicies, AMissingUploadTimeCountsAsTheRequestSays) {
  Policies policies;
  policies.request.exclude_newer = {.instant = "2024-01-01T00:00:00Z", .admit_unknown = true};
  policies.LibFiles({{.name = kWheel}});
  EXPECT_THAT(policies.Faults(), IsEmpty());
  policies.request.exclude_newer.admit_unknown = false;
  policies.LibFiles({});
  EXPECT_THAT(policies.Faults(),
              ElementsAre(HasSubstr("newer app 1.0"), HasSubstr("newer lib 1.0")));
}

TEST(PypiPolicies, AnInstantOfANameStandsInPlaceOfTheGeneralOne) {
  Policies policies;
  policies.request.exclude_newer.names = {{.name = "Lib", .instant = "2024-01-01T00:00:00Z"}};
  policies.LibFiles({{.name = kWheel, .uploaded = "2024-06-01T00:00:00Z"}});
  EXPECT_THAT(policies.Faults(), Only("newer", "lib 1.0"));
  policies.request.exclude_newer.names[0].instant = "2024-07-01T00:00:00Z";
  EXPECT_THAT(policies.Faults(), IsEmpty());
}

TEST(PypiPolicies, TheBinaryPolicyTakesWheelsOrSdistsAlone) {
  Policies policies;
  policies.LibFiles({{.name = kSdist}});
  policies.request.binaries.only_binary = true;
  EXPECT_THAT(policies.Faults(), Only("binaryPolicy", "lib 1.0"));
  policies.request.binaries.no_binary_names = {"lib"};
  EXPECT_THAT(policies.Faults(), IsEmpty());
  policies.LibFiles({{.name = kWheel}});
  EXPECT_THAT(policies.Faults(), Only("binaryPolicy", "lib 1.0"));
  policies.request.binaries = {.no_binary = true};
  EXPECT_THAT(policies.Faults(), Only("binaryPolicy", "lib 1.0"));
  policies.request.binaries.only_binary_names = {"LIB"};
  EXPECT_THAT(policies.Faults(), IsEmpty());
}

TEST(PypiPolicies, OnlyFilesWithAnAllowedHashWillDo) {
  Policies policies;
  policies.request.allowed_hashes = {{.name = "lib", .hashes = {"sha256:" + kHash}}};
  policies.LibFiles({{.name = kWheel, .sha256 = std::string(64, 'b')}, {.name = kSdist}});
  EXPECT_THAT(policies.Faults(), Only("hash", "lib 1.0: a file with an allowed hash, none has"));
  policies.LibFiles({});
  EXPECT_THAT(policies.Faults(), Only("hash", "its files are not known"));
  policies.LibFiles({{.name = kWheel, .sha256 = kHash}});
  EXPECT_THAT(policies.Faults(), IsEmpty());
  policies.request.require_hashes = true;
  EXPECT_THAT(policies.Faults(), Only("hash", "app 1.0"));
}

TEST(PypiPolicies, AYankedFileWillDoForWhatAnEarlierAnswerHas) {
  Policies policies;
  policies.LibFiles({{.name = kWheel, .yanked = true}});
  EXPECT_THAT(policies.Faults(), Only("yanked", "lib 1.0"));
  policies.request.favored = Placed({"lib==1.0"});
  EXPECT_THAT(policies.Faults(), IsEmpty());
}

TEST(PypiPolicies, UpperBoundsOfRequiresPythonCountUnlessTheyAreIgnored) {
  struct Bound {
    const char* text;
    bool honoured;
    bool lower_bound;
  };
  for (const Bound& one : {Bound{"<3.11", false, true}, Bound{">=3.12", false, false},
                           Bound{">=3.8,<3.11", false, true}, Bound{"~=3.10", true, true},
                           Bound{"==3.8.*", false, true}, Bound{"==3.12.*", false, false},
                           Bound{"!=3.11.*", false, true}, Bound{"==3.11.7", true, true},
                           Bound{"<=3.9", false, true}, Bound{">3.11.7", false, false}}) {
    Policies policies;
    policies.first.AddVersion("lib", "1.0", ForPython(one.text));
    EXPECT_EQ(policies.Faults().empty(), one.honoured) << one.text;
    policies.request.python_bounds = pypi::PythonBounds::kIgnore;
    EXPECT_EQ(policies.Faults().empty(), one.lower_bound) << one.text;
  }
}

// ---- requirements

TEST(PypiPolicies, AnOverrideReplacesTheSpecifiersExtrasAndMarkerOfEveryRequirementOnItsName) {
  Policies policies;
  policies.App({"lib[fast]>=2 ; python_version < '3'"});
  policies.Lib({"1.0", "2.0"});
  EXPECT_THAT(policies.Faults(), Only("unneeded", "lib 1.0"));
  policies.request.overrides = {{.requirement = {.text = "LIB<2", .place = "--override 1"}}};
  EXPECT_THAT(policies.Faults(), IsEmpty());
  policies.pins[1].version = "2.0";
  EXPECT_THAT(policies.Faults(), Only("wrongVersion", "app 1.0: LIB<2, lib 2.0 is chosen"));
}

TEST(PypiPolicies, AnOverrideReplacesWhatTheRequestItselfAsksFor) {
  Policies policies;
  policies.Lib({"1.0", "2.0"});
  policies.request.requirements = Placed({"app", "lib>=2"});
  policies.request.overrides = {{.requirement = {.text = "lib==1.0", .place = "--override 1"}}};
  EXPECT_THAT(policies.Faults(), IsEmpty());
  policies.pins[1].version = "2.0";
  EXPECT_THAT(policies.Faults(),
              ElementsAre(HasSubstr("wrongVersion /requirements/1: lib==1.0, lib 2.0"),
                          HasSubstr("wrongVersion app 1.0: lib==1.0, lib 2.0")));
}

TEST(PypiPolicies, AnOverrideWhoseMarkerDoesNotHoldDropsWhatItReplaces) {
  Policies policies;
  policies.Lib({"1.0"});
  policies.request.overrides = {
      {.requirement = {.text = "lib ; sys_platform == 'win32'", .place = "--override 1"}}};
  EXPECT_THAT(policies.Faults(), Only("unneeded", "lib 1.0"));
  policies.pins.pop_back();
  EXPECT_THAT(policies.Faults(), IsEmpty());
}

TEST(PypiPolicies, AnOverriddenRequirementStaysUnderItsExtra) {
  Policies policies;
  policies.Lib({"1.0"});
  policies.App({"lib>=2 ; extra == 'x' and python_version < '3'"});
  policies.request.overrides = {{.requirement = {.text = "lib", .place = "--override 1"}}};
  EXPECT_THAT(policies.Faults(), Only("unneeded", "lib 1.0"));
  policies.request.requirements = Placed({"app[x]"});
  EXPECT_THAT(policies.Faults(), IsEmpty());
}

TEST(PypiPolicies, AnOverriddenRequirementStaysUnderItsExtraWhereverThatStands) {
  Policies policies;
  policies.Lib({"1.0"});
  policies.App({"lib>=2 ; python_version < '3' and extra == 'x'"});
  policies.request.overrides = {{.requirement = {.text = "lib", .place = "--override 1"}}};
  EXPECT_THAT(policies.Faults(), Only("unneeded", "lib 1.0"));
}

TEST(PypiPolicies, AnOverrideForOneDependantStandsBeforeTheGlobalOne) {
  Policies policies;
  policies.Lib({"1.0", "2.0"});
  policies.request.overrides = {
      {.requirement = {.text = "lib==2.0", .place = "--override 1"}},
      {.requirement = {.text = "lib==1.0", .place = "--override 2"}, .dependant = "App"}};
  EXPECT_THAT(policies.Faults(), IsEmpty());
  policies.request.overrides[1].dependant = "other";
  EXPECT_THAT(policies.Faults(), Only("wrongVersion", "app 1.0: lib==2.0"));
}

TEST(PypiPolicies, ConstraintsHoldBesideOverrides) {
  Policies policies;
  policies.Lib({"1.0"});
  policies.request.overrides = {{.requirement = {.text = "lib", .place = "--override 1"}}};
  policies.request.constraints = Placed({"lib>=2"});
  EXPECT_THAT(policies.Faults(), Only("constraint", "lib 1.0 is chosen"));
}

TEST(PypiPolicies, WithoutDependenciesWhatPackagesNeedIsNotLookedAt) {
  Policies policies;
  policies.App({"lib", "cannot be read at all"});
  policies.Lib({"1.0"});
  policies.request.no_deps = true;
  EXPECT_THAT(policies.Faults(), Only("unneeded", "lib 1.0"));
  policies.pins.pop_back();
  EXPECT_THAT(policies.Faults(), IsEmpty());
}

// ---- pre-releases

TEST(PypiPolicies, APolicyOfANameStandsInPlaceOfTheGeneralOne) {
  Policies policies;
  policies.Lib({"0.9", "1.0b1"});
  policies.pins[1].version = "1.0b1";
  EXPECT_THAT(policies.Faults(), Only("prerelease", "lib 1.0b1"));
  policies.request.prereleases_of = {{.name = "Lib", .policy = pypi::PrereleasePolicy::kAllow}};
  EXPECT_THAT(policies.Faults(), IsEmpty());
}

TEST(PypiPolicies, ByPep440EachRequirementFiltersByItself) {
  Policies policies;
  policies.request.prereleases = pypi::PrereleasePolicy::kPep440;
  policies.Lib({"0.9", "1.0b1"});
  policies.pins[1].version = "1.0b1";
  EXPECT_THAT(policies.Faults(), Only("prerelease", "app 1.0: lib, lib 1.0b1 is a pre-release"));
  policies.App({"lib>=0.10"});  // no final release fits
  EXPECT_THAT(policies.Faults(), IsEmpty());
  policies.App({"lib>=0.9.dev1"});  // names one
  EXPECT_THAT(policies.Faults(), IsEmpty());
  policies.request.constraints = Placed({"lib>=0.1"});  // limits, and filters nothing
  EXPECT_THAT(policies.Faults(), IsEmpty());
}

TEST(PypiPolicies, AFinalReleaseThatMayNotBeChosenMakesNoPrereleaseNeedless) {
  Policies policies;
  policies.first.Add({.name = "lib",
                      .metadata = {{}},
                      .versions = {{.version = "0.9", .metadata = 0, .files = {{.name = kWheel}}},
                                   {.version = "1.0b1", .metadata = 0}}});
  policies.pins[1].version = "1.0b1";
  EXPECT_THAT(policies.Faults(), Only("prerelease", "there is 0.9"));
  policies.request.tags = Tags({"cp311-cp311-linux_x86_64"});
  EXPECT_THAT(policies.Faults(), IsEmpty());
}

TEST(PypiPolicies, ASecondSpellingOfAFinalReleaseThatIsOutMakesNoPrereleaseNeedless) {
  Policies policies;
  policies.pins[1].version = "2.0b1";
  policies.first.AddVersion("lib", "1.0", ForPython("<3"));
  policies.Lib({"1", "2.0b1"});
  EXPECT_THAT(policies.Faults(), IsEmpty());
  policies.Lib({"1.1"});
  EXPECT_THAT(policies.Faults(), Only("prerelease", "there is 1.1"));
}

// ---- where packages come from

TEST(PypiPolicies, OfSeveralIndexesTheFirstThatHasTheNameCounts) {
  Policies policies;
  policies.Lib({"0.5"});
  policies.second.AddVersion("lib", "1.0");
  EXPECT_THAT(policies.Faults(), Only("notInSource", "'lib' has no such version"));
  policies.request.indexes = pypi::IndexPolicy::kBestMatch;
  EXPECT_THAT(policies.Faults(), IsEmpty());
}

TEST(PypiPolicies, OfEqualVersionsTheFirstIndexWithOneThatMayBeChosenCounts) {
  Policies policies;
  policies.request.indexes = pypi::IndexPolicy::kBestMatch;
  policies.LibFiles({{.name = kWheel}});
  policies.second.AddVersion("lib", "1.0", Needing({"more"}));
  policies.pins[1].index = "first";
  EXPECT_THAT(policies.Faults(), IsEmpty());
  policies.pins[1].index = "second";
  EXPECT_THAT(policies.Faults(), Only("index", "from first, the answer takes it from second"));
  policies.LibFiles({{.name = kWheel, .yanked = true}});
  EXPECT_THAT(policies.Faults(), Only("missing", "lib 1.0: more"));
}

}  // namespace
}  // namespace accord::check
