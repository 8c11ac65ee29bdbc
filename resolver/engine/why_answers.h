// All questions about one answer (why.h), asked in a fixed order.
#pragma once

#include "absl/status/status.h"
#include "engine/solved.h"
#include "engine/why.h"

namespace accord::engine {

// Fills in all but `answer`. Errors: as Explain.
[[nodiscard]] absl::Status AskAfter(const Solved& solved, const WhyQuestions& questions,
                                    Explained& explained);

}  // namespace accord::engine
