// One ecosystem's part of a compiled corpus, as a source of facts.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "base/interner.h"
#include "metadata/acx_layout.h"
#include "metadata/acx_table.h"
#include "metadata/corpus_header.h"
#include "metadata/source.h"

namespace accord::metadata {

struct AcxPartEntry {
  CorpusHeader header;
  uint64_t package_count = 0;
  uint64_t version_count = 0;
  std::array<AcxTableEntry, kAcxKinds> tables;
};

// Any number of threads; what was found is kept. The file outlives it.
class AcxPart final : public Source, public PackageFacts::FilesSource {
 public:
  // Errors: as AcxTable::Open.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<const AcxPart>> Open(
      std::string_view file, const MappedFile* mapping, const AcxPartEntry& entry,
      std::string place);

  [[nodiscard]] absl::StatusOr<const PackageFacts*> Find(std::string_view name) const override;
  [[nodiscard]] absl::StatusOr<std::string> SomeName() const override;
  [[nodiscard]] bool complete() const override { return entry_.header.complete; }
  [[nodiscard]] std::string_view ecosystem() const override { return entry_.header.ecosystem; }
  [[nodiscard]] std::string_view place() const override { return place_; }
  [[nodiscard]] absl::StatusOr<PackageFiles> ReadFiles(const PackageFacts& facts,
                                                       const FilesAsked& asked) const override;

  [[nodiscard]] const AcxPartEntry& entry() const { return entry_; }
  [[nodiscard]] const AcxTable& table(AcxKind kind) const {
    return *tables_[static_cast<size_t>(kind)];
  }

 private:
  AcxPart(const AcxPartEntry& entry, std::string place) : entry_(entry), place_(std::move(place)) {}

  const AcxPartEntry entry_;
  const std::string place_;
  std::array<std::unique_ptr<const AcxTable>, kAcxKinds> tables_;
  mutable std::mutex mutex_;  // guards what follows
  // By the names as they stand in the blocks.
  mutable absl::flat_hash_map<std::string_view, std::unique_ptr<const PackageFacts>, TextHash,
                              TextEqual>
      found_;
};

}  // namespace accord::metadata
