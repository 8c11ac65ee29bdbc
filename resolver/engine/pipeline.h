// The walk of one request through the rooms, whatever its ecosystem: read, solve, tell, check; then
// the questions about the answer. Internal to this folder: resolve.h, why.h, conda.h and solve.h
// are its outside.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "engine/ecosystem.h"
#include "engine/resolve.h"
#include "engine/why.h"

namespace accord::engine {

// Errors: as Resolve for PyPI; Waiting where not all facts are there.
[[nodiscard]] absl::StatusOr<Answer> Resolve(std::unique_ptr<Ecosystem> ecosystem,
                                             const ResolveOptions& options);
// Likewise.
[[nodiscard]] absl::StatusOr<Explained> Explain(std::unique_ptr<Ecosystem> ecosystem,
                                                const WhyQuestions& questions,
                                                const ResolveOptions& options);

}  // namespace accord::engine
