// A channel in shards has the records that it has in a document; everything that is wrong with an
// index, a shard or a file is told with its place, and each limit is reached above it.
#include <optional>

#include "shards.h"

namespace accord::conda {
namespace {

using metadata::PackageRecord;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr auto kShardDamaged = absl::StatusCode::kNotFound;
constexpr auto kShardLimit = absl::StatusCode::kResourceExhausted;
const std::string kZeros(64, '0');

absl::Status StatusOfIndex(const OrderedJson& index, const RepodataLimits& limits = {}) {
  return ParseShardIndex(Packed(index), "index", "noarch", limits).status();
}

absl::Status StatusOfShard(const OrderedJson& shard, const RepodataLimits& limits = {}) {
  RepodataTable table("channel");
  std::vector<std::string> removed;
  return ParseShard(Packed(shard), "index: /shards/a", "a", limits, table, removed);
}

absl::Status StatusOfFile(const std::string& index, const RepodataLimits& limits = {}) {
  return Repodata::Open(index, "", limits).status();
}

std::optional<std::string> FolderOfUrl(std::string_view url) {
  const auto index = ParseShardIndex(
      Packed({{"info", {{"shards_base_url", url}}}, {"shards", OrderedJson::object()}}), "index",
      "noarch", {});
  if (index.ok()) return index->folder;
  EXPECT_THAT(std::string(Message(index.status())),
              HasSubstr(Cat("index: /info/shards_base_url: a folder below the index is expected, "
                            "found ",
                            Quoted(url), "; nothing is fetched")));
  return std::nullopt;
}

TEST(RepodataShards, TheRecordsAreThoseOfADocument) {
  const std::string md5 = "00112233445566778899aabbccddeeff";
  OrderedJson document = {
      {"info", {{"subdir", "osx-64"}, {"base_url", "https://files.example/mine/osx-64/"}}},
      {"packages", {{"a-1-0.tar.bz2", {{"name", "A"}, {"version", "1"}, {"build", "0"}}}}},
      {"packages.conda",
       {{"a-2-0.conda",
         {{"name", "a"},
          {"version", "2"},
          {"build", "0"},
          {"build_number", 7},
          {"depends", {"b >=1", "c"}},
          {"md5", md5},
          {"sha256", kZeros},
          {"size", 3'000'000'000},
          {"timestamp", 1'638'891'318'904},
          {"license", "\"MIT\"\n\u00e9"},
          {"unknown", {1, nullptr, 1.5}}}},
        {"a-3-0.conda", {{"name", "a"}, {"version", "3"}, {"build", "0"}}}}},
      {"v3",
       {{"conda",
         {{"a-4-0",
           {{"name", "a"},
            {"version", "4"},
            {"build", "0"},
            {"extra_depends", {{"x", {"d"}}}}}}}}}},
      {"removed", {"a-3-0.conda"}}};
  const std::vector<PackageRecord> expected = PackagesOf(document.dump());
  ASSERT_EQ(expected.size(), 1U);
  ASSERT_EQ(expected[0].versions.size(), 3U);

  const OrderedJson index_json = {{"info", document["info"]}, {"shards", OrderedJson::object()}};
  auto index = ParseShardIndex(Packed(index_json), "index", "linux-64", {});
  ASSERT_TRUE(index.ok()) << index.status();
  document["info"] = {{"subdir", "the index says it"}};
  OrderedJson& with_hashes = document["packages.conda"]["a-2-0.conda"];
  with_hashes["md5"] = BytesOf(md5);
  with_hashes["sha256"] = BytesOf(kZeros);
  RepodataTable table("channel");
  std::vector<std::string> removed;
  ASSERT_TRUE(ParseShard(Packed(document), "shard", "a", {}, table, removed).ok());
  table.EndDocument(std::move(index->head), removed);
  table.Seal();
  ASSERT_EQ(table.package_count(), 1U);
  EXPECT_EQ(table.PackageAt(0), expected[0]);
}

TEST(RepodataShards, ShardsLieBesideTheIndexOrInAFolderBelowIt) {
  EXPECT_EQ(FolderOfUrl(""), "");
  EXPECT_EQ(FolderOfUrl("./"), "");
  EXPECT_EQ(FolderOfUrl("shards"), "shards/");
  EXPECT_EQ(FolderOfUrl("./shards/"), "shards/");
  EXPECT_EQ(FolderOfUrl("a//b/./..c/"), "a/b/..c/");
  for (const char* url :
       {"..", "../", "../linux-64/", "a/../b", "a/..", "/", "/shards", "//host.example/shards",
        "https://host.example/shards/", "file:///shards", "a%2e/", "a\\b", "a?b", "a#b", "a b"}) {
    EXPECT_EQ(FolderOfUrl(url), std::nullopt) << url;
  }
}

TEST(RepodataShards, AnIndexHasTheHashOfEachName) {
  const std::string digits = "AbcdEF0123456789abcdef0123456789abcdef0123456789abcdef0123456789";
  const auto index = ParseShardIndex(
      Packed({{"shards", {{"b", BytesOf(kZeros)}, {"a", digits}}}, {"other", {1, 2}}}), "index",
      "noarch", {});
  ASSERT_TRUE(index.ok()) << index.status();
  EXPECT_EQ(index->head.subdir, "noarch");
  ASSERT_EQ(index->shards.size(), 2U);
  EXPECT_EQ(index->shards[0].name, "a");
  EXPECT_EQ(index->shards[0].sha256,
            "abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789");
  EXPECT_EQ(index->shards[1].sha256, kZeros);
}

TEST(RepodataShards, WhatIsWrongInAnIndexIsNamedByPointer) {
  const auto expect = [](const OrderedJson& index, std::string_view message) {
    ExpectStatus(StatusOfIndex(index), kShardDamaged, message);
  };
  const OrderedJson none = OrderedJson::object();
  expect(OrderedJson::array(), "index: /: an object is expected, found an array");
  expect(none, "index: /shards: an object is expected, found nothing");
  expect({{"shards", nullptr}}, "index: /shards: an object is expected, found null");
  expect({{"shards", none}, {"version", 2}}, "index: /version: version 1 is expected, found 2");
  expect({{"shards", none}, {"version", "1"}}, "index: /version: a whole number");
  expect({{"shards", none}, {"info", 1}}, "index: /info: an object is expected, found a number");
  expect({{"shards", none}, {"info", {{"subdir", 1}}}}, "index: /info/subdir: a text is expected");
  expect({{"shards", none}, {"info", {{"shards_base_url", 1}}}},
         "index: /info/shards_base_url: a text is expected");
  for (const OrderedJson& hash : std::vector<OrderedJson>{
           nullptr, 1, "", kZeros + "00", std::string(64, 'g'), BytesOf("00"), {0}}) {
    expect({{"shards", {{"a/b", hash}}}}, "index: /shards/a~1b: 32 bytes, a SHA-256, are expected");
  }
  expect("\xFF", "index: /: damaged JSON");
  const std::string hash = "\xC4\x20" + std::string(32, 'h');
  ExpectStatus(ParseShardIndex("\x81\xA6shards\x82\xA1"
                               "a" +
                                   hash +
                                   "\xA1"
                                   "a" +
                                   hash,
                               "index", "", {})
                   .status(),
               kShardDamaged, "index: /shards/a: it is there twice");
  ExpectStatus(ParseShardIndex("\x80\x80", "index", "", {}).status(), kShardDamaged,
               "index: MessagePack byte 1: nothing is expected behind the value");
}

TEST(RepodataShards, WhatIsWrongInAShardIsNamedByPointer) {
  const auto expect = [](const OrderedJson& shard, std::string_view message) {
    ExpectStatus(StatusOfShard(shard), kShardDamaged, Cat("index: /shards/a: ", message));
  };
  EXPECT_TRUE(StatusOfShard(ShardWith({{"name", "A"}})).ok());
  expect(ShardWith({{"name", "b"}}),
         "/packages.conda/a-1-0.conda/name: the shard's own name is expected, found 'b'");
  expect(ShardWith({{"name", BytesOf("61")}}),
         "/packages.conda/a-1-0.conda/name: a text is expected, found an array");
  expect(ShardWith({{"md5", BytesOf("61")}}),
         "/packages.conda/a-1-0.conda/md5: 32 hexadecimal digits are expected, found '61'");
  expect(ShardWith({{"depends", {"b", 1}}}),
         "/packages.conda/a-1-0.conda/depends/1: a text is expected, found a number");
  expect(ShardWith({{"license", "\xFF"}}), "/packages.conda/a-1-0.conda: damaged JSON");
  expect({{"removed", {"x", 1}}}, "/removed/1: a text is expected, found a number");
  expect({{"packages", 1}}, "/packages: an object is expected");
  ExpectStatus(StatusOfShard(OrderedJson::array()), kShardDamaged,
               "index: /shards/a: an object is expected");
}

TEST(RepodataShards, AFileThatIsNotThereOrAnotherIsNamedWithItsPlaceInTheIndex) {
  const TemporaryFolder folder;
  const std::string shard = ZstdOf(Packed(ShardWith()));
  const std::string index = WriteShards(folder, "noarch", {{"a", shard}}, "s/");
  const std::string path = Cat(folder.path(), "/noarch/s/", Sha256Hex(shard), ".msgpack.zst");
  const std::string place = Cat(index, ": /shards/a: ");
  EXPECT_TRUE(StatusOfFile(folder.path()).ok());
  EXPECT_TRUE(StatusOfFile(index).ok());

  folder.Write(Cat("noarch/s/", Sha256Hex(shard), ".msgpack.zst"), shard + "x");
  ExpectStatus(StatusOfFile(folder.path()), kShardDamaged,
               Cat(place, path, ": its SHA-256 is ", Sha256Hex(shard + "x")));
  std::filesystem::remove(path);
  ExpectStatus(StatusOfFile(folder.path()), kShardDamaged,
               Cat(place, path, ": cannot be opened: "));
  std::filesystem::remove(index);
  ExpectStatus(StatusOfFile(index), kShardDamaged, Cat(index, ": cannot be opened: "));
}

TEST(RepodataShards, DamagedCompressionIsNamedByByte) {
  const TemporaryFolder folder;
  const std::string shard = ZstdOf(Packed(ShardWith()));
  for (const std::string& damaged : {shard.substr(0, shard.size() - 1), shard + "x"}) {
    const std::string index = WriteShards(folder, "noarch", {{"a", damaged}});
    ExpectStatus(StatusOfFile(index), kShardDamaged, Cat(index, ": /shards/a: "));
    ExpectStatus(StatusOfFile(index), kShardDamaged, ".msgpack.zst: byte ");
  }
}

TEST(RepodataShards, ASubdirsDocumentIsReadBeforeItsShards) {
  const TemporaryFolder folder;
  const std::string shard = ZstdOf(Packed(ShardWith({{"version", "2"}})));
  WriteShards(folder, "linux-64", {{"a", shard}});
  WriteShards(folder, "noarch", {{"a", shard}});
  EXPECT_TRUE(IsChannelFolder(folder.path()));
  folder.Write("linux-64/repodata.json", WithFields(""));
  const auto repodata = Repodata::Open(folder.path(), "");
  ASSERT_TRUE(repodata.ok()) << repodata.status();
  EXPECT_TRUE((*repodata)->complete());
  std::vector<std::string> versions;
  for (const auto& record : (*repodata)->Find("a").value()->versions) {
    versions.push_back(Cat(record.version, " ", record.attributes.back().second));
  }
  EXPECT_THAT(versions, ElementsAre("1 linux-64", "2 noarch"));
}

TEST(RepodataShards, EachLimitIsReachedExactlyAboveIt) {
  const OrderedJson hashes = {{"a", BytesOf(kZeros)}, {"b", BytesOf(kZeros)}};
  EXPECT_TRUE(StatusOfIndex({{"shards", hashes}}, {.shards_max = 2}).ok());
  ExpectStatus(StatusOfIndex({{"shards", hashes}}, {.shards_max = 1}), kShardLimit,
               "index: /shards: at most 1 are read");
  EXPECT_TRUE(StatusOfShard(ShardWith(), {.records_max = 1}).ok());
  ExpectStatus(StatusOfShard(ShardWith(), {.records_max = 0}), kShardLimit,
               "index: /shards/a: at most 0 records are read");
  EXPECT_TRUE(StatusOfShard({{"removed", {"x", "y"}}}, {.records_max = 2}).ok());
  ExpectStatus(StatusOfShard({{"removed", {"x", "y"}}}, {.records_max = 1}), kShardLimit,
               "index: /shards/a: /removed: at most 1 are read");
  ExpectStatus(StatusOfShard(ShardWith(), {.shard_bytes_max = 20}), kShardLimit,
               "index: /shards/a: MessagePack: as JSON it may have at most 20 bytes");
}

TEST(RepodataShards, ABombIsReachedAsALimit) {
  const TemporaryFolder folder;
  const std::string bomb = ZstdOf(std::string(100'000, '\0'));
  const std::string index = WriteShards(folder, "noarch", {{"a", bomb}});
  ExpectStatus(StatusOfFile(index, {.shard_bytes_max = 99'999}), kShardLimit,
               "texts may have at most 99999 bytes");
  ExpectStatus(StatusOfFile(index, {.document_bytes_max = 50'000}), kShardLimit,
               Cat(index, ": /shards/a: "));
  ExpectStatus(StatusOfFile(index, {.shard_bytes_max = 10}), kShardLimit,
               Cat(index, ": files may have at most 10 bytes"));
}

TEST(RepodataShards, RemovedNamesOfAllShardsTogetherHaveALimit) {
  const TemporaryFolder folder;
  const std::string one = ZstdOf(Packed({{"removed", {"x"}}}));
  const std::string index = WriteShards(folder, "noarch", {{"a", one}, {"b", one}});
  EXPECT_TRUE(StatusOfFile(index, {.records_max = 2}).ok());
  ExpectStatus(StatusOfFile(index, {.records_max = 1}), kShardLimit,
               Cat(index, ": /shards/b: /removed: at most 1 are read"));
}

TEST(RepodataShards, AllTextsTogetherHaveALimit) {
  const TemporaryFolder folder;
  const std::string one = Packed(ShardWith());
  OrderedJson other = ShardWith({{"name", "b"}});
  const std::string index =
      WriteShards(folder, "noarch", {{"a", ZstdOf(one)}, {"b", ZstdOf(Packed(other))}});
  const auto index_text =
      metadata::Decompress(metadata::ReadFileBytes(index, 1 << 20).value(), "index", 1 << 20);
  const size_t all = index_text.value().size + 2 * one.size();
  EXPECT_TRUE(StatusOfFile(index, {.document_bytes_max = all}).ok());
  ExpectStatus(StatusOfFile(index, {.document_bytes_max = all - 1}), kShardLimit,
               Cat(index, ": /shards/b: "));
}

}  // namespace
}  // namespace accord::conda
