#include "metadata/compiled_source.h"

namespace accord::metadata {

absl::StatusOr<const PackageFacts*> CompiledSource::Find(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  if (const auto known = compiled_.find(name); known != compiled_.end()) {
    return &known->second->facts();
  }
  const absl::StatusOr<const PackageRecord*> record = records_->Find(name);
  if (!record.ok()) return record.status();
  if (*record == nullptr) return nullptr;
  auto compiled = std::make_unique<const CompiledRecord>(**record, grammar_);
  const PackageFacts* facts = &compiled->facts();
  compiled_.emplace(std::string(name), std::move(compiled));
  return facts;
}

}  // namespace accord::metadata
