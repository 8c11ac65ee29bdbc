#include "protocol/message.h"

#include <utility>

#include "absl/status/statusor.h"
#include "base/error.h"

namespace accord::protocol {
namespace {

using Kind = JsonNode::Kind;

constexpr std::string_view kMarkOfTheParser = "\xEF\xBB\xBF";

std::string Written(const nlohmann::json& document) {
  return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Refused Refuse(FaultKind kind, std::string detail, CallId id = kNoId) {
  return {.id = std::move(id), .fault = {.kind = kind, .path = {}, .detail = std::move(detail)}};
}

bool IsResponse(const JsonNode& message) {
  return message.Find("method") == nullptr &&
         (message.Find("result") != nullptr || message.Find("error") != nullptr);
}

Incoming ReadObject(JsonNode& message) {
  if (IsResponse(message)) return Ignored{};
  const JsonNode* const id = message.Find("id");
  Call call;
  if (id != nullptr) {
    call.id = IdOf(*id);
    if (call.id.empty()) {
      return Refuse(FaultKind::kInvalidRequest, Cat("id: ", kWhatIdsAre, " is wanted"));
    }
  }
  const auto refuse = [&](std::string detail) {
    return Refuse(FaultKind::kInvalidRequest, std::move(detail),
                  call.is_notification() ? kNoId : call.id);
  };
  const JsonNode* const version = message.Find("jsonrpc");
  if (version == nullptr || version->kind != Kind::kText || version->text != "2.0") {
    return refuse("jsonrpc: \"2.0\" is wanted");
  }
  const JsonNode* const method = message.Find("method");
  if (method == nullptr || method->kind != Kind::kText) {
    return refuse("method: a text is wanted");
  }
  call.method = method->text;
  call.params.kind = Kind::kObject;
  for (JsonMember& member : message.members) {
    if (member.name != "params" || member.value.kind == Kind::kNull) continue;
    if (member.value.kind != Kind::kObject) {
      if (call.is_notification()) return Ignored{};
      return Refuse(FaultKind::kInvalidParams, "params: an object is wanted", call.id);
    }
    call.params = std::move(member.value);
  }
  return call;
}

}  // namespace

CallId IdOf(const JsonNode& id) {
  if (id.kind == Kind::kText) return id.text.size() > kIdBytesMax ? CallId() : JsonQuoted(id.text);
  return id.kind == Kind::kInteger ? std::to_string(id.integer) : CallId();
}

Incoming ReadMessage(std::string_view frame) {
  // The parser passes over one, wherever a text begins.
  if (frame.starts_with(kMarkOfTheParser)) {
    return Refuse(FaultKind::kParseError, "at byte 0: a byte order mark within the input");
  }
  absl::StatusOr<JsonNode> message = ParseStrictJson(frame, "",
                                                     {.bytes_max = frame.size(),
                                                      .depth_max = kJsonDepthMax,
                                                      .allow_fractions = true,
                                                      .refuse_inexact = true});
  if (!message.ok()) {
    return Refuse(FaultKind::kParseError, std::string(Message(message.status())));
  }
  if (message->kind == Kind::kArray) {
    return Refuse(FaultKind::kBatchUnsupported, "one message a frame is wanted, found a list");
  }
  if (message->kind != Kind::kObject) {
    return Refuse(FaultKind::kInvalidRequest, "an object is wanted");
  }
  return ReadObject(*message);
}

// The id is JSON already.
std::string ResponseFrame(const CallId& id, const Reply& reply) {
  const auto* const fault = std::get_if<Fault>(&reply);
  const std::string body =
      Written(fault != nullptr ? ErrorObject(*fault) : std::get<nlohmann::json>(reply));
  return Cat(R"({"jsonrpc":"2.0","id":)", id, fault != nullptr ? R"(,"error":)" : R"(,"result":)",
             body, "}");
}

std::string NotificationFrame(std::string_view method, const nlohmann::json& params) {
  return Cat(R"({"jsonrpc":"2.0","method":)", JsonQuoted(method), R"(,"params":)", Written(params),
             "}");
}

}  // namespace accord::protocol
