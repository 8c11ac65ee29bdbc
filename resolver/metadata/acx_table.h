// One table of a compiled corpus, read: names to bytes. Blocks are decompressed when one of their
// names is asked for. What is kept is the block, or in a table of many blocks what was asked for.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/interner.h"
#include "metadata/acx_index.h"
#include "metadata/acx_layout.h"
#include "metadata/mapped_file.h"

namespace accord::metadata {

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
  // the list of the index's pages, not at them nor the blocks. Errors: Missing if it is damaged.
  // `mapping` is where the file is mapped, if it is, and outlives the table too.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<const AcxTable>> Open(
      std::string_view file, const MappedFile* mapping, const AcxTableEntry& entry,
      std::string place);
  ~AcxTable();

  // The bytes of the name, or nullptr. Errors: Missing, naming it, if the index page or the block
  // that would have it is damaged; what stands in others can still be read.
  [[nodiscard]] absl::StatusOr<const AcxBlock::Entry*> Find(std::string_view name) const;

  [[nodiscard]] const AcxIndex& index() const { return index_; }
  // Errors: Missing if the dictionary, which every block needs, is damaged.
  [[nodiscard]] absl::Status CheckDictionary() const;
  // Decompressed; 0: it does not say. Errors: as Find, for a place outside of the file.
  [[nodiscard]] absl::StatusOr<uint64_t> RawBytes(const IndexedBlock& block) const;
  // A block read anew and not kept: for walks over a whole table. Errors: as Find; LimitReached.
  [[nodiscard]] absl::StatusOr<AcxBlock> ReadBlock(const IndexedBlock& block) const;
  [[nodiscard]] absl::StatusOr<AcxBlock> ReadBlock(uint32_t number) const;

 private:
  struct Decoder;

  AcxTable(std::string_view file, const MappedFile* mapping, AcxIndex index, std::string place);
  [[nodiscard]] std::unique_ptr<Decoder> TakeDecoder() const;
  void GiveBack(std::unique_ptr<Decoder> decoder) const;
  [[nodiscard]] absl::Status Damaged(const IndexedBlock& block, std::string_view fact) const;
  [[nodiscard]] absl::StatusOr<std::string_view> StoredBytes(const IndexedBlock& block) const;
  [[nodiscard]] absl::StatusOr<const AcxBlock*> Block(const IndexedBlock& block) const;
  [[nodiscard]] absl::StatusOr<const AcxBlock::Entry*> FindAlone(const IndexedBlock& block,
                                                                 std::string_view name) const;

  const std::string_view file_;
  const MappedFile* const mapping_;
  const std::string place_;
  const AcxIndex index_;
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
