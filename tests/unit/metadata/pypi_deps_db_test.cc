// PypiDepsDb: what the database's groups and setuptools tables mean as requirement texts.
#include "metadata/pypi_deps_db.h"

#include <cstdlib>

#include "corpora.h"
#include "metadata/corpus.h"

namespace accord::metadata {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

absl::StatusOr<std::unique_ptr<const PypiDepsDb>> ReadDb(std::string_view text) {
  return PypiDepsDb::FromText(Decompress(text, "db.jsonl", 1 << 20).value(), "db.jsonl");
}

// The first group's metadata of package "a", from the JSON of that group.
MetadataRecord MetadataOf(std::string_view group) {
  auto db = ReadDb(Cat(R"({"n":"a","g":[)", group, "]}"));
  EXPECT_TRUE(db.ok()) << db.status();
  absl::StatusOr<const PackageRecord*> record = (*db)->Find("a");
  EXPECT_TRUE(record.ok()) << record.status();
  return (*record)->metadata.at(0);
}

TEST(PypiDepsDb, VersionsOfAGroupShareItsMetadata) {
  auto db =
      ReadDb(R"({"n":"a","g":[{"s":"w","r":["b"],"p":">=3","v":["1","2"]},{"s":"s","v":["0"]}]})");
  ASSERT_TRUE(db.ok()) << db.status();
  const PackageRecord& record = *(*db)->Find("a").value();
  EXPECT_EQ(record.name, "a");
  ASSERT_EQ(record.metadata.size(), 2u);
  EXPECT_THAT(record.metadata[0].requirements, ElementsAre("b"));
  EXPECT_EQ(record.metadata[0].requires_language, ">=3");
  ASSERT_EQ(record.versions.size(), 3u);
  EXPECT_EQ(record.versions[1].version, "2");
  EXPECT_EQ(record.versions[1].metadata, 0u);
  EXPECT_EQ(record.versions[2].metadata, 1u);
  EXPECT_THAT(record.versions[0].files, IsEmpty());
}

TEST(PypiDepsDb, TableKeysBecomeMarkers) {
  const MetadataRecord metadata =
      MetadataOf(R"({"s":"s","r":["plain"],"x":{"":["bare"],"x":["ex"],":os_name == 'nt'":["win"],)"
                 R"( "y: python_version < '3' ":["old ; sys_platform == 'linux'"]},"v":["1"]})");
  EXPECT_THAT(metadata.requirements,
              ElementsAre("plain", "bare", "ex ; extra == \"x\"", "win ; (os_name == 'nt')",
                          "old ; (sys_platform == 'linux') and (python_version < '3') and "
                          "extra == \"y\""));
  EXPECT_THAT(metadata.extras, ElementsAre("x", "y"));
}

TEST(PypiDepsDb, AnAddressKeepsItsSemicolon) {
  const MetadataRecord metadata = MetadataOf(
      R"({"s":"s","x":{"x":["b @ https://host.example/b;v=1","c @ https://host.example/c ; m"]}})");
  EXPECT_THAT(metadata.requirements,
              ElementsAre("b @ https://host.example/b;v=1 ; extra == \"x\"",
                          "c @ https://host.example/c ; (m) and extra == \"x\""));
}

TEST(PypiDepsDb, ExtrasAreThoseListedKeyedAndNamedInMarkers) {
  const MetadataRecord metadata = MetadataOf(
      R"j({"s":"w","r":["b ; extra == 'two'","c; 'three'==extra","d ; extra != 'no'",)j"
      R"j("e ; (extra=='four' or extra == \"five\")","extra-name == 'not'"],"e":["one","two"]})j");
  EXPECT_THAT(metadata.extras, ElementsAre("five", "four", "one", "three", "two"));
}

TEST(PypiDepsDb, BlankRequirementsAreLeftOut) {
  EXPECT_THAT(MetadataOf(R"({"r":[" ","b",""],"x":{"x":["  "]}})").requirements, ElementsAre("b"));
}

TEST(PypiDepsDb, NamesAreLookedUpInNormalFormAndTheFirstOfTwoCounts) {
  auto db = ReadDb(
      "{\"n\":\"Zope.Interface\",\"g\":[{\"v\":[\"1\"]}]}\n"
      "{\"n\":\"alpha\",\"g\":[]}\n"
      "{\"n\":\"zope_interface\",\"g\":[{\"v\":[\"2\"]}]}\n");
  ASSERT_TRUE(db.ok()) << db.status();
  ASSERT_EQ((*db)->package_count(), 2u);
  EXPECT_EQ((*db)->NameAt(0), "alpha");
  EXPECT_EQ((*db)->NameAt(1), "zope-interface");
  EXPECT_EQ((*db)->Find("zope-interface").value()->versions[0].version, "1");
  EXPECT_EQ((*db)->Find("Zope.Interface").value(), nullptr);
}

TEST(PypiDepsDb, NormalNamesFollowPep503) {
  EXPECT_EQ(NormalPypiName("Friendly-Bard"), "friendly-bard");
  EXPECT_EQ(NormalPypiName("FRIENDLY--._bard"), "friendly-bard");
  EXPECT_EQ(NormalPypiName("a1"), "a1");
}

TEST(PypiDepsDb, ADamagedGroupIsNamedByLineAndPointer) {
  auto db =
      ReadDb("{\"n\":\"a\",\"g\":[{\"v\":[]},{\"r\":[1]}]}\n{\"n\":\"b\",\"g\":[{\"x\":[]}]}\n");
  ASSERT_TRUE(db.ok()) << db.status();
  ExpectStatus((*db)->Find("a").status(), absl::StatusCode::kNotFound, "db.jsonl:1: /g/1: /r");
  ExpectStatus((*db)->Find("b").status(), absl::StatusCode::kNotFound, "db.jsonl:2: /g/0: /x");
}

TEST(PypiDepsDb, AnImportHoldsTheSameRecords) {
  const std::string text =
      "{\"n\":\"B\",\"g\":[{\"r\":[\"a\"],\"x\":{\"e\":[\"c\"]},\"v\":[\"1\",\"2\"]}]}\n"
      "{\"n\":\"a\",\"g\":[{\"p\":\">=3\",\"v\":[\"1\"]}]}\n";
  const TemporaryFile from(Compressed(text));
  const TemporaryFile to;
  const absl::Status status = ImportPypiDepsDb(from.path(), to.path());
  ASSERT_TRUE(status.ok()) << status;
  auto corpus = Corpus::Open(to.path());
  ASSERT_TRUE(corpus.ok()) << corpus.status();
  auto db = ReadDb(text);
  ASSERT_TRUE(db.ok());
  EXPECT_FALSE((*corpus)->complete());
  ASSERT_EQ((*corpus)->package_count(), 2u);
  for (const std::string_view name : {"a", "b"}) {
    EXPECT_EQ(*(*corpus)->Find(name).value(), *(*db)->Find(name).value());
  }
}

// The popular closure of the shared corpora: every line is read.
TEST(PypiDepsDb, EveryLineOfThePopularClosureParses) {
  const char* shared = std::getenv("ACCORD_SHARED");
  const std::string path =
      Cat(shared != nullptr ? std::string(shared) : Cat(ACCORD_SOURCE_DIR, "/../shared"),
          "/corpora/pypi-deps-db-2023/pypi-popular-closure.jsonl.zst");
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "skipped: no shared corpora";
  auto bytes = ReadFileBytes(path, kFileBytesMax);
  ASSERT_TRUE(bytes.ok());
  auto db = PypiDepsDb::FromText(Decompress(*bytes, path, kTextBytesMax).value(), path);
  ASSERT_TRUE(db.ok()) << db.status();
  EXPECT_EQ((*db)->package_count(), 2520u);
  size_t versions = 0;
  for (size_t i = 0; i < (*db)->package_count(); ++i) {
    absl::StatusOr<const PackageRecord*> record = (*db)->Find((*db)->NameAt(i));
    ASSERT_TRUE(record.ok()) << record.status();
    versions += (*record)->versions.size();
  }
  EXPECT_EQ(versions, 93245u);
}

}  // namespace
}  // namespace accord::metadata
