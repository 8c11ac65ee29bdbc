#include "ecosystem/conda/repodata.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include "base/error.h"
#include "ecosystem/conda/channel.h"
#include "ecosystem/conda/repodata_shards.h"
#include "metadata/byte_stream.h"
#include "metadata/json_stream.h"

namespace accord::conda {
namespace {

namespace fs = std::filesystem;
using metadata::PackageRecord;

// Of a subdir the first that is there counts: a whole document before an index, some of whose
// shards a mirror may not have.
constexpr std::array<std::string_view, 4> kDocumentNames = {
    "repodata.json.zst", "repodata.json.bz2", "repodata.json", kShardIndexName};
// So many keys of a file are looked at to see what it is; others may come first.
constexpr int kKeysLookedAt = 64;

// The document of a subdir, if there is one.
std::optional<fs::path> DocumentOf(const fs::path& subdir) {
  for (const std::string_view name : kDocumentNames) {
    std::error_code ignored;
    if (fs::is_regular_file(subdir / name, ignored)) return subdir / name;
  }
  return std::nullopt;
}

struct Document {
  std::string subdir;
  std::string path;
};

// By subdir.
absl::StatusOr<std::vector<Document>> DocumentsOf(const std::string& folder) {
  std::vector<Document> documents;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::optional<fs::path> path = DocumentOf(entry->path());
    if (path) documents.push_back({entry->path().filename().string(), path->string()});
  }
  if (error) return Missing(folder, Cat("cannot be read: ", error.message()));
  std::ranges::sort(documents, {}, &Document::subdir);
  return documents;
}

// The path's own name, also of "." and "a/".
std::string NameOf(const fs::path& path) {
  std::error_code ignored;
  fs::path whole = fs::absolute(path, ignored).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();
  return whole.filename().string();
}

// The subdir in whose folder a file lies; empty: in none.
std::string SubdirOf(const fs::path& file) {
  std::error_code ignored;
  const std::string folder = NameOf(fs::absolute(file, ignored).parent_path());
  return IsKnownSubdir(folder) ? folder : std::string();
}

}  // namespace

bool IsChannelFolder(const std::string& path) {
  std::error_code error;
  for (fs::directory_iterator entry(path, error), end; !error && entry != end;
       entry.increment(error)) {
    if (DocumentOf(entry->path())) return true;
  }
  return false;
}

bool IsRepodataFile(const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  if (std::ranges::find(kDocumentNames, name) != kDocumentNames.end()) return true;
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return false;  // a pipe gives nothing twice
  const RepodataLimits limits;
  auto bytes = metadata::OpenByteStream(path, limits.document_bytes_max);
  if (!bytes.ok()) return false;
  metadata::JsonStream json(*std::move(bytes), path, limits.value_bytes_max);
  if (!json.Enter().ok()) return false;
  for (int i = 0; i < kKeysLookedAt; ++i) {
    const auto key = json.NextKey();
    if (!key.ok() || !*key) return false;
    const bool is_one = **key == "info" || **key == "packages" || **key == "packages.conda" ||
                        **key == "repodata_version";
    const bool is_other = **key == "format" || **key == "name" || **key == "n";
    if (is_one || is_other || !json.SkipValue().ok()) return is_one;
  }
  return false;
}

absl::StatusOr<std::unique_ptr<const Repodata>> Repodata::Open(const std::string& path,
                                                               std::string channel,
                                                               const RepodataLimits& limits) {
  std::error_code ignored;
  std::vector<Document> documents;
  const bool is_folder = fs::is_directory(path, ignored);
  if (is_folder) {
    absl::StatusOr<std::vector<Document>> found = DocumentsOf(path);
    if (!found.ok()) return found.status();
    documents = *std::move(found);
    if (channel.empty()) channel = NameOf(path);
  } else {
    documents.push_back({SubdirOf(path), path});
    if (channel.empty() && !documents[0].subdir.empty()) {
      channel = NameOf(fs::absolute(path, ignored).parent_path().parent_path());
    }
  }
  if (documents.size() > limits.documents_max) {
    return LimitReached(path, Cat("at most ", limits.documents_max, " subdirs are read"));
  }
  std::unique_ptr<Repodata> repodata(new Repodata(path, is_folder, std::move(channel)));
  for (const Document& document : documents) {
    ACCORD_RETURN_IF_ERROR(repodata->Read(document.path, document.subdir, limits));
  }
  repodata->table_.Seal();
  return std::unique_ptr<const Repodata>(std::move(repodata));
}

absl::Status Repodata::Read(const std::string& path, const std::string& subdir,
                            const RepodataLimits& limits) {
  if (fs::path(path).filename() == kShardIndexName) {
    return ReadShards(path, subdir, limits, table_);
  }
  auto bytes = metadata::OpenByteStream(path, limits.document_bytes_max);
  if (!bytes.ok()) return bytes.status();
  return ReadRepodata(*std::move(bytes), path, subdir, limits, table_);
}

metadata::CorpusHeader Repodata::header() const {
  return {.ecosystem = "conda",
          .complete = complete_,
          .source = channel_.empty() ? "conda repodata" : Cat("conda channel ", channel_),
          .recorded = {}};
}

absl::StatusOr<const PackageRecord*> Repodata::Find(std::string_view name) const {
  // A binary search over the names.
  size_t begin = 0;
  size_t end = package_count();
  while (begin < end) {
    const size_t middle = begin + (end - begin) / 2;
    if (NameAt(middle) < name) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  if (begin == package_count() || NameAt(begin) != name) return nullptr;
  const std::lock_guard lock(mutex_);
  std::unique_ptr<const PackageRecord>& kept = found_[name];
  if (kept == nullptr) kept = std::make_unique<const PackageRecord>(table_.PackageAt(begin));
  return kept.get();
}

}  // namespace accord::conda
