// A source of texts as a source of facts: each record is compiled when it is first asked for.
#pragma once

#include <memory>
#include <mutex>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "base/interner.h"
#include "metadata/compiled_record.h"
#include "metadata/record_source.h"
#include "metadata/source.h"

namespace accord::metadata {

// Find compiles under a lock and keeps what it compiled; the promise of Source holds.
class CompiledSource final : public Source {
 public:
  // The grammar outlives it, and is of the records' ecosystem.
  CompiledSource(std::unique_ptr<const RecordSource> records, const Grammar& grammar)
      : records_(std::move(records)), grammar_(grammar) {}

  [[nodiscard]] absl::StatusOr<const PackageFacts*> Find(std::string_view name) const override;
  [[nodiscard]] absl::StatusOr<std::string> SomeName() const override {
    return std::string(records_->package_count() == 0 ? "" : records_->NameAt(0));
  }
  [[nodiscard]] bool complete() const override { return records_->complete(); }
  [[nodiscard]] std::string_view ecosystem() const override { return records_->ecosystem(); }
  [[nodiscard]] std::string_view place() const override { return records_->place(); }

 private:
  const std::unique_ptr<const RecordSource> records_;
  const Grammar& grammar_;
  mutable std::mutex mutex_;  // guards what follows
  mutable TextMap<std::unique_ptr<const CompiledRecord>> compiled_;
};

}  // namespace accord::metadata
