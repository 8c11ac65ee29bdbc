#include "metadata/acx_recent.h"

#include "base/error.h"

namespace accord::metadata {

std::shared_ptr<const AcxBlock> RecentBlocks::Known(uint32_t block) const {
  for (auto one = kept_.begin(); one != kept_.end(); ++one) {
    if (one->first != block) continue;
    kept_.splice(kept_.begin(), kept_, one);
    return one->second;
  }
  return nullptr;
}

absl::StatusOr<std::shared_ptr<const AcxBlock>> RecentBlocks::Get(const IndexedBlock& block) const {
  {
    const std::lock_guard lock(mutex_);
    if (std::shared_ptr<const AcxBlock> known = Known(block.number)) return known;
  }
  absl::StatusOr<AcxBlock> read = table_.ReadBlock(block);
  if (!read.ok()) return read.status();
  auto made = std::make_shared<const AcxBlock>(*std::move(read));
  const std::lock_guard lock(mutex_);
  // Another thread may have been faster: the first one stays.
  if (std::shared_ptr<const AcxBlock> known = Known(block.number)) return known;
  kept_.emplace_front(block.number, made);
  if (kept_.size() > blocks_max_) kept_.pop_back();
  return made;
}

RecentFiles::RecentFiles(const AcxPart& part)
    : part_(part),
      files_(part.table(AcxKind::kFiles), kRecentBlocksMax),
      hashes_(part.table(AcxKind::kHashes), kRecentBlocksMax) {}

absl::StatusOr<RecentFiles::Found> RecentFiles::Find(AcxKind kind, std::string_view name) const {
  const auto at = part_.table(kind).index().Find(name);
  if (!at.ok()) return at.status();
  if (!*at) return Found();
  auto block = (kind == AcxKind::kFiles ? files_ : hashes_).Get(**at);
  if (!block.ok()) return block.status();
  const AcxBlock::Entry* entry = (*block)->Find(name);
  if (entry == nullptr) return Found();
  return Found{.block = *std::move(block), .bytes = entry->bytes};
}

absl::StatusOr<PackageFiles> RecentFiles::ReadFiles(const PackageFacts& facts,
                                                    const FilesAsked& asked) const {
  const absl::StatusOr<Found> names = Find(AcxKind::kFiles, facts.name());
  if (!names.ok()) return names.status();
  absl::StatusOr<Found> hashes = Found();
  if (asked.detail == FileDetail::kAll) hashes = Find(AcxKind::kHashes, facts.name());
  if (!hashes.ok()) return hashes.status();
  if (names->block == nullptr || (asked.detail == FileDetail::kAll && hashes->block == nullptr)) {
    return Missing("its files", "they are not there");
  }
  return PackageFiles::Read({.names = names->bytes, .hashes = hashes->bytes},
                            {.version_count = facts.version_count(),
                             .metadata_count = facts.metadata_count(),
                             .only_version = asked.version});
}

}  // namespace accord::metadata
