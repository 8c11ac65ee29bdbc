#include "protocol/session.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>
#include <vector>

#include "base/error.h"
#include "protocol/discover.h"
#include "wire/params.h"

namespace accord::protocol {
namespace {

using nlohmann::json;

constexpr int kProtocolVersion = 1;
constexpr std::array kOwnMethods = {"initialize", "rpc.discover", "shutdown", "stats"};

// By name; null: there is none.
const Method* FindMethod(std::string_view name) {
  for (const std::span<const Method> methods :
       {VersionMethods(), UniverseMethods(), SolveMethods(), WaveMethods()}) {
    const auto found = std::ranges::find(methods, name, &Method::name);
    if (found != methods.end()) return &*found;
  }
  return nullptr;
}

std::vector<std::string> MethodNames() {
  std::vector<std::string> names(kOwnMethods.begin(), kOwnMethods.end());
  for (const std::span<const Method> methods :
       {VersionMethods(), UniverseMethods(), SolveMethods(), WaveMethods()}) {
    for (const Method& method : methods) names.emplace_back(method.name);
  }
  std::ranges::sort(names);
  return names;
}

// What the process has in memory; 0: the system does not say.
uint64_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  uint64_t size = 0;
  uint64_t resident = 0;
  statm >> size >> resident;
  return resident * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

Fault UnsupportedVersion() {
  return {.kind = FaultKind::kUnsupportedProtocolVersion,
          .path = "/protocolVersions",
          .detail = Cat("protocol ", kProtocolVersion, " is spoken here"),
          .more = {{"supported", json::array({kProtocolVersion})}}};
}

// One at least is left, or nobody could even ask for the end.
void Lower(wire::Params& limits, std::string_view name, size_t& limit,
           std::vector<std::string>& not_given) {
  const auto wanted = limits.Count(name);
  if (!wanted) return;
  const size_t given = std::clamp<size_t>(*wanted, 1, limit);
  if (given != *wanted) not_given.push_back(Cat(name, ": ", given, " is the limit, not ", *wanted));
  limit = given;
}

struct LogWord {
  std::string_view word;
  LogLevel value;
};
constexpr std::array kLogLevels = {LogWord{"warning", LogLevel::kWarning},
                                   LogWord{"info", LogLevel::kInfo}};

std::string_view LevelWord(LogLevel level) {
  return std::ranges::find(kLogLevels, level, &LogWord::value)->word;
}

// We throw nothing; what we call may, where memory ends.
std::optional<Reply> Guarded(const Task& task) {
  try {
    return task();
  } catch (const std::exception& thrown) {
    return Fault{.kind = FaultKind::kInternal, .path = {}, .detail = thrown.what()};
  }
}

}  // namespace

Session::Session(const SessionOptions& options, Send send, std::function<void()> on_end)
    : options_(options),
      send_(std::move(send)),
      on_end_(std::move(on_end)),
      solves_(options.limits.solves),
      state_{.limits = options.limits,
             .now_unix_s = options.now_unix_s,
             .roots = {},
             .universes = Universes(options.limits.universes),
             .solves = solves_,
             .outlet = *this},
      begun_(std::chrono::steady_clock::now()),
      in_flight_(options.limits.requests_in_flight),
      pool_(options.threads) {}

Session::~Session() {
  is_shutting_down_ = true;
  CancelAll();
}

void Session::CancelAll() {
  in_flight_.CancelAll();
  solves_.AllCancelled(*this);
}

void Session::Take(std::string_view frame) {
  Incoming incoming = ReadMessage(frame);
  if (Call* const call = std::get_if<Call>(&incoming)) {
    if (call->is_notification()) return TakeNotification(*call);
    return TakeCall(std::move(*call));
  }
  if (const Refused* const refused = std::get_if<Refused>(&incoming)) {
    Write(ResponseFrame(refused->id, refused->fault), OutputKind::kResult);
  }
}

void Session::Refuse(FaultKind kind, std::string detail) {
  Write(ResponseFrame(kNoId, Fault{.kind = kind, .path = {}, .detail = std::move(detail)}),
        OutputKind::kResult);
}

void Session::TakeNotification(const Call& call) {
  if (call.method != "$/cancelRequest") {
    return Log(LogLevel::kInfo,
               Cat("no notification ", Quoted(call.method), " is known: it is ignored"));
  }
  const JsonNode* const id = call.params.Find("id");
  if (id == nullptr) return;
  in_flight_.Cancel(IdOf(*id));
  solves_.Cancelled(IdOf(*id), *this);
}

std::optional<Fault> Session::WhyNotNow(const Call& call) const {
  const bool is_first = call.method == "initialize";
  if (is_shutting_down_) {
    return Fault{.kind = FaultKind::kShuttingDown, .path = {}, .detail = "shutdown was asked for"};
  }
  if (is_first && is_initialized_) {
    return Fault{.kind = FaultKind::kInvalidRequest, .path = {}, .detail = "initialize comes once"};
  }
  if (!is_first && !is_initialized_) {
    return Fault{
        .kind = FaultKind::kNotInitialized, .path = {}, .detail = "initialize comes first"};
  }
  return std::nullopt;
}

void Session::TakeCall(Call call) {
  ++received_;
  auto flag = std::make_shared<CancelFlag>();
  switch (in_flight_.Add(call.id, flag)) {
    case InFlight::Added::kYes:
      break;
    case InFlight::Added::kDuplicate:
      return Write(
          ResponseFrame(call.id, Fault{.kind = FaultKind::kDuplicateId,
                                       .path = {},
                                       .detail = Cat("id ", Quoted(call.id), " is in flight")}),
          OutputKind::kResult);
    case InFlight::Added::kFull:
      return Write(
          ResponseFrame(call.id, Fault{.kind = FaultKind::kLimitExceeded,
                                       .path = {},
                                       .detail = Cat("at most ", state_.limits.requests_in_flight,
                                                     " requests are in flight at a time"),
                                       .retryable = true}),
          OutputKind::kResult);
  }
  if (std::optional<Fault> fault = WhyNotNow(call)) return Answer(call.id, *std::move(fault));
  if (call.method == "initialize") return AnswerInitialize(call);
  if (call.method == "stats") return Answer(call.id, Stats());
  if (call.method == "rpc.discover") return Answer(call.id, OpenRpcDocument(MethodNames()));
  if (call.method == "shutdown") {
    is_shutting_down_ = true;
    CancelAll();
    const std::lock_guard lock(answer_mutex_);
    shutdown_ = call.id;
    return AnswerShutdownIfIdle();
  }
  const Method* const method = FindMethod(call.method);
  if (method == nullptr) {
    return Answer(call.id, Fault{.kind = FaultKind::kMethodNotFound,
                                 .path = {},
                                 .detail = Cat("no method ", Quoted(call.method))});
  }
  if (method->now != nullptr) {
    Answer(call.id, method->now(state_, call.params));
    if (const auto update = std::exchange(state_.update, std::nullopt)) {
      solves_.Updated(update->universe, update->state, *this);
    }
    return;
  }
  auto progress = Progress::Of(call.params, *this);
  if (Fault* const fault = std::get_if<Fault>(&progress)) {
    return Answer(call.id, std::move(*fault));
  }
  Begun begun =
      method->begin(state_,
                    {.id = call.id,
                     .cancel = std::move(flag),
                     .progress = std::get<std::shared_ptr<Progress>>(std::move(progress))},
                    std::move(call.params));
  if (Fault* const fault = std::get_if<Fault>(&begun)) return Answer(call.id, std::move(*fault));
  pool_.Post([this, id = std::move(call.id), task = std::get<Task>(std::move(begun))] {
    if (const std::optional<Reply> reply = Guarded(task)) Answer(id, *reply);
  });
}

void Session::Notify(OutputKind kind, std::string_view method, const json& params) {
  Write(NotificationFrame(method, params), kind);
}

void Session::Log(LogLevel level, std::string_view message) {
  if (level > log_) return;
  Notify(OutputKind::kLog, "log", {{"level", LevelWord(level)}, {"message", std::string(message)}});
}

void Session::Write(std::string frame, OutputKind kind) {
  if (const size_t dropped = send_(std::move(frame), kind)) dropped_ += dropped;
}

void Session::Post(std::function<void()> task) { pool_.Post(std::move(task)); }

// An id is free again before its answer is out: who has read the answer may use it anew.
void Session::Answer(const CallId& id, const Reply& reply) {
  std::string frame = ResponseFrame(id, reply);
  if (const uint64_t dropped = dropped_.exchange(0)) {
    Log(LogLevel::kWarning, Cat(dropped, " messages of progress or log were dropped: nobody read"));
  }
  const std::lock_guard lock(answer_mutex_);
  in_flight_.Remove(id);
  ++answered_;
  Write(std::move(frame), OutputKind::kResult);
  AnswerShutdownIfIdle();
}

// The call itself is in flight too.
void Session::AnswerShutdownIfIdle() {
  if (!shutdown_ || in_flight_.size() > 1) return;
  in_flight_.Remove(*shutdown_);
  Write(ResponseFrame(*shutdown_, json::object()), OutputKind::kResult);
  shutdown_.reset();
  on_end_();
}

void Session::AnswerInitialize(const Call& call) {
  std::vector<std::string> not_given;
  Answer(call.id, Initialize(call.params, not_given));
  for (const std::string& what : not_given) Log(LogLevel::kWarning, what);
}

Reply Session::Initialize(const JsonNode& node, std::vector<std::string>& not_given) {
  absl::Status status;
  wire::Params params(&node, "", status);
  bool is_spoken = false;
  if (!params.Has("protocolVersions")) {
    params.Refuse("/protocolVersions", "a list is wanted, it is not there");
  }
  params.ForEach("protocolVersions", [&](const JsonNode& version, const std::string&) {
    is_spoken = is_spoken ||
                (version.kind == JsonNode::Kind::kInteger && version.integer == kProtocolVersion);
  });
  const std::vector<std::string> roots = params.Texts("roots");
  static_cast<void>(params.Object("client"));  // nothing hangs on it yet but that it has its shape
  LogLevel log = LogLevel::kNone;
  params.Object("capabilities").Word("log", kLogLevels, log);
  Limits limits = state_.limits;
  wire::Params wanted = params.Object("limits");
  Lower(wanted, "requestsInFlight", limits.requests_in_flight, not_given);
  Lower(wanted, "universes", limits.universes, not_given);
  Lower(wanted, "solves", limits.solves, not_given);
  if (!status.ok()) return FaultOf(status, FaultKind::kInvalidParams);
  if (!is_spoken) return UnsupportedVersion();
  state_.limits = limits;
  state_.roots = Roots(roots);
  state_.universes = Universes(limits.universes);
  in_flight_.Limit(limits.requests_in_flight);
  solves_.Limit(limits.solves);
  log_ = log;
  is_initialized_ = true;
  return json{{"protocolVersion", kProtocolVersion},
              {"engine", {{"name", "accord"}, {"version", options_.engine_version}}},
              {"capabilities",
               {{"methods", MethodNames()},
                {"modes", json::array({"closed", "needs", "wants"})},
                {"loads", json::array({"acx"})},
                {"progress", true},
                {"log", true}}},
              {"ecosystems", {"pypi", "conda", "plain"}},
              {"limits",
               {{"frameBytes", limits.frame_bytes},
                {"depth", kJsonDepthMax},
                {"requestsInFlight", limits.requests_in_flight},
                {"universes", limits.universes},
                {"solves", limits.solves},
                {"packages", limits.plain.packages_max},
                {"candidates", limits.plain.candidates_max},
                {"files", limits.pypi.files_max}}},
              {"schemaHash", SchemaHash()}};
}

Reply Session::Stats() const {
  const auto uptime = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - begun_);
  return json{
      {"requests",
       {{"received", received_}, {"answered", answered_.load()}, {"inFlight", in_flight_.size()}}},
      {"universes", state_.universes.size()},
      {"solves", solves_.size()},
      {"uptimeMs", uptime.count()},
      {"memoryBytes", ResidentBytes()}};
}

}  // namespace accord::protocol
