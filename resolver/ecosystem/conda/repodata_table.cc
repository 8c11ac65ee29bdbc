#include "ecosystem/conda/repodata_table.h"

#include <algorithm>
#include <compare>
#include <map>
#include <span>

#include "absl/container/flat_hash_set.h"
#include "base/check.h"
#include "base/error.h"
#include "ecosystem/conda/record_words.h"
#include "ecosystem/conda/text.h"
#include "metadata/instant_text.h"

namespace accord::conda {
namespace {

using metadata::FileRecord;
using metadata::MetadataRecord;
using metadata::PackageRecord;
using metadata::VersionRecord;

using Attributes = std::vector<std::pair<std::string, std::string>>;

// Where the key is not there yet.
void AddAttribute(Attributes& attributes, std::string_view key, std::string_view text) {
  const auto at = std::ranges::lower_bound(attributes, key, {}, &Attributes::value_type::first);
  if (text.empty() || (at != attributes.end() && at->first == key)) return;
  attributes.emplace(at, key, text);
}

std::string_view BuildOf(const RepodataRecord& record) {
  const bool first = !record.attributes.empty() && record.attributes[0].first == attribute::kBuild;
  return first ? record.attributes[0].second : std::string_view();
}

// NAME-VERSION-BUILD
bool IsStemOf(std::string_view stem, std::string_view name, std::string_view version,
              std::string_view build) {
  const size_t version_begin = name.size() + 1;
  const size_t build_begin = version_begin + version.size() + 1;
  return stem.size() == build_begin + build.size() && stem.starts_with(name) &&
         stem.ends_with(build) && stem[version_begin - 1] == '-' && stem[build_begin - 1] == '-' &&
         stem.substr(version_begin, version.size()) == version;
}

// A counted list in words.
std::span<const uint32_t> TakeList(std::span<const uint32_t>& words, size_t each = 1) {
  const size_t size = words[0] * each;
  const std::span<const uint32_t> list = words.subspan(1, size);
  words = words.subspan(1 + size);
  return list;
}

struct Lexicographically {
  bool operator()(std::span<const uint32_t> a, std::span<const uint32_t> b) const {
    return std::ranges::lexicographical_compare(a, b);
  }
};

}  // namespace

void RepodataTable::Add(const RepodataRecord& record) {
  Kept kept;
  const std::string_view build = BuildOf(record);
  kept.name = texts_.Intern(record.name);
  kept.version = texts_.Intern(record.version);
  kept.build = texts_.Intern(build);
  kept.extension = texts_.Intern(record.extension);
  if (!IsStemOf(record.stem, record.name, record.version, build)) {
    kept.stem = texts_.Intern(record.stem);
  }
  if (!record.file.empty()) kept.file = texts_.Intern(record.file);
  if (!record.url.empty()) kept.url = texts_.Intern(record.url);
  kept.words = words_.size();
  kept.document = static_cast<uint16_t>(documents_.size());
  kept.has_size = record.size.has_value();
  kept.has_sha256 = record.sha256.has_value();
  kept.has_md5 = record.md5.has_value();
  kept.size = record.size.value_or(0);
  kept.time_ms = record.time_ms;
  if (record.sha256) kept.sha256 = *record.sha256;
  if (record.md5) kept.md5 = *record.md5;
  AddWords(record);
  records_.push_back(kept);
}

void RepodataTable::AddWords(const RepodataRecord& record) {
  const auto add = [&](std::string_view text) { words_.push_back(texts_.Intern(text).value()); };
  const auto add_count = [&](size_t count) { words_.push_back(static_cast<uint32_t>(count)); };
  add_count(record.attributes.size());
  for (const auto& [key, text] : record.attributes) {
    add(key);
    add(text);
  }
  size_t requirements = record.depends.size() + record.constrains.size();
  for (const RepodataRecord::Extra& extra : record.extras) requirements += extra.specs.size();
  add_count(requirements);
  for (const std::string_view spec : record.depends) add(spec);
  for (const std::string_view spec : record.constrains) add(Cat(spec, kConstrainsMarker));
  for (const RepodataRecord::Extra& extra : record.extras) {
    for (const std::string_view spec : extra.specs) add(Cat(spec, kExtraMarker, extra.name));
  }
  add_count(record.extras.size());
  for (const RepodataRecord::Extra& extra : record.extras) add(extra.name);
}

std::string RepodataTable::Stem(const Kept& kept) const {
  if (kept.stem.valid()) return std::string(texts_.Text(kept.stem));
  return Cat(texts_.Text(kept.name), "-", texts_.Text(kept.version), "-", texts_.Text(kept.build));
}

std::string RepodataTable::FileName(const Kept& kept) const {
  if (kept.file.valid()) return std::string(texts_.Text(kept.file));
  const std::string_view extension = texts_.Text(kept.extension);
  return extension.empty() ? Stem(kept) : Cat(Stem(kept), ".", extension);
}

bool RepodataTable::IsBetterFile(const Kept& kept, const Kept& than) const {
  const auto rank = [&](const Kept& each) {
    const std::string_view extension = texts_.Text(each.extension);
    return extension == "conda" ? 0 : extension == "tar.bz2" ? 1 : 2;
  };
  return rank(kept) < rank(than);
}

void RepodataTable::EndDocument(RepodataHead head, const std::vector<std::string>& removed) {
  const absl::flat_hash_set<std::string> gone(removed.begin(), removed.end());
  TextMap<uint32_t> best;  // by stem
  best.reserve(records_.size() - document_begin_);
  for (size_t i = document_begin_; i < records_.size(); ++i) {
    Kept& kept = records_[i];
    if (!gone.empty() && gone.contains(FileName(kept))) {
      kept.dropped = true;
      continue;
    }
    const auto [entry, is_new] = best.try_emplace(Stem(kept), static_cast<uint32_t>(i));
    if (is_new) continue;
    Kept& other = records_[entry->second];
    if (IsBetterFile(kept, other)) {
      other.dropped = true;
      entry->second = static_cast<uint32_t>(i);
    } else {
      kept.dropped = true;
    }
  }
  document_begin_ = records_.size();
  documents_.push_back(std::move(head));
}

void RepodataTable::Seal() {
  ACCORD_CHECK(document_begin_ == records_.size());
  for (uint32_t i = 0; i < records_.size(); ++i) {
    if (!records_[i].dropped) by_name_.push_back(i);
  }
  const auto name_of = [&](uint32_t i) { return texts_.Text(records_[i].name); };
  std::ranges::stable_sort(by_name_, {}, name_of);
  for (uint32_t at = 0; at < by_name_.size(); ++at) {
    const std::string_view name = name_of(by_name_[at]);
    if (packages_.empty() || packages_.back().name != name) packages_.push_back({name, at, at});
    packages_.back().end = at + 1;
  }
}

FileRecord RepodataTable::FileOf(const Kept& kept) const {
  FileRecord file;
  file.name = FileName(kept);
  const std::string& base = documents_[kept.document].base_url;
  if (kept.url.valid()) {
    file.url = texts_.Text(kept.url);
  } else if (!base.empty()) {
    file.url = Cat(base, "/", file.name);
  }
  if (kept.has_size) file.size = kept.size;
  if (kept.time_ms != 0) file.uploaded = metadata::InstantText(kept.time_ms);
  if (kept.has_sha256) file.sha256 = HexText(kept.sha256);
  if (kept.has_md5) file.md5 = HexText(kept.md5);
  return file;
}

PackageRecord RepodataTable::PackageAt(size_t number) const {
  const Package& package = packages_[number];
  PackageRecord record;
  record.name = package.name;
  record.versions.reserve(package.end - package.begin);
  // Words that say the same are one metadata.
  std::map<std::span<const uint32_t>, uint32_t, Lexicographically> metadata;
  for (uint32_t at = package.begin; at < package.end; ++at) {
    const Kept& kept = records_[by_name_[at]];
    VersionRecord& version = record.versions.emplace_back();
    version.version = texts_.Text(kept.version);
    std::span<const uint32_t> rest = std::span(words_).subspan(kept.words);
    const auto text = [&](uint32_t word) { return texts_.Text(StringId(word)); };
    const std::span<const uint32_t> attributes = TakeList(rest, 2);
    for (size_t i = 0; i < attributes.size(); i += 2) {
      version.attributes.emplace_back(text(attributes[i]), text(attributes[i + 1]));
    }
    AddAttribute(version.attributes, attribute::kChannel, channel_);
    AddAttribute(version.attributes, attribute::kSubdir, documents_[kept.document].subdir);
    const std::span<const uint32_t> said = rest;
    const std::span<const uint32_t> requirements = TakeList(rest);
    const std::span<const uint32_t> extras = TakeList(rest);
    const auto [entry, is_new] =
        metadata.try_emplace(said.first(requirements.size() + extras.size() + 2),
                             static_cast<uint32_t>(record.metadata.size()));
    if (is_new) {
      MetadataRecord& added = record.metadata.emplace_back();
      for (const uint32_t word : requirements) added.requirements.emplace_back(text(word));
      for (const uint32_t word : extras) added.extras.emplace_back(text(word));
    }
    version.metadata = entry->second;
    version.files.push_back(FileOf(kept));
  }
  return record;
}

}  // namespace accord::conda
