// See corpus.h: the decoder of accord-corpus/1 lines, and which form a file has.
#include "metadata/corpus.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/error.h"
#include "metadata/json_fields.h"
#include "metadata/line_index.h"
#include "metadata/pypi_deps_db.h"
#include "metadata/zstd_stream.h"

namespace accord::metadata {
namespace {

constexpr std::string_view kRecordPrefix = "{\"name\":\"";

absl::Status DecodeMetadata(const JsonElement& json, MetadataRecord& metadata) {
  JsonObject object;
  ACCORD_RETURN_IF_ERROR(AsObject(json, object));
  ACCORD_RETURN_IF_ERROR(ReadTexts(object, "requires", metadata.requirements));
  ACCORD_RETURN_IF_ERROR(ReadText(object, "requiresPython", metadata.requires_language));
  return ReadTexts(object, "extras", metadata.extras);
}

// "yanked" is false, true, or the reason as a text.
absl::Status DecodeYanked(const JsonObject& object, FileRecord& file) {
  JsonElement yanked;
  if (object.at_key("yanked").get(yanked) != simdjson::SUCCESS || yanked.is_null()) {
    return absl::OkStatus();
  }
  if (yanked.get(file.yanked) == simdjson::SUCCESS) return absl::OkStatus();
  std::string_view reason;
  if (yanked.get(reason) != simdjson::SUCCESS) {
    return Missing("/yanked", "true, false or a reason is expected");
  }
  file.yanked = true;
  file.yanked_reason = reason;
  return absl::OkStatus();
}

// An index into the package's metadata, if one stands there.
absl::Status ReadMetadataIndex(const JsonObject& object, size_t metadata_count,
                               std::optional<uint32_t>& metadata) {
  std::optional<uint64_t> index;
  ACCORD_RETURN_IF_ERROR(ReadNumber(object, "metadata", index));
  if (!index) return absl::OkStatus();
  if (*index >= metadata_count) {
    return Missing("/metadata",
                   Cat("an index below ", metadata_count, " is expected, found ", *index));
  }
  metadata = static_cast<uint32_t>(*index);
  return absl::OkStatus();
}

absl::Status DecodeFile(const JsonElement& json, size_t metadata_count, FileRecord& file) {
  JsonObject object;
  ACCORD_RETURN_IF_ERROR(AsObject(json, object));
  ACCORD_RETURN_IF_ERROR(NeedText(object, "name", file.name));
  ACCORD_RETURN_IF_ERROR(ReadText(object, "url", file.url));
  ACCORD_RETURN_IF_ERROR(ReadNumber(object, "size", file.size));
  ACCORD_RETURN_IF_ERROR(ReadText(object, "uploaded", file.uploaded));
  ACCORD_RETURN_IF_ERROR(ReadText(object, "sha256", file.sha256));
  ACCORD_RETURN_IF_ERROR(ReadText(object, "md5", file.md5));
  ACCORD_RETURN_IF_ERROR(ReadText(object, "requiresPython", file.requires_language));
  ACCORD_RETURN_IF_ERROR(ReadMetadataIndex(object, metadata_count, file.metadata));
  return DecodeYanked(object, file);
}

// An object of texts; those that are null or empty say nothing.
absl::Status DecodeAttributes(const JsonObject& object, VersionRecord& version) {
  constexpr std::string_view kPlace = "/attributes";
  JsonElement field;
  if (object.at_key("attributes").get(field) != simdjson::SUCCESS || field.is_null()) {
    return absl::OkStatus();
  }
  JsonObject attributes;
  if (const absl::Status status = AsObject(field, attributes); !status.ok()) {
    return At(kPlace, status);
  }
  for (const auto [key, unused] : attributes) {
    std::string text;
    if (const absl::Status status = ReadText(attributes, key, text); !status.ok()) {
      return At(kPlace, status);
    }
    if (!text.empty()) version.attributes.emplace_back(key, std::move(text));
  }
  std::ranges::sort(version.attributes);
  const auto same_key = [](const auto& a, const auto& b) { return a.first == b.first; };
  if (std::ranges::adjacent_find(version.attributes, same_key) == version.attributes.end()) {
    return absl::OkStatus();
  }
  return Missing(kPlace, "keys that do not repeat are expected");
}

absl::Status DecodeVersion(const JsonElement& json, size_t metadata_count, VersionRecord& version) {
  JsonObject object;
  ACCORD_RETURN_IF_ERROR(AsObject(json, object));
  ACCORD_RETURN_IF_ERROR(NeedText(object, "version", version.version));
  ACCORD_RETURN_IF_ERROR(ReadMetadataIndex(object, metadata_count, version.metadata));
  if (!version.metadata) {
    ACCORD_RETURN_IF_ERROR(NeedText(object, "unknown", version.unknown_because));
  }
  ACCORD_RETURN_IF_ERROR(DecodeAttributes(object, version));
  return ForEachElement(object, "files", [&](const JsonElement& element) {
    return DecodeFile(element, metadata_count, version.files.emplace_back());
  });
}

absl::StatusOr<PackageRecord> DecodeRecord(const JsonElement& json, std::string_view name) {
  JsonObject object;
  PackageRecord record;
  ACCORD_RETURN_IF_ERROR(AsObject(json, object));
  record.name = name;
  ACCORD_RETURN_IF_ERROR(ForEachElement(object, "metadata", [&record](const JsonElement& element) {
    return DecodeMetadata(element, record.metadata.emplace_back());
  }));
  std::optional<JsonArray> versions;
  ACCORD_RETURN_IF_ERROR(ReadArray(object, "versions", versions));
  if (!versions) return Missing("/versions", "an array is expected, found nothing");
  record.versions.reserve(versions->size());
  ACCORD_RETURN_IF_ERROR(ForEachElement(object, "versions", [&record](const JsonElement& element) {
    return DecodeVersion(element, record.metadata.size(), record.versions.emplace_back());
  }));
  return record;
}

absl::StatusOr<CorpusHeader> DecodeHeader(std::string_view line, std::string_view place) {
  const std::string here = Cat(place, ":1");
  simdjson::dom::parser parser;
  JsonObject object;
  std::string format;
  // The line is copied: a header is short, and it may not stand before padding.
  if (parser.parse(line.data(), line.size()).get(object) != simdjson::SUCCESS ||
      !ReadText(object, "format", format).ok() || format != kCorpusFormat) {
    return InvalidInput(here, Cat("the header of a corpus in the format ", kCorpusFormat,
                                  " is expected, found ", Quoted(line, 80)));
  }
  CorpusHeader header;
  absl::Status read = NeedText(object, "ecosystem", header.ecosystem);
  read.Update(NeedBool(object, "complete", header.complete));
  read.Update(ReadText(object, "source", header.source));
  read.Update(ReadText(object, "recorded", header.recorded));
  if (!read.ok()) return At(here, read);
  return header;
}

// Names ascend strictly: one record a package, and lookup without a table.
absl::Status CheckAscending(const std::vector<IndexedLine>& lines, std::string_view place) {
  for (size_t i = 1; i < lines.size(); ++i) {
    if (lines[i - 1].name < lines[i].name) continue;
    return Missing(Cat(place, ":", lines[i].number),
                   Cat("names ascend in bytes, ", Quoted(lines[i].name), " follows ",
                       Quoted(lines[i - 1].name)));
  }
  return absl::OkStatus();
}

}  // namespace

Corpus::Corpus(CorpusHeader header, std::unique_ptr<LazyRecords> records)
    : header_(std::move(header)), records_(std::move(records)) {}

Corpus::~Corpus() = default;

absl::StatusOr<std::unique_ptr<const Corpus>> Corpus::FromText(Text text, std::string place,
                                                               const CorpusLimits& limits) {
  const std::string_view whole = text.view();
  const size_t header_end = std::min(whole.find('\n'), whole.size());
  if (header_end > limits.line_bytes_max) {
    return LimitReached(Cat(place, ":1"),
                        Cat("a line may have at most ", limits.line_bytes_max, " bytes"));
  }
  absl::StatusOr<CorpusHeader> header = DecodeHeader(whole.substr(0, header_end), place);
  if (!header.ok()) return header.status();
  const std::string_view body = whole.substr(std::min(header_end + 1, whole.size()));
  absl::StatusOr<std::vector<IndexedLine>> lines =
      IndexLines(body, {.prefix = kRecordPrefix, .first_number = 2}, place, limits);
  if (!lines.ok()) return lines.status();
  ACCORD_RETURN_IF_ERROR(CheckAscending(*lines, place));
  auto records = std::make_unique<LazyRecords>(std::move(text), *std::move(lines), std::move(place),
                                               DecodeRecord);
  return std::unique_ptr<const Corpus>(new Corpus(*std::move(header), std::move(records)));
}

absl::StatusOr<std::unique_ptr<const Corpus>> Corpus::FromBytes(std::string_view bytes,
                                                                std::string place,
                                                                const CorpusLimits& limits) {
  absl::StatusOr<Text> text = Decompress(bytes, place, limits.text_bytes_max);
  if (!text.ok()) return text.status();
  return FromText(*std::move(text), std::move(place), limits);
}

absl::StatusOr<std::unique_ptr<const Corpus>> Corpus::Open(const std::string& path,
                                                           const CorpusLimits& limits) {
  absl::StatusOr<std::string> bytes = ReadFileBytes(path, limits.file_bytes_max);
  if (!bytes.ok()) return bytes.status();
  return FromBytes(*bytes, path, limits);
}

absl::StatusOr<const PackageRecord*> Corpus::Find(std::string_view name) const {
  return records_->Find(name);
}

bool Corpus::complete() const { return header_.complete; }
std::string_view Corpus::ecosystem() const { return header_.ecosystem; }
std::string_view Corpus::place() const { return records_->place(); }
CorpusHeader Corpus::header() const { return header_; }
absl::StatusOr<PackageRecord> Corpus::ReadAt(size_t position) const {
  return records_->ReadAt(position);
}

size_t Corpus::package_count() const { return records_->size(); }
std::string_view Corpus::NameAt(size_t position) const { return records_->NameAt(position); }

absl::StatusOr<std::unique_ptr<const RecordSource>> OpenRecords(const std::string& path,
                                                                const CorpusLimits& limits) {
  absl::StatusOr<std::string> bytes = ReadFileBytes(path, limits.file_bytes_max);
  if (!bytes.ok()) return bytes.status();
  absl::StatusOr<Text> text = Decompress(*bytes, path, limits.text_bytes_max);
  if (!text.ok()) return text.status();
  if (text->view().starts_with(kPypiDepsDbPrefix)) {
    return PypiDepsDb::FromText(*std::move(text), path, limits);
  }
  return Corpus::FromText(*std::move(text), path, limits);
}

}  // namespace accord::metadata
