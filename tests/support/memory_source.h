// The in-memory twin of metadata/source.h: a test states the records, nothing is read from outside.
// They are compiled as those of a corpus are.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "ecosystem/pypi/grammar.h"
#include "metadata/compiled_record.h"
#include "metadata/source.h"

namespace accord::testing {

// For one thread. Facts of a package that is added to are new facts.
class MemorySource final : public metadata::Source {
 public:
  explicit MemorySource(bool complete = true, std::string ecosystem = "pypi",
                        std::string place = "memory")
      : complete_(complete), ecosystem_(std::move(ecosystem)), place_(std::move(place)) {}

  // A later record of the same name replaces the earlier one.
  void Add(metadata::PackageRecord record) {
    std::string name = record.name;
    compiled_.erase(name);
    records_.insert_or_assign(std::move(name), std::move(record));
  }

  // Adds one version with these requirement texts, and the package if it is new.
  void AddVersion(std::string_view name, std::string_view version,
                  metadata::MetadataRecord metadata = {}) {
    compiled_.erase(std::string(name));
    metadata::PackageRecord& record = records_[std::string(name)];
    record.name = std::string(name);
    record.versions.push_back({.version = std::string(version),
                               .metadata = static_cast<uint32_t>(record.metadata.size()),
                               .unknown_because = {},
                               .files = {}});
    record.metadata.push_back(std::move(metadata));
  }

  // As it was stated.
  const metadata::PackageRecord& record(std::string_view name) const {
    return records_.find(name)->second;
  }

  absl::StatusOr<const metadata::PackageFacts*> Find(std::string_view name) const override {
    const auto found = records_.find(name);
    if (found == records_.end()) return nullptr;
    std::shared_ptr<const metadata::CompiledRecord>& compiled = compiled_[found->first];
    if (compiled == nullptr) {
      compiled = std::make_shared<const metadata::CompiledRecord>(found->second, grammar_);
    }
    return &compiled->facts();
  }
  bool complete() const override { return complete_; }
  std::string_view ecosystem() const override { return ecosystem_; }
  std::string_view place() const override { return place_; }

 private:
  std::map<std::string, metadata::PackageRecord, std::less<>> records_;
  mutable std::map<std::string, std::shared_ptr<const metadata::CompiledRecord>> compiled_;
  pypi::PypiGrammar grammar_;
  bool complete_;
  std::string ecosystem_;
  std::string place_;
};

}  // namespace accord::testing
