// Compiled corpora for tests: a grammar that is no ecosystem's, records with every field, files and
// their bytes.
#pragma once

#include <algorithm>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/executor.h"
#include "corpora.h"
#include "metadata/acx_file.h"
#include "metadata/acx_part.h"
#include "metadata/acx_writer.h"
#include "metadata/checksum.h"
#include "metadata/compare_records.h"
#include "metadata/corpus_build.h"
#include "metadata/facts.h"
#include "metadata/facts_encode.h"

namespace accord::metadata {

// Versions are texts of digits, ordered by length and then by digit; "0" before them changes
// nothing, a trailing 'a' makes a pre-release. Requirements are cut at the first '>' and ';',
// files at the last '-'.
class DigitGrammar final : public Grammar {
 public:
  explicit DigitGrammar(std::string ecosystem = "digits") : ecosystem_(std::move(ecosystem)) {}

  [[nodiscard]] std::string_view ecosystem() const override { return ecosystem_; }
  [[nodiscard]] VersionOrder Order(std::span<const VersionRecord> versions) const override {
    VersionOrder order;
    using Key = std::pair<size_t, std::string>;
    std::map<Key, uint32_t> first;
    for (uint32_t i = 0; i < versions.size(); ++i) {
      std::string text = versions[i].version;
      text.erase(0, std::min(text.find_first_not_of('0'), text.size()));
      const bool reads = !text.empty() && text.find_first_not_of("0123456789a") == text.npos;
      if (!reads || !first.emplace(Key(text.size(), text), i).second) order.others.push_back(i);
    }
    for (const auto& [key, i] : first) {
      order.ordered.push_back(i);
      order.prerelease.push_back(key.second.back() == 'a');
    }
    return order;
  }
  [[nodiscard]] RequirementCut CutRequirement(std::string_view text) const override {
    if (text.find('@') != text.npos) return {.name = text};
    const size_t semicolon = std::min(text.find(';'), text.size());
    const size_t sign = std::min(text.find('>'), semicolon);
    return {.name = text.substr(0, sign),
            .middle = text.substr(sign, semicolon - sign),
            .marker = text.substr(semicolon),
            .plain = true};
  }
  [[nodiscard]] size_t CutFileName(std::string_view name) const override {
    const size_t hyphen = name.rfind('-');
    return hyphen == name.npos ? name.size() : hyphen;
  }

 private:
  const std::string ecosystem_;
};

// Every field, odd times and hashes, unknown and repeated versions, requirements without a meaning.
inline PackageRecord FullRecord(std::string name = "full") {
  PackageRecord record;
  record.name = std::move(name);
  record.metadata = {{.requirements = {"b>1;x", "a", "b>1;x", "c @ a://b;x", "\xFF\x01"},
                      .requires_language = ">=3",
                      .extras = {"x", "y"}},
                     {},
                     {.requirements = {"a"}, .requires_language = ">=3", .extras = {"y"}}};
  const FileRecord plain{.name = "full-1-any.whl",
                         .url = "files/full-1-any.whl",
                         .size = 1,
                         .uploaded = "2020-02-29T23:59:59Z",
                         .sha256 = std::string(32, 'a') + std::string(32, '0')};
  FileRecord odd{.name = "no tail",
                 .url = "",
                 .size = uint64_t{1} << 40,
                 .uploaded = "2020-02-30T00:00:00Z",
                 .sha256 = "ABC",
                 .md5 = "DEF",
                 .requires_language = ">=4",
                 .yanked = true,
                 .yanked_reason = "broken",
                 .metadata = 2};
  FileRecord bare{.name = "full-1-bare", .yanked = true};
  FileRecord early = plain;
  early.uploaded = "1969-12-31T23:59:59Z";
  FileRecord late = plain;
  late.uploaded = "2200-01-01T00:00:00Z";
  FileRecord short_time = plain;
  short_time.uploaded = "2020-01-01";
  FileRecord precise{.name = "full-3-any.whl", .uploaded = "2020-01-01T00:00:00.007Z"};
  precise.md5 = std::string(16, 'b') + std::string(16, '0');
  FileRecord too_precise = precise;
  too_precise.uploaded = "2020-01-01T00:00:00.000Z";
  record.versions = {
      {.version = "10", .metadata = 0, .unknown_because = {}, .files = {plain, odd}},
      {.version = "2a",
       .metadata = {},
       .unknown_because = "no wheel",
       .attributes = {{"build", "py_0"}},
       .files = {bare}},
      {.version = "not one", .metadata = 1, .unknown_because = {}, .files = {}},
      {.version = "010", .metadata = 1, .unknown_because = {}, .files = {early, late}},
      {.version = "10", .metadata = 2, .unknown_because = {}, .files = {short_time}},
      {.version = "3",
       .metadata = {},
       .unknown_because = "no metadata",
       .attributes = {{"build", "py_1"}, {"license", "free"}},
       .files = {precise, too_precise}}};
  return record;
}

// The same without what only some records have: what a compiled one says behind all else.
inline PackageRecord WithoutTrailingFields(PackageRecord record) {
  for (VersionRecord& version : record.versions) {
    version.attributes.clear();
    for (FileRecord& file : version.files) {
      file.md5.clear();
      file.uploaded = file.uploaded.substr(0, file.uploaded.find('.'));
    }
  }
  return record;
}

inline PackageRecord PlainRecord(std::string name, uint32_t versions) {
  PackageRecord record;
  record.name = std::move(name);
  record.metadata = {{.requirements = {record.name + "-part>1"}}};
  for (uint32_t i = 1; i <= versions; ++i) {
    record.versions.push_back({.version = std::to_string(i), .metadata = 0});
    if (i % 3 == 0) record.versions.back().files = {{.name = record.name + "-any.whl", .size = i}};
  }
  return record;
}

// "p0000", "p0001", ...: names that ascend.
inline std::vector<PackageRecord> PlainRecords(size_t count) {
  std::vector<PackageRecord> records;
  for (size_t i = 0; i < count; ++i) {
    std::string digits = std::to_string(i);
    records.push_back(PlainRecord("p" + std::string(4 - digits.size(), '0') + digits,
                                  static_cast<uint32_t>(1 + i % 7)));
  }
  return records;
}

// Records in memory; their names ascend.
class MemoryRecords final : public RecordSource {
 public:
  explicit MemoryRecords(std::vector<PackageRecord> records, CorpusHeader header = {"digits"})
      : records_(std::move(records)), header_(std::move(header)) {}

  [[nodiscard]] absl::StatusOr<const PackageRecord*> Find(std::string_view name) const override {
    const auto found = std::ranges::find(records_, name, &PackageRecord::name);
    return found == records_.end() ? nullptr : &*found;
  }
  [[nodiscard]] size_t package_count() const override { return records_.size(); }
  [[nodiscard]] std::string_view NameAt(size_t position) const override {
    return records_[position].name;
  }
  [[nodiscard]] absl::StatusOr<PackageRecord> ReadAt(size_t position) const override {
    return records_[position];
  }
  [[nodiscard]] CorpusHeader header() const override { return header_; }
  [[nodiscard]] bool complete() const override { return header_.complete; }
  [[nodiscard]] std::string_view ecosystem() const override { return header_.ecosystem; }
  [[nodiscard]] std::string_view place() const override { return "memory"; }

 private:
  const std::vector<PackageRecord> records_;
  const CorpusHeader header_;
};

inline std::string BytesOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Small blocks: a few packages each.
inline constexpr AcxTuning kSmallBlocks{.level = 3, .block_bytes = 256, .dictionary_bytes = 4096};

// The bytes of a compiled corpus with a part for each source.
inline std::string CompiledBytes(const std::vector<const RecordSource*>& sources,
                                 const AcxTuning& tuning = kSmallBlocks, size_t threads = 1) {
  const TemporaryFile file;
  const Executor executor(threads);
  auto writer = AcxWriter::Create(file.path(), executor, tuning);
  EXPECT_TRUE(writer.ok()) << writer.status();
  if (!writer.ok()) return {};
  for (const RecordSource* source : sources) {
    const DigitGrammar grammar{std::string(source->ecosystem())};
    const absl::Status built =
        BuildPart(source->header(), *source, grammar, executor, tuning, nullptr, **writer);
    EXPECT_TRUE(built.ok()) << built;
  }
  const absl::Status finished = (*writer)->Finish();
  EXPECT_TRUE(finished.ok()) << finished;
  return BytesOf(file.path());
}

inline std::string CompiledRecords(std::vector<PackageRecord> records,
                                   const AcxTuning& tuning = kSmallBlocks, size_t threads = 1) {
  const MemoryRecords source(std::move(records));
  return CompiledBytes({&source}, tuning, threads);
}

// "": the records say the same. Else the first difference.
inline std::string Difference(const PackageRecord& a, const PackageRecord& b) {
  if (a.name != b.name) return a.name + " is not " + b.name;
  const auto differences = CompareRecord(a, b);
  if (differences.empty()) return {};
  return Cat(differences[0].package, " ", differences[0].version,
             " differs: ", static_cast<int>(differences[0].kind));
}

// Bytes with the directory's checksum made right again.
inline std::string Resealed(std::string bytes) {
  AcxPreamble preamble;
  std::memcpy(&preamble, bytes.data(), sizeof preamble);
  const std::string_view all = bytes;
  preamble.checksum = Xxh3({all.substr(0, kAcxCheckedPreambleBytes),
                            all.substr(preamble.directory_offset, preamble.directory_bytes)});
  std::memcpy(bytes.data(), &preamble, sizeof preamble);
  return bytes;
}

}  // namespace accord::metadata
