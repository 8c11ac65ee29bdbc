// A channel in memory: a test states its records, nothing is read from outside. They are compiled
// as those of a corpus are.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "ecosystem/conda/grammar.h"
#include "ecosystem/conda/request.h"
#include "metadata/compiled_record.h"
#include "metadata/source.h"

namespace accord::testing {

// A record of repodata, as far as tests say something of it.
struct CondaRecord {
  std::string name;
  std::string version = "1";
  std::string build = "0";
  uint64_t build_number = 0;
  std::vector<std::string> depends;
  std::vector<std::string> constrains;
  std::map<std::string, std::vector<std::string>> extras;
  std::string track_features;
  std::string subdir = "linux-64";
  std::string noarch;    // "generic", "python"
  std::string uploaded;  // RFC 3339
  std::string md5;
};

// For one thread.
class CondaSource final : public metadata::Source {
 public:
  explicit CondaSource(std::string channel = "main", bool complete = true)
      : channel_(std::move(channel)), complete_(complete) {}

  void Add(const CondaRecord& record) {
    metadata::PackageRecord& package = records_[record.name];
    package.name = record.name;
    metadata::VersionRecord& version = package.versions.emplace_back();
    version.version = record.version;
    version.metadata = static_cast<uint32_t>(package.metadata.size());
    const auto say = [&](std::string_view key, const std::string& value) {
      if (!value.empty()) version.attributes.emplace_back(key, value);
    };
    say("build", record.build);
    say("build_number", record.build_number == 0 ? "" : std::to_string(record.build_number));
    say("channel", channel_);
    say("noarch", record.noarch);
    say("subdir", record.subdir);
    say("track_features", record.track_features);
    version.files.push_back(
        {.name = Cat(record.name, "-", record.version, "-", record.build, ".conda"),
         .uploaded = record.uploaded,
         .md5 = record.md5});
    metadata::MetadataRecord needs{.requirements = record.depends};
    for (const std::string& text : record.constrains) {
      needs.requirements.push_back(Cat(text, " ; constrains"));
    }
    for (const auto& [extra, texts] : record.extras) {
      needs.extras.push_back(extra);
      for (const std::string& text : texts) {
        needs.requirements.push_back(Cat(text, " ; extra ", extra));
      }
    }
    package.metadata.push_back(std::move(needs));
    compiled_.clear();
  }

  // What Find gave is gone too.
  void Clear() {
    records_.clear();
    compiled_.clear();
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
  std::string_view ecosystem() const override { return "conda"; }
  std::string_view place() const override { return channel_; }

 private:
  const std::string channel_;
  const bool complete_;
  std::map<std::string, metadata::PackageRecord, std::less<>> records_;
  mutable std::map<std::string, std::shared_ptr<const metadata::CompiledRecord>> compiled_;
  conda::CondaGrammar grammar_;
};

inline conda::ResolveRequest CondaRequest(const std::vector<std::string>& specs) {
  conda::ResolveRequest request;
  for (size_t i = 0; i < specs.size(); ++i) {
    request.specs.push_back({.text = specs[i], .place = Cat("argument ", i + 1)});
  }
  request.virtual_packages = {{"__glibc", "2.28", "0"}, {"__linux", "5.15", "0"}};
  return request;
}

}  // namespace accord::testing
