#include "metadata/acx_records.h"

#include <algorithm>

#include "base/error.h"

namespace accord::metadata {
AcxRecords::AcxRecords(const AcxPart& part)
    : part_(part), ends_{0}, recent_(part.table(AcxKind::kFacts), kRecentBlocksMax), files_(part) {}

absl::StatusOr<std::unique_ptr<const AcxRecords>> AcxRecords::Open(const AcxPart& part) {
  std::unique_ptr<AcxRecords> records(new AcxRecords(part));
  ACCORD_RETURN_IF_ERROR(records->ReadNames());
  return std::unique_ptr<const AcxRecords>(std::move(records));
}

absl::Status AcxRecords::ReadNames() {
  const AcxTable& facts = part_.table(AcxKind::kFacts);
  for (uint32_t block = 0; block < facts.index().block_count(); ++block) {
    const absl::StatusOr<AcxBlock> read = facts.ReadBlock(block);
    if (!read.ok()) return read.status();
    block_begins_.push_back(package_count());
    for (const AcxBlock::Entry& entry : read->entries()) {
      names_ += entry.name;
      ends_.push_back(names_.size());
    }
  }
  return absl::OkStatus();
}

std::string_view AcxRecords::NameAt(size_t position) const {
  return std::string_view(names_).substr(ends_[position], ends_[position + 1] - ends_[position]);
}

absl::StatusOr<PackageRecord> AcxRecords::ReadAt(size_t position) const {
  const auto after = std::ranges::upper_bound(block_begins_, position);
  const auto block = static_cast<uint32_t>(after - block_begins_.begin() - 1);
  const auto at = part_.table(AcxKind::kFacts).index().At(block);
  if (!at.ok()) return at.status();
  const auto read = recent_.Get(*at);
  if (!read.ok()) return read.status();
  const AcxBlock::Entry& entry = (*read)->entries()[position - block_begins_[block]];
  const absl::StatusOr<PackageFacts> facts = PackageFacts::Read(entry.name, entry.bytes, &files_);
  if (!facts.ok()) return At(place(), facts.status());
  absl::StatusOr<PackageRecord> record = facts->ToRecord();
  if (!record.ok()) return At(Cat(place(), ": package ", Quoted(entry.name)), record.status());
  return record;
}

absl::StatusOr<const PackageRecord*> AcxRecords::Find(std::string_view name) const {
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = found_.find(name); known != found_.end()) return known->second.get();
  }
  size_t begin = 0;
  size_t end = package_count();  // the first name that is not below
  while (begin < end) {
    const size_t middle = begin + (end - begin) / 2;
    if (NameAt(middle) < name) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  if (begin == package_count() || NameAt(begin) != name) return nullptr;
  absl::StatusOr<PackageRecord> record = ReadAt(begin);
  if (!record.ok()) return record.status();
  const std::lock_guard lock(mutex_);
  // Another thread may have been faster: the first one stays.
  std::unique_ptr<const PackageRecord>& kept = found_[name];
  if (kept == nullptr) kept = std::make_unique<const PackageRecord>(*std::move(record));
  return kept.get();
}

}  // namespace accord::metadata
