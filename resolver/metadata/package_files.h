// The files of one package in compiled form, and back. They stand apart from the rest of its facts
// (facts.h), hashes and addresses apart from names, tags and times: most questions need neither.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "metadata/grammar.h"
#include "metadata/limits.h"
#include "metadata/record.h"

namespace accord::metadata {

enum class FileDetail : uint8_t {
  kNames,  // all but hashes and addresses
  kAll,
};

struct FilesAsked {
  FileDetail detail = FileDetail::kAll;
  std::optional<uint32_t> version;  // of this one alone: those of others are not there
};

// Immutable.
class PackageFiles {
 public:
  // No files at all.
  PackageFiles() = default;

  // The files of a version, by its number in the compiled record (facts.h).
  [[nodiscard]] std::span<const FileRecord> of(uint32_t version) const {
    if (files_.empty()) return {};
    return std::span(files_).subspan(ends_[version], ends_[version + 1] - ends_[version]);
  }

  // `versions` and `metadata_count` are those of the record. `hashes` may be empty: then hashes and
  // addresses stay empty. Errors: Missing if the bytes are not such files,
  // LimitReached if they take more than `bytes_max`.
  struct Bytes {
    std::string_view names;
    std::string_view hashes;
  };
  struct Bounds {
    uint32_t version_count = 0;
    uint32_t metadata_count = 0;
    size_t bytes_max = kRecordBytesMax;
    std::optional<uint32_t> only_version = {};  // the others have no files then
  };
  [[nodiscard]] static absl::StatusOr<PackageFiles> Read(const Bytes& bytes, const Bounds& bounds);

 private:
  std::vector<FileRecord> files_;
  std::vector<uint32_t> ends_;  // before each version
};

struct EncodedFiles {
  std::string names;
  std::string hashes;

  friend bool operator==(const EncodedFiles&, const EncodedFiles&) = default;
};

// The files of the record's versions in this order. Equal records give equal bytes. A size of
// 2^64 - 1, which no file has, becomes unknown.
[[nodiscard]] EncodedFiles EncodeFiles(const PackageRecord& record,
                                       std::span<const uint32_t> version_order,
                                       const Grammar& grammar);

}  // namespace accord::metadata
