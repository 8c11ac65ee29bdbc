// What the checker says of an answer, as a part of it. Internal to this folder.
#pragma once

#include "absl/status/statusor.h"
#include "check/report.h"
#include "engine/answer.h"

namespace accord::engine {

// The report, with one sentence for each violation. Errors: the checker's.
[[nodiscard]] absl::StatusOr<CheckReport> Reported(
    const absl::StatusOr<check::CheckReport>& checked);

}  // namespace accord::engine
