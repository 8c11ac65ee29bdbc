// Conversations as texts: `>` what a client sent, `<` what the engine answered, a message a line
// (the format stands in tests/protocol/transcript_test.py). Reads what `accord serve --record`
// writes, and what authors of clients write for `accord mock`; tells who said what, and no more.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace accord::protocol {

struct TranscriptLine {
  size_t number = 0;       // in the file, from 1
  bool is_answer = false;  // the engine's: `<`
  std::string text;        // one message
};

// Comments, blank lines, directives (`%`) and second answers that would do (`|`) are passed over.
// Errors: InvalidInput at "PLACE:LINE" (a line of no kind, `>>`, an answer that is no JSON object).
[[nodiscard]] absl::StatusOr<std::vector<TranscriptLine>> ReadTranscript(std::string_view text,
                                                                         std::string_view place);

}  // namespace accord::protocol
