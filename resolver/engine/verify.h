// Is this list of pins, whoever made it, a solution of the request? The check of check/, asked with
// a request's own types.
#pragma once

#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "check/conda_check.h"
#include "check/pypi_check.h"
#include "ecosystem/pypi/request.h"
#include "metadata/source.h"

namespace accord::engine {

// The order and what is tried first mean nothing here. Errors: InvalidInput (a text of the request,
// with its place), Missing (a damaged record).
[[nodiscard]] absl::StatusOr<check::CheckReport> Verify(
    const pypi::ResolveRequest& request, std::span<const metadata::Source* const> sources,
    const std::vector<check::PypiPin>& pins);

// The same of conda: sources are channels, in the order of priority.
[[nodiscard]] absl::StatusOr<check::CheckReport> Verify(
    const conda::ResolveRequest& request, std::span<const metadata::Source* const> sources,
    const std::vector<check::CondaPin>& pins);

}  // namespace accord::engine
