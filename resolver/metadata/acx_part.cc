#include "metadata/acx_part.h"

#include <utility>

#include "base/error.h"

namespace accord::metadata {

absl::StatusOr<std::unique_ptr<const AcxPart>> AcxPart::Open(std::string_view file,
                                                             const MappedFile* mapping,
                                                             const AcxPartEntry& entry,
                                                             std::string place) {
  std::unique_ptr<AcxPart> part(new AcxPart(entry, std::move(place)));
  for (size_t kind = 0; kind < kAcxKinds; ++kind) {
    absl::StatusOr<std::unique_ptr<const AcxTable>> table =
        AcxTable::Open(file, mapping, entry.tables[kind],
                       Cat(part->place_, ": ", entry.header.ecosystem, " ", kAcxKindNames[kind]));
    if (!table.ok()) return table.status();
    part->tables_[kind] = *std::move(table);
  }
  return std::unique_ptr<const AcxPart>(std::move(part));
}

absl::StatusOr<const PackageFacts*> AcxPart::Find(std::string_view name) const {
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = found_.find(name); known != found_.end()) return known->second.get();
  }
  const absl::StatusOr<const AcxBlock::Entry*> entry = table(AcxKind::kFacts).Find(name);
  if (!entry.ok()) return entry.status();
  if (*entry == nullptr) return nullptr;
  absl::StatusOr<PackageFacts> facts = PackageFacts::Read((*entry)->name, (*entry)->bytes, this);
  if (!facts.ok()) return At(place_, facts.status());
  const std::lock_guard lock(mutex_);
  // Another thread may have been faster: the first one stays.
  std::unique_ptr<const PackageFacts>& kept = found_[(*entry)->name];
  if (kept == nullptr) kept = std::make_unique<const PackageFacts>(*std::move(facts));
  return kept.get();
}

absl::StatusOr<std::string> AcxPart::SomeName() const {
  if (table(AcxKind::kFacts).index().block_count() == 0) return std::string();
  const absl::StatusOr<AcxBlock> first = table(AcxKind::kFacts).ReadBlock(0);
  if (!first.ok()) return first.status();
  return std::string(first->entries().front().name);
}

absl::StatusOr<PackageFiles> AcxPart::ReadFiles(const PackageFacts& facts,
                                                const FilesAsked& asked) const {
  PackageFiles::Bytes bytes;
  for (const AcxKind kind : {AcxKind::kFiles, AcxKind::kHashes}) {
    if (kind == AcxKind::kHashes && asked.detail != FileDetail::kAll) break;
    const absl::StatusOr<const AcxBlock::Entry*> entry = table(kind).Find(facts.name());
    if (!entry.ok()) return entry.status();
    if (*entry == nullptr) {
      return Missing(Cat(place_, ": package ", Quoted(facts.name())), "its files are not there");
    }
    (kind == AcxKind::kFiles ? bytes.names : bytes.hashes) = (*entry)->bytes;
  }
  absl::StatusOr<PackageFiles> files =
      PackageFiles::Read(bytes, {.version_count = facts.version_count(),
                                 .metadata_count = facts.metadata_count(),
                                 .only_version = asked.version});
  if (!files.ok()) return At(Cat(place_, ": package ", Quoted(facts.name())), files.status());
  return files;
}

}  // namespace accord::metadata
