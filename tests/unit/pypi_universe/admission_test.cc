// Who is a candidate, and why not.
#include "ecosystem/pypi/admission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "ecosystem/pypi/grammar.h"
#include "metadata/compiled_record.h"
#include "tests/support/pypi_request.h"

namespace accord::pypi {
namespace {

using accord::testing::ForPython;
using accord::testing::Needing;
using metadata::FileRecord;
using metadata::MetadataRecord;
using metadata::PackageRecord;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class AdmissionTest : public ::testing::Test {
 protected:
  AdmissionTest() { record_.name = "a"; }

  void Add(std::string version, MetadataRecord metadata = {}, std::vector<FileRecord> files = {}) {
    record_.versions.push_back({.version = std::move(version),
                                .metadata = static_cast<uint32_t>(record_.metadata.size()),
                                .unknown_because = {},
                                .files = std::move(files)});
    record_.metadata.push_back(std::move(metadata));
  }
  void Wish(std::string_view specifiers, Admission::Wish wish = Admission::Wish::kRequirement) {
    wishes_.emplace_back(*SpecifierSet::Parse(specifiers), wish);
  }

  // The admitted versions, oldest first; the others are in not_admitted_.
  std::vector<std::string> Admitted() {
    FactTexts texts;
    RequirementReader reader(request_.environment, texts);
    absl::StatusOr<FileChooser> files = FileChooser::Make(request_, texts);
    EXPECT_TRUE(files.ok()) << files.status();
    Admission admission(request_, *files, reader);
    for (const auto& [set, wish] : wishes_) admission.Note("a", set, wish);
    const metadata::CompiledRecord compiled(record_, PypiGrammar());
    const metadata::PackageFacts* const facts[] = {&compiled.facts()};
    const absl::StatusOr<AdmittedPackage> package = admission.Admit(facts);
    EXPECT_TRUE(package.ok()) << package.status();
    not_admitted_ = package->NotAdmittedOf(facts);
    std::vector<std::string> versions;
    for (const AdmittedVersion& version : package->admitted) {
      versions.emplace_back(facts[0]->version(version.version));
    }
    return versions;
  }

  ResolveRequest request_ = accord::testing::Request({});
  PackageRecord record_;
  std::vector<std::pair<SpecifierSet, Admission::Wish>> wishes_;
  std::vector<NotAdmitted> not_admitted_;
};

TEST_F(AdmissionTest, CandidatesStandInVersionOrder) {
  for (const char* version : {"1.10", "1.9", "2", "1.9.post1", "1!0"}) Add(version);
  EXPECT_THAT(Admitted(), ElementsAre("1.9", "1.9.post1", "1.10", "2", "1!0"));
}

TEST_F(AdmissionTest, WhatIsNoVersionIsSkippedWithAReason) {
  for (const char* version : {"1.0", "dev-r27", "2004d"}) Add(version);
  EXPECT_THAT(Admitted(), ElementsAre("1.0"));
  ASSERT_EQ(not_admitted_.size(), 2u);
  EXPECT_EQ(not_admitted_[0].version, "2004d");
  EXPECT_EQ(not_admitted_[0].kind, NotAdmittedKind::kInvalidVersion);
}

TEST_F(AdmissionTest, OfEqualVersionsTheFirstSpellingCounts) {
  for (const char* version : {"1.0.0", "1.0", "1.00"}) Add(version);
  EXPECT_THAT(Admitted(), ElementsAre("1.0.0"));
  EXPECT_THAT(not_admitted_, IsEmpty());
}

TEST_F(AdmissionTest, RequiresPythonOfTheMetadataIsHonouredAtBothEnds) {
  Add("1", ForPython(">=3.12"));
  Add("2", ForPython("<3.11"));
  Add("3", ForPython(">=3.8,<3.12"));
  EXPECT_THAT(Admitted(), ElementsAre("3"));
  ASSERT_EQ(not_admitted_.size(), 2u);
  EXPECT_EQ(not_admitted_[1].kind, NotAdmittedKind::kRequiresPython);
  EXPECT_EQ(not_admitted_[1].detail, "<3.11");
}

TEST_F(AdmissionTest, AnUnreadableRequiresPythonExcludesNobody) {
  Add("1", ForPython("three or so"));
  EXPECT_THAT(Admitted(), ElementsAre("1"));
}

TEST_F(AdmissionTest, AVersionIsLeftWhileOneFileFitsThePython) {
  Add("1", {},
      {{.name = "a-1.tar.gz", .requires_language = ">=3.12"}, {.name = "a-1-py3-none-any.whl"}});
  Add("2", {}, {{.name = "a-1.tar.gz", .requires_language = ">=3.12"}});
  EXPECT_THAT(Admitted(), ElementsAre("1"));
  EXPECT_EQ(not_admitted_.at(0).kind, NotAdmittedKind::kRequiresPython);
}

TEST_F(AdmissionTest, AVersionIsYankedWhenAllItsFilesAre) {
  const FileRecord yanked{.name = "a-1.tar.gz", .yanked = true, .yanked_reason = "broken"};
  Add("1", {}, {yanked, {.name = "a-1-py3-none-any.whl"}});
  Add("2", {}, {yanked});
  EXPECT_THAT(Admitted(), ElementsAre("1"));
  EXPECT_EQ(not_admitted_.at(0).kind, NotAdmittedKind::kYanked);
  EXPECT_EQ(not_admitted_.at(0).detail, "broken");
}

TEST_F(AdmissionTest, OnlyASolePinLetsAYankedVersionIn) {
  const FileRecord yanked{.name = "a-1.tar.gz", .yanked = true};
  Add("1", {}, {yanked});
  Add("2", {}, {yanked});
  Wish("==1.0");
  EXPECT_THAT(Admitted(), ElementsAre("1"));
  wishes_.clear();
  Wish("===1");
  EXPECT_THAT(Admitted(), ElementsAre("1"));
  wishes_.clear();
  Wish("==1,<3");
  Wish("==1.*");
  Wish("<=1");
  EXPECT_THAT(Admitted(), IsEmpty());
}

TEST_F(AdmissionTest, ALockLetsAYankedVersionIn) {
  Add("1", {}, {{.name = "a-1.tar.gz", .yanked = true}});
  Wish("==1.*", Admission::Wish::kLock);
  EXPECT_THAT(Admitted(), ElementsAre("1"));
}

TEST_F(AdmissionTest, AnUnreadableRequirementExcludesItsVersionsAndIsNamed) {
  Add("1", Needing({"b>=1"}));
  Add("2", Needing({"b>=1", "c >= > 2"}));
  Add("3", Needing({"b; python_version"}));
  EXPECT_THAT(Admitted(), ElementsAre("1"));
  ASSERT_EQ(not_admitted_.size(), 2u);
  EXPECT_EQ(not_admitted_[0].kind, NotAdmittedKind::kUnreadableRequirement);
  EXPECT_THAT(not_admitted_[0].detail, HasSubstr("c >= > 2"));
}

TEST_F(AdmissionTest, ARequirementOnAUrlExcludesItsVersionsIfItAlwaysApplies) {
  Add("1", Needing({"b @ https://b.example/b.whl"}));
  Add("2", Needing({"b @ https://b.example/b.whl ; sys_platform == 'win32'"}));
  Add("3", Needing({"b @ https://b.example/b.whl ; extra == 'x'"}, {"x"}));
  EXPECT_THAT(Admitted(), ElementsAre("2", "3"));
  EXPECT_EQ(not_admitted_.at(0).kind, NotAdmittedKind::kUrlRequirement);
}

TEST_F(AdmissionTest, VersionsWhoseNeedsAreUnknownAreCandidates) {
  record_.versions.push_back({.version = "1", .unknown_because = "no wheel"});
  EXPECT_THAT(Admitted(), ElementsAre("1"));
}

TEST_F(AdmissionTest, PrereleasesStayOutWhileAFinalReleaseIsLeft) {
  for (const char* version : {"1.0", "2.0a1", "2.0.dev1"}) Add(version);
  EXPECT_THAT(Admitted(), ElementsAre("1.0"));
  ASSERT_EQ(not_admitted_.size(), 2u);
  EXPECT_EQ(not_admitted_[0].kind, NotAdmittedKind::kPrerelease);
  EXPECT_EQ(not_admitted_[0].version, "2.0.dev1");
}

TEST_F(AdmissionTest, PrereleasesAreNecessaryWhenNoFinalReleaseIsLeft) {
  Add("1.0", ForPython("<3"));
  Add("2.0a1");
  EXPECT_THAT(Admitted(), ElementsAre("2.0a1"));
}

TEST_F(AdmissionTest, ARequestThatNamesAPrereleaseLetsThemAllIn) {
  for (const char* version : {"1.0", "2.0a1", "3.0b1"}) Add(version);
  Wish(">=2.0a0");
  EXPECT_THAT(Admitted(), ElementsAre("1.0", "2.0a1", "3.0b1"));
}

TEST_F(AdmissionTest, SpecifiersAreNotCountedForNecessity) {
  for (const char* version : {"1.0", "2.0a1"}) Add(version);
  Wish(">=2");
  EXPECT_THAT(Admitted(), ElementsAre("1.0"));
}

TEST_F(AdmissionTest, EachPrereleasePolicyDoesAsItSays) {
  for (const char* version : {"1.0", "2.0a1"}) Add(version);
  request_.prereleases = PrereleasePolicy::kAllow;
  EXPECT_THAT(Admitted(), ElementsAre("1.0", "2.0a1"));
  Wish(">=2.0a0");
  request_.prereleases = PrereleasePolicy::kDisallow;
  EXPECT_THAT(Admitted(), ElementsAre("1.0"));
  request_.prereleases = PrereleasePolicy::kIfNecessary;
  EXPECT_THAT(Admitted(), ElementsAre("1.0"));
  request_.prereleases = PrereleasePolicy::kExplicit;
  EXPECT_THAT(Admitted(), ElementsAre("1.0", "2.0a1"));
}

TEST_F(AdmissionTest, WithPrereleasesDisallowedThoseOfAPackageWithoutFinalReleaseStayOut) {
  Add("2.0a1");
  for (const PrereleasePolicy policy : {PrereleasePolicy::kDisallow, PrereleasePolicy::kExplicit}) {
    request_.prereleases = policy;
    EXPECT_THAT(Admitted(), IsEmpty());
  }
}

}  // namespace
}  // namespace accord::pypi
