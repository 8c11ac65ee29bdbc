#include "protocol/asked.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "wire/params.h"
#include "wire/why_json.h"

namespace accord::protocol {
namespace {

constexpr uint64_t kForeverMs = 1'000'000'000'000;  // a clock's range is not much larger

}  // namespace

std::variant<SharedAsked, Fault> AskOf(SessionState& state, JsonNode params) {
  absl::Status status;
  std::string handle = wire::Params(&params, "", status).Text("universe");
  if (!status.ok()) return FaultOf(status, FaultKind::kInvalidParams);
  std::variant<SharedState, Fault> found = state.universes.Find(handle);
  if (Fault* const fault = std::get_if<Fault>(&found)) return std::move(*fault);
  return std::make_shared<const Asked>(Asked{.handle = std::move(handle),
                                             .universe = std::get<SharedState>(std::move(found)),
                                             .params = std::move(params),
                                             .now_unix_s = state.now_unix_s()});
}

absl::StatusOr<Manner> MannerOf(const JsonNode& node, const TaskCall& call) {
  absl::Status status;
  wire::Params params(&node, "", status);
  Manner manner;
  const bool explains = params.BoolOr("explanations", true);
  manner.options.explain_behind = explains;
  manner.options.explain_sentences = explains;
  manner.options.budget.cancel = call.cancel.get();
  manner.options.budget.observer = call.progress.get();
  wire::Params limits = params.Object("limits");
  if (const auto work = limits.Count("work")) manner.options.budget.work_max = *work;
  if (const auto time_ms = limits.Count("timeMs")) {
    call.cancel->CancelAfter(std::chrono::milliseconds(std::min(*time_ms, kForeverMs)));
  }
  manner.questions.versions = params.BoolOr("versions", false);
  manner.questions.package = params.TextOr("why");
  manner.questions.not_chosen = params.TextOr("whyNot");
  if (!status.ok()) return status;
  return manner;
}

nlohmann::json DocumentOf(const engine::Explained& explained, const wire::AnswerFrame& frame,
                          uint64_t revision) {
  nlohmann::json document = wire::AnswerDocument(explained.answer, frame);
  wire::AddWhy(explained, document);
  document["revision"] = revision;
  return document;
}

}  // namespace accord::protocol
