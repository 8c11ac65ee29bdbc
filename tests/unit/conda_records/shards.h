// Sharded repodata for tests: MessagePack from JSON, and subdirs as files.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "documents.h"
#include "ecosystem/conda/repodata_shards.h"

namespace accord::conda {

using OrderedJson = nlohmann::ordered_json;

inline std::string Packed(const OrderedJson& json) {
  const std::vector<uint8_t> bytes = OrderedJson::to_msgpack(json);
  return {bytes.begin(), bytes.end()};
}

// The bytes that hexadecimal digits say, as a value.
inline OrderedJson BytesOf(std::string_view digits) {
  std::vector<uint8_t> bytes;
  for (size_t i = 0; i + 1 < digits.size(); i += 2) {
    bytes.push_back(static_cast<uint8_t>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16)));
  }
  return OrderedJson::binary(std::move(bytes));
}

inline std::string ZstdOf(std::string_view text) {
  metadata::Compressor compressor(3);
  compressor.Append(text);
  return compressor.Finish();
}

// A shard whose one .conda file has these fields besides name, version and build.
inline OrderedJson ShardWith(const OrderedJson& fields = OrderedJson::object()) {
  OrderedJson record = {{"name", "a"}, {"version", "1"}, {"build", "0"}};
  record.update(fields);
  return {{"packages.conda", {{"a-1-0.conda", record}}}};
}

// Files of one subdir: shards by package name, as they shall lie there, and the index of them.
// Returns the index's path.
inline std::string WriteShards(const TemporaryFolder& folder, std::string_view subdir,
                               const std::map<std::string, std::string>& shards,
                               std::string_view shards_folder = "") {
  OrderedJson hashes = OrderedJson::object();
  for (const auto& [name, bytes] : shards) {
    const std::string hash = Sha256Hex(bytes);
    hashes[name] = BytesOf(hash);
    folder.Write(Cat(subdir, "/", shards_folder, hash, ".msgpack.zst"), bytes);
  }
  const OrderedJson index = {{"info", {{"shards_base_url", shards_folder}}}, {"shards", hashes}};
  return folder.Write(Cat(subdir, "/", kShardIndexName), ZstdOf(Packed(index)));
}

}  // namespace accord::conda
