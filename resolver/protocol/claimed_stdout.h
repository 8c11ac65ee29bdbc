// stdout for the protocol alone.
#pragma once

#include "absl/status/statusor.h"

namespace accord::protocol {

// A new descriptor of what stdout was, closed on exec; descriptor 1 itself is from then on another
// name of stderr, so that whatever any library prints cannot get between the frames. To be called
// once, before threads start. Errors: InvalidInput (stdout or stderr is not open).
[[nodiscard]] absl::StatusOr<int> ClaimStdout();

}  // namespace accord::protocol
