// Holds an answer's packages against the facts' own texts, by the code of check/.
#pragma once

#include <span>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/request.h"
#include "engine/answer.h"
#include "metadata/source.h"

namespace accord::engine {

// The report, with one sentence for each violation. Errors: what the sources say.
[[nodiscard]] absl::StatusOr<CheckReport> CheckAnswer(
    const pypi::ResolveRequest& request, std::span<const metadata::Source* const> sources,
    const std::vector<ChosenPackage>& solution);

}  // namespace accord::engine
