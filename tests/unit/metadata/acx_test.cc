// Compiled corpora: many blocks and parts, the same bytes for any number of threads, and what is
// wrong with a file is told before anything of it is believed.
#include "acx_fixture.h"
#include "metadata/acx_records.h"
#include "metadata/acx_verify.h"
#include "metadata/merged_records.h"

namespace accord::metadata {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto kMissing = absl::StatusCode::kNotFound;
constexpr auto kBad = absl::StatusCode::kInvalidArgument;
constexpr auto kLimitReached = absl::StatusCode::kResourceExhausted;

void ExpectHolds(const AcxPart& part, const std::vector<PackageRecord>& records) {
  for (const PackageRecord& record : records) {
    const auto facts = part.Find(record.name);
    ASSERT_TRUE(facts.ok() && *facts != nullptr) << record.name << facts.status();
    const auto back = (**facts).ToRecord();
    ASSERT_TRUE(back.ok()) << back.status();
    EXPECT_EQ(Difference(record, *back), "");
    EXPECT_EQ(*part.Find(record.name), *facts) << "the same name gives the same address";
  }
}

absl::Status StatusOf(std::string bytes) { return AcxFile::FromBytes(bytes, "it.acx").status(); }

AcxPreamble PreambleOf(const std::string& bytes) {
  AcxPreamble preamble;
  std::memcpy(&preamble, bytes.data(), sizeof preamble);
  return preamble;
}

std::string WithPreamble(std::string bytes, const AcxPreamble& preamble) {
  std::memcpy(bytes.data(), &preamble, sizeof preamble);
  return bytes;
}

TEST(Acx, RecordsComeBackFromManyBlocks) {
  std::vector<PackageRecord> records = PlainRecords(900);
  records.insert(records.begin(), FullRecord());
  const std::string bytes = CompiledRecords(records);
  const auto file = AcxFile::FromBytes(bytes, "it.acx");
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_EQ((*file)->part_count(), 1U);
  const AcxPart& part = (*file)->part(0);
  EXPECT_GT(part.table(AcxKind::kFacts).index().block_count(), 50U);
  EXPECT_GT(part.table(AcxKind::kFiles).index().block_count(), 10U);
  EXPECT_GT(part.entry().tables[0].dictionary_bytes, 0U);
  EXPECT_EQ(part.entry().package_count, 901U);
  ExpectHolds(part, records);
  for (const std::string_view absent : {"", "a", "fulk", "p", "p00000", "p0899x", "zz"}) {
    const auto facts = part.Find(absent);
    EXPECT_TRUE(facts.ok() && *facts == nullptr) << absent;
  }
}

TEST(Acx, ACorpusWithoutPackagesIsOne) {
  const std::string bytes = CompiledRecords(std::vector<PackageRecord>{});
  const auto file = AcxFile::FromBytes(bytes, "it.acx");
  ASSERT_TRUE(file.ok()) << file.status();
  const auto facts = (*file)->part(0).Find("a");
  EXPECT_TRUE(facts.ok() && *facts == nullptr);
  EXPECT_THAT(VerifyAcxPart((*file)->part(0), Executor(1)).faults, IsEmpty());
}

TEST(Acx, EachEcosystemHasItsPart) {
  const MemoryRecords digits(PlainRecords(9), {.ecosystem = "digits", .complete = true});
  const MemoryRecords others(
      {FullRecord()},
      {.ecosystem = "others", .complete = false, .source = "a test", .recorded = "2024-02-29"});
  const std::string bytes = CompiledBytes({&digits, &others});
  const auto file = AcxFile::FromBytes(bytes, "it.acx");
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_EQ((*file)->part_count(), 2U);
  ASSERT_NE((*file)->FindPart("others"), nullptr);
  EXPECT_EQ((*file)->FindPart("third"), nullptr);
  EXPECT_EQ((*file)->FindPart("digits")->entry().header, digits.header());
  EXPECT_EQ((*file)->FindPart("others")->entry().header, others.header());
  ExpectHolds(*(*file)->FindPart("others"), {FullRecord()});
  ExpectHolds(*(*file)->FindPart("digits"), PlainRecords(9));
  EXPECT_EQ(*(*file)->FindPart("digits")->Find("full"), nullptr);
}

TEST(Acx, AnyNumberOfThreadsWritesTheSameBytes) {
  const std::vector<PackageRecord> records = PlainRecords(3000);
  const std::string one = CompiledRecords(records, kSmallBlocks, 1);
  EXPECT_EQ(one, CompiledRecords(records, kSmallBlocks, 2));
  EXPECT_EQ(one, CompiledRecords(records, kSmallBlocks, 8));
}

TEST(Acx, AFileIsReadAsItsBytesAre) {
  const TemporaryFile file(CompiledRecords(PlainRecords(20)));
  EXPECT_TRUE(IsAcxFile(file.path()));
  const auto opened = AcxFile::Open(file.path());
  ASSERT_TRUE(opened.ok()) << opened.status();
  ExpectHolds((*opened)->part(0), PlainRecords(20));
  ExpectStatus(AcxFile::Open("nowhere.acx").status(), kMissing, "nowhere.acx: cannot be opened");
  ExpectStatus(AcxFile::Open(::testing::TempDir()).status(), kMissing, "a regular file");
  EXPECT_FALSE(IsAcxFile("nowhere.acx"));
  const TemporaryFile text("{\"format\":\"accord-corpus/1\"}\n");
  EXPECT_FALSE(IsAcxFile(text.path()));
}

// Of so many blocks only the records that were asked for are kept, and a mapped file's blocks are
// read without touching the mapping.
TEST(Acx, ALargeCorpusIsReadAsASmallOneIs) {
  const std::vector<PackageRecord> records = PlainRecords(2500);
  const std::string bytes = CompiledRecords(records, {.level = 1, .block_bytes = 1});
  const TemporaryFile file(bytes);
  const auto in_memory = AcxFile::FromBytes(bytes, "it.acx");
  const auto mapped = AcxFile::Open(file.path());
  ASSERT_TRUE(in_memory.ok() && mapped.ok());
  for (const AcxFile* opened : {in_memory->get(), mapped->get()}) {
    const AcxPart& part = opened->part(0);
    EXPECT_EQ(part.table(AcxKind::kFacts).index().block_count(), 2500U);
    ExpectHolds(part, records);
    for (const std::string_view absent : {"", "zz", "p0007x", "p0007x"}) {
      const auto facts = part.Find(absent);
      EXPECT_TRUE(facts.ok() && *facts == nullptr) << absent;
    }
  }
}

// A record's block is named; the others stay readable.
TEST(Acx, ADamagedBlockOfALargeCorpusIsNamed) {
  std::string bytes = CompiledRecords(PlainRecords(2500), {.level = 1, .block_bytes = 1});
  const auto whole = AcxFile::FromBytes(bytes, "it.acx");
  ASSERT_TRUE(whole.ok()) << whole.status();
  const auto block = (*whole)->part(0).table(AcxKind::kFacts).index().At(700);
  ASSERT_TRUE(block.ok()) << block.status();
  const std::string name(block->from);
  bytes[block->entry.offset + block->entry.bytes / 2] ^= 1;
  const TemporaryFile file(bytes);
  const auto damaged = AcxFile::Open(file.path());
  ASSERT_TRUE(damaged.ok()) << damaged.status();
  ExpectStatus((*damaged)->part(0).Find(name).status(), kMissing, "block 700");
  EXPECT_TRUE((*damaged)->part(0).Find("p0001").ok());
}

TEST(Acx, OtherBytesAreNoCompiledCorpus) {
  ExpectStatus(StatusOf(""), kBad, "it.acx: a compiled corpus is expected");
  ExpectStatus(StatusOf("{\"format\":1}"), kBad, "a compiled corpus is expected");
  ExpectStatus(StatusOf(std::string(kAcxMagic)), kMissing, "it.acx: it ends inside its preamble");
}

TEST(Acx, AnotherVersionIsToBeBuiltAgain) {
  const std::string bytes = CompiledRecords(PlainRecords(3));
  AcxPreamble preamble = PreambleOf(bytes);
  preamble.version = 1;
  ExpectStatus(StatusOf(WithPreamble(bytes, preamble)), kBad,
               "version 2 of compiled corpora is read, this is version 1; build it again");
}

TEST(Acx, EveryBeginningOfAFileIsRefused) {
  const std::string bytes = CompiledRecords(PlainRecords(3));
  for (size_t size = 0; size < bytes.size(); ++size) {
    const auto file = AcxFile::FromBytes(std::string_view(bytes).substr(0, size), "it.acx");
    EXPECT_FALSE(file.ok()) << size;
  }
  ExpectStatus(StatusOf(bytes.substr(0, bytes.size() - 1)), kMissing, "it says that it has");
  ExpectStatus(StatusOf(bytes + "x"), kMissing, "it says that it has");
}

TEST(Acx, ADirectoryMustLieInsideAndBeSmall) {
  const std::string bytes = CompiledRecords(PlainRecords(3));
  AcxPreamble far = PreambleOf(bytes);
  far.directory_offset = uint64_t{0} - 4;
  ExpectStatus(StatusOf(WithPreamble(bytes, far)), kMissing, "does not lie inside");
  AcxPreamble large = PreambleOf(bytes);
  large.directory_bytes = kAcxDirectoryBytesMax + 1;
  ExpectStatus(StatusOf(WithPreamble(bytes, large)), kLimitReached, "a directory may have at most");
}

// A file of nothing but this directory.
std::string WithDirectory(std::string_view directory) {
  const AcxPreamble preamble{.version = kAcxVersion,
                             .directory_bytes = static_cast<uint32_t>(directory.size()),
                             .directory_offset = sizeof(AcxPreamble),
                             .file_bytes = sizeof(AcxPreamble) + directory.size()};
  std::string bytes(sizeof preamble, '\0');
  bytes += directory;
  bytes = WithPreamble(bytes, preamble);
  std::copy(kAcxMagic.begin(), kAcxMagic.end(), bytes.begin());
  return Resealed(bytes);
}

TEST(Acx, ADirectoryThatIsNoneIsRefused) {
  EXPECT_TRUE(StatusOf(WithDirectory(std::string(1, '\0'))).ok()) << "no part at all";
  ExpectStatus(StatusOf(WithDirectory("")), kMissing, "its directory: parts and tables");
  ExpectStatus(StatusOf(WithDirectory("\x01")), kMissing, "its directory: parts and tables");
  ExpectStatus(StatusOf(WithDirectory(std::string("\0x", 2))), kMissing, "found other bytes");
  ExpectStatus(StatusOf(WithDirectory("\x11")), kLimitReached, "at most 16 parts are read");
}

TEST(Acx, OneEcosystemHasOnePart) {
  const TemporaryFile file;
  const Executor executor(1);
  auto writer = AcxWriter::Create(file.path(), executor, {});
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE((*writer)->BeginPart({.ecosystem = "digits"}, {}).ok());
  ExpectStatus((*writer)->BeginPart({.ecosystem = "digits"}, {}), kBad, "found a second one");
  // The same said by a directory: a part without a name, whose tables have no block.
  const std::string part(6 + 3 * 21, '\0');
  ExpectStatus(StatusOf(WithDirectory(Cat("\x01", part))), kMissing, "its index is damaged");
  ExpectStatus(StatusOf(WithDirectory(Cat("\x02", part, part))), kMissing, "found other bytes");
}

TEST(Acx, AWriterWantsNamesThatAscendAndAPlaceToWrite) {
  const Executor executor(1);
  ExpectStatus(AcxWriter::Create("nowhere/at/all.acx", executor, {}).status(), kMissing,
               "nowhere/at/all.acx: cannot be written");
  ExpectStatus(AcxWriter::Create("/dev/null", executor, {}).status(), kBad,
               "/dev/null: a regular file to write is wanted");
  const TemporaryFile file("as it was");
  {
    auto writer = AcxWriter::Create(file.path(), executor, {});
    ASSERT_TRUE(writer.ok());
    ASSERT_TRUE((*writer)->BeginPart({.ecosystem = "digits"}, {}).ok());
    ASSERT_TRUE((*writer)->Add("b", {"x", "", ""}, 1).ok());
    ExpectStatus((*writer)->Add("a", {"x", "", ""}, 1), kBad, "found 'a' behind 'b'");
    ExpectStatus((*writer)->Add("b", {"x", "", ""}, 1), kBad, "names that ascend");
    const std::string large(kAcxContentBytesMax + 1, 'x');
    ExpectStatus((*writer)->Add("c", {large, "", ""}, 1), kLimitReached,
                 "package 'c': its facts may have at most 134217728 bytes");
  }
  EXPECT_EQ(BytesOf(file.path()), "as it was") << "what is not finished leaves no trace";
  EXPECT_FALSE(std::filesystem::exists(file.path() + ".partial"));
}

TEST(Acx, ADamagedBlockIsToldAndTheRestStaysReadable) {
  const std::vector<PackageRecord> records = PlainRecords(200);
  std::string bytes = CompiledRecords(records);
  const uint32_t damaged = 3;
  std::string from;
  std::string before;
  {
    const auto file = AcxFile::FromBytes(bytes, "it.acx");
    ASSERT_TRUE(file.ok());
    const auto block = (*file)->part(0).table(AcxKind::kFacts).index().At(damaged);
    ASSERT_TRUE(block.ok()) << block.status();
    from = block->from;
    before = block->before;
    bytes[block->entry.offset + 2] ^= 1;
  }
  const auto file = AcxFile::FromBytes(bytes, "it.acx");
  ASSERT_TRUE(file.ok()) << "blocks are not looked at when a file is opened";
  const AcxPart& part = (*file)->part(0);
  size_t lost = 0;
  for (const PackageRecord& record : records) {
    const auto facts = part.Find(record.name);
    const bool inside = record.name >= from && record.name < before;
    EXPECT_EQ(facts.ok(), !inside) << record.name;
    if (facts.ok()) continue;
    ++lost;
    ExpectStatus(facts.status(), kMissing,
                 Cat("it.acx: digits facts: block 3 (from '", from, "' on): its checksum"));
  }
  EXPECT_GT(lost, 1U);
  for (const size_t threads : {size_t{1}, size_t{4}}) {
    const AcxVerification verification = VerifyAcxPart(part, Executor(threads));
    ASSERT_EQ(verification.faults.size(), 1U);
    EXPECT_EQ(verification.faults[0].table, "facts");
    EXPECT_EQ(verification.faults[0].block, damaged);
    EXPECT_EQ(verification.faults[0].from, from);
    EXPECT_EQ(verification.faults[0].before, before);
    EXPECT_EQ(verification.packages, records.size() - lost);
  }
  ExpectStatus(AcxRecords::Open(part).status(), kMissing, "block 3");
}

TEST(Acx, ADamagedBlockOfFilesLeavesTheFacts) {
  const std::vector<PackageRecord> records = PlainRecords(200);
  std::string bytes = CompiledRecords(records);
  {
    const auto file = AcxFile::FromBytes(bytes, "it.acx");
    ASSERT_TRUE(file.ok());
    const auto block = (*file)->part(0).table(AcxKind::kHashes).index().At(0);
    ASSERT_TRUE(block.ok()) << block.status();
    bytes[block->entry.offset] ^= 0x40;
  }
  const auto file = AcxFile::FromBytes(bytes, "it.acx");
  ASSERT_TRUE(file.ok());
  const auto facts = (*file)->part(0).Find("p0002");
  ASSERT_TRUE(facts.ok());
  EXPECT_TRUE((**facts).ReadFiles(FileDetail::kNames).ok());
  ExpectStatus((**facts).ReadFiles(FileDetail::kAll).status(), kMissing, "digits hashes: block 0");
  const AcxVerification verification = VerifyAcxPart((*file)->part(0), Executor(1));
  ASSERT_EQ(verification.faults.size(), 1U);
  EXPECT_EQ(verification.faults[0].table, "hashes");
  EXPECT_EQ(verification.packages, records.size());
}

TEST(Acx, ADamagedDictionaryIsToldOnce) {
  std::string bytes = CompiledRecords(PlainRecords(900));
  {
    const auto file = AcxFile::FromBytes(bytes, "it.acx");
    ASSERT_TRUE(file.ok());
    const AcxTableEntry& table = (*file)->part(0).entry().tables[0];
    ASSERT_GT(table.dictionary_bytes, 100U);
    bytes[table.dictionary_offset + 50] ^= 1;
  }
  const auto file = AcxFile::FromBytes(bytes, "it.acx");
  ASSERT_TRUE(file.ok());
  ExpectStatus((*file)->part(0).Find("p0001").status(), kMissing,
               "it.acx: digits facts: its dictionary is damaged");
  const AcxVerification verification = VerifyAcxPart((*file)->part(0), Executor(1));
  ASSERT_EQ(verification.faults.size(), 1U);
  EXPECT_EQ(verification.faults[0].block, std::nullopt);
}

TEST(Acx, ADamagedIndexOrDirectoryIsFoundOnOpening) {
  const std::string bytes = CompiledRecords(PlainRecords(50));
  const auto file = AcxFile::FromBytes(bytes, "it.acx");
  ASSERT_TRUE(file.ok());
  const auto flipped = [&](uint64_t at) {
    std::string other = bytes;
    other[at] ^= 1;
    return StatusOf(other);
  };
  for (const AcxTableEntry& table : (*file)->part(0).entry().tables) {
    for (uint64_t i = 0; i < table.index_bytes; ++i) {
      ExpectStatus(flipped(table.index_offset + i), kMissing, "its index is damaged");
    }
  }
  const AcxPreamble preamble = PreambleOf(bytes);
  for (uint64_t i = 0; i < preamble.directory_bytes; ++i) {
    ExpectStatus(flipped(preamble.directory_offset + i), kMissing, "checksum of its directory");
  }
  for (uint64_t i = 0; i < sizeof preamble; ++i) EXPECT_FALSE(flipped(i).ok()) << i;
}

// A page says where its blocks stand: names outside of it are read, and found to be absent, as
// ever.
TEST(Acx, ADamagedIndexPageIsToldAndTheRestStaysReadable) {
  const std::vector<PackageRecord> records = PlainRecords(300);
  const std::string bytes = CompiledRecords(records, {.level = 1, .block_bytes = 1});
  const auto whole = AcxFile::FromBytes(bytes, "it.acx");
  ASSERT_TRUE(whole.ok()) << whole.status();
  const AcxIndex& index = (*whole)->part(0).table(AcxKind::kFacts).index();
  ASSERT_EQ(index.page_count(), 5U);
  const IndexedBlock page = index.PageAt(1);
  for (uint64_t i = 0; i < page.entry.bytes; i += 7) {
    std::string other = bytes;
    other[page.entry.offset + i] ^= 0x10;
    const auto file = AcxFile::FromBytes(other, "it.acx");
    ASSERT_TRUE(file.ok()) << "pages are not looked at when a file is opened";
    const AcxPart& part = (*file)->part(0);
    for (const std::string_view name : {"p0063", "p0063x", "p0064", "p0100x", "p0127x", "p0128"}) {
      const auto facts = part.Find(name);
      const bool inside = name >= "p0064" && name < "p0128";
      ASSERT_EQ(facts.ok(), !inside) << name;
      if (facts.ok()) continue;
      ExpectStatus(facts.status(), kMissing,
                   "it.acx: digits facts: index page 1 (from 'p0064' on): its checksum is wrong");
    }
    const AcxVerification verification = VerifyAcxPart(part, Executor(1));
    ASSERT_EQ(verification.faults.size(), 1U);
    EXPECT_EQ(verification.faults[0].block, std::nullopt);
    EXPECT_EQ(verification.faults[0].from, "p0064");
    EXPECT_EQ(verification.faults[0].before, "p0128");
    EXPECT_EQ(verification.packages, 300U - kAcxPageBlocks);
    ExpectStatus(AcxRecords::Open(part).status(), kMissing, "index page 1");
  }
}

// Bytes of a table whose index pages and list are other ones, with all checksums made right again.
class Forged {
 public:
  explicit Forged(std::string bytes) : bytes_(std::move(bytes)) {
    const auto file = AcxFile::FromBytes(bytes_, "it.acx");
    EXPECT_TRUE(file.ok()) << file.status();
    table_ = (*file)->part(0).entry().tables[0];
  }

  AcxBlockEntry EntryAt(uint64_t offset, size_t i) const {
    AcxBlockEntry entry;
    std::memcpy(&entry, &bytes_[offset + i * sizeof entry], sizeof entry);
    return entry;
  }
  void SetEntryAt(uint64_t offset, size_t i, const AcxBlockEntry& entry) {
    std::memcpy(&bytes_[offset + i * sizeof entry], &entry, sizeof entry);
  }
  [[nodiscard]] uint64_t list() const { return table_.index_offset; }
  [[nodiscard]] uint32_t block_count() const { return table_.block_count; }
  char& At(uint64_t offset) { return bytes_[offset]; }

  // The checksums of the first page, of the list and of the directory.
  std::string Seal() {
    AcxBlockEntry page = EntryAt(list(), 0);
    page.checksum = static_cast<uint32_t>(Xxh3({Part(page.offset, page.bytes)}));
    SetEntryAt(list(), 0, page);
    const uint64_t checksum = Xxh3({Part(list(), table_.index_bytes)});
    const std::string_view old(reinterpret_cast<const char*>(&table_.index_checksum),
                               sizeof checksum);
    const size_t at = bytes_.find(old);
    EXPECT_NE(at, std::string::npos);
    std::memcpy(&bytes_[at], &checksum, sizeof checksum);
    return Resealed(bytes_);
  }

 private:
  std::string_view Part(uint64_t offset, uint64_t size) const {
    return std::string_view(bytes_).substr(offset, size);
  }

  std::string bytes_;
  AcxTableEntry table_;
};

TEST(Acx, ABlockOfOtherNamesThanTheIndexSaysIsRefused) {
  Forged forged(CompiledRecords(PlainRecords(50)));
  const uint64_t page = forged.EntryAt(forged.list(), 0).offset;
  AcxBlockEntry first = forged.EntryAt(page, 0);
  AcxBlockEntry second = forged.EntryAt(page, 1);
  const uint32_t name_offset = first.name_offset;
  first.name_offset = second.name_offset;
  second.name_offset = name_offset;
  forged.SetEntryAt(page, 0, second);
  forged.SetEntryAt(page, 1, first);
  const std::string bytes = forged.Seal();
  const auto file = AcxFile::FromBytes(bytes, "it.acx");
  ASSERT_TRUE(file.ok()) << file.status();
  ExpectStatus((*file)->part(0).Find("p0000").status(), kMissing,
               "its names are not those that the index says");
}

TEST(Acx, APageOfOtherNamesThanTheListSaysIsRefused) {
  Forged forged(CompiledRecords(PlainRecords(50)));
  const uint64_t page = forged.EntryAt(forged.list(), 0).offset;
  ASSERT_LT(forged.block_count(), kAcxPageBlocks);
  forged.At(page + forged.block_count() * sizeof(AcxBlockEntry)) = 'q';  // the first separator
  const std::string bytes = forged.Seal();
  const auto file = AcxFile::FromBytes(bytes, "it.acx");
  ASSERT_TRUE(file.ok()) << file.status();
  ExpectStatus((*file)->part(0).Find("p0000").status(), kMissing,
               "index page 0 (from 'p' on): the list of pages says another one");
}

TEST(AcxRecords, AWalkGivesEveryRecordAndFindsThem) {
  std::vector<PackageRecord> records = PlainRecords(900);
  records.insert(records.begin(), FullRecord());
  const std::string bytes = CompiledRecords(records);
  const auto file = AcxFile::FromBytes(bytes, "it.acx");
  ASSERT_TRUE(file.ok());
  const auto walked = AcxRecords::Open((*file)->part(0));
  ASSERT_TRUE(walked.ok()) << walked.status();
  ASSERT_EQ((*walked)->package_count(), records.size());
  std::vector<std::string> differences(records.size());
  Executor(4).ForEach(records.size(), [&](size_t i) {
    const auto record = (*walked)->ReadAt(i);
    differences[i] = record.ok() ? Difference(records[i], *record) : record.status().ToString();
    if ((*walked)->NameAt(i) != records[i].name) differences[i] += "another name";
  });
  for (const std::string& difference : differences) EXPECT_EQ(difference, "");
  const auto found = (*walked)->Find("p0500");
  ASSERT_TRUE(found.ok() && *found != nullptr);
  EXPECT_EQ(Difference(records[501], **found), "");
  EXPECT_EQ(*(*walked)->Find("p0500"), *found) << "the same name gives the same address";
  EXPECT_EQ(*(*walked)->Find("p05000"), nullptr);
  EXPECT_EQ(*(*walked)->Find("zz"), nullptr);
}

TEST(AcxRecords, WhatIsCompiledFromACompiledCorpusIsTheSameBytes) {
  std::vector<PackageRecord> records = PlainRecords(300);
  records.insert(records.begin(), FullRecord());
  const std::string bytes = CompiledRecords(records);
  const auto file = AcxFile::FromBytes(bytes, "it.acx");
  ASSERT_TRUE(file.ok());
  const auto walked = AcxRecords::Open((*file)->part(0));
  ASSERT_TRUE(walked.ok());
  EXPECT_EQ(CompiledBytes({walked->get()}), bytes);
}

TEST(MergedRecords, OfANameTheFirstSourceCounts) {
  const MemoryRecords first(
      {PlainRecord("b", 1), PlainRecord("d", 1)},
      {.ecosystem = "digits", .complete = true, .source = "one", .recorded = "2024-01-01"});
  const MemoryRecords second(
      {PlainRecord("a", 2), PlainRecord("b", 2), PlainRecord("e", 2)},
      {.ecosystem = "digits", .complete = true, .source = "two", .recorded = "2024-01-02"});
  const MergedRecords merged({&first, &second});
  std::vector<std::string> seen;
  for (size_t i = 0; i < merged.package_count(); ++i) {
    const auto record = merged.ReadAt(i);
    ASSERT_TRUE(record.ok());
    EXPECT_EQ(merged.NameAt(i), record->name);
    seen.push_back(Cat(record->name, record->versions.size()));
  }
  EXPECT_THAT(seen, ::testing::ElementsAre("a2", "b1", "d1", "e2"));
  EXPECT_EQ((**merged.Find("b")).versions.size(), 1U);
  EXPECT_EQ((**merged.Find("e")).versions.size(), 2U);
  EXPECT_EQ(*merged.Find("c"), nullptr);
  const CorpusHeader wanted{.ecosystem = "digits",
                            .complete = true,
                            .source = "one (2024-01-01); two (2024-01-02)",
                            .recorded = {}};
  EXPECT_EQ(merged.header(), wanted);
  EXPECT_EQ(merged.place(), "memory, memory");
}

TEST(MergedRecords, AreCompleteOnlyIfAllAre) {
  const MemoryRecords whole(
      {}, {.ecosystem = "digits", .complete = true, .source = "same", .recorded = "2024-01-01"});
  const MemoryRecords part(
      {}, {.ecosystem = "digits", .complete = false, .source = "", .recorded = "2024-01-01"});
  EXPECT_TRUE(MergedRecords({&whole}).complete());
  EXPECT_EQ(MergedRecords({&whole}).header(), whole.header());
  EXPECT_FALSE(MergedRecords({&whole, &part}).complete());
  EXPECT_EQ(MergedRecords({&whole, &part}).header().recorded, "2024-01-01");
}

}  // namespace
}  // namespace accord::metadata
