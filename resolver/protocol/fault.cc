#include "protocol/fault.h"

#include <array>
#include <utility>

#include "base/error.h"

namespace accord::protocol {
namespace {

struct Known {
  FaultKind kind;
  int code;
  std::string_view word;
};

// In the order of the kinds.
constexpr std::array kKnown = {
    Known{FaultKind::kParseError, -32700, "parseError"},
    Known{FaultKind::kInvalidRequest, -32600, "invalidRequest"},
    Known{FaultKind::kMethodNotFound, -32601, "methodNotFound"},
    Known{FaultKind::kInvalidParams, -32602, "invalidParams"},
    Known{FaultKind::kInternal, -32603, "internal"},
    Known{FaultKind::kCancelled, -32800, "cancelled"},
    Known{FaultKind::kNotInitialized, 1, "notInitialized"},
    Known{FaultKind::kUnsupportedProtocolVersion, 2, "unsupportedProtocolVersion"},
    Known{FaultKind::kShuttingDown, 3, "shuttingDown"},
    Known{FaultKind::kDuplicateId, 4, "duplicateId"},
    Known{FaultKind::kBatchUnsupported, 5, "batchUnsupported"},
    Known{FaultKind::kMessageTooLarge, 6, "messageTooLarge"},
    Known{FaultKind::kLimitExceeded, 7, "limitExceeded"},
    Known{FaultKind::kUnknownHandle, 8, "unknownHandle"},
    Known{FaultKind::kRevisionMismatch, 9, "revisionMismatch"},
    Known{FaultKind::kBadVersion, 10, "badVersion"},
    Known{FaultKind::kBadRequirement, 11, "badRequirement"},
    Known{FaultKind::kPathNotAllowed, 12, "pathNotAllowed"},
    Known{FaultKind::kLoadFailed, 13, "loadFailed"},
    Known{FaultKind::kDigestMismatch, 14, "digestMismatch"},
    Known{FaultKind::kMetadataUnavailable, 15, "metadataUnavailable"},
};

constexpr const Known& Of(FaultKind kind) { return kKnown.at(static_cast<size_t>(kind)); }

constexpr bool IsInOrder() {
  for (size_t i = 0; i < kKnown.size(); ++i) {
    if (static_cast<size_t>(kKnown.at(i).kind) != i) return false;
  }
  return true;
}
static_assert(IsInOrder());
static_assert(kKnown.size() == static_cast<size_t>(FaultKind::kMetadataUnavailable) + 1);

FaultKind KindOf(absl::StatusCode code, FaultKind of_input) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
      return of_input;
    case absl::StatusCode::kResourceExhausted:
      return FaultKind::kLimitExceeded;
    case absl::StatusCode::kNotFound:
      return FaultKind::kMetadataUnavailable;
    case absl::StatusCode::kCancelled:
      return FaultKind::kCancelled;
    default:
      return FaultKind::kInternal;
  }
}

// Not in the middle of a character.
std::string Shortened(const std::string& text) {
  if (text.size() <= kFaultTextBytesMax) return text;
  size_t end = kFaultTextBytesMax;
  while (end > 0 && (static_cast<uint8_t>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "...";
}

}  // namespace

int CodeOf(FaultKind kind) { return Of(kind).code; }
std::string_view WordOf(FaultKind kind) { return Of(kind).word; }

Fault FaultOf(const absl::Status& status, FaultKind of_input) {
  const std::string_view message = Message(status);
  const size_t colon = message.find(": ");
  Fault fault{.kind = KindOf(status.code(), of_input)};
  if (colon == std::string_view::npos) {
    fault.detail = message;
  } else {
    fault.path = message.substr(0, colon);
    fault.detail = message.substr(colon + 2);
  }
  return fault;
}

nlohmann::json ErrorObject(const Fault& fault) {
  nlohmann::json data = fault.more;
  data["kind"] = WordOf(fault.kind);
  const std::string path = Shortened(fault.path);
  const std::string detail = Shortened(fault.detail);
  data["path"] = path;
  data["detail"] = detail;
  data["retryable"] = fault.retryable;
  return {{"code", CodeOf(fault.kind)},
          {"message", path.empty() ? detail : Cat(path, ": ", detail)},
          {"data", std::move(data)}};
}

}  // namespace accord::protocol
