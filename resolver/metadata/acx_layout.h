// The bytes of a compiled corpus (docs/corpus-format.md, "The compiled corpus"). All numbers are
// little-endian.
//
//   preamble      magic, version, where the directory stands, how long the file is, checksum
//   blocks, dictionaries and indexes of every table
//   directory     the parts, one an ecosystem, and their tables
//
// A table maps names to bytes: blocks of several names each, compressed one by one with the table's
// dictionary, and an index with the first name of every block. For this folder.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace accord::metadata {

// As PNG's: a first byte that is no text, and line ends that text conversions would spoil.
inline constexpr std::string_view kAcxMagic =
    "\x89"
    "ACX\r\n\x1A\n";
inline constexpr uint32_t kAcxVersion = 1;

struct AcxPreamble {
  std::array<char, 8> magic{};
  uint32_t version = 0;
  uint32_t directory_bytes = 0;
  uint64_t directory_offset = 0;
  uint64_t file_bytes = 0;
  uint64_t checksum = 0;  // XXH3 of what stands before it in the preamble, then of the directory
};
static_assert(sizeof(AcxPreamble) == 40);
inline constexpr size_t kAcxCheckedPreambleBytes = offsetof(AcxPreamble, checksum);

struct AcxBlockEntry {
  uint64_t offset = 0;        // in the file
  uint32_t stored_bytes = 0;  // compressed
  uint32_t raw_bytes = 0;
  uint32_t name_offset = 0;  // of the block's first name, in the names behind the entries
  uint32_t checksum = 0;     // low half of the XXH3 of the compressed bytes
};
static_assert(sizeof(AcxBlockEntry) == 24);

// The tables of a part. A package without files is in the first alone.
enum class AcxKind : uint8_t { kFacts, kFiles, kHashes };
inline constexpr size_t kAcxKinds = 3;
inline constexpr std::array<std::string_view, kAcxKinds> kAcxKindNames = {"facts", "files",
                                                                          "hashes"};

// What a reader accepts.
inline constexpr size_t kAcxFileBytesMax = size_t{64} << 30;
inline constexpr size_t kAcxPartsMax = 16;
inline constexpr size_t kAcxDirectoryBytesMax = size_t{1} << 20;
inline constexpr size_t kAcxDictionaryBytesMax = size_t{1} << 20;
inline constexpr size_t kAcxIndexBytesMax = size_t{1} << 30;
inline constexpr size_t kAcxBlockBytesMax = size_t{256} << 20;  // decompressed
// What a writer puts into a table for one name, so that its block can be read.
inline constexpr size_t kAcxContentBytesMax = kAcxBlockBytesMax / 2;

}  // namespace accord::metadata
