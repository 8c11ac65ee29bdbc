// A sharded channel's subdir (CEP 16): an index, repodata_shards.msgpack.zst, that has the SHA-256
// of each package's shard, and the shards as files named by them. Records are those of a
// repodata.json (repodata_document.h). Nothing is fetched: shards lie beside the index or in a
// folder below it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ecosystem/conda/repodata_document.h"
#include "ecosystem/conda/repodata_table.h"

namespace accord::conda {

inline constexpr std::string_view kShardIndexName = "repodata_shards.msgpack.zst";

struct ShardIndex {
  struct Shard {
    std::string name;    // of the package
    std::string sha256;  // of the shard's file, in lower-case hexadecimal digits
  };

  RepodataHead head;
  std::string folder;         // of the shards, relative to the index: empty or with a '/' behind it
  std::vector<Shard> shards;  // by name, each once
};

// Both of the text behind the compression; `place` names it in messages, and a JSON pointer in them
// is one into what the MessagePack says. Keys that CEP 16 does not have are passed over.
//
// Errors: Missing for what is damaged or of the wrong kind, another `version` than 1, and a
// `shards_base_url` that leads elsewhere than below the index; LimitReached.
[[nodiscard]] absl::StatusOr<ShardIndex> ParseShardIndex(std::string_view msgpack,
                                                         const std::string& place,
                                                         const std::string& subdir,
                                                         const RepodataLimits& limits);
// The records of `name` into the table, as ReadRepodataShard has it.
[[nodiscard]] absl::Status ParseShard(std::string_view msgpack, const std::string& place,
                                      std::string_view name, const RepodataLimits& limits,
                                      RepodataTable& table, std::vector<std::string>& removed);

// The index at `path` and all its shards, one at a time, as one document of the table. All texts
// together have at most `document_bytes_max` bytes. Errors as above, placed by the index and the
// shard in it, "linux-64/repodata_shards.msgpack.zst: /shards/numpy"; Missing for a shard that is
// not there or whose SHA-256 is another. After an error the table is of no use.
[[nodiscard]] absl::Status ReadShards(const std::string& path, const std::string& subdir,
                                      const RepodataLimits& limits, RepodataTable& table);

}  // namespace accord::conda
