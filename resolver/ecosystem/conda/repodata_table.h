// The records of a channel, small: texts once, hashes as bytes, and a neutral record made of them
// when a package is asked for. Filled by repodata_document.h, document by document.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "base/interner.h"
#include "metadata/record.h"

namespace accord::conda {

// One record as its document says it; views of what the reader holds.
struct RepodataRecord {
  struct Extra {
    std::string_view name;
    std::vector<std::string_view> specs;
  };

  std::string_view name;  // in lower case
  std::string_view version;
  std::string_view stem;       // of the file's name, as the document has it
  std::string_view extension;  // of its name, "conda"; empty: none
  std::string_view file;       // its name, where it is not the two with a dot between
  std::string_view url;        // where the record alone can say it
  std::optional<uint64_t> size;
  uint64_t time_ms = 0;  // 0: not said
  std::optional<std::array<uint8_t, 32>> sha256;
  std::optional<std::array<uint8_t, 16>> md5;
  // Keys ascend and are of record_words.h, which outlive this; no text is empty.
  std::vector<std::pair<std::string_view, std::string_view>> attributes;
  std::vector<std::string_view> depends;
  std::vector<std::string_view> constrains;
  std::vector<Extra> extras;  // by name, each once
};

// What holds for all records of a document.
struct RepodataHead {
  std::string subdir;    // of records that do not say theirs
  std::string base_url;  // absolute; empty: none
};

// Filled by one thread, then sealed and only read.
class RepodataTable {
 public:
  explicit RepodataTable(std::string channel) : channel_(std::move(channel)) {}

  void Add(const RepodataRecord& record);
  // Ends the document of the records that were added since the last one. Of files that differ in
  // their extension alone only one counts: the .conda, else the .tar.bz2, else the first; of those
  // with one name the first; of those whose names are in `removed` none.
  void EndDocument(RepodataHead head, const std::vector<std::string>& removed);
  // Nothing is added afterwards.
  void Seal();

  [[nodiscard]] size_t record_count() const { return records_.size(); }  // also dropped ones
  [[nodiscard]] size_t package_count() const { return packages_.size(); }
  [[nodiscard]] std::string_view NameAt(size_t package) const { return packages_[package].name; }
  [[nodiscard]] metadata::PackageRecord PackageAt(size_t package) const;

 private:
  struct Kept {
    StringId name, version, build, extension;
    StringId stem, file, url;  // none: not said; of a stem: it is NAME-VERSION-BUILD
    size_t words = 0;          // where in words_: attributes, requirements, extras
    uint16_t document = 0;
    bool has_size = false, has_sha256 = false, has_md5 = false, dropped = false;
    uint64_t size = 0, time_ms = 0;
    std::array<uint8_t, 32> sha256{};
    std::array<uint8_t, 16> md5{};
  };
  struct Package {
    std::string_view name;
    uint32_t begin, end;  // in by_name_
  };

  void AddWords(const RepodataRecord& record);
  [[nodiscard]] std::string Stem(const Kept& kept) const;
  [[nodiscard]] std::string FileName(const Kept& kept) const;
  [[nodiscard]] bool IsBetterFile(const Kept& kept, const Kept& than) const;
  [[nodiscard]] metadata::FileRecord FileOf(const Kept& kept) const;

  const std::string channel_;
  Interner texts_;
  std::vector<Kept> records_;
  std::vector<uint32_t> words_;
  std::vector<RepodataHead> documents_;
  size_t document_begin_ = 0;  // its first record
  std::vector<uint32_t> by_name_;
  std::vector<Package> packages_;
};

}  // namespace accord::conda
