// What differs between sources, and what does not count as a difference; and faults of compiled
// corpora that no checksum finds.
#include "metadata/compare_records.h"

#include "acx_fixture.h"
#include "metadata/acx_verify.h"

namespace accord::metadata {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "package version kind"
std::vector<std::string> Told(const std::vector<RecordDifference>& differences) {
  constexpr std::string_view kKinds[] = {"first", "second", "metadata", "files", "unreadable"};
  std::vector<std::string> told;
  for (const RecordDifference& one : differences) {
    told.push_back(Cat(one.package, " ", one.version, " ", kKinds[static_cast<size_t>(one.kind)]));
  }
  return told;
}

TEST(CompareRecords, OrdersAndRepeatedRequirementsAreNoDifference) {
  const PackageRecord record = FullRecord();
  PackageRecord other = record;
  std::ranges::rotate(other.metadata, other.metadata.begin() + 1);  // 0 -> 2, 1 -> 0, 2 -> 1
  const auto moved = [](std::optional<uint32_t>& metadata) {
    if (metadata) metadata = (*metadata + 2) % 3;
  };
  for (VersionRecord& version : other.versions) {
    moved(version.metadata);
    for (FileRecord& file : version.files) moved(file.metadata);
  }
  std::ranges::reverse(other.metadata[2].requirements);
  other.metadata[2].requirements.push_back(other.metadata[2].requirements[0]);
  std::swap(other.versions[1], other.versions[2]);
  EXPECT_THAT(CompareRecord(record, other), IsEmpty());
}

TEST(CompareRecords, EachKindOfDifferenceIsTold) {
  const PackageRecord record = FullRecord();
  PackageRecord other = record;
  other.versions[0].files[1].sha256 = "00";
  other.versions[1].unknown_because = "another reason";
  other.versions[2].version = "nor one";
  other.versions[3].metadata = 0;
  other.versions[4].files[0].metadata = 1;
  EXPECT_THAT(Told(CompareRecord(record, other)),
              ElementsAre("full 010 metadata", "full 10 files", "full 10 files", "full 2a metadata",
                          "full nor one second", "full not one first"));
}

TEST(CompareRecords, OfEqualVersionsTheFirstIsComparedWithTheFirst) {
  PackageRecord record = FullRecord();
  PackageRecord other = record;
  std::swap(other.versions[0], other.versions[4]);
  EXPECT_THAT(Told(CompareRecord(record, other)), ElementsAre("full 10 metadata", "full 10 files",
                                                              "full 10 metadata", "full 10 files"));
}

TEST(CompareRecords, VersionsAreTheSameOnesIfTheirAttributesAre) {
  PackageRecord record{.name = "one", .metadata = {{}, {.requirements = {"a"}}}};
  record.versions = {{.version = "1", .metadata = 0, .attributes = {{"build", "a"}}},
                     {.version = "1", .metadata = 0, .attributes = {{"build", "b"}}}};
  record.versions[1].files = {{.name = "one-1-b.conda"}};
  PackageRecord other = record;
  std::swap(other.versions[0], other.versions[1]);
  EXPECT_THAT(CompareRecord(record, other), IsEmpty());
  other.versions[0].metadata = 1;
  const std::vector<RecordDifference> differences = CompareRecord(record, other);
  EXPECT_THAT(Told(differences), ElementsAre("one 1 metadata"));
  EXPECT_EQ(differences[0].text, "one-1-b.conda");
}

TEST(CompareRecords, SourcesAreComparedNameByNameAndOnlyTheFirstDifferencesAreKept) {
  const MemoryRecords first({PlainRecord("a", 1), PlainRecord("b", 1), PlainRecord("d", 2)});
  const MemoryRecords second({PlainRecord("b", 1), PlainRecord("c", 1), PlainRecord("d", 3)});
  const RecordComparison all = CompareRecords(first, second, 10);
  EXPECT_THAT(Told(all.differences), ElementsAre("a  first", "c  second", "d 3 second"));
  EXPECT_EQ(all.packages, 2U);
  const RecordComparison some = CompareRecords(first, second, 2);
  EXPECT_THAT(Told(some.differences), ElementsAre("a  first", "c  second"));
  EXPECT_EQ(some.difference_count, 3U);
}

// The faults of a file of one part whose packages are these contents.
std::vector<std::string> Faults(
    const std::vector<std::pair<std::string, std::array<std::string, kAcxKinds>>>& packages,
    uint64_t version_count) {
  const TemporaryFile path;
  const Executor executor(1);
  auto writer = AcxWriter::Create(path.path(), executor, kSmallBlocks);
  EXPECT_TRUE(writer.ok() && (*writer)->BeginPart({.ecosystem = "digits"}, {}).ok());
  for (const auto& [name, contents] : packages) {
    EXPECT_TRUE((*writer)->Add(name, {contents[0], contents[1], contents[2]}, version_count).ok());
  }
  EXPECT_TRUE((*writer)->Finish().ok());
  const auto file = AcxFile::Open(path.path());
  EXPECT_TRUE(file.ok()) << file.status();
  std::vector<std::string> texts;
  for (const AcxFault& fault : VerifyAcxPart((*file)->part(0), executor).faults) {
    texts.push_back(Cat(fault.table, ": ", fault.text));
  }
  return texts;
}

TEST(VerifyAcx, RecordsFilesAndCountsThatAreWrongAreTold) {
  const DigitGrammar grammar;
  const EncodedFacts full = EncodeFacts(FullRecord(), grammar);
  const EncodedFacts plain = EncodeFacts(PlainRecord("a", 1), grammar);
  const auto& [facts, files, order] = full;
  EXPECT_THAT(Faults({{"full", {facts, files.names, files.hashes}}}, 6), IsEmpty());
  EXPECT_THAT(Faults({{"full", {facts, files.names, files.hashes}}}, 7),
              ElementsAre("facts: 1 packages and 7 versions are expected, found 1 and 6"));
  EXPECT_THAT(
      Faults({{"full", {"no record", files.names, files.hashes}}}, 6),
      ElementsAre("facts: package 'full': a compiled record is expected, found other bytes"));
  EXPECT_THAT(Faults({{"full", {facts, "", files.hashes}}}, 6),
              ElementsAre("facts: package 'full': its files: they are not there"));
  EXPECT_THAT(Faults({{"full", {facts, files.names, ""}}}, 6),
              ElementsAre("facts: package 'full': its files: they are not there"));
  EXPECT_THAT(Faults({{"full", {facts, "no files", files.hashes}}}, 6),
              ElementsAre("facts: package 'full': its files: the compiled form of files is "
                          "expected, found other bytes"));
  EXPECT_THAT(Faults({{"a", {plain.facts, files.names, ""}}}, 1),
              ElementsAre("facts: files of packages that are not there, or have none"));
}

}  // namespace
}  // namespace accord::metadata
