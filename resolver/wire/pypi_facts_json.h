// What a client says of PyPI's packages (docs/protocol.md, "What `update` takes"): lists of files
// in the words of PEP 691 and 700, and METADATA.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/pypi_facts.h"
#include "model/strict_json.h"

namespace accord::wire {

// put[{package, files[{filename, url, hashes{sha256}, requires-python, yanked, size, upload-time}],
// metadata[{file, text, built} or {file, error}]}], drop[name], absent[name], error[{package,
// reason}]. Places are JSON Pointers. Errors: as Params.
[[nodiscard]] absl::StatusOr<engine::PypiUpdate> ReadPypiUpdate(const JsonNode& params);

// package, state: known | absent | error | unknown, reason, and of a known one
// candidates[{version, files[{filename}]}], oldest first; of a file `pending` where its METADATA
// were not said, or `unknown` where they cannot be known. The name may be in any spelling.
[[nodiscard]] nlohmann::json PypiPackageJson(std::string_view name, const engine::PypiFacts& facts);

}  // namespace accord::wire
