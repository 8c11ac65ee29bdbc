// What goes wrong with a request: JSON-RPC's error object, and the table of docs/protocol.md.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/status.h"

namespace accord::protocol {

enum class FaultKind : uint8_t {
  kParseError,
  kInvalidRequest,
  kMethodNotFound,
  kInvalidParams,
  kInternal,
  kCancelled,
  kNotInitialized,
  kUnsupportedProtocolVersion,
  kShuttingDown,
  kDuplicateId,
  kBatchUnsupported,
  kMessageTooLarge,
  kLimitExceeded,
  kUnknownHandle,
  kRevisionMismatch,
  kBadVersion,
  kBadRequirement,
  kPathNotAllowed,
  kLoadFailed,
  kDigestMismatch,
  kMetadataUnavailable,
};

struct Fault {
  FaultKind kind = FaultKind::kInternal;
  std::string path;  // a JSON Pointer into params, or the place of a text; may be empty
  std::string detail;
  bool retryable = false;
  nlohmann::json more = nlohmann::json::object();  // further members of `data`
};

// A method's answer: its result, or why there is none.
using Reply = std::variant<nlohmann::json, Fault>;

[[nodiscard]] int CodeOf(FaultKind kind);
[[nodiscard]] std::string_view WordOf(FaultKind kind);

// Of an error of the rooms below. What is wrong with the text itself is `of_input`; the place
// before the first ": " is the path.
[[nodiscard]] Fault FaultOf(const absl::Status& status, FaultKind of_input);

// Of a path, and of a detail: what a client wrote comes back in them.
inline constexpr size_t kFaultTextBytesMax = 2000;

// {code, message, data{kind, path, detail, retryable, ...}}. Texts that are longer than the limit
// end with "...".
[[nodiscard]] nlohmann::json ErrorObject(const Fault& fault);

}  // namespace accord::protocol
