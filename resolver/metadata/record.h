// What packages say about themselves, as neutral texts: nothing here knows what a version or a
// requirement means; ecosystem/* reads the texts. Records are built once by a reader and only read
// afterwards. What is written here is the shape of one line of docs/corpus-format.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace accord::metadata {

// What a candidate needs. Versions that say the same share one entry.
struct MetadataRecord {
  std::vector<std::string> requirements;  // raw texts, in the order of the source
  std::string requires_language;          // e.g. PyPI's Requires-Python; empty: none said
  std::vector<std::string> extras;        // sorted, without repetition, as the source spells them

  friend bool operator==(const MetadataRecord&, const MetadataRecord&) = default;
};

// One file of a version. Empty texts: not known to the source.
struct FileRecord {
  std::string name;               // file name only, never an address
  std::string url;                // where an index has it; empty in corpora that ship
  std::optional<uint64_t> size;   // bytes
  std::string uploaded;           // RFC 3339 in UTC, e.g. 2023-08-30T22:24:04Z
  std::string sha256;             // 64 lower-case hexadecimal digits
  std::string md5;                // 32 of them
  std::string requires_language;  // where the file's differs from its metadata
  bool yanked = false;
  std::string yanked_reason;
  std::optional<uint32_t> metadata;  // where the file's differs: index into the package's

  friend bool operator==(const FileRecord&, const FileRecord&) = default;
};

struct VersionRecord {
  std::string version;               // raw, as the source spells it
  std::optional<uint32_t> metadata;  // index into PackageRecord::metadata; none: unknown
  std::string unknown_because;       // one phrase; set exactly when metadata is not
  std::vector<FileRecord> files;     // empty where the source keeps none
  // What the ecosystem's records say besides, keys ascending: conda's "build", "subdir", ...
  std::vector<std::pair<std::string, std::string>> attributes;

  friend bool operator==(const VersionRecord&, const VersionRecord&) = default;
};

// One package, all its versions that the source knows, in the source's order (no version order is
// promised). If a version stands there twice, in one spelling or two, the first one counts.
struct PackageRecord {
  std::string name;  // in the ecosystem's normal form
  std::vector<MetadataRecord> metadata;
  std::vector<VersionRecord> versions;

  friend bool operator==(const PackageRecord&, const PackageRecord&) = default;
};

}  // namespace accord::metadata
