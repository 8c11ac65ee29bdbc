// The bytes of a compiled corpus (docs/corpus-format.md, "The compiled corpus"). All numbers are
// little-endian.
//
//   preamble      magic, version, where the directory stands, how long the file is, checksum
//   blocks, dictionaries and indexes of every table
//   directory     the parts, one an ecosystem, and their tables
//
// A table maps names to bytes: blocks of several names each, compressed one by one with the table's
// dictionary; pages that say where so many blocks each stand; and a list of the pages, in the
// same form (acx_index.h). For this folder.
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
inline constexpr uint32_t kAcxVersion = 2;

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

// Of a block, or of a page of them.
struct [[gnu::packed]] AcxBlockEntry {
  uint64_t offset = 0;       // in the file
  uint32_t bytes = 0;        // there
  uint32_t name_offset = 0;  // of its separator, in the separators behind the entries
  uint32_t checksum = 0;     // low half of the XXH3 of the bytes there
};
static_assert(sizeof(AcxBlockEntry) == 20);
inline constexpr uint32_t kAcxPageBlocks = 64;

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
