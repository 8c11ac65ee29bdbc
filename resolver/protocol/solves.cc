#include "protocol/solves.h"

#include <utility>

#include "base/error.h"
#include "wire/plain_json.h"

namespace accord::protocol {

using nlohmann::json;

// ---- One solve

std::variant<std::unique_ptr<OpenSolve>, Fault> OpenSolve::Of(SharedAsked asked) {
  absl::StatusOr<std::unique_ptr<OpenRequest>> request = ReadOpenRequest(*asked);
  if (!request.ok()) return FaultOf(request.status(), FaultKind::kInvalidParams);
  return std::unique_ptr<OpenSolve>(new OpenSolve(std::move(asked), *std::move(request)));
}

OpenSolve::Result OpenSolve::Run(const SharedState& state, const JsonNode& params,
                                 const TaskCall& call) {
  const absl::StatusOr<Manner> manner = MannerOf(params, call);
  if (!manner.ok()) return FaultOf(manner.status(), FaultKind::kInvalidParams);
  if (!manner_) {
    manner_ = *manner;
    manner_->options.budget = {};
  }
  state_ = state;
  solve_ = &request_->SolveOver(*state, *manner_);
  auto result = solve_->Run(manner->options.budget);
  if (!result.ok()) return FaultOf(result.status(), FaultKind::kBadRequirement);
  if (auto* const wants = std::get_if<engine::Wants>(&*result)) return std::move(*wants);
  return Document(std::get<engine::Explained>(*result));
}

Reply OpenSolve::Finish() {
  const absl::StatusOr<engine::Explained> explained = solve_->Finish();
  if (!explained.ok()) return FaultOf(explained.status(), FaultKind::kBadRequirement);
  return Document(*explained);
}

json OpenSolve::Document(const engine::Explained& explained) const {
  return DocumentOf(explained, request_->frame(), state_->revision);
}

json NeedsJson(const std::string& handle, uint64_t revision, const engine::Wants& wants) {
  return {{"status", "needs"},
          {"solve", handle},
          {"revision", revision},
          {"wants", wire::WantsJson(wants.facts)},
          {"hints", wire::WantsJson(wants.hints)}};
}

// ---- Needs mode

void Solves::Limit(size_t count_max) {
  const std::lock_guard lock(mutex_);
  count_max_ = count_max;
}

std::variant<std::string, Fault> Solves::NewHandle() {
  if (parked_.size() + waiting_.size() < count_max_) return Cat("s", ++last_);
  return Fault{.kind = FaultKind::kLimitExceeded,
               .path = {},
               .detail = Cat("at most ", count_max_, " solves that may wait are open at a time"),
               .retryable = true};
}

std::variant<std::string, Fault> Solves::Open(const std::string& universe) {
  const std::lock_guard lock(mutex_);
  std::variant<std::string, Fault> handle = NewHandle();
  if (const auto* const text = std::get_if<std::string>(&handle)) {
    parked_.emplace(*text, Parked{.universe = universe, .solve = nullptr});
  }
  return handle;
}

std::variant<std::unique_ptr<OpenSolve>, Fault> Solves::Take(const std::string& handle) {
  const std::lock_guard lock(mutex_);
  const auto found = parked_.find(handle);
  if (found != parked_.end() && found->second.solve != nullptr) {
    return std::move(found->second.solve);
  }
  return Fault{.kind = FaultKind::kUnknownHandle,
               .path = "/solve",
               .detail = Cat(found == parked_.end() ? "no solve " : "it runs: ", Quoted(handle),
                             found == parked_.end() ? " waits" : "")};
}

void Solves::PutBack(const std::string& handle, std::unique_ptr<OpenSolve> solve) {
  const std::lock_guard lock(mutex_);
  const auto found = parked_.find(handle);
  if (found != parked_.end()) found->second.solve = std::move(solve);
}

void Solves::Forget(const std::string& handle) {
  const std::lock_guard lock(mutex_);
  parked_.erase(handle);
}

size_t Solves::size() const {
  const std::lock_guard lock(mutex_);
  return parked_.size() + waiting_.size();
}

// ---- Wants mode

struct Solves::Waiting {
  TaskCall call;
  std::string handle;
  SharedAsked asked;
  std::unique_ptr<OpenSolve> solve;  // null: nothing has run yet
  std::vector<engine::Wanted> told;
  SharedState latest;  // under the mutex, like all that follows
  bool runs = true;
};

std::variant<Solves::SharedWaiting, Fault> Solves::Await(const TaskCall& call, SharedAsked asked) {
  const std::lock_guard lock(mutex_);
  std::variant<std::string, Fault> handle = NewHandle();
  if (Fault* const fault = std::get_if<Fault>(&handle)) return std::move(*fault);
  auto waiting = std::make_shared<Waiting>();
  waiting->call = call;
  waiting->handle = std::get<std::string>(std::move(handle));
  waiting->latest = asked->universe;
  waiting->asked = std::move(asked);
  waiting_.emplace(call.id, waiting);
  return waiting;
}

// On a thread of its own from the moment that `runs` is set until it is unset here.
void Solves::GoOn(const SharedWaiting& waiting, Outlet& outlet) {
  if (waiting->solve == nullptr) {
    std::variant<std::unique_ptr<OpenSolve>, Fault> opened = OpenSolve::Of(waiting->asked);
    if (Fault* const fault = std::get_if<Fault>(&opened)) {
      return End(*waiting, std::move(*fault), outlet);
    }
    waiting->solve = std::get<std::unique_ptr<OpenSolve>>(std::move(opened));
  }
  while (true) {
    SharedState state;
    {
      const std::lock_guard lock(mutex_);
      state = waiting->latest;
    }
    OpenSolve::Result result = waiting->solve->Run(state, waiting->asked->params, waiting->call);
    const auto* const wants = std::get_if<engine::Wants>(&result);
    if (json* const document = std::get_if<json>(&result)) {
      return End(*waiting, std::move(*document), outlet);
    }
    if (wants == nullptr) return End(*waiting, std::get<Fault>(std::move(result)), outlet);
    if (waiting->call.cancel->cancelled()) return End(*waiting, waiting->solve->Finish(), outlet);
    json note = NeedsJson(waiting->handle, state->revision, *wants);
    note.erase("status");
    note["id"] = json::parse(waiting->call.id);
    note["universe"] = waiting->asked->handle;
    const std::lock_guard lock(mutex_);
    if (waiting->latest != state || waiting->call.cancel->cancelled()) continue;
    if (waiting->told != wants->facts) {
      outlet.Notify(OutputKind::kNotification, "universe/wants", note);
    }
    waiting->told = wants->facts;
    waiting->runs = false;
    return;
  }
}

void Solves::End(const Waiting& waiting, const Reply& reply, Outlet& outlet) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.erase(waiting.call.id);
  }
  outlet.Answer(waiting.call.id, reply);
}

void Solves::Wake(const SharedWaiting& waiting, Outlet& outlet) {
  if (std::exchange(waiting->runs, true)) return;
  outlet.Post([this, waiting, &outlet] { GoOn(waiting, outlet); });
}

void Solves::Updated(std::string_view universe, const SharedState& state, Outlet& outlet) {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, waiting] : waiting_) {
    if (waiting->asked->handle != universe) continue;
    waiting->latest = state;
    Wake(waiting, outlet);
  }
}

void Solves::Closed(std::string_view universe, Outlet& outlet) {
  const std::lock_guard lock(mutex_);
  const size_t forgotten =
      absl::erase_if(parked_, [&](const auto& one) { return one.second.universe == universe; });
  if (forgotten > 0) {
    outlet.Log(LogLevel::kWarning,
               Cat(universe, " is closed; solves that wait for it and are forgotten: ", forgotten));
  }
  for (const auto& [id, waiting] : waiting_) {
    if (waiting->asked->handle != universe) continue;
    waiting->call.cancel->Cancel();
    Wake(waiting, outlet);
  }
}

void Solves::Cancelled(const CallId& id, Outlet& outlet) {
  const std::lock_guard lock(mutex_);
  if (const auto found = waiting_.find(id); found != waiting_.end()) Wake(found->second, outlet);
}

void Solves::AllCancelled(Outlet& outlet) {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, waiting] : waiting_) Wake(waiting, outlet);
}

}  // namespace accord::protocol
