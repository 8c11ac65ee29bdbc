// What a repodata document says, as neutral records.
#include "documents.h"

namespace accord::conda {
namespace {

using metadata::PackageRecord;
using metadata::VersionRecord;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

// The one record of a document with these fields.
PackageRecord OneWith(std::string_view fields) {
  const std::vector<PackageRecord> packages = PackagesOf(WithFields(fields));
  EXPECT_THAT(packages, SizeIs(1));
  return packages.empty() ? PackageRecord() : packages[0];
}

std::string AttributeOf(const PackageRecord& record, std::string_view wanted) {
  for (const auto& [key, text] : record.versions[0].attributes) {
    if (key == wanted) return text;
  }
  return {};
}

// The files of all packages, in order.
std::vector<std::string> FilesOf(std::string_view text) {
  std::vector<std::string> files;
  for (const PackageRecord& package : PackagesOf(text)) {
    for (const VersionRecord& version : package.versions) files.push_back(version.files[0].name);
  }
  return files;
}

TEST(Repodata, ARecordHasAllThatItsDocumentSays) {
  const PackageRecord record = OneWith(
      R"("build_number":7,"depends":["python >=3","b"],"constrains":["c <2"],"size":12,)"
      R"("md5":"0123456789abcdef0123456789ABCDEF","sha256":)"
      R"("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",)"
      R"("timestamp":1620757126123,"license":"MIT","license_family":"mit","noarch":"python",)"
      R"("subdir":"noarch","features":"f","track_features":"t","flags":["gpu","blas:mkl"],)"
      R"("python_site_packages_path":"lib/p","extra_depends":{"x":["d","e >1"],"b":[]})");
  EXPECT_EQ(record.name, "a");
  ASSERT_THAT(record.metadata, SizeIs(1));
  EXPECT_THAT(record.metadata[0].requirements,
              ElementsAre("python >=3", "b", "c <2 ; constrains", "d ; extra x", "e >1 ; extra x"));
  EXPECT_THAT(record.metadata[0].extras, ElementsAre("b", "x"));
  ASSERT_THAT(record.versions, SizeIs(1));
  const VersionRecord& version = record.versions[0];
  EXPECT_EQ(version.version, "1");
  EXPECT_EQ(version.metadata, 0U);
  EXPECT_THAT(version.attributes,
              ElementsAre(Pair("build", "0"), Pair("build_number", "7"), Pair("channel", "channel"),
                          Pair("features", "f"), Pair("flags", "blas:mkl gpu"),
                          Pair("license", "MIT"), Pair("license_family", "mit"),
                          Pair("noarch", "python"), Pair("python_site_packages_path", "lib/p"),
                          Pair("subdir", "noarch"), Pair("track_features", "t")));
  ASSERT_THAT(version.files, SizeIs(1));
  const metadata::FileRecord wanted{
      .name = "a-1-0.conda",
      .size = 12,
      .uploaded = "2021-05-11T18:18:46.123Z",
      .sha256 = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
      .md5 = "0123456789abcdef0123456789abcdef"};
  EXPECT_EQ(version.files[0], wanted);
}

TEST(Repodata, WhatIsNotSaidIsNotThere) {
  const PackageRecord record =
      OneWith(R"("build_number":0,"depends":null,"constrains":null,"license":null,"noarch":"",)"
              R"("size":null,)"
              R"("track_features":"","md5":"","sha256":null,"timestamp":0,)"
              R"("extra_depends":{},"x":{"y":[]})");
  EXPECT_THAT(
      record.versions[0].attributes,
      ElementsAre(Pair("build", "0"), Pair("channel", "channel"), Pair("subdir", "linux-64")));
  EXPECT_EQ(record.versions[0].files[0], metadata::FileRecord{.name = "a-1-0.conda"});
  EXPECT_THAT(record.metadata, ElementsAre(metadata::MetadataRecord{}));
}

TEST(Repodata, NoarchOfLongAgoIsGeneric) {
  EXPECT_EQ(AttributeOf(OneWith(R"("noarch":true)"), "noarch"), "generic");
  EXPECT_EQ(AttributeOf(OneWith(R"("noarch":false)"), "noarch"), "");
}

TEST(Repodata, WordsAreJoinedByBlanksHoweverTheyAreWritten) {
  for (const std::string_view written : {R"("x y")", R"("x, y")", R"(["x","y"])", R"(" x,y ")"}) {
    const PackageRecord record = OneWith(Cat(R"("track_features":)", written));
    EXPECT_EQ(AttributeOf(record, "track_features"), "x y") << written;
  }
}

TEST(Repodata, TimesUpToTheYear9999InSecondsAreSeconds) {
  const auto uploaded = [](std::string_view time) {
    return OneWith(Cat(R"("timestamp":)", time)).versions[0].files[0].uploaded;
  };
  EXPECT_EQ(uploaded("1765457000"), "2025-12-11T12:43:20Z");
  EXPECT_EQ(uploaded("1765457000001"), "2025-12-11T12:43:20.001Z");
  EXPECT_EQ(uploaded("253402300799"), "9999-12-31T23:59:59Z");
  EXPECT_EQ(uploaded("253402300800"), "1978-01-11T21:31:40.800Z");
}

TEST(Repodata, RecordsThatNeedTheSameShareMetadata) {
  const std::vector<PackageRecord> packages = PackagesOf(
      R"({"packages":{"a-1-0.tar.bz2":{"name":"a","version":"1","build":"0","depends":["b"]},)"
      R"("a-1-1.tar.bz2":{"name":"a","version":"1","build":"1","depends":["c"]},)"
      R"("b-1-0.tar.bz2":{"name":"b","version":"1","build":"0"},)"
      R"("a-2-0.tar.bz2":{"name":"a","version":"2","build":"0","depends":["b"]}}})");
  ASSERT_THAT(packages, SizeIs(2));
  EXPECT_THAT(packages[0].metadata, SizeIs(2));
  ASSERT_THAT(packages[0].versions, SizeIs(3));
  EXPECT_EQ(packages[0].versions[0].metadata, 0U);
  EXPECT_EQ(packages[0].versions[1].metadata, 1U);
  EXPECT_EQ(packages[0].versions[2].metadata, 0U);
}

TEST(Repodata, OfFilesThatDifferInTheirExtensionOneCounts) {
  const std::string_view record = R"({"name":"a","version":"1","build":"0"})";
  EXPECT_THAT(FilesOf(Cat(R"({"packages":{"a-1-0.tar.bz2":)", record,
                          R"(},"packages.conda":{"a-1-0.conda":)", record, "}}")),
              ElementsAre("a-1-0.conda"));
  EXPECT_THAT(FilesOf(Cat(R"({"packages.conda":{"a-1-0.conda":)", record,
                          R"(},"packages":{"a-1-0.tar.bz2":)", record, "}}")),
              ElementsAre("a-1-0.conda"));
  EXPECT_THAT(
      FilesOf(Cat(R"({"v3":{"whl":{"a-1-0":)", record, R"(},"tar.bz2":{"a-1-0":)", record, "}}}")),
      ElementsAre("a-1-0.tar.bz2"));
}

TEST(Repodata, OfFilesOfOneNameTheFirstCounts) {
  const std::vector<PackageRecord> packages =
      PackagesOf(R"({"packages":{"a-1-0.tar.bz2":{"name":"a","version":"1","build":"0","size":1},)"
                 R"("a-1-0.tar.bz2":{"name":"a","version":"1","build":"0","size":2}}})");
  ASSERT_THAT(packages[0].versions, SizeIs(1));
  EXPECT_EQ(packages[0].versions[0].files[0].size, 1U);
}

TEST(Repodata, RemovedFilesAreNoRecordsAndHideNone) {
  const std::string_view record = R"({"name":"a","version":"1","build":"0"})";
  EXPECT_THAT(FilesOf(Cat(R"({"packages":{"a-1-0.tar.bz2":)", record,
                          R"(},"packages.conda":{"a-1-0.conda":)", record,
                          R"(},"removed":["a-1-0.conda","other"]})")),
              ElementsAre("a-1-0.tar.bz2"));
  EXPECT_THAT(
      FilesOf(Cat(R"({"removed":["a-1-0.tar.bz2"],"packages":{"a-1-0.tar.bz2":)", record, "}}")),
      IsEmpty());
}

TEST(Repodata, RevisionThreeNamesFilesByExtensionAndWheelsByThemselves) {
  const std::vector<PackageRecord> packages = PackagesOf(
      R"({"info":{"base_url":"https://base.example/x/"},"v3":{)"
      R"("conda":{"a-1-0":{"name":"a","version":"1","build":"0","fn":"not this",)"
      R"("url":"https://nor.example/this"}},)"
      R"("whl":{"b-1-0":{"name":"b","version":"1","build":"0","fn":"b-1-py3-none-any.whl",)"
      R"("url":"https://user:word@files.example/b.whl"}}}})");
  ASSERT_THAT(packages, SizeIs(2));
  EXPECT_EQ(packages[0].versions[0].files[0].name, "a-1-0.conda");
  EXPECT_EQ(packages[0].versions[0].files[0].url, "https://base.example/x/a-1-0.conda");
  EXPECT_EQ(packages[1].versions[0].files[0].name, "b-1-py3-none-any.whl");
  EXPECT_EQ(packages[1].versions[0].files[0].url, "https://files.example/b.whl");
}

TEST(Repodata, AnAddressIsSaidByAnAbsoluteBaseAlone) {
  const auto url = [](std::string_view info) {
    return PackagesOf(Cat(R"({"packages":{"a-1-0.tar.bz2":{"name":"a","version":"1","url":"u"}})",
                          R"(,"info":)", info, "}"))[0]
        .versions[0]
        .files[0]
        .url;
  };
  EXPECT_EQ(url(R"({"base_url":"../linux-64"})"), "");
  EXPECT_EQ(url("null"), "");
  EXPECT_EQ(url(R"({"base_url":"https://a.example/t/token/b"})"),
            "https://a.example/b/a-1-0.tar.bz2");
}

TEST(Repodata, ASubdirThatIsNotSaidIsThatOfTheDocument) {
  const auto subdir = [](std::string_view fields, std::string_view info) {
    return AttributeOf(PackagesOf(Cat(R"({"packages":{"a-1.tar.bz2":{"name":"a","version":"1")",
                                      fields, R"(}},"info":)", info, "}"))[0],
                       "subdir");
  };
  EXPECT_EQ(subdir("", "{}"), "linux-64");
  EXPECT_EQ(subdir("", R"({"subdir":"osx-64"})"), "osx-64");
  EXPECT_EQ(subdir(R"(,"subdir":"noarch")", R"({"subdir":"osx-64"})"), "noarch");
}

TEST(Repodata, FileNamesNeedNotFollowFromTheRecord) {
  EXPECT_THAT(FilesOf(R"({"packages":{"other.tar.bz2":{"name":"a","version":"1","build":"0"},)"
                      R"("plain":{"name":"a","version":"1","build":"0"}}})"),
              ElementsAre("other.tar.bz2", "plain"));
}

TEST(Repodata, NamesAreInLowerCaseAndAscend) {
  std::vector<std::string> names;
  for (const PackageRecord& package :
       PackagesOf(R"({"packages":{"b":{"name":"B","version":"1"},"a":{"name":"a","version":"1"},)"
                  R"("c":{"name":"b","version":"2"}}})")) {
    names.push_back(package.name);
  }
  EXPECT_THAT(names, ElementsAre("a", "b"));
}

TEST(Repodata, AnEmptyDocumentHasNoRecords) {
  for (const std::string_view text :
       {"", " \n", "{}", R"({"packages":null,"v3":{},"removed":null})"}) {
    EXPECT_THAT(PackagesOf(text), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace accord::conda
