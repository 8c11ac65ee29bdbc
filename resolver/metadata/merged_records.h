// Several sources of one ecosystem as one: the union of their names, and of a name the record of
// the first source that has it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "metadata/record_source.h"

namespace accord::metadata {

// Complete only if all its sources are: a name that is in none of them may be known to nobody who
// was asked. Any number of threads, as its sources.
class MergedRecords final : public RecordSource {
 public:
  // At least one, all of one ecosystem; they outlive it.
  explicit MergedRecords(std::vector<const RecordSource*> sources);

  [[nodiscard]] absl::StatusOr<const PackageRecord*> Find(std::string_view name) const override;
  [[nodiscard]] size_t package_count() const override { return packages_.size(); }
  [[nodiscard]] std::string_view NameAt(size_t position) const override;
  [[nodiscard]] absl::StatusOr<PackageRecord> ReadAt(size_t position) const override;
  // Of several: their sources as one text, each with its day; the day of all, if it is one.
  [[nodiscard]] CorpusHeader header() const override;
  [[nodiscard]] bool complete() const override;
  [[nodiscard]] std::string_view ecosystem() const override { return sources_[0]->ecosystem(); }
  [[nodiscard]] std::string_view place() const override { return place_; }

 private:
  struct Package {
    uint32_t source;
    uint32_t position;  // there
  };

  const std::vector<const RecordSource*> sources_;
  std::string place_;
  std::vector<Package> packages_;
};

}  // namespace accord::metadata
