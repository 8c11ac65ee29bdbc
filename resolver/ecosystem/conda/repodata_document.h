// One repodata.json (CEP 36, with what CEP 15, 43 to 45 and 48 add) into a table, record by record
// as the text flows by; and the parts that it has in common with a sharded one (CEP 16).
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "ecosystem/conda/repodata_table.h"
#include "metadata/byte_stream.h"
#include "metadata/limits.h"

namespace accord::conda {

struct RepodataLimits {
  size_t document_bytes_max = size_t{4} << 30;       // decompressed
  size_t value_bytes_max = metadata::kLineBytesMax;  // of one record, and of `removed`
  size_t records_max = size_t{16} << 20;  // of a channel; also names in `removed`, of a subdir
  size_t name_bytes_max = 1024;
  size_t list_max = 65'536;             // specifiers, extras and words of a record, each
  size_t documents_max = 1024;          // subdirs of a channel
  size_t shards_max = size_t{1} << 20;  // of a subdir
  size_t shard_bytes_max = metadata::kLineBytesMax;  // of an index or a shard: file, text, JSON
};

// Records of `packages`, `packages.conda` and each extension of `v3`; all other keys are passed
// over. Files whose document says no `info.subdir` have this one. Errors: Missing with `place` and
// the record's JSON pointer: no JSON, a field of the wrong kind, no name, version or file name;
// LimitReached.
// After an error the table is of no use.
[[nodiscard]] absl::Status ReadRepodata(std::unique_ptr<metadata::ByteStream> bytes,
                                        const std::string& place, const std::string& subdir,
                                        const RepodataLimits& limits, RepodataTable& table);

// The same of one shard, `json`, whose records are all of the package `name`; another name is an
// error. Its `info` says nothing of records. The document does not end: other shards may follow,
// and names of files that are none are appended to `removed`.
[[nodiscard]] absl::Status ReadRepodataShard(std::string json, const std::string& place,
                                             std::string_view name, const RepodataLimits& limits,
                                             RepodataTable& table,
                                             std::vector<std::string>& removed);

}  // namespace accord::conda
