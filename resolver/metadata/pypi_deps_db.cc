// See pypi_deps_db.h.
#include "metadata/pypi_deps_db.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "base/error.h"
#include "metadata/corpus.h"
#include "metadata/corpus_writer.h"
#include "metadata/json_fields.h"
#include "metadata/line_index.h"

namespace accord::metadata {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";

std::string_view Stripped(std::string_view text) {
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

struct MarkedRequirement {
  std::string_view head;
  std::string_view marker;  // empty: none
};

// Cut at the ";" before the marker; after an address only " ;" begins one, as PEP 508 has it.
MarkedRequirement SplitMarker(std::string_view requirement) {
  const bool address = requirement.find('@') != std::string_view::npos &&
                       requirement.find("://") != std::string_view::npos;
  const std::string_view separator = address ? " ;" : ";";
  const size_t cut = requirement.find(separator);
  if (cut == std::string_view::npos) return {Stripped(requirement), {}};
  return {Stripped(requirement.substr(0, cut)),
          Stripped(requirement.substr(cut + separator.size()))};
}

// The text that begins with a quote, without its quotes; empty if it is no quoted text.
std::string_view QuotedValue(std::string_view text) {
  if (text.empty() || (text[0] != '"' && text[0] != '\'')) return {};
  const size_t end = text.find(text[0], 1);
  return end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
}

// The quoted text at whose closing quote `text` ends.
std::string_view QuotedValueAtEnd(std::string_view text) {
  if (text.size() < 2 || (text.back() != '"' && text.back() != '\'')) return {};
  const size_t begin = text.rfind(text.back(), text.size() - 2);
  return begin == std::string_view::npos ? std::string_view()
                                         : text.substr(begin + 1, text.size() - begin - 2);
}

// Adds every x of `extra == "x"` and `"x" == extra`.
void CollectExtras(std::string_view marker, std::set<std::string, std::less<>>& extras) {
  constexpr std::string_view kWord = "extra";
  for (size_t at = marker.find(kWord); at != std::string_view::npos;
       at = marker.find(kWord, at + kWord.size())) {
    const std::string_view before = Stripped(marker.substr(0, at));
    const std::string_view after = Stripped(marker.substr(at + kWord.size()));
    std::string_view value;
    if (after.starts_with("==")) value = QuotedValue(Stripped(after.substr(2)));
    if (value.empty() && before.ends_with("==")) {
      value = QuotedValueAtEnd(Stripped(before.substr(0, before.size() - 2)));
    }
    if (!value.empty()) extras.emplace(value);
  }
}

std::string WithMarkers(std::string_view requirement, std::string_view key_marker,
                        std::string_view extra) {
  const MarkedRequirement own = SplitMarker(requirement);
  std::string marker;
  const auto add = [&marker](std::string_view before, std::string_view text,
                             std::string_view after) {
    if (!marker.empty()) marker += " and ";
    marker.append(before).append(text).append(after);
  };
  if (!own.marker.empty()) add("(", own.marker, ")");
  if (!key_marker.empty()) add("(", key_marker, ")");
  if (!extra.empty()) add("extra == \"", extra, "\"");
  return marker.empty() ? std::string(own.head) : Cat(own.head, " ; ", marker);
}

absl::Status DecodeTable(const JsonObject& group, MetadataRecord& metadata,
                         std::set<std::string, std::less<>>& extras) {
  JsonElement field;
  if (group.at_key("x").get(field) != simdjson::SUCCESS || field.is_null()) {
    return absl::OkStatus();
  }
  JsonObject table;
  if (const absl::Status status = AsObject(field, table); !status.ok()) return At("/x", status);
  std::vector<std::string> requirements;
  for (const auto [key, unused] : table) {
    const size_t colon = std::min(key.find(':'), key.size());
    const std::string_view extra = Stripped(key.substr(0, colon));
    const std::string_view marker = Stripped(key.substr(std::min(colon + 1, key.size())));
    if (!extra.empty()) extras.emplace(extra);
    requirements.clear();
    if (const absl::Status status = ReadTexts(table, key, requirements); !status.ok()) {
      return At("/x", status);
    }
    for (const std::string& requirement : requirements) {
      if (Stripped(requirement).empty()) continue;
      metadata.requirements.push_back(WithMarkers(requirement, marker, extra));
    }
  }
  return absl::OkStatus();
}

absl::Status DecodeGroup(const JsonElement& json, PackageRecord& record) {
  JsonObject group;
  MetadataRecord metadata;
  std::vector<std::string> listed;
  std::vector<std::string> versions;
  ACCORD_RETURN_IF_ERROR(AsObject(json, group));
  ACCORD_RETURN_IF_ERROR(ReadTexts(group, "r", metadata.requirements));
  ACCORD_RETURN_IF_ERROR(ReadText(group, "p", metadata.requires_language));
  ACCORD_RETURN_IF_ERROR(ReadTexts(group, "e", listed));
  ACCORD_RETURN_IF_ERROR(ReadTexts(group, "v", versions));

  std::erase_if(metadata.requirements,
                [](const std::string& text) { return Stripped(text).empty(); });
  std::set<std::string, std::less<>> extras(listed.begin(), listed.end());
  for (const std::string& text : metadata.requirements) {
    CollectExtras(SplitMarker(text).marker, extras);
  }
  ACCORD_RETURN_IF_ERROR(DecodeTable(group, metadata, extras));
  metadata.extras.assign(extras.begin(), extras.end());

  const auto index = static_cast<uint32_t>(record.metadata.size());
  record.metadata.push_back(std::move(metadata));
  for (std::string& version : versions) {
    record.versions.push_back(
        {.version = std::move(version), .metadata = index, .unknown_because = {}, .files = {}});
  }
  return absl::OkStatus();
}

absl::StatusOr<PackageRecord> DecodeLine(const JsonElement& json, std::string_view name) {
  JsonObject object;
  PackageRecord record;
  record.name = name;
  ACCORD_RETURN_IF_ERROR(AsObject(json, object));
  ACCORD_RETURN_IF_ERROR(ForEachElement(
      object, "g", [&record](const JsonElement& element) { return DecodeGroup(element, record); }));
  return record;
}

bool IsNormal(std::string_view name) {
  char last = '-';  // a leading "-" is no normal name, but NormalPypiName keeps it: one way only
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!letter && (c != '-' || last == '-')) return false;
    last = c;
  }
  return true;
}

// Makes names normal and ascending, first line first; equal ones after the first go.
void SortByNormalName(std::vector<IndexedLine>& lines, std::deque<std::string>& names) {
  for (IndexedLine& line : lines) {
    if (IsNormal(line.name)) continue;
    line.name = names.emplace_back(NormalPypiName(line.name));
  }
  const auto by_name = [](const IndexedLine& a, const IndexedLine& b) { return a.name < b.name; };
  if (!std::is_sorted(lines.begin(), lines.end(), by_name)) {
    std::stable_sort(lines.begin(), lines.end(), by_name);
  }
  const auto same = [](const IndexedLine& a, const IndexedLine& b) { return a.name == b.name; };
  lines.erase(std::unique(lines.begin(), lines.end(), same), lines.end());
}

}  // namespace

std::string NormalPypiName(std::string_view name) {
  std::string normal;
  normal.reserve(name.size());
  bool in_run = false;
  for (const char c : name) {
    const bool separator = c == '-' || c == '_' || c == '.';
    if (!separator) {
      normal.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    } else if (!in_run) {
      normal.push_back('-');
    }
    in_run = separator;
  }
  return normal;
}

PypiDepsDb::PypiDepsDb(std::deque<std::string> names, std::unique_ptr<LazyRecords> records)
    : names_(std::move(names)), records_(std::move(records)) {}

PypiDepsDb::~PypiDepsDb() = default;

absl::StatusOr<std::unique_ptr<const PypiDepsDb>> PypiDepsDb::FromText(Text text, std::string place,
                                                                       const CorpusLimits& limits) {
  absl::StatusOr<std::vector<IndexedLine>> lines =
      IndexLines(text.view(), {.prefix = kPypiDepsDbPrefix, .first_number = 1}, place, limits);
  if (!lines.ok()) return lines.status();
  std::deque<std::string> names;
  SortByNormalName(*lines, names);
  auto records = std::make_unique<LazyRecords>(std::move(text), *std::move(lines), std::move(place),
                                               DecodeLine);
  return std::unique_ptr<const PypiDepsDb>(new PypiDepsDb(std::move(names), std::move(records)));
}

absl::StatusOr<const PackageRecord*> PypiDepsDb::Find(std::string_view name) const {
  return records_->Find(name);
}

absl::StatusOr<PackageRecord> PypiDepsDb::ReadAt(size_t position) const {
  return records_->ReadAt(position);
}

CorpusHeader PypiDepsDb::header() const {
  return {.ecosystem = "pypi",
          .complete = false,
          .source = "imported from pypi-deps-db JSON lines",
          .recorded = {}};
}

std::string_view PypiDepsDb::place() const { return records_->place(); }
size_t PypiDepsDb::package_count() const { return records_->size(); }
std::string_view PypiDepsDb::NameAt(size_t position) const { return records_->NameAt(position); }

absl::Status ImportPypiDepsDb(const std::string& from, const std::string& to,
                              const CorpusLimits& limits) {
  absl::StatusOr<std::string> bytes = ReadFileBytes(from, limits.file_bytes_max);
  if (!bytes.ok()) return bytes.status();
  absl::StatusOr<Text> text = Decompress(*bytes, from, limits.text_bytes_max);
  if (!text.ok()) return text.status();
  absl::StatusOr<std::unique_ptr<const PypiDepsDb>> read =
      PypiDepsDb::FromText(*std::move(text), from, limits);
  if (!read.ok()) return read.status();
  CorpusWriter writer((*read)->header());
  for (size_t i = 0; i < (*read)->package_count(); ++i) {
    absl::StatusOr<PackageRecord> record = (*read)->ReadAt(i);
    if (!record.ok()) return record.status();
    ACCORD_RETURN_IF_ERROR(writer.Add(*record));
  }
  return writer.WriteTo(to);
}

}  // namespace accord::metadata
