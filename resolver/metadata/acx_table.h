// One table of a compiled corpus, read: names to bytes. Blocks are decompressed when one of their
// names is asked for. What is kept is the block, or in a table of many blocks what was asked for.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/interner.h"
#include "metadata/acx_layout.h"
#include "metadata/mapped_file.h"

namespace accord::metadata {

// Where a table's pieces stand in the file.
struct AcxTableEntry {
  uint64_t index_offset = 0;
  uint64_t index_bytes = 0;
  uint64_t index_checksum = 0;
  uint32_t block_count = 0;
  uint64_t dictionary_offset = 0;
  uint64_t dictionary_bytes = 0;
  uint64_t dictionary_checksum = 0;
};

// A block decompressed: its names ascend.
class AcxBlock {
 public:
  struct Entry {
    std::string_view name;
    std::string_view bytes;
  };
  // Errors: Missing if the raw bytes are no block.
  [[nodiscard]] static absl::StatusOr<AcxBlock> Read(std::unique_ptr<char[]> raw, size_t size);
  // At least one.
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  // Or nullptr.
  [[nodiscard]] const Entry* Find(std::string_view name) const;
  // A block of this entry alone, with bytes of its own.
  [[nodiscard]] static AcxBlock Of(const Entry& entry);

 private:
  std::unique_ptr<char[]> raw_;
  std::vector<Entry> entries_;
};

// Any number of threads. What was found stays where it is as long as the table.
class AcxTable {
 public:
  // `file` is the whole file, and outlives the table; `place` names the table in messages. Looks at
  // the index, not at the blocks. Errors: Missing if the index is damaged.
  // `mapping` is where the file is mapped, if it is, and outlives the table too.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<const AcxTable>> Open(
      std::string_view file, const MappedFile* mapping, const AcxTableEntry& entry,
      std::string place);
  ~AcxTable();

  // The bytes of the name, or nullptr. Errors: Missing, naming the block, if the block that would
  // have it is damaged; other blocks can still be read.
  [[nodiscard]] absl::StatusOr<const AcxBlock::Entry*> Find(std::string_view name) const;

  [[nodiscard]] uint32_t block_count() const { return count_; }
  // The one block that can have the name; none if it stands before all names.
  [[nodiscard]] std::optional<uint32_t> BlockFor(std::string_view name) const;
  // Errors: Missing if the dictionary, which every block needs, is damaged.
  [[nodiscard]] absl::Status CheckDictionary() const;
  // A block read anew and not kept: for walks over a whole table. Errors: as Find; LimitReached.
  [[nodiscard]] absl::StatusOr<AcxBlock> ReadBlock(uint32_t block) const;
  [[nodiscard]] std::string_view FirstName(uint32_t block) const;
  [[nodiscard]] AcxBlockEntry entry(uint32_t block) const;

 private:
  struct Decoder;

  AcxTable(std::string_view file, const MappedFile* mapping, std::string place);
  [[nodiscard]] std::unique_ptr<Decoder> TakeDecoder() const;
  void GiveBack(std::unique_ptr<Decoder> decoder) const;
  [[nodiscard]] absl::Status Damaged(uint32_t block, std::string_view fact) const;
  [[nodiscard]] absl::StatusOr<const AcxBlock*> Block(uint32_t block) const;
  [[nodiscard]] absl::StatusOr<const AcxBlock::Entry*> FindAlone(uint32_t block,
                                                                 std::string_view name) const;

  const std::string_view file_;
  const MappedFile* const mapping_;
  const std::string place_;
  uint32_t count_ = 0;
  std::string_view entries_;
  std::string_view names_;
  std::string_view dictionary_;
  uint64_t dictionary_checksum_ = 0;

  struct Dictionary;
  mutable std::mutex mutex_;  // guards what follows
  mutable std::unique_ptr<Dictionary> read_dictionary_;
  mutable std::vector<std::unique_ptr<Decoder>> idle_decoders_;
  // What was found: whole blocks, or of a table of many blocks the entries alone, null for names
  // that are not there.
  mutable absl::flat_hash_map<uint32_t, std::unique_ptr<const AcxBlock>> blocks_;
  mutable TextMap<std::unique_ptr<const AcxBlock>> alone_;
};

}  // namespace accord::metadata
