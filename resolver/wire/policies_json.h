// The policies of a request as JSON, so that an answer says under which ones it was made.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/resolve.h"

namespace accord::wire {

// All of them, also those at their defaults, in the words of docs/policies.md; of allowed hashes
// the packages that have some.
[[nodiscard]] nlohmann::json PoliciesJson(const pypi::ResolveRequest& request);

}  // namespace accord::wire
