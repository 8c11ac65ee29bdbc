// A conversation that was recorded, held with the engine of today: does it still answer the same?
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "protocol/session.h"
#include "protocol/transcript.h"

namespace accord::protocol {

struct Replayed {
  size_t answers = 0;  // that were compared
  // That hang on time: requests that were cancelled, or stopped by it, then or now.
  size_t timed = 0;
  std::vector<std::string> differences;  // "line N: FIELD: THIS is wanted, found THAT"
};

// Sends the client's lines to a session of its own, each when all answers that stand before it have
// come, and compares by id what says what was answered: the kind of an error; of a result handles,
// revisions, statuses, digests and verdicts. Times, memory, counters and words for people are left
// out, as is what has no id. Opens the files that the conversation opened. Returns when every
// request was answered.
[[nodiscard]] Replayed Replay(std::span<const TranscriptLine> lines, const SessionOptions& options);

}  // namespace accord::protocol
