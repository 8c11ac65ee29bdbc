// Solves a PyPI request of the command line, for its target or under `--python any` for the newest
// Python that will do, and asks questions about the answer.
#pragma once

#include "absl/status/statusor.h"
#include "cli/request_options.h"
#include "engine/sources.h"
#include "engine/why.h"

namespace accord::cli {

// `request` becomes the one that is answered. Errors: as RequestOptions::Pythons and
// engine::Explain.
[[nodiscard]] absl::StatusOr<engine::Explained> Ask(const RequestOptions& asked,
                                                    pypi::ResolveRequest& request,
                                                    const engine::Sources& sources,
                                                    const engine::WhyQuestions& questions,
                                                    const engine::ResolveOptions& options);

}  // namespace accord::cli
