// The index of a table: where each block stands and which names it can have, in pages of
// kAcxPageBlocks blocks. Opening looks at the list of pages alone; a page is held to its checksum
// when it is used, so that a name costs the same in a corpus of any size.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "metadata/acx_layout.h"

namespace accord::metadata {

// Where a table's pieces stand in the file.
struct AcxTableEntry {
  uint64_t index_offset = 0;  // of the list of pages
  uint64_t index_bytes = 0;
  uint64_t index_checksum = 0;
  uint32_t block_count = 0;
  uint64_t dictionary_offset = 0;
  uint64_t dictionary_bytes = 0;
  uint64_t dictionary_checksum = 0;
};

// What an index says of a block, or of a page.
struct IndexedBlock {
  uint32_t number = 0;
  AcxBlockEntry entry;
  // All its names are from the one on and before the other.
  std::string_view from;
  std::string_view before;  // empty: it is the last
};

// Immutable; any number of threads.
class AcxIndex {
 public:
  // `file` is the whole file, and outlives the index; `place` names the table in messages. Errors:
  // Missing if the list of pages is damaged.
  [[nodiscard]] static absl::StatusOr<AcxIndex> Open(std::string_view file,
                                                     const AcxTableEntry& entry, std::string place);

  [[nodiscard]] uint32_t block_count() const { return block_count_; }
  // Errors: Missing, naming the page, if the block's page is damaged.
  [[nodiscard]] absl::StatusOr<IndexedBlock> At(uint32_t block) const;
  // The one block that can have the name; none if it stands before all names. Errors: as At.
  [[nodiscard]] absl::StatusOr<std::optional<IndexedBlock>> Find(std::string_view name) const;

  // Pages hold kAcxPageBlocks blocks each, the last one what is left.
  [[nodiscard]] uint32_t page_count() const { return pages_.count; }
  [[nodiscard]] absl::Status CheckPage(uint32_t page) const { return Page(page).status(); }
  [[nodiscard]] IndexedBlock PageAt(uint32_t page) const;
  // Of the list and all pages.
  [[nodiscard]] uint64_t bytes() const;

 private:
  // Entries and the separators that they point to: the list of pages, or one page.
  struct Level {
    uint32_t count = 0;
    std::string_view entries;
    std::string_view separators;

    // `bytes` are at least the entries.
    [[nodiscard]] static Level Of(std::string_view bytes, uint32_t count);
    [[nodiscard]] AcxBlockEntry Entry(uint32_t i) const;
    // Of wrong offsets an empty text, which no name is.
    [[nodiscard]] std::string_view From(uint32_t i) const;
    // How many separators are not above the name.
    [[nodiscard]] uint32_t CountUpTo(std::string_view name) const;
  };

  AcxIndex(std::string_view file, std::string place) : file_(file), place_(std::move(place)) {}
  [[nodiscard]] absl::StatusOr<Level> Page(uint32_t page) const;
  [[nodiscard]] IndexedBlock BlockOf(const Level& level, uint32_t page, uint32_t i) const;

  std::string_view file_;
  std::string place_;
  uint32_t block_count_ = 0;
  Level pages_;
};

}  // namespace accord::metadata
