// JSON-RPC 2.0 messages: frames to calls, replies to frames. Knows no method and no state.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <variant>

#include "model/strict_json.h"
#include "protocol/fault.h"

namespace accord::protocol {

inline constexpr size_t kJsonDepthMax = 64;
inline constexpr size_t kIdBytesMax = 1024;  // of a text: it is kept, and comes back
inline constexpr const char* kWhatIdsAre = "a text of at most 1024 bytes or a whole number";

// What a request and its answer have in common, written as JSON: `7`, `"a"`, or `null` where it
// could not be read.
using CallId = std::string;
inline constexpr const char* kNoId = "null";

struct Call {
  CallId id;  // empty: a notification
  std::string method;
  JsonNode params;  // an object

  [[nodiscard]] bool is_notification() const { return id.empty(); }
};

// A frame that is none, and what is to be answered.
struct Refused {
  CallId id = kNoId;
  Fault fault;
};

// A response: the engine asks nothing, so it is nobody's.
struct Ignored {};

using Incoming = std::variant<Call, Refused, Ignored>;

// Of one frame, which has its limit already. A notification whose params are no object is Ignored:
// nobody waits for an answer.
[[nodiscard]] Incoming ReadMessage(std::string_view frame);

// The JSON of `id`, if that is a short text or a whole number; empty otherwise.
[[nodiscard]] CallId IdOf(const JsonNode& id);

// Frames without an end of line. Broken UTF-8 is replaced by U+FFFD.
[[nodiscard]] std::string ResponseFrame(const CallId& id, const Reply& reply);
[[nodiscard]] std::string NotificationFrame(std::string_view method, const nlohmann::json& params);

}  // namespace accord::protocol
