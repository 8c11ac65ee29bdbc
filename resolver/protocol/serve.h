// `accord serve`: one conversation over stdin and stdout, from its begin to its end.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "protocol/session.h"

namespace accord::protocol {

// Returns when the connection ended, whoever ended it. Claims stdout and the signals SIGTERM and
// SIGINT meanwhile; to be called before threads start. Errors: InvalidInput (stdout is not open).
[[nodiscard]] absl::Status Serve(const SessionOptions& options);

}  // namespace accord::protocol
