// Why an answer does not have a version: the request with one more wish, which the walk takes last.
#pragma once

#include "absl/status/statusor.h"
#include "engine/solved.h"
#include "engine/why.h"

namespace accord::engine {

// `wish` is a name, with extras and versions, as the ecosystem writes them. The claim of the answer
// is canonical. Errors: InvalidInput; as Ecosystem::Suppose and Search::Solve.
[[nodiscard]] absl::StatusOr<WhyNot> WhyIsNotThere(const Solved& solved, const std::string& wish);

}  // namespace accord::engine
