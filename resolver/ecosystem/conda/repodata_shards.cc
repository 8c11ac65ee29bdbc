#include "ecosystem/conda/repodata_shards.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/sha256.h"
#include "ecosystem/conda/json_pointer.h"
#include "ecosystem/conda/msgpack_json.h"
#include "ecosystem/conda/repodata_record.h"
#include "ecosystem/conda/text.h"
#include "metadata/json_fields.h"
#include "metadata/zstd_stream.h"

namespace accord::conda {
namespace {

using metadata::JsonElement;
using metadata::JsonObject;

constexpr std::string_view kShardSuffix = ".msgpack.zst";
constexpr size_t kSha256Digits = 64;

// The folder that a `shards_base_url` means. Of a URL's words a folder has only names: what has a
// scheme, an authority, escapes, or goes up, is somewhere else.
absl::StatusOr<std::string> FolderOf(std::string_view url) {
  const bool is_plain = std::ranges::all_of(url, [](char c) {
    return IsAlphanumeric(c) || std::string_view("/._-+~").find(c) != std::string_view::npos;
  });
  std::string folder;
  bool is_below = is_plain && !url.starts_with('/');
  for (std::string_view rest = url; is_below && !rest.empty();) {
    const std::string_view step = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(rest.size(), step.size() + 1));
    if (!step.empty() && step != ".") folder += Cat(step, "/");
    is_below = step != "..";
  }
  if (is_below) return folder;
  return Missing("/", Cat("a folder below the index is expected, found ", Quoted(url),
                          "; nothing is fetched"));
}

absl::Status ReadShardsInfo(const JsonElement& info, ShardIndex& index) {
  ACCORD_RETURN_IF_ERROR(ReadRepodataInfo(info, index.head));
  if (info.is_null()) return absl::OkStatus();
  JsonObject object;
  std::string url;
  ACCORD_RETURN_IF_ERROR(metadata::AsObject(info, object));
  ACCORD_RETURN_IF_ERROR(metadata::ReadText(object, "shards_base_url", url));
  absl::StatusOr<std::string> folder = FolderOf(url);
  if (!folder.ok()) return Inside("/shards_base_url", folder.status());
  index.folder = *std::move(folder);
  return absl::OkStatus();
}

absl::Status ReadShardNames(const JsonElement& shards, const RepodataLimits& limits,
                            ShardIndex& index) {
  JsonObject object;
  ACCORD_RETURN_IF_ERROR(metadata::AsObject(shards, object));
  for (const auto [name, value] : object) {
    if (index.shards.size() == limits.shards_max) {
      return LimitReached("/", Cat("at most ", limits.shards_max, " are read"));
    }
    std::string_view hash;
    const bool is_hash = value.get(hash) == simdjson::SUCCESS && hash.size() == kSha256Digits &&
                         hash.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    if (!is_hash) return Missing(PointerStep(name), "32 bytes, a SHA-256, are expected");
    index.shards.push_back({std::string(name), LowerText(hash)});
  }
  std::ranges::sort(index.shards, {}, &ShardIndex::Shard::name);
  const auto twice = std::ranges::adjacent_find(index.shards, {}, &ShardIndex::Shard::name);
  if (twice == index.shards.end()) return absl::OkStatus();
  return Missing(PointerStep(twice->name), "it is there twice");
}

absl::Status ReadIndex(const std::string& json, const RepodataLimits& limits, ShardIndex& index) {
  simdjson::dom::parser parser;
  JsonElement element;
  if (const auto error = parser.parse(json).get(element); error != simdjson::SUCCESS) {
    return Missing("/", Cat("damaged JSON: ", simdjson::error_message(error)));
  }
  JsonObject object;
  std::optional<uint64_t> version;
  ACCORD_RETURN_IF_ERROR(metadata::AsObject(element, object));
  ACCORD_RETURN_IF_ERROR(metadata::ReadNumber(object, "version", version));
  if (version.value_or(1) != 1) {
    return Missing("/version", Cat("version 1 is expected, found ", *version));
  }
  JsonElement member;
  if (object["info"].get(member) == simdjson::SUCCESS) {
    ACCORD_RETURN_IF_ERROR(Inside("/info", ReadShardsInfo(member, index)));
  }
  if (object["shards"].get(member) != simdjson::SUCCESS) {
    return Missing("/shards", "an object is expected, found nothing");
  }
  return Inside("/shards", ReadShardNames(member, limits, index));
}

// The texts of one subdir's files, which together have a limit.
class ShardFiles {
 public:
  explicit ShardFiles(const RepodataLimits& limits)
      : limits_(limits), left_(limits.document_bytes_max) {}

  // `sha256` is that of the file, as it lies there; empty: it may be any.
  absl::StatusOr<metadata::Text> Read(const std::string& path, std::string_view sha256) {
    const absl::StatusOr<std::string> bytes =
        metadata::ReadFileBytes(path, limits_.shard_bytes_max);
    if (!bytes.ok()) return bytes.status();
    if (!sha256.empty()) {
      const std::string found = Sha256Hex(*bytes);
      if (found != sha256) return Missing(path, Cat("its SHA-256 is ", found));
    }
    absl::StatusOr<metadata::Text> text =
        metadata::Decompress(*bytes, path, std::min(left_, limits_.shard_bytes_max));
    if (text.ok()) left_ -= text->size;
    return text;
  }

 private:
  const RepodataLimits& limits_;
  size_t left_;
};

}  // namespace

absl::StatusOr<ShardIndex> ParseShardIndex(std::string_view msgpack, const std::string& place,
                                           const std::string& subdir,
                                           const RepodataLimits& limits) {
  ShardIndex index;
  index.head.subdir = subdir;
  const absl::StatusOr<std::string> json = JsonOfMsgpack(msgpack, limits.shard_bytes_max);
  if (!json.ok()) return At(place, json.status());
  ACCORD_RETURN_IF_ERROR(At(place, ReadIndex(*json, limits, index)));
  return index;
}

absl::Status ParseShard(std::string_view msgpack, const std::string& place, std::string_view name,
                        const RepodataLimits& limits, RepodataTable& table,
                        std::vector<std::string>& removed) {
  absl::StatusOr<std::string> json = JsonOfMsgpack(msgpack, limits.shard_bytes_max);
  if (!json.ok()) return At(place, json.status());
  return ReadRepodataShard(*std::move(json), place, name, limits, table, removed);
}

absl::Status ReadShards(const std::string& path, const std::string& subdir,
                        const RepodataLimits& limits, RepodataTable& table) {
  ShardFiles files(limits);
  const absl::StatusOr<metadata::Text> text = files.Read(path, "");
  if (!text.ok()) return text.status();
  absl::StatusOr<ShardIndex> index = ParseShardIndex(text->view(), path, subdir, limits);
  if (!index.ok()) return index.status();
  const std::filesystem::path folder = std::filesystem::path(path).parent_path() / index->folder;
  std::vector<std::string> removed;
  for (const ShardIndex::Shard& shard : index->shards) {
    const std::string place = Cat(path, ": /shards", PointerStep(shard.name));
    const std::string file = (folder / Cat(shard.sha256, kShardSuffix)).string();
    const absl::StatusOr<metadata::Text> one = files.Read(file, shard.sha256);
    if (!one.ok()) return At(place, one.status());
    ACCORD_RETURN_IF_ERROR(ParseShard(one->view(), place, shard.name, limits, table, removed));
  }
  table.EndDocument(std::move(index->head), removed);
  return absl::OkStatus();
}

}  // namespace accord::conda
