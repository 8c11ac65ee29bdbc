// A conda request from the parameters of a method (docs/protocol.md, "Requests").
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "engine/conda.h"
#include "model/strict_json.h"

namespace accord::wire {

// specs, constraints, locked, favored, excluded: [text or {text, place}];
// target{subdirs[], virtualPackages[{name, version, build}]}: one subdir at least, to which noarch
// is added; without virtualPackages they are the platform's; policies{channelPriority, dialect,
// resolution, order, excludeNewer, excludeNewerOf{}, excludeNewerOfChannels{}, missingUploadTime,
// noDeps, absent}. Errors: as Params; texts are read by the engine alone.
[[nodiscard]] absl::StatusOr<conda::ResolveRequest> ReadCondaRequest(const JsonNode& params,
                                                                     int64_t now_unix_s);

}  // namespace accord::wire
