#include "protocol/solves.h"

#include <utility>

#include "base/error.h"
#include "wire/plain_json.h"

namespace accord::protocol {

using nlohmann::json;

// ---- One solve

std::variant<std::unique_ptr<OpenSolve>, Fault> OpenSolve::Of(SharedAsked asked) {
  absl::StatusOr<engine::PlainRequest> request =
      wire::ReadPlainRequest(asked->params, /*closed_by_default=*/false);
  if (!request.ok()) return FaultOf(request.status(), FaultKind::kInvalidParams);
  std::unique_ptr<OpenSolve> solve(new OpenSolve(std::move(asked)));
  solve->request_ = *std::move(request);
  return solve;
}

OpenSolve::Result OpenSolve::Run(const SharedState& state, const JsonNode& params,
                                 CancelFlag& cancel) {
  const absl::StatusOr<Manner> manner = MannerOf(params, cancel);
  if (!manner.ok()) return FaultOf(manner.status(), FaultKind::kInvalidParams);
  state_ = state;
  if (solve_ == nullptr || !solve_->SetFacts(state->facts)) {
    solve_ = std::make_unique<engine::PlainSolve>(state->facts, request_, manner->questions,
                                                  manner->options);
  }
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
  return DocumentOf(explained, {.ecosystem = "plain", .strategy = "cdcl", .channels = {}},
                    state_->revision);
}

json NeedsJson(const std::string& handle, uint64_t revision, const engine::Wants& wants) {
  return {{"status", "needs"},
          {"solve", handle},
          {"revision", revision},
          {"wants", wire::WantsJson(wants)},
          {"hints", json::array()}};
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
               .detail = Cat("at most ", count_max_, " solves wait for facts at a time"),
               .retryable = true};
}

std::variant<std::string, Fault> Solves::Add(std::unique_ptr<OpenSolve> solve) {
  const std::lock_guard lock(mutex_);
  std::variant<std::string, Fault> handle = NewHandle();
  if (const auto* const text = std::get_if<std::string>(&handle)) {
    parked_.emplace(*text, std::move(solve));
  }
  return handle;
}

std::variant<std::unique_ptr<OpenSolve>, Fault> Solves::Take(const std::string& handle) {
  const std::lock_guard lock(mutex_);
  const auto found = parked_.find(handle);
  if (found != parked_.end() && found->second != nullptr) return std::move(found->second);
  return Fault{.kind = FaultKind::kUnknownHandle,
               .path = "/solve",
               .detail = Cat(found == parked_.end() ? "no solve " : "it runs: ", Quoted(handle),
                             found == parked_.end() ? " waits" : "")};
}

void Solves::PutBack(const std::string& handle, std::unique_ptr<OpenSolve> solve) {
  const std::lock_guard lock(mutex_);
  parked_[handle] = std::move(solve);
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

void Solves::Begin(const CallId& id, std::unique_ptr<OpenSolve> solve,
                   std::shared_ptr<CancelFlag> flag, const SharedAsked& asked, Outlet& outlet) {
  auto waiting = std::make_shared<Waiting>();
  waiting->id = id;
  waiting->flag = std::move(flag);
  waiting->solve = std::move(solve);
  waiting->params = asked->params;
  waiting->latest = asked->universe;
  {
    const std::lock_guard lock(mutex_);
    std::variant<std::string, Fault> handle = NewHandle();
    if (const Fault* const fault = std::get_if<Fault>(&handle)) return outlet.Answer(id, *fault);
    waiting->handle = std::get<std::string>(std::move(handle));
    waiting_.emplace(id, waiting);
  }
  GoOn(waiting, outlet);
}

// On a thread of its own from the moment that `runs` is set until it is unset here.
void Solves::GoOn(const SharedWaiting& waiting, Outlet& outlet) {
  while (true) {
    SharedState state;
    {
      const std::lock_guard lock(mutex_);
      state = waiting->latest;
    }
    OpenSolve::Result result = waiting->solve->Run(state, waiting->params, *waiting->flag);
    const auto* const wants = std::get_if<engine::Wants>(&result);
    if (wants == nullptr) {
      End(*waiting);
      if (json* const document = std::get_if<json>(&result)) {
        return outlet.Answer(waiting->id, std::move(*document));
      }
      return outlet.Answer(waiting->id, std::get<Fault>(std::move(result)));
    }
    if (waiting->flag->cancelled()) {
      End(*waiting);
      return outlet.Answer(waiting->id, waiting->solve->Finish());
    }
    json note = NeedsJson(waiting->handle, state->revision, *wants);
    note.erase("status");
    note["id"] = json::parse(waiting->id);
    note["universe"] = waiting->solve->universe();
    const std::lock_guard lock(mutex_);
    if (waiting->latest != state || waiting->flag->cancelled()) continue;
    if (waiting->told != wants->facts) outlet.Notify("universe/wants", note);
    waiting->told = wants->facts;
    waiting->runs = false;
    return;
  }
}

void Solves::End(const Waiting& waiting) {
  const std::lock_guard lock(mutex_);
  waiting_.erase(waiting.id);
}

void Solves::Wake(const SharedWaiting& waiting, Outlet& outlet) {
  if (std::exchange(waiting->runs, true)) return;
  outlet.Post([this, waiting, &outlet] { GoOn(waiting, outlet); });
}

void Solves::Updated(std::string_view universe, const SharedState& state, Outlet& outlet) {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, waiting] : waiting_) {
    if (waiting->solve->universe() != universe) continue;
    waiting->latest = state;
    Wake(waiting, outlet);
  }
}

void Solves::Closed(std::string_view universe, Outlet& outlet) {
  const std::lock_guard lock(mutex_);
  absl::erase_if(parked_, [&](const auto& one) {
    return one.second != nullptr && one.second->universe() == universe;
  });
  for (const auto& [id, waiting] : waiting_) {
    if (waiting->solve->universe() != universe) continue;
    waiting->flag->Cancel();
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
