// A part of a compiled corpus as a source of records: what merging, comparing and writing texts
// read it by. Nothing is kept but the names and a few blocks.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/interner.h"
#include "metadata/acx_part.h"
#include "metadata/acx_recent.h"
#include "metadata/record_source.h"

namespace accord::metadata {

// Walks of several threads over neighbouring positions decompress each block about once. Find keeps
// what it found, ReadAt does not.
class AcxRecords final : public RecordSource {
 public:
  // The part outlives it. Reads all names, hence all blocks of facts. Errors: as
  // AcxTable::ReadBlock, of the first block that is damaged.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<const AcxRecords>> Open(const AcxPart& part);

  [[nodiscard]] absl::StatusOr<const PackageRecord*> Find(std::string_view name) const override;
  [[nodiscard]] size_t package_count() const override { return ends_.size() - 1; }
  [[nodiscard]] std::string_view NameAt(size_t position) const override;
  [[nodiscard]] absl::StatusOr<PackageRecord> ReadAt(size_t position) const override;
  [[nodiscard]] CorpusHeader header() const override { return part_.entry().header; }
  [[nodiscard]] bool complete() const override { return part_.complete(); }
  [[nodiscard]] std::string_view ecosystem() const override { return part_.ecosystem(); }
  [[nodiscard]] std::string_view place() const override { return part_.place(); }

 private:
  explicit AcxRecords(const AcxPart& part);
  [[nodiscard]] absl::Status ReadNames();

  const AcxPart& part_;
  std::string names_;                 // one after the other
  std::vector<uint64_t> ends_;        // before each
  std::vector<size_t> block_begins_;  // the position of each block's first name
  const RecentBlocks recent_;
  const RecentFiles files_;
  mutable std::mutex mutex_;  // guards what follows
  mutable TextMap<std::unique_ptr<const PackageRecord>> found_;
};

}  // namespace accord::metadata
