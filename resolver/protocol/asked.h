// A question to a universe, as it arrived: what solve_methods.cc and plain_methods.cc share.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "engine/resolve.h"
#include "engine/why.h"
#include "model/strict_json.h"
#include "protocol/fault.h"
#include "protocol/methods.h"
#include "protocol/universes.h"
#include "wire/answer_json.h"

namespace accord::protocol {

struct Asked {
  std::string handle;    // of the universe
  SharedState universe;  // at the arrival
  JsonNode params;
  int64_t now_unix_s = 0;
};
using SharedAsked = std::shared_ptr<const Asked>;

// Faults: invalidParams, unknownHandle.
[[nodiscard]] std::variant<SharedAsked, Fault> AskOf(SessionState& state, JsonNode params);

// What a question may say beside the request: limits{work, timeMs}, explanations; versions, why,
// whyNot.
struct Manner {
  engine::ResolveOptions options;
  engine::WhyQuestions questions;
};
// A time that is given begins to run, for the flag of `call`. Errors: InvalidInput at the JSON
// Pointer.
[[nodiscard]] absl::StatusOr<Manner> MannerOf(const JsonNode& params, const TaskCall& call);

// The answer's document, with the revision that it read.
[[nodiscard]] nlohmann::json DocumentOf(const engine::Explained& explained,
                                        const wire::AnswerFrame& frame, uint64_t revision);

}  // namespace accord::protocol
