// The walk from a request over the pins of an answer: is everything there that is asked for?
// Internal to this folder.
#pragma once

#include "absl/status/status.h"
#include "check/pypi_candidates.h"
#include "check/pypi_check.h"
#include "check/pypi_pins.h"
#include "check/pypi_wishes.h"

namespace accord::check {

// Marks what it reaches in `pins`; what is missing or wrong becomes a violation. Errors: as of
// Candidates.
[[nodiscard]] absl::Status WalkPins(const PypiQuestion& question, const Wishes& wishes,
                                    Candidates& candidates, Pins& pins, CheckReport& report);

}  // namespace accord::check
