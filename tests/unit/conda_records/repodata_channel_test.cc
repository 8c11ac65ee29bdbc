// Channels as folders and documents as files: what they are recognised by, named, and found in.
#include "documents.h"

namespace accord::conda {
namespace {

using metadata::PackageRecord;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::SizeIs;

// {"packages":{"a-2-0.tar.bz2":{"name":"a","version":"2"}}}
constexpr char kBzip2Bytes[] =
    "\x42\x5A\x68\x39\x31\x41\x59\x26\x53\x59\x5D\x7A\x70\x13\x00\x00\x1A\x99\x80\x10\x07\x50"
    "\x10\x3A\xAB\xDD\x1A\x20\x00\x50\xA0\x00\x68\x19\x32\x08\x26\x91\xB5\x36\x90\x32\x7A\x7A"
    "\xA6\xA5\x3B\x7C\x56\x60\xD9\x59\x1B\xEB\x38\xDE\x48\x47\x18\xEB\x3E\x56\x04\x2D\xE2\x42"
    "\xC1\x17\x25\x77\x98\x05\xF9\xAE\x85\xDC\x91\x4E\x14\x24\x17\x5E\x9C\x04\xC0";
constexpr std::string_view kBzip2(kBzip2Bytes, sizeof kBzip2Bytes - 1);

std::string DocumentOf(std::string_view version) {
  return Cat(R"({"packages":{"a-)", version, R"(-0.tar.bz2":{"name":"a","version":")", version,
             R"("}}})");
}

std::string Compressed(std::string_view text) {
  metadata::Compressor compressor(3);
  compressor.Append(text);
  return compressor.Finish();
}

// "version subdir" of the records of "a".
std::vector<std::string> RecordsOf(const std::string& path) {
  std::vector<std::string> records;
  const auto repodata = Repodata::Open(path, "");
  EXPECT_TRUE(repodata.ok()) << repodata.status();
  if (!repodata.ok()) return records;
  const auto record = (*repodata)->Find("a");
  EXPECT_TRUE(record.ok() && *record != nullptr);
  if (!record.ok() || *record == nullptr) return records;
  for (const metadata::VersionRecord& version : (*record)->versions) {
    records.push_back(Cat(version.version, " ", version.attributes.back().second));
  }
  return records;
}

TEST(RepodataChannel, SubdirsComeInOrderAndOfFormsTheFirst) {
  const TemporaryFolder folder;
  folder.Write("noarch/repodata.json", DocumentOf("9"));
  folder.Write("noarch/repodata.json.bz2", kBzip2);
  folder.Write("linux-64/repodata.json.bz2", kBzip2);
  folder.Write("linux-64/repodata.json.zst", Compressed(DocumentOf("1")));
  folder.Write("icons/logo.png", "x");
  folder.Write("channeldata.json", "{}");
  EXPECT_TRUE(IsChannelFolder(folder.path()));
  EXPECT_THAT(RecordsOf(folder.path()), ElementsAre("1 linux-64", "2 noarch"));
}

TEST(RepodataChannel, AFolderIsCompleteAndNamedAsItIsCalledOrWished) {
  const TemporaryFolder folder;
  folder.Write("mine/noarch/repodata.json", DocumentOf("1"));
  const std::string path = Cat(folder.path(), "/mine");
  for (const auto& [wished, name] : {std::pair("", "mine"), std::pair("other", "other")}) {
    const auto repodata = Repodata::Open(path + "/", wished);
    ASSERT_TRUE(repodata.ok()) << repodata.status();
    EXPECT_TRUE((*repodata)->complete());
    EXPECT_EQ((*repodata)->ecosystem(), "conda");
    EXPECT_EQ((*repodata)->header().source, Cat("conda channel ", name));
    EXPECT_THAT((*repodata)->Find("a").value()->versions[0].attributes,
                ElementsAre(Pair("channel", name), Pair("subdir", "noarch")));
  }
}

TEST(RepodataChannel, AFileIsNotCompleteAndNamedByTheFoldersThatItLiesIn) {
  const TemporaryFolder folder;
  const std::string inside = folder.Write("mine/osx-64/repodata.json", DocumentOf("1"));
  const auto repodata = Repodata::Open(inside, "");
  ASSERT_TRUE(repodata.ok()) << repodata.status();
  EXPECT_FALSE((*repodata)->complete());
  EXPECT_THAT((*repodata)->Find("a").value()->versions[0].attributes,
              ElementsAre(Pair("channel", "mine"), Pair("subdir", "osx-64")));
  const auto alone = Repodata::Open(folder.Write("alone.json", DocumentOf("1")), "");
  ASSERT_TRUE(alone.ok()) << alone.status();
  EXPECT_EQ((*alone)->header().source, "conda repodata");
  EXPECT_THAT((*alone)->Find("a").value()->versions[0].attributes, SizeIs(0));
}

TEST(RepodataChannel, FilesAreRecognisedByNameOrByTheirKeys) {
  const TemporaryFolder folder;
  EXPECT_TRUE(IsRepodataFile(folder.Write("repodata.json", "")));
  EXPECT_TRUE(IsRepodataFile(folder.Write("x.json", R"({"_mod":{"a":[1]},"info":{}})")));
  EXPECT_TRUE(IsRepodataFile(folder.Write("x.json.zst", Compressed(DocumentOf("1")))));
  EXPECT_TRUE(IsRepodataFile(folder.Write("x.json.bz2", kBzip2)));
  EXPECT_FALSE(IsRepodataFile(folder.Write("y.json", R"({"format":"accord-corpus/1","info":1})")));
  EXPECT_FALSE(IsRepodataFile(folder.Write("y.json", R"({"n":"a","g":[],"packages":{}})")));
  EXPECT_FALSE(IsRepodataFile(folder.Write("y.json", "[]")));
  EXPECT_FALSE(IsRepodataFile(folder.Write("y.json", R"({"other":1})")));
  EXPECT_FALSE(IsRepodataFile(folder.path() + "/absent"));
  EXPECT_FALSE(IsChannelFolder(folder.path()));
}

TEST(RepodataChannel, TheSameNameGivesTheSameRecordAndAnAbsentOneNone) {
  const TemporaryFolder folder;
  folder.Write("noarch/repodata.json", DocumentOf("1"));
  const auto repodata = Repodata::Open(folder.path(), "");
  ASSERT_TRUE(repodata.ok());
  EXPECT_EQ((*repodata)->Find("a").value(), (*repodata)->Find("a").value());
  EXPECT_EQ((*repodata)->Find("A").value(), nullptr);
  EXPECT_EQ((*repodata)->Find("b").value(), nullptr);
  EXPECT_EQ((*repodata)->ReadAt(0).value(), *(*repodata)->Find("a").value());
}

TEST(RepodataChannel, WhatCannotBeReadIsNamed) {
  const TemporaryFolder folder;
  ExpectStatus(Repodata::Open(folder.path() + "/absent.json", "").status(),
               absl::StatusCode::kNotFound, "absent.json: cannot be opened");
  const std::string cut = Compressed(DocumentOf("1"));
  const std::string path = folder.Write("noarch/repodata.json.zst", cut.substr(0, cut.size() - 3));
  ExpectStatus(Repodata::Open(folder.path(), "").status(), absl::StatusCode::kNotFound,
               Cat(path, ": byte "));
}

}  // namespace
}  // namespace accord::conda
