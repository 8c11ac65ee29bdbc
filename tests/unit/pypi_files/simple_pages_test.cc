// Index pages as records: versions by the names of files, needs by METADATA, and what is wrong with
// a page is told by its file and place.
#include "ecosystem/pypi/simple_pages.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/error.h"
#include "base/sha256.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace accord::pypi {
namespace {

namespace fs = std::filesystem;
using metadata::PackageRecord;
using metadata::VersionRecord;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto kMissing = absl::StatusCode::kNotFound;
constexpr auto kBad = absl::StatusCode::kInvalidArgument;
constexpr auto kLimit = absl::StatusCode::kResourceExhausted;

class SimplePagesTest : public ::testing::Test {
 protected:
  SimplePagesTest()
      : folder_(fs::path(::testing::TempDir()) /
                Cat("accord_pages_", getpid(), "_",
                    ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::create_directories(folder_);
  }
  ~SimplePagesTest() override { fs::remove_all(folder_); }

  void Write(const std::string& path, std::string_view text) const {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << text;
  }
  // The page of `a` with these files, each a JSON object.
  void WritePage(std::string_view files, std::string_view more = "") const {
    Write("a/index.json",
          Cat(R"({"meta":{"api-version":"1.1"},"name":"A","files":[)", files, "]", more, "}"));
  }
  // METADATA of `a`, by the name of its file.
  void WriteMetadata(const std::string& file, std::string_view version,
                     std::string_view fields) const {
    Write("a/" + file + ".metadata",
          Cat("Metadata-Version: 2.2\nName: a\nVersion: ", version, "\n", fields, "\n\nabout\n"));
  }
  absl::StatusOr<std::unique_ptr<const SimplePages>> Open(const PageLimits& limits = {}) const {
    return SimplePages::Open(folder_.string(), limits);
  }
  absl::StatusOr<PackageRecord> Read(const PageLimits& limits = {}) const {
    auto pages = Open(limits);
    if (!pages.ok()) return pages.status();
    auto record = (*pages)->Find("a");
    if (!record.ok()) return record.status();
    if (*record == nullptr) return Missing("a", "there is no such page");
    return **record;
  }
  void ExpectError(absl::StatusCode code, std::string_view part, const PageLimits& limits = {}) {
    const auto record = Read(limits);
    EXPECT_EQ(record.status().code(), code) << record.status();
    EXPECT_THAT(std::string(Message(record.status())), HasSubstr(std::string(part)));
  }

  const fs::path folder_;
};

std::string Wheel(std::string_view version, std::string_view tags, std::string_view more = "") {
  return Cat(R"({"filename":"a-)", version, "-", tags, R"(.whl","url":"../files/x")", more, "}");
}
std::string Sdist(std::string_view version) {
  return Cat(R"({"filename":"a-)", version, R"(.tar.gz","url":"x","hashes":{}})");
}

TEST_F(SimplePagesTest, AFileKeepsWhatItsPageSays) {
  const std::string sha(64, 'a');
  WritePage(
      Wheel("1.0", "py3-none-any",
            Cat(R"(,"size":17,"upload-time":"2022-01-02T03:04:05.678901Z","yanked":"broken",)",
                R"("requires-python":">=3.8","hashes":{"sha256":")", sha, R"("})")));
  WriteMetadata("a-1.0-py3-none-any.whl", "1.0", "Requires-Dist: b>=1\nProvides-Extra: x");
  const auto record = Read();
  ASSERT_TRUE(record.ok()) << record.status();
  ASSERT_EQ(record->versions.size(), 1U);
  ASSERT_EQ(record->versions[0].files.size(), 1U);
  const metadata::FileRecord wanted{.name = "a-1.0-py3-none-any.whl",
                                    .url = "../files/x",
                                    .size = 17,
                                    .uploaded = "2022-01-02T03:04:05Z",
                                    .sha256 = sha,
                                    .requires_language = ">=3.8",
                                    .yanked = true,
                                    .yanked_reason = "broken",
                                    .metadata = {}};
  EXPECT_EQ(record->versions[0].files[0], wanted);
  EXPECT_EQ(record->versions[0].metadata, 0U);
  ASSERT_EQ(record->metadata.size(), 1U);
  EXPECT_THAT(record->metadata[0].requirements, ElementsAre("b>=1"));
  EXPECT_THAT(record->metadata[0].extras, ElementsAre("x"));
}

TEST_F(SimplePagesTest, VersionsComeFromFileNamesAndAreSpelledAsThePageSays) {
  WritePage(
      Cat(Wheel("2.0", "py3-none-any"), ",", Sdist("1.0"), ",", Wheel("1.0.post1", "py3-none-any"),
          R"(,{"filename":"other-1.0.tar.gz"},{"filename":"a-1.0.exe"},{"filename":"a.txt"})"),
      R"(,"versions":["1","3.0","old one"])");
  const auto record = Read();
  ASSERT_TRUE(record.ok()) << record.status();
  std::vector<std::string> texts;
  std::vector<std::string> reasons;
  for (const VersionRecord& version : record->versions) {
    texts.push_back(Cat(version.version, " ", version.files.size()));
    reasons.push_back(version.unknown_because);
  }
  EXPECT_THAT(texts, ElementsAre("1 1", "1.0.post1 1", "2.0 1", "3.0 0", "old one 0"));
  EXPECT_THAT(reasons, ElementsAre("no wheel, and no METADATA of its sdist",
                                   "no METADATA of its wheels", "no METADATA of its wheels",
                                   "no wheel and no sdist", "it is no version"));
}

TEST_F(SimplePagesTest, AVersionNeedsWhatMostOfItsWheelsSayAndOthersPointToTheirOwn) {
  WritePage(Cat(Wheel("1.0", "cp39-cp39-win32"), ",", Wheel("1.0", "cp310-cp310-win32"), ",",
                Wheel("1.0", "cp311-cp311-win32"), ",", Wheel("1.0", "cp312-cp312-win32"), ",",
                Sdist("1.0")));
  WriteMetadata("a-1.0-cp39-cp39-win32.whl", "1.0", "Requires-Dist: old");
  WriteMetadata("a-1.0-cp310-cp310-win32.whl", "1.0", "Requires-Dist: new");
  WriteMetadata("a-1.0-cp311-cp311-win32.whl", "1.0", "Requires-Dist: new");
  WriteMetadata("a-1.0.tar.gz", "1.0", "Requires-Dist: built");
  const auto record = Read();
  ASSERT_TRUE(record.ok()) << record.status();
  const VersionRecord& version = record->versions.at(0);
  ASSERT_TRUE(version.metadata);
  EXPECT_THAT(record->metadata[*version.metadata].requirements, ElementsAre("new"));
  ASSERT_EQ(version.files.size(), 5U);
  ASSERT_TRUE(version.files[0].metadata);
  EXPECT_THAT(record->metadata[*version.files[0].metadata].requirements, ElementsAre("old"));
  for (size_t same = 1; same < 4; ++same) EXPECT_EQ(version.files[same].metadata, std::nullopt);
  ASSERT_TRUE(version.files[4].metadata);
  EXPECT_THAT(record->metadata[*version.files[4].metadata].requirements, ElementsAre("built"));
}

TEST_F(SimplePagesTest, AnSdistSpeaksForItsVersionOnlyIfNothingOfItMayChange) {
  WritePage(Cat(Sdist("1.0"), ",", Sdist("2.0")));
  WriteMetadata("a-1.0.tar.gz", "1.0", "Requires-Dist: b");
  WriteMetadata("a-2.0.tar.gz", "2.0", "Requires-Dist: b\nDynamic: requires-dist");
  const auto record = Read();
  ASSERT_TRUE(record.ok()) << record.status();
  EXPECT_TRUE(record->versions.at(0).metadata);
  EXPECT_EQ(record->versions.at(1).metadata, std::nullopt);
  EXPECT_EQ(record->versions.at(1).unknown_because,
            "no wheel, and METADATA of its sdist may change when it is built");
}

TEST_F(SimplePagesTest, VersionsThatSayTheSameShareIt) {
  WritePage(Cat(Wheel("1.0", "py3-none-any", R"(,"requires-python":">=3.8")"), ",",
                Wheel("2.0", "py3-none-any", R"(,"requires-python":">=3.9")")));
  WriteMetadata("a-1.0-py3-none-any.whl", "1.0", "Requires-Python: >=3.8");
  WriteMetadata("a-2.0-py3-none-any.whl", "2", "Requires-Python: >=3.8");
  const auto record = Read();
  ASSERT_TRUE(record.ok()) << record.status();
  EXPECT_EQ(record->metadata.size(), 1U);
  EXPECT_EQ(record->versions.at(1).metadata, 0U);
  EXPECT_EQ(record->versions[0].files[0].requires_language, "") << "the same as its metadata";
  EXPECT_EQ(record->versions[1].files[0].requires_language, ">=3.9") << "its own";
}

TEST_F(SimplePagesTest, MetadataThatCannotBeUsedSaysWhy) {
  WritePage(Cat(Wheel("1.0", "py3-none-any"), ",", Wheel("2.0", "py3-none-any")));
  Write("a/a-1.0-py3-none-any.whl.metadata", "nothing of the kind");
  WriteMetadata("a-2.0-py3-none-any.whl", "3.0", "");
  const auto record = Read();
  ASSERT_TRUE(record.ok()) << record.status();
  EXPECT_THAT(record->versions.at(0).unknown_because,
              HasSubstr("METADATA of a-1.0-py3-none-any.whl: core metadata: field"));
  EXPECT_EQ(record->versions.at(1).unknown_because,
            "METADATA of a-2.0-py3-none-any.whl is of a 3.0");
}

TEST_F(SimplePagesTest, MetadataOfAnotherHashIsDamaged) {
  const std::string text = "Metadata-Version: 2.1\nName: a\nVersion: 1.0\n";
  Write("a/a-1.0-py3-none-any.whl.metadata", text);
  const auto page = [&](std::string_view key, std::string_view sha) {
    WritePage(Wheel("1.0", "py3-none-any", Cat(R"(,")", key, R"(":{"sha256":")", sha, R"("})")));
  };
  for (const std::string_view key : {"core-metadata", "dist-info-metadata"}) {
    page(key, Sha256Hex(text));
    EXPECT_TRUE(Read().ok());
    page(key, "00");
    ExpectError(kMissing, "a-1.0-py3-none-any.whl.metadata: the SHA-256 '00' of its page");
  }
  WritePage(Wheel("1.0", "py3-none-any", R"(,"core-metadata":true,"dist-info-metadata":false)"));
  EXPECT_TRUE(Read().ok());
}

TEST_F(SimplePagesTest, PagesAreFoundInBothPlacesAndOthersArePassedOver) {
  const std::string_view page = R"({"meta":{"api-version":"1.0"},"name":"NAME","files":[]})";
  const auto named = [&](std::string_view name) {
    std::string text(page);
    return text.replace(text.find("NAME"), 4, name);
  };
  Write("b/index.json", named("b"));
  Write("a-b.json", named("A_B"));
  Write("a-b/readme.txt", "x");
  Write("index.json", R"({"meta":{"api-version":"1.0"},"projects":[]})");
  Write("README", "x");
  const auto pages = Open();
  ASSERT_TRUE(pages.ok()) << pages.status();
  ASSERT_EQ((*pages)->package_count(), 2U);
  EXPECT_EQ((*pages)->NameAt(0), "a-b");
  EXPECT_EQ((*pages)->NameAt(1), "b");
  EXPECT_TRUE((*pages)->ReadAt(0).ok());
  EXPECT_EQ(*(*pages)->Find("c"), nullptr);
  EXPECT_EQ(*(*pages)->Find("b"), *(*pages)->Find("b"));
  EXPECT_FALSE((*pages)->complete());
  EXPECT_EQ((*pages)->ecosystem(), "pypi");
}

TEST_F(SimplePagesTest, NamesOfPagesAreNormalAndStandOnce) {
  Write("A.json", "{}");
  EXPECT_EQ(Open().status().code(), kBad);
  EXPECT_THAT(std::string(Message(Open().status())),
              HasSubstr("normal name is expected, found 'A'"));
  fs::remove(folder_ / "A.json");
  Write("b.json", "{}");
  Write("b/index.json", "{}");
  EXPECT_THAT(std::string(Message(Open().status())),
              HasSubstr("one page of b is expected, found b/index.json and b.json"));
}

TEST_F(SimplePagesTest, BrokenPagesAreToldByTheirPlace) {
  EXPECT_EQ(SimplePages::Open("nowhere").status().code(), kMissing);
  const std::pair<std::string_view, std::string_view> broken[] = {
      {"{", "a/index.json: damaged JSON: "},
      {"[]", "a/index.json: /: an object is expected, found an array"},
      {"{}", "a/index.json: /meta: the object of a project's page is expected"},
      {R"({"meta":{}})", "/meta: /api-version: a text is expected, found nothing"},
      {R"({"meta":{"api-version":"2.0"}})", "/meta/api-version: pages of version 1 are read"},
      {R"({"meta":{"api-version":"1.0"}})", "/name: a text is expected"},
      {R"({"meta":{"api-version":"1.0"},"name":"b"})",
       "/name: the page of a is expected, found 'b'"},
      {R"({"meta":{"api-version":"1.0"},"name":"a","files":3})", "/files: an array is expected"},
      {R"({"meta":{"api-version":"1.0"},"name":"a","versions":[1]})",
       "/versions: an array of texts"},
      {R"({"meta":{"api-version":"1.0"},"name":"a","versions":[""]})", "/versions: a version is"},
  };
  for (const auto& [text, message] : broken) {
    Write("a/index.json", text);
    ExpectError(kMissing, message);
  }
  const std::pair<std::string_view, std::string_view> files[] = {
      {"3", "/files/0: /: an object is expected"},
      {"{}", "/files/0: /filename: a text is expected, found nothing"},
      {R"({"filename":"../a-1.0.tar.gz"})", "/files/0: /filename: a name without '/' is expected"},
      {R"({"filename":"a\u0000b"})", "/files/0: /filename: a name without '/'"},
      {R"({"filename":"a-1.0.tar.gz","size":-1})", "/files/0: /size: a whole number"},
      {R"({"filename":"a-1.0.tar.gz","yanked":3})", "/files/0: /yanked: a text is expected"},
      {R"({"filename":"a-1.0.tar.gz","hashes":{"sha256":3}})",
       "/files/0: /hashes: /sha256: a text"},
  };
  for (const auto& [text, message] : files) {
    WritePage(text);
    ExpectError(kMissing, message);
  }
}

TEST_F(SimplePagesTest, LimitsAreTypedAnswers) {
  WritePage(Cat(Sdist("1.0"), ",", Sdist("2.0")), R"(,"versions":["1.0","2.0","3.0"])");
  ExpectError(kLimit, "/versions: a page may have at most 2", {.files_max = 2});
  WritePage(Cat(Sdist("1.0"), ",", Sdist("2.0")));
  ExpectError(kLimit, "/files/1: files: a page may have at most 1", {.files_max = 1});
  ExpectError(kLimit, "a/index.json: files may have at most 10 bytes", {.page_bytes_max = 10});
  Write("b.json", "{}");
  EXPECT_EQ(Open({.pages_max = 1}).status().code(), kLimit);
  EXPECT_TRUE(Open({.pages_max = 2}).ok());
}

}  // namespace
}  // namespace accord::pypi
