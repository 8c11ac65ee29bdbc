// Another source's records in an order of its own: versions and requirement texts are shuffled, of
// equal versions the first stays the one that counts. For tests that order does not show.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "ecosystem/pypi/grammar.h"
#include "ecosystem/pypi/version.h"
#include "metadata/compiled_record.h"
#include "metadata/source.h"

namespace accord::testing {

// For one thread. The base outlives it.
class ShuffledSource final : public metadata::Source {
 public:
  ShuffledSource(const metadata::Source& base, uint64_t seed) : base_(base), random_(seed) {}

  absl::StatusOr<const metadata::PackageFacts*> Find(std::string_view name) const override {
    const auto known = records_.find(name);
    if (known != records_.end()) return &known->second->facts();
    const auto found = base_.Find(name);
    if (!found.ok() || *found == nullptr) return found;
    absl::StatusOr<metadata::PackageRecord> record = (*found)->ToRecord();
    if (!record.ok()) return record.status();
    const metadata::PackageRecord shuffled = Shuffled(*std::move(record));
    auto compiled = std::make_shared<const metadata::CompiledRecord>(shuffled, grammar_);
    return &records_.emplace(std::string(name), std::move(compiled)).first->second->facts();
  }
  bool complete() const override { return base_.complete(); }
  std::string_view ecosystem() const override { return base_.ecosystem(); }
  std::string_view place() const override { return base_.place(); }

 private:
  metadata::PackageRecord Shuffled(metadata::PackageRecord record) const {
    std::set<std::string> seen;
    std::erase_if(record.versions, [&](const metadata::VersionRecord& version) {
      const auto parsed = pypi::Version::TryParse(version.version);
      return parsed && !seen.insert(parsed->Canonical()).second;
    });
    std::shuffle(record.versions.begin(), record.versions.end(), random_);
    for (metadata::MetadataRecord& metadata : record.metadata) {
      std::shuffle(metadata.requirements.begin(), metadata.requirements.end(), random_);
    }
    return record;
  }

  const metadata::Source& base_;
  mutable std::mt19937_64 random_;
  mutable std::map<std::string, std::shared_ptr<const metadata::CompiledRecord>, std::less<>>
      records_;
  pypi::PypiGrammar grammar_;
};

}  // namespace accord::testing
