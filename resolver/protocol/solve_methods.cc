// resolve, explain, whatIf, verify: questions to a universe, from the state it has when they
// arrive.
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "base/error.h"
#include "engine/conda.h"
#include "engine/plain.h"
#include "engine/resolve.h"
#include "engine/verify.h"
#include "engine/why.h"
#include "protocol/asked.h"
#include "protocol/methods.h"
#include "protocol/waves.h"
#include "wire/answer_json.h"
#include "wire/conda_pins.h"
#include "wire/conda_request.h"
#include "wire/documents.h"
#include "wire/fields.h"
#include "wire/params.h"
#include "wire/pins.h"
#include "wire/plain_json.h"
#include "wire/pypi_request.h"

namespace accord::protocol {
namespace {

using nlohmann::json;

Fault Cancelled(std::string_view when) {
  return {.kind = FaultKind::kCancelled, .path = {}, .detail = Cat("cancelled ", when)};
}

// A task that asks `reply` about what arrived.
Begun Begin(SessionState& state, const TaskCall& call, JsonNode node,
            Reply (*reply)(const Asked&, const TaskCall&)) {
  std::variant<SharedAsked, Fault> asked = AskOf(state, std::move(node));
  if (Fault* const fault = std::get_if<Fault>(&asked)) return std::move(*fault);
  return Task([asked = std::get<SharedAsked>(std::move(asked)), call, reply]() -> Reply {
    if (call.cancel->cancelled()) return Cancelled("before it began");
    return reply(*asked, call);
  });
}

// The engine calls questions what the command line calls them.
Fault AtQuestion(const absl::Status& status) {
  Fault fault = FaultOf(status, FaultKind::kBadRequirement);
  if (fault.path == "--why") fault.path = "/why";
  if (fault.path == "--why-not") fault.path = "/whyNot";
  return fault;
}

// An answer, and what it answers.
struct Answered {
  engine::Explained explained;
  json document;
};

// What a request reads: corpora, and of PyPI what was put beside them; of conda either.
absl::StatusOr<engine::Explained> ExplainedBy(const UniverseState& universe,
                                              const pypi::ResolveRequest& request,
                                              const Manner& manner) {
  return engine::Explain(request, universe.pointers(), manner.questions, manner.options);
}
absl::StatusOr<engine::Explained> ExplainedBy(const UniverseState& universe,
                                              const conda::ResolveRequest& request,
                                              const Manner& manner) {
  if (universe.sources.empty()) {
    return engine::Explain(std::get<SharedCondaFacts>(universe.facts), request, manner.questions,
                           manner.options);
  }
  return engine::Explain(request, universe.pointers(), manner.questions, manner.options);
}

absl::StatusOr<check::CheckReport> ReportOf(const UniverseState& universe,
                                            const pypi::ResolveRequest& request,
                                            const std::vector<check::PypiPin>& pins) {
  return engine::Verify(request, universe.pointers(), pins);
}
absl::StatusOr<check::CheckReport> ReportOf(const UniverseState& universe,
                                            const conda::ResolveRequest& request,
                                            const std::vector<check::CondaPin>& pins) {
  if (universe.sources.empty()) {
    return engine::Verify(std::get<SharedCondaFacts>(universe.facts), request, pins);
  }
  return engine::Verify(request, universe.pointers(), pins);
}

template <class Request>
std::variant<Answered, Fault> Solve(const Asked& asked, const Manner& manner,
                                    const absl::StatusOr<Request>& request,
                                    const Request* wire::AnswerFrame::*of_frame) {
  if (!request.ok()) return FaultOf(request.status(), FaultKind::kInvalidParams);
  absl::StatusOr<engine::Explained> explained = ExplainedBy(*asked.universe, *request, manner);
  if (!explained.ok()) return AtQuestion(explained.status());
  wire::AnswerFrame frame{.ecosystem = asked.universe->ecosystem, .strategy = "cdcl"};
  frame.*of_frame = &*request;
  Answered answered{.explained = *std::move(explained), .document = {}};
  answered.document = DocumentOf(answered.explained, frame, asked.universe->revision);
  return answered;
}

// In one run: a closed universe, or one that is said to have all that is needed.
std::variant<Answered, Fault> AnswerPlain(const Asked& asked, const Manner& manner) {
  const absl::StatusOr<engine::PlainRequest> request =
      wire::ReadPlainRequest(asked.params, /*closed_by_default=*/true);
  if (!request.ok()) return FaultOf(request.status(), FaultKind::kInvalidParams);
  absl::StatusOr<engine::Explained> explained =
      engine::Explain(std::get<SharedPlainFacts>(asked.universe->facts), *request, manner.questions,
                      manner.options);
  if (IsWaiting(explained.status())) {
    return Fault{.kind = FaultKind::kMetadataUnavailable,
                 .path = {},
                 .detail = "facts are pending that the answer needs; ask in needs or wants mode",
                 .retryable = true};
  }
  if (!explained.ok()) return FaultOf(explained.status(), FaultKind::kBadRequirement);
  Answered answered{.explained = *std::move(explained), .document = {}};
  answered.document =
      DocumentOf(answered.explained, {.ecosystem = "plain", .strategy = "cdcl", .channels = {}},
                 asked.universe->revision);
  return answered;
}

std::variant<Answered, Fault> Answer(const Asked& asked, const TaskCall& call) {
  const absl::StatusOr<Manner> manner = MannerOf(asked.params, call);
  if (!manner.ok()) return FaultOf(manner.status(), FaultKind::kInvalidParams);
  if (asked.universe->ecosystem == "plain") return AnswerPlain(asked, *manner);
  if (asked.universe->ecosystem == "conda") {
    return Solve(asked, *manner, wire::ReadCondaRequest(asked.params, asked.now_unix_s),
                 &wire::AnswerFrame::conda_request);
  }
  return Solve(asked, *manner, wire::ReadPypiRequest(asked.params, asked.now_unix_s),
               &wire::AnswerFrame::request);
}

Reply Closed(const Asked& asked, const TaskCall& call) {
  std::variant<Answered, Fault> answered = Answer(asked, call);
  if (Fault* const fault = std::get_if<Fault>(&answered)) return std::move(*fault);
  return std::get<Answered>(std::move(answered)).document;
}

// The same, but that nobody is helped by half an explanation.
Reply Explain(const Asked& asked, const TaskCall& call) {
  const JsonNode* const mode = asked.params.Find("mode");
  if (mode != nullptr && (mode->kind != JsonNode::Kind::kText || mode->text != "closed")) {
    return Fault{
        .kind = FaultKind::kInvalidParams, .path = "/mode", .detail = "closed alone is wanted"};
  }
  Reply reply = Closed(asked, call);
  if (call.cancel->told()) return Cancelled("while it ran");
  return reply;
}

// The params with the fields of `changes` in the place of theirs.
Asked Changed(const Asked& asked) {
  Asked changed = asked;
  const JsonNode* const changes = asked.params.Find("changes");
  if (changes == nullptr) return changed;
  for (const JsonMember& change : changes->members) {
    std::erase_if(changed.params.members,
                  [&](const JsonMember& member) { return member.name == change.name; });
    if (change.name != "universe") changed.params.members.push_back(change);
  }
  return changed;
}

std::map<std::string, std::string> VersionsOf(const engine::Answer& answer) {
  std::map<std::string, std::string> versions;
  for (const engine::ChosenPackage& chosen : answer.solution) {
    versions[chosen.name] =
        chosen.build.empty() ? chosen.version : Cat(chosen.version, " ", chosen.build);
  }
  return versions;
}

json Differences(const engine::Answer& before, const engine::Answer& after) {
  const auto old_versions = VersionsOf(before);
  const auto new_versions = VersionsOf(after);
  std::map<std::string, std::pair<json, json>> both;
  for (const auto& [name, version] : old_versions) both[name].first = version;
  for (const auto& [name, version] : new_versions) both[name].second = version;
  json changes = json::array();
  for (const auto& [name, versions] : both) {
    if (versions.first == versions.second) continue;
    changes.push_back({{"package", name}, {"before", versions.first}, {"after", versions.second}});
  }
  return changes;
}

json Head(const json& document) {
  return {{"status", document.at(wire::field::kStatus)},
          {"digest", document.at(wire::field::kDigest)}};
}

Reply WhatIf(const Asked& asked, const TaskCall& call) {
  absl::Status status;
  wire::Params params(&asked.params, "", status);
  static_cast<void>(params.Object("changes"));
  if (!params.Has("changes")) params.Refuse("/changes", "an object is wanted, it is not there");
  if (!status.ok()) return FaultOf(status, FaultKind::kInvalidParams);
  std::variant<Answered, Fault> before = Answer(asked, call);
  if (Fault* const fault = std::get_if<Fault>(&before)) return std::move(*fault);
  std::variant<Answered, Fault> after = Answer(Changed(asked), call);
  if (call.cancel->told()) return Cancelled("while it ran");
  if (Fault* const fault = std::get_if<Fault>(&after)) {
    fault->path = Cat("/changes", fault->path);  // without them there was none
    return std::move(*fault);
  }
  const auto& [old_explained, old_document] = std::get<Answered>(before);
  auto& [new_explained, new_document] = std::get<Answered>(after);
  return json{{"before", Head(old_document)},
              {"after", Head(new_document)},
              {"changes", Differences(old_explained.answer, new_explained.answer)},
              {"answer", std::move(new_document)}};
}

template <class Request, class Pins>
Reply Judge(const Asked& asked, const absl::StatusOr<Request>& request,
            const absl::StatusOr<Pins>& pins) {
  if (!request.ok()) return FaultOf(request.status(), FaultKind::kInvalidParams);
  if (!pins.ok()) return FaultOf(pins.status(), FaultKind::kInvalidParams);
  const absl::StatusOr<check::CheckReport> report = ReportOf(*asked.universe, *request, *pins);
  if (!report.ok()) return FaultOf(report.status(), FaultKind::kBadRequirement);
  return wire::VerifyDocument(*report, request->notes);
}

Reply VerifyPlain(const Asked& asked) {
  const absl::StatusOr<engine::PlainRequest> request =
      wire::ReadPlainRequest(asked.params, /*closed_by_default=*/true);
  if (!request.ok()) return FaultOf(request.status(), FaultKind::kInvalidParams);
  const absl::StatusOr<std::vector<engine::PlainPin>> pins = wire::ReadPlainPins(asked.params);
  if (!pins.ok()) return FaultOf(pins.status(), FaultKind::kInvalidParams);
  return wire::VerifyDocument(
      engine::Verify(std::get<SharedPlainFacts>(asked.universe->facts), *request, *pins), {});
}

Reply Verify(const Asked& asked, const TaskCall&) {
  if (asked.universe->ecosystem == "plain") return VerifyPlain(asked);
  if (asked.universe->ecosystem == "conda") {
    return Judge(asked, wire::ReadCondaRequest(asked.params, asked.now_unix_s),
                 wire::CondaPinsOf(asked.params, ""));
  }
  return Judge(asked, wire::ReadPypiRequest(asked.params, asked.now_unix_s),
               wire::PinsOf(asked.params, ""));
}

// Waits for facts where the mode says so.
Begun Resolve(SessionState& state, const TaskCall& call, JsonNode node) {
  absl::Status status;
  const std::string mode = wire::Params(&node, "", status).TextOr("mode", "closed");
  if (!status.ok()) return FaultOf(status, FaultKind::kInvalidParams);
  if (mode == "closed") return Begin(state, call, std::move(node), Closed);
  return BeginWaves(state, call, std::move(node), mode);
}

template <Reply (*kReply)(const Asked&, const TaskCall&)>
Begun BeginAs(SessionState& state, const TaskCall& call, JsonNode params) {
  return Begin(state, call, std::move(params), kReply);
}

constexpr Method kSolveMethods[] = {{.name = "explain", .begin = BeginAs<Explain>},
                                    {.name = "resolve", .begin = Resolve},
                                    {.name = "verify", .begin = BeginAs<Verify>},
                                    {.name = "whatIf", .begin = BeginAs<WhatIf>}};

}  // namespace

std::span<const Method> SolveMethods() { return kSolveMethods; }

}  // namespace accord::protocol
