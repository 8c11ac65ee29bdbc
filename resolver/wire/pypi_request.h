// A PyPI request from the parameters of a method (docs/protocol.md, "Requests").
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "engine/resolve.h"
#include "model/strict_json.h"

namespace accord::wire {

// requirements, constraints, locked, favored, excluded: [text or {text, place}];
// overrides[{requirement, dependant}], direct[{url, metadata}],
// target{python, platform, implementation, abi, tags[]}, policies{...}: as PoliciesJson has them,
// and allowedHashes{name: [hash]}. Errors: as Params; texts are read by the engine alone.
[[nodiscard]] absl::StatusOr<pypi::ResolveRequest> ReadPypiRequest(const JsonNode& params,
                                                                   int64_t now_unix_s);

}  // namespace accord::wire
