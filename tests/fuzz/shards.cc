// MessagePack of a sharded channel: the JSON that is made of it says what another library reads in
// the bytes, an index leads nowhere else than below itself, and a shard has records of its own
// name.
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "ecosystem/conda/msgpack_json.h"
#include "ecosystem/conda/repodata_shards.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

using nlohmann::json;

constexpr size_t kShardJsonBytesMax = 1 << 16;
constexpr conda::RepodataLimits kShardLimits{.document_bytes_max = 1 << 16,
                                             .value_bytes_max = 1 << 14,
                                             .records_max = 64,
                                             .name_bytes_max = 64,
                                             .list_max = 64,
                                             .shards_max = 16,
                                             .shard_bytes_max = kShardJsonBytesMax};

// Bytes as numbers, those of an ext value behind its type.
json NumbersOf(const json::binary_t& bytes) {
  json numbers = json::array();
  if (bytes.has_subtype()) numbers.push_back(static_cast<uint8_t>(bytes.subtype()));
  for (const uint8_t byte : bytes) numbers.push_back(byte);
  return numbers;
}

bool SaysTheSame(const json& packed, const json& written) {
  if (packed.is_binary()) {
    const json::binary_t& bytes = packed.get_binary();
    const bool is_digits = written.is_string() && !bytes.has_subtype();
    return is_digits ? written.get_ref<const std::string&>().size() == 2 * bytes.size()
                     : written == NumbersOf(bytes);
  }
  if (!packed.is_structured()) {
    return packed == written && packed.is_number_float() == written.is_number_float();
  }
  if (packed.is_array() != written.is_array() || packed.size() != written.size()) return false;
  for (auto a = packed.begin(), b = written.begin(); a != packed.end(); ++a, ++b) {
    if (packed.is_object() && a.key() != b.key()) return false;
    if (!SaysTheSame(*a, *b)) return false;
  }
  return true;
}

void HoldIndex(const conda::ShardIndex& index, Laws& laws) {
  const std::string_view folder = index.folder;
  laws.Hold(folder.empty() || (folder[0] != '/' && folder.back() == '/'), "shards lie below",
            {folder});
  laws.Hold(Cat("/", folder).find("/../") == std::string::npos, "no folder goes up", {folder});
  for (size_t i = 0; i < index.shards.size(); ++i) {
    const auto& [name, sha256] = index.shards[i];
    laws.Hold(i == 0 || index.shards[i - 1].name < name, "names of shards ascend", {name});
    laws.Hold(
        sha256.size() == 64 && sha256.find_first_not_of("0123456789abcdef") == std::string::npos,
        "a hash is digits", {sha256});
  }
}

}  // namespace

void Shards(std::string_view input, Laws& laws) {
  const auto written = conda::JsonOfMsgpack(input, kShardJsonBytesMax);
  if (!written.ok()) return;
  const json read = json::parse(*written, nullptr, /*allow_exceptions=*/false);
  const json packed = json::from_msgpack(input, /*strict=*/true, /*allow_exceptions=*/false);
  laws.Hold(!packed.is_discarded(), "others read it too", {*written});
  if (read.is_discarded()) return;  // some text is not UTF-8
  laws.Hold(SaysTheSame(packed, read), "it says the same as JSON", {*written});

  const auto index = conda::ParseShardIndex(input, "index", "noarch", kShardLimits);
  if (index.ok()) HoldIndex(*index, laws);
  conda::RepodataTable table("channel");
  std::vector<std::string> removed;
  if (!conda::ParseShard(input, "shard", "a", kShardLimits, table, removed).ok()) return;
  table.EndDocument({}, removed);
  table.Seal();
  laws.Hold(table.package_count() == 0 || (table.package_count() == 1 && table.NameAt(0) == "a"),
            "a shard has one package", {*written});
}

}  // namespace accord::fuzz
