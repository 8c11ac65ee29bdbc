// Why a package, or an extra of it, is in an answer: the shortest chains of requirements from the
// request to it. What is asked under an extra is asked by the extra: "requests[socks] 2.31".
#pragma once

#include "absl/status/statusor.h"
#include "engine/solved.h"
#include "engine/why.h"

namespace accord::engine {

// `name` is a name with one extra at most. Errors: InvalidInput; as Ecosystem::Suppose.
[[nodiscard]] absl::StatusOr<WhyPackage> WhyIsThere(const Solved& solved, const std::string& name,
                                                    const WhyLimits& limits);

}  // namespace accord::engine
