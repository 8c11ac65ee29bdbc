#include "ecosystem/pypi/simple_pages.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/sha256.h"
#include "ecosystem/pypi/core_metadata.h"
#include "ecosystem/pypi/file_list.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/version.h"
#include "metadata/json_fields.h"
#include "metadata/zstd_stream.h"

namespace accord::pypi {
namespace {

namespace fs = std::filesystem;
using metadata::FileRecord;
using metadata::JsonElement;
using metadata::JsonObject;
using metadata::MetadataRecord;
using metadata::PackageRecord;
using metadata::VersionRecord;

constexpr std::string_view kPageSuffix = ".json";
constexpr std::string_view kIndexPage = "index.json";
constexpr std::string_view kMetadataSuffix = ".metadata";

// One file of a page that is a wheel or an sdist of its project.
struct PageFile {
  FileRecord record;  // without `metadata`; requires_language is what the page says
  FileKind kind = FileKind::kOther;
  std::string metadata_sha256;       // that the page says
  std::optional<uint32_t> metadata;  // what its METADATA says, if that counts
  std::string unusable;              // why its METADATA does not count, if it is there
};

struct PageVersion {
  std::string text;
  std::vector<PageFile> files;
};

absl::Status ReadYanked(const JsonObject& object, FileRecord& file) {
  JsonElement yanked;
  if (object.at_key("yanked").get(yanked) != simdjson::SUCCESS || yanked.is_null()) {
    return absl::OkStatus();
  }
  if (yanked.get(file.yanked) == simdjson::SUCCESS) return absl::OkStatus();
  file.yanked = true;
  return metadata::ReadText(object, "yanked", file.yanked_reason);
}

// The SHA-256 of an object of hashes, if it stands there.
absl::Status ReadSha256(const JsonObject& object, std::string_view key, std::string& sha256) {
  JsonObject hashes;
  if (object.at_key(key).get(hashes) != simdjson::SUCCESS) return absl::OkStatus();
  if (const absl::Status status = metadata::ReadText(hashes, "sha256", sha256); !status.ok()) {
    return At(Cat("/", key), status);
  }
  return absl::OkStatus();
}

// Reads the page of one project, then the METADATA of its files, and makes the record.
class PageReader {
 public:
  PageReader(std::string path, std::string files_folder, std::string_view name,
             const PageLimits& limits)
      : path_(std::move(path)), files_folder_(std::move(files_folder)), limits_(limits) {
    record_.name = name;
  }

  absl::StatusOr<PackageRecord> Read() {
    if (absl::Status status = ReadPage(); !status.ok()) return status;
    for (auto& [version, found] : versions_) {
      for (PageFile& file : found.files) {
        ACCORD_RETURN_IF_ERROR(ReadMetadata(version, file));
      }
      record_.versions.push_back(Made(std::move(found)));
    }
    for (std::string& text : no_versions_) {
      record_.versions.push_back({.version = std::move(text),
                                  .metadata = {},
                                  .unknown_because = "it is no version",
                                  .files = {}});
    }
    return std::move(record_);
  }

 private:
  absl::Status ReadPage() {
    absl::StatusOr<std::string> text = metadata::ReadFileBytes(path_, limits_.page_bytes_max);
    if (!text.ok()) return text.status();
    simdjson::dom::parser parser;
    JsonElement json;
    if (const auto error = parser.parse(*text).get(json); error != simdjson::SUCCESS) {
      return Missing(path_, Cat("damaged JSON: ", simdjson::error_message(error)));
    }
    JsonObject page;
    absl::Status status = metadata::AsObject(json, page);
    if (status.ok()) status = ReadHead(page);
    if (status.ok()) status = ReadVersions(page);
    if (status.ok()) {
      status = metadata::ForEachElement(
          page, "files", [&](const JsonElement& element) { return ReadFile(element); });
    }
    return status.ok() ? status : At(path_, status);
  }

  absl::Status ReadHead(const JsonObject& page) {
    JsonObject meta;
    std::string version;
    std::string name;
    if (page.at_key("meta").get(meta) != simdjson::SUCCESS) {
      return Missing("/meta", "the object of a project's page is expected (PEP 691)");
    }
    if (const absl::Status status = metadata::NeedText(meta, "api-version", version);
        !status.ok()) {
      return At("/meta", status);
    }
    if (!version.starts_with("1.")) {
      return Missing("/meta/api-version",
                     Cat("pages of version 1 are read, found ", Quoted(version)));
    }
    ACCORD_RETURN_IF_ERROR(metadata::NeedText(page, "name", name));
    if (NormalizeName(name) == record_.name) return absl::OkStatus();
    return Missing("/name",
                   Cat("the page of ", record_.name, " is expected, found ", Quoted(name)));
  }

  // Texts that are no versions are kept; of equal versions the first spelling counts.
  absl::Status ReadVersions(const JsonObject& page) {
    std::vector<std::string> texts;
    ACCORD_RETURN_IF_ERROR(metadata::ReadTexts(page, "versions", texts));
    if (texts.size() > limits_.files_max) return TooMany("/versions");
    for (std::string& text : texts) {
      if (text.empty()) return Missing("/versions", "a version is expected, found ''");
      if (std::optional<Version> version = Version::TryParse(text)) {
        versions_.try_emplace(*std::move(version), PageVersion{.text = text, .files = {}});
      } else if (std::ranges::find(no_versions_, text) == no_versions_.end()) {
        no_versions_.push_back(std::move(text));
      }
    }
    return absl::OkStatus();
  }

  absl::Status TooMany(std::string_view place) const {
    return LimitReached(place, Cat("a page may have at most ", limits_.files_max));
  }

  absl::Status ReadFile(const JsonElement& element) {
    if (++files_ > limits_.files_max) return TooMany("files");
    JsonObject object;
    PageFile file;
    FileRecord& record = file.record;
    ACCORD_RETURN_IF_ERROR(metadata::AsObject(element, object));
    ACCORD_RETURN_IF_ERROR(metadata::NeedText(object, "filename", record.name));
    if (record.name.find_first_of(std::string_view("/\0", 2)) != std::string::npos) {
      return Missing("/filename",
                     Cat("a name without '/' is expected, found ", Quoted(record.name)));
    }
    ACCORD_RETURN_IF_ERROR(metadata::ReadText(object, "url", record.url));
    ACCORD_RETURN_IF_ERROR(metadata::ReadNumber(object, "size", record.size));
    ACCORD_RETURN_IF_ERROR(metadata::ReadText(object, "upload-time", record.uploaded));
    ACCORD_RETURN_IF_ERROR(metadata::ReadText(object, "requires-python", record.requires_language));
    ACCORD_RETURN_IF_ERROR(ReadSha256(object, "hashes", record.sha256));
    // PEP 714: the newer name counts where both stand.
    ACCORD_RETURN_IF_ERROR(ReadSha256(object, "dist-info-metadata", file.metadata_sha256));
    ACCORD_RETURN_IF_ERROR(ReadSha256(object, "core-metadata", file.metadata_sha256));
    ACCORD_RETURN_IF_ERROR(ReadYanked(object, record));
    record.uploaded = WithoutFraction(record.uploaded);
    Keep(std::move(file));
    return absl::OkStatus();
  }

  // With its version, if its name says one of this project.
  void Keep(PageFile file) {
    const std::optional<ListedFile> listed = ReadListedFile(record_.name, file.record.name);
    if (!listed) return;
    file.kind = listed->kind;
    PageVersion& found = versions_[listed->version];
    if (found.text.empty()) found.text = listed->version.Text();
    found.files.push_back(std::move(file));
  }

  absl::Status ReadMetadata(const Version& version, PageFile& file) {
    const std::string path = Cat(files_folder_, "/", file.record.name, kMetadataSuffix);
    std::error_code ignored;
    if (!fs::exists(path, ignored)) return absl::OkStatus();
    const absl::StatusOr<std::string> text = metadata::ReadFileBytes(path, kMetadataBytesMax);
    if (!text.ok()) return text.status();
    if (!file.metadata_sha256.empty()) {
      const std::string found = Sha256Hex(*text);
      if (found != file.metadata_sha256) {
        return Missing(path, Cat("the SHA-256 ", Quoted(file.metadata_sha256),
                                 " of its page is expected, found ", found));
      }
    }
    const absl::StatusOr<CoreMetadata> read = CoreMetadata::Parse(*text);
    if (!read.ok()) {
      file.unusable = Cat("METADATA of ", file.record.name, ": ", Message(read.status()));
    } else if (NormalizeName(read->name) != record_.name ||
               Version::TryParse(read->version) != version) {
      file.unusable =
          Cat("METADATA of ", file.record.name, " is of ", read->name, " ", read->version);
    } else if (file.kind == FileKind::kSdist && !IsReliableSdist(*read)) {
      file.unusable = "no wheel, and METADATA of its sdist may change when it is built";
    } else {
      file.metadata = Numbered(*read);
    }
    return absl::OkStatus();
  }

  // Equal metadata share a number.
  uint32_t Numbered(const CoreMetadata& read) {
    MetadataRecord metadata = RecordOfMetadata(read);
    std::vector<std::string> key = metadata.requirements;
    key.push_back(metadata.requires_language);
    key.insert(key.end(), metadata.extras.begin(), metadata.extras.end());
    key.push_back(std::to_string(metadata.extras.size()));
    const auto [entry, is_new] =
        numbers_.try_emplace(std::move(key), static_cast<uint32_t>(record_.metadata.size()));
    if (is_new) record_.metadata.push_back(std::move(metadata));
    return entry->second;
  }

  // What most files of this kind say, of equally many the first.
  static std::optional<uint32_t> MostSaid(const std::vector<PageFile>& files, FileKind kind) {
    std::map<uint32_t, size_t> counts;
    size_t most = 0;
    for (const PageFile& file : files) {
      if (file.kind == kind && file.metadata) most = std::max(most, ++counts[*file.metadata]);
    }
    for (const PageFile& file : files) {
      if (file.kind == kind && file.metadata && counts[*file.metadata] == most) {
        return file.metadata;
      }
    }
    return std::nullopt;
  }

  static std::string WhyUnknown(const std::vector<PageFile>& files) {
    if (files.empty()) return "no wheel and no sdist";
    for (const PageFile& file : files) {
      if (!file.unusable.empty()) return file.unusable;
    }
    const bool has_wheel =
        std::ranges::find(files, FileKind::kWheel, &PageFile::kind) != files.end();
    return has_wheel ? "no METADATA of its wheels" : "no wheel, and no METADATA of its sdist";
  }

  VersionRecord Made(PageVersion found) const {
    VersionRecord made{.version = std::move(found.text),
                       .metadata = MostSaid(found.files, FileKind::kWheel),
                       .unknown_because = {},
                       .files = {}};
    if (!made.metadata) made.metadata = MostSaid(found.files, FileKind::kSdist);
    if (!made.metadata) made.unknown_because = WhyUnknown(found.files);
    for (PageFile& file : found.files) {
      if (file.metadata && file.metadata != made.metadata) file.record.metadata = file.metadata;
      const std::optional<uint32_t> said = file.metadata ? file.metadata : made.metadata;
      if (said && record_.metadata[*said].requires_language == file.record.requires_language) {
        file.record.requires_language.clear();
      }
      made.files.push_back(std::move(file.record));
    }
    return made;
  }

  const std::string path_;
  const std::string files_folder_;
  const PageLimits& limits_;
  size_t files_ = 0;
  std::map<Version, PageVersion> versions_;
  std::vector<std::string> no_versions_;
  std::map<std::vector<std::string>, uint32_t> numbers_;
  PackageRecord record_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<const SimplePages>> SimplePages::Open(const std::string& folder,
                                                                     const PageLimits& limits) {
  std::error_code error;
  std::vector<Page> pages;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::string name = entry->path().filename().string();
    std::error_code ignored;
    const bool in_folder = fs::exists(entry->path() / kIndexPage, ignored);
    if (!in_folder && (!name.ends_with(kPageSuffix) || name == kIndexPage)) continue;
    if (!in_folder) name.resize(name.size() - kPageSuffix.size());
    if (!IsNormalizedName(name)) {
      return InvalidInput(entry->path().string(),
                          Cat("a project's normal name is expected, found ", Quoted(name)));
    }
    if (pages.size() == limits.pages_max) {
      return LimitReached(folder, Cat("at most ", limits.pages_max, " pages are read"));
    }
    pages.push_back({.name = std::move(name), .in_folder = in_folder});
  }
  if (error) return Missing(folder, Cat("cannot be read: ", error.message()));
  std::ranges::sort(pages, {}, &Page::name);
  const auto twice = std::ranges::adjacent_find(pages, {}, &Page::name);
  if (twice != pages.end()) {
    return InvalidInput(folder, Cat("one page of ", twice->name, " is expected, found ",
                                    twice->name, "/index.json and ", twice->name, ".json"));
  }
  return std::unique_ptr<const SimplePages>(new SimplePages(folder, std::move(pages), limits));
}

metadata::CorpusHeader SimplePages::header() const {
  return {.ecosystem = "pypi", .complete = false, .source = "index pages", .recorded = {}};
}

absl::StatusOr<PackageRecord> SimplePages::ReadAt(size_t position) const {
  const Page& page = pages_[position];
  const std::string files = Cat(folder_, "/", page.name);
  return PageReader(page.in_folder ? Cat(files, "/", kIndexPage) : Cat(files, kPageSuffix), files,
                    page.name, limits_)
      .Read();
}

absl::StatusOr<const PackageRecord*> SimplePages::Find(std::string_view name) const {
  const auto page = std::ranges::lower_bound(pages_, name, {}, &Page::name);
  if (page == pages_.end() || page->name != name) return nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = found_.find(name); known != found_.end()) return known->second.get();
  }
  absl::StatusOr<PackageRecord> record = ReadAt(static_cast<size_t>(page - pages_.begin()));
  if (!record.ok()) return record.status();
  const std::lock_guard lock(mutex_);
  // Another thread may have been faster: the first one stays.
  std::unique_ptr<const PackageRecord>& kept = found_[name];
  if (kept == nullptr) kept = std::make_unique<const PackageRecord>(*std::move(record));
  return kept.get();
}

}  // namespace accord::pypi
