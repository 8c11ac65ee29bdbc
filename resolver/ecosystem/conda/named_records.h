// The records of one name, from somebody who has them one by one and not as a channel's documents:
// compiled as those of a document are (repodata.h).
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "metadata/compiled_record.h"

namespace accord::conda {

// Whether it is a specifier that says nothing but itself, and not of a virtual package: a name that
// a channel can have.
[[nodiscard]] bool IsPackageName(std::string_view name);

// A record as repodata has it, in any of its revisions. Where a document would say them for all, it
// has `subdir`, `extra_depends` and `url` itself.
struct NamedRecord {
  std::string channel;
  std::string subdir;
  std::string file;  // its name: "numpy-1.26.4-py311h64a7726_0.conda"
  std::string json;
};

// Beside the channels; null for one without a record. Of files of one channel and subdir that
// differ in their extension alone one counts, as in documents (repodata_table.h).
using RecordsByChannel = std::vector<std::shared_ptr<const metadata::CompiledRecord>>;

// Errors: InvalidInput or LimitReached at a JSON pointer into the list of records,
// "/3/depends/0: ...".
[[nodiscard]] absl::StatusOr<RecordsByChannel> CompileRecords(
    std::string_view name, std::span<const NamedRecord> records,
    std::span<const std::string> channels);

}  // namespace accord::conda
