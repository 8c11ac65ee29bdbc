// Which files of a version are in, why others are out, and which is best.
#include "ecosystem/pypi/file_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "tests/support/pypi_request.h"

namespace accord::pypi {
namespace {

using metadata::FileRecord;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kWheel = "a-1-py3-none-any.whl";
constexpr const char* kNative = "a-1-cp311-cp311-manylinux_2_17_x86_64.whl";
constexpr const char* kSdist = "a-1.tar.gz";
const std::string kSomeHash(64, 'a');
const std::string kOtherHash(64, 'b');

class FileChoiceTest : public ::testing::Test {
 protected:
  FileChoiceTest() { Support({"cp311-cp311-manylinux_2_17_x86_64", "py3-none-any"}); }

  void Support(const std::vector<std::string>& best_first) {
    request_.tags = *SupportedTags::Make(best_first);
  }
  void Add(FileRecord file) { files_.push_back(std::move(file)); }

  FileChoice Choose(bool pinned = false) {
    absl::StatusOr<FileChooser> files = FileChooser::Make(request_, texts_);
    EXPECT_TRUE(files.ok()) << files.status();
    return files->Choose(files_, files->PolicyOf("a"), pinned);
  }
  // Names of the files that are in, best first.
  std::vector<std::string> In(bool pinned = false) {
    std::vector<std::string> names;
    for (const uint32_t i : Choose(pinned).best_first) names.push_back(files_[i].name);
    return names;
  }
  std::string Fault() {
    const absl::StatusOr<FileChooser> files = FileChooser::Make(request_, texts_);
    return files.ok() ? "" : std::string(Message(files.status()));
  }

  ResolveRequest request_ = accord::testing::Request({});
  FactTexts texts_;
  std::vector<FileRecord> files_;
};

TEST_F(FileChoiceTest, WheelsComeByTheRankOfTheirBestTagAndSdistsLast) {
  for (const char* name : {kSdist, kWheel, kNative}) Add({.name = name});
  EXPECT_THAT(In(), ElementsAre(kNative, kWheel, kSdist));
}

TEST_F(FileChoiceTest, OfOneRankTheHigherBuildTagIsBetterAndNoneIsLowest) {
  for (const char* name : {"a-1-py3-none-any.whl", "a-1-2-py3-none-any.whl",
                           "a-1-10-py3-none-any.whl", "a-1-10b-py3-none-any.whl"}) {
    Add({.name = name});
  }
  EXPECT_THAT(In(), ElementsAre("a-1-10b-py3-none-any.whl", "a-1-10-py3-none-any.whl",
                                "a-1-2-py3-none-any.whl", "a-1-py3-none-any.whl"));
}

TEST_F(FileChoiceTest, AnSdistAsTarGzComesBeforeOneAsZip) {
  for (const char* name : {"a-1.zip", "a-1.tar.gz"}) Add({.name = name});
  EXPECT_THAT(In(), ElementsAre("a-1.tar.gz", "a-1.zip"));
}

TEST_F(FileChoiceTest, AWheelWithoutASupportedTagIsOut) {
  Add({.name = "a-1-cp312-cp312-win_amd64.whl"});
  EXPECT_THAT(In(), IsEmpty());
  EXPECT_EQ(Choose().fault, FileFault::kTags);
}

TEST_F(FileChoiceTest, WithoutTagsInTheRequestEveryWheelFits) {
  Support({});
  Add({.name = "a-1-cp312-cp312-win_amd64.whl"});
  EXPECT_THAT(In(), ElementsAre("a-1-cp312-cp312-win_amd64.whl"));
}

TEST_F(FileChoiceTest, WhatIsNeitherWheelNorSdistIsOut) {
  for (const char* name : {"a-1.exe", "a-1.egg", "notawheel.whl"}) Add({.name = name});
  EXPECT_THAT(In(), IsEmpty());
  EXPECT_EQ(Choose().fault, FileFault::kUnusable);
}

TEST_F(FileChoiceTest, OnlyBinaryLeavesWheelsAndNoBinaryLeavesSdists) {
  for (const char* name : {kSdist, kWheel}) Add({.name = name});
  request_.binaries = {.only_binary = true};
  EXPECT_THAT(In(), ElementsAre(kWheel));
  request_.binaries = {.no_binary = true};
  EXPECT_THAT(In(), ElementsAre(kSdist));
}

TEST_F(FileChoiceTest, ANameInAListStandsAgainstTheRuleForAll) {
  for (const char* name : {kSdist, kWheel}) Add({.name = name});
  request_.binaries = {.only_binary = true, .no_binary_names = {"A"}};
  EXPECT_THAT(In(), ElementsAre(kSdist));
  request_.binaries = {.only_binary_names = {"A"}, .no_binary_names = {"b"}};
  EXPECT_THAT(In(), ElementsAre(kWheel));
}

TEST_F(FileChoiceTest, WhatWasUploadedAtTheInstantOrLaterIsOut) {
  Add({.name = kWheel, .uploaded = "2024-01-01T00:00:00Z"});
  Add({.name = kSdist, .uploaded = "2023-12-31T23:59:59.999Z"});
  request_.exclude_newer.instant = "2024-01-01T00:00:00Z";
  EXPECT_THAT(In(), ElementsAre(kSdist));
  files_.pop_back();
  EXPECT_EQ(Choose().fault, FileFault::kNewer);
}

TEST_F(FileChoiceTest, InstantsAreComparedAsTimesNotAsTexts) {
  Add({.name = kWheel, .uploaded = "2023-12-31T23:59:59.5Z"});
  request_.exclude_newer.instant = "2023-12-31T23:59:59.75Z";
  EXPECT_THAT(In(), ElementsAre(kWheel));
  request_.exclude_newer.instant = "2023-12-31T23:59:59Z";
  EXPECT_THAT(In(), IsEmpty());
}

TEST_F(FileChoiceTest, AFileWithoutATimeIsOutUnlessUnknownTimesAreAdmitted) {
  Add({.name = kWheel});
  request_.exclude_newer.instant = "2024-01-01T00:00:00Z";
  EXPECT_EQ(Choose().fault, FileFault::kNoUploadTime);
  request_.exclude_newer.admit_unknown = true;
  EXPECT_THAT(In(), ElementsAre(kWheel));
}

TEST_F(FileChoiceTest, ANameMayHaveALimitOfItsOwnOrNone) {
  Add({.name = kWheel, .uploaded = "2024-06-01T00:00:00Z"});
  request_.exclude_newer.instant = "2024-01-01T00:00:00Z";
  request_.exclude_newer.names = {{.name = "A", .instant = ""}};
  EXPECT_THAT(In(), ElementsAre(kWheel));
  request_.exclude_newer = {.instant = "",
                            .names = {{.name = "a", .instant = "2024-01-01T00:00:00Z"}}};
  EXPECT_THAT(In(), IsEmpty());
}

TEST_F(FileChoiceTest, OnlyAllowedHashesAreInWhereANameHasAny) {
  Add({.name = kWheel, .sha256 = kSomeHash});
  Add({.name = kSdist, .sha256 = kOtherHash});
  request_.allowed_hashes = {{.name = "A", .hashes = {"sha256:" + kOtherHash}}};
  EXPECT_THAT(In(), ElementsAre(kSdist));
  request_.allowed_hashes = {{.name = "b", .hashes = {"sha256:" + kOtherHash}}};
  EXPECT_THAT(In(), ElementsAre(kWheel, kSdist));
  request_.require_hashes = true;
  EXPECT_EQ(Choose().fault, FileFault::kHash);
}

TEST_F(FileChoiceTest, AFilesOwnRequiresPythonAndItsYankCount) {
  Add({.name = kWheel, .requires_language = ">=3.12"});
  Add({.name = kSdist, .yanked = true});
  EXPECT_EQ(Choose().fault, FileFault::kYanked);
  EXPECT_THAT(In(/*pinned=*/true), ElementsAre(kSdist));
}

TEST_F(FileChoiceTest, TheFileThatCameFurthestSaysWhatIsMissing) {
  Add({.name = "a-1-cp312-cp312-win_amd64.whl"});
  Add({.name = kWheel, .requires_language = ">=3.12"});
  const FileChoice choice = Choose();
  EXPECT_EQ(choice.fault, FileFault::kRequiresPython);
  EXPECT_EQ(choice.closest, 1u);
}

TEST_F(FileChoiceTest, WithoutKnownFilesAgeAndHashesAreUnknownToo) {
  EXPECT_EQ(FileChooser::FaultWithoutFiles({}), FileFault::kNone);
  EXPECT_EQ(FileChooser::FaultWithoutFiles({.before = absl::UnixEpoch()}),
            FileFault::kNoUploadTime);
  EXPECT_EQ(FileChooser::FaultWithoutFiles({.hashes_count = true}), FileFault::kHash);
}

TEST_F(FileChoiceTest, AnInstantOrAHashThatCannotBeReadIsAnErrorWithItsPlace) {
  request_.exclude_newer.instant = "yesterday";
  EXPECT_THAT(Fault(), HasSubstr("exclude-newer: an instant is wanted"));
  request_.exclude_newer = {.instant = "", .names = {{.name = "b", .instant = "2024"}}};
  EXPECT_THAT(Fault(), HasSubstr("exclude-newer of b: an instant is wanted"));
  request_.exclude_newer = {};
  request_.allowed_hashes = {{.name = "a", .hashes = {"sha256:12"}, .place = "here:3"}};
  EXPECT_THAT(Fault(), HasSubstr("here:3: 'sha256:' and 64"));
}

}  // namespace
}  // namespace accord::pypi
