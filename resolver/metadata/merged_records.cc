#include "metadata/merged_records.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/error.h"

namespace accord::metadata {
namespace {

// "a source (2026-11-23)"
std::string Described(const CorpusHeader& header) {
  if (header.recorded.empty()) return header.source;
  return header.source.empty() ? header.recorded : Cat(header.source, " (", header.recorded, ")");
}

}  // namespace

MergedRecords::MergedRecords(std::vector<const RecordSource*> sources)
    : sources_(std::move(sources)) {
  ACCORD_CHECK(!sources_.empty());
  for (const RecordSource* source : sources_) {
    ACCORD_CHECK(source->ecosystem() == sources_[0]->ecosystem());
    place_ += Cat(place_.empty() ? "" : ", ", source->place());
  }
  // One step a name, over few sources: of equal names the first source's counts, all go on.
  std::vector<size_t> next(sources_.size(), 0);
  while (true) {
    std::optional<uint32_t> first;
    for (uint32_t i = 0; i < sources_.size(); ++i) {
      if (next[i] == sources_[i]->package_count()) continue;
      if (!first || sources_[i]->NameAt(next[i]) < sources_[*first]->NameAt(next[*first])) {
        first = i;
      }
    }
    if (!first) break;
    const std::string_view name = sources_[*first]->NameAt(next[*first]);
    packages_.push_back({.source = *first, .position = static_cast<uint32_t>(next[*first])});
    for (size_t i = 0; i < sources_.size(); ++i) {
      const bool has = next[i] < sources_[i]->package_count();
      if (has && sources_[i]->NameAt(next[i]) == name) ++next[i];
    }
  }
}

absl::StatusOr<const PackageRecord*> MergedRecords::Find(std::string_view name) const {
  for (const RecordSource* source : sources_) {
    absl::StatusOr<const PackageRecord*> record = source->Find(name);
    if (!record.ok() || *record != nullptr) return record;
  }
  return nullptr;
}

std::string_view MergedRecords::NameAt(size_t position) const {
  const Package& package = packages_[position];
  return sources_[package.source]->NameAt(package.position);
}

absl::StatusOr<PackageRecord> MergedRecords::ReadAt(size_t position) const {
  const Package& package = packages_[position];
  return sources_[package.source]->ReadAt(package.position);
}

bool MergedRecords::complete() const {
  return std::ranges::all_of(sources_, [](const RecordSource* one) { return one->complete(); });
}

CorpusHeader MergedRecords::header() const {
  CorpusHeader merged = sources_[0]->header();
  merged.complete = complete();
  if (sources_.size() == 1) return merged;
  merged.source.clear();
  for (const RecordSource* source : sources_) {
    const CorpusHeader header = source->header();
    if (header.recorded != merged.recorded) merged.recorded.clear();
    const std::string described = Described(header);
    if (described.empty()) continue;
    merged.source += Cat(merged.source.empty() ? "" : "; ", described);
  }
  return merged;
}

}  // namespace accord::metadata
