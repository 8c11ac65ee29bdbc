// `accord serve`, and `accord mock`: one conversation over stdin and stdout, from its begin to its
// end.
#pragma once

#include "absl/status/status.h"
#include "protocol/mock.h"
#include "protocol/recording.h"
#include "protocol/session.h"

namespace accord::protocol {

// Returns when the connection ended, whoever ended it. Claims stdout and the signals SIGTERM and
// SIGINT meanwhile; to be called before threads start. Errors: InvalidInput (stdout is not open).
// `recording` takes both sides of it; null: nobody does.
[[nodiscard]] absl::Status Serve(const SessionOptions& options, Recording* recording = nullptr);

// The same with a mock in the engine's place. Errors: also the mock's, at the first of which the
// conversation ends.
[[nodiscard]] absl::Status ServeMock(Mock& mock);

}  // namespace accord::protocol
