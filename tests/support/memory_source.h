// The in-memory twin of metadata/source.h: a test states the records, nothing is read from outside.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "metadata/source.h"

namespace accord::testing {

// Immutable while it is read; Add comes before the first Find.
class MemorySource final : public metadata::Source {
 public:
  explicit MemorySource(bool complete = true, std::string ecosystem = "pypi",
                        std::string place = "memory")
      : complete_(complete), ecosystem_(std::move(ecosystem)), place_(std::move(place)) {}

  // A later record of the same name replaces the earlier one.
  void Add(metadata::PackageRecord record) {
    std::string name = record.name;
    records_.insert_or_assign(std::move(name), std::move(record));
  }

  // Adds one version with these requirement texts, and the package if it is new.
  void AddVersion(std::string_view name, std::string_view version,
                  metadata::MetadataRecord metadata = {}) {
    metadata::PackageRecord& record = records_[std::string(name)];
    record.name = std::string(name);
    record.versions.push_back({.version = std::string(version),
                               .metadata = static_cast<uint32_t>(record.metadata.size()),
                               .unknown_because = {},
                               .files = {}});
    record.metadata.push_back(std::move(metadata));
  }

  absl::StatusOr<const metadata::PackageRecord*> Find(std::string_view name) const override {
    auto found = records_.find(name);
    return found == records_.end() ? nullptr : &found->second;
  }
  bool complete() const override { return complete_; }
  std::string_view ecosystem() const override { return ecosystem_; }
  std::string_view place() const override { return place_; }

 private:
  std::map<std::string, metadata::PackageRecord, std::less<>> records_;
  bool complete_;
  std::string ecosystem_;
  std::string place_;
};

}  // namespace accord::testing
