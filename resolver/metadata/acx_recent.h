// Blocks of a compiled corpus that are kept for a while: for walks over everything, which must not
// keep it all. For this folder.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/status/statusor.h"
#include "metadata/acx_part.h"
#include "metadata/acx_table.h"

namespace accord::metadata {

// Of each table: more than threads at work, so that none pushes out what another still reads.
inline constexpr size_t kRecentBlocksMax = 64;

// The blocks of a table that were asked for last. Any number of threads; a block that was handed
// out stays good as long as its pointer is held.
class RecentBlocks {
 public:
  RecentBlocks(const AcxTable& table, size_t blocks_max) : table_(table), blocks_max_(blocks_max) {}

  // Errors: as AcxTable::ReadBlock.
  [[nodiscard]] absl::StatusOr<std::shared_ptr<const AcxBlock>> Get(
      const IndexedBlock& block) const;

 private:
  using Kept = std::pair<uint32_t, std::shared_ptr<const AcxBlock>>;
  // What is kept under this number, which becomes the newest; or nullptr. With the lock held.
  [[nodiscard]] std::shared_ptr<const AcxBlock> Known(uint32_t block) const;

  const AcxTable& table_;
  const size_t blocks_max_;
  mutable std::mutex mutex_;      // guards what follows
  mutable std::list<Kept> kept_;  // newest first
};

// The files of a part's packages, by way of recent blocks. Any number of threads.
class RecentFiles final : public PackageFacts::FilesSource {
 public:
  // The part outlives it.
  explicit RecentFiles(const AcxPart& part);
  // Errors: as AcxTable::ReadBlock, and PackageFiles::Read.
  [[nodiscard]] absl::StatusOr<PackageFiles> ReadFiles(const PackageFacts& facts,
                                                       const FilesAsked& asked) const override;

 private:
  // Empty if the table does not have the name.
  struct Found {
    std::shared_ptr<const AcxBlock> block;  // holds the bytes
    std::string_view bytes;
  };
  [[nodiscard]] absl::StatusOr<Found> Find(AcxKind kind, std::string_view name) const;

  const AcxPart& part_;
  RecentBlocks files_;
  RecentBlocks hashes_;
};

}  // namespace accord::metadata
