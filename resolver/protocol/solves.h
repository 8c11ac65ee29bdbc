// Solves that wait for facts: those of needs mode, which the client goes on with by their
// handle, and those of wants mode, whose request stays in flight and which updates wake.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/budget.h"
#include "base/interner.h"
#include "protocol/asked.h"
#include "protocol/open_request.h"
#include "protocol/outlet.h"

namespace accord::protocol {

// One solve between its waves, or in one. Not thread-safe.
class OpenSolve {
 public:
  // What a wave leads to.
  using Result = std::variant<nlohmann::json, engine::Wants, Fault>;

  // Reads the request. Faults: invalidParams.
  [[nodiscard]] static std::variant<std::unique_ptr<OpenSolve>, Fault> Of(SharedAsked asked);

  // Goes on with what is known in `state`; begins anew if that contradicts what was read. `params`:
  // of the call that says how far (limits).
  [[nodiscard]] Result Run(const SharedState& state, const JsonNode& params, const TaskCall& call);
  // The answer as it is.
  [[nodiscard]] Reply Finish();

  [[nodiscard]] const std::string& universe() const { return asked_->handle; }
  [[nodiscard]] uint64_t revision() const { return state_->revision; }

 private:
  OpenSolve(SharedAsked asked, std::unique_ptr<OpenRequest> request)
      : asked_(std::move(asked)), state_(asked_->universe), request_(std::move(request)) {}
  [[nodiscard]] nlohmann::json Document(const engine::Explained& explained) const;

  SharedAsked asked_;
  SharedState state_;
  std::unique_ptr<OpenRequest> request_;
  std::optional<Manner> manner_;    // of the call that asked; its limits are each call's own
  engine::Solve* solve_ = nullptr;  // that request_ has
};

// Thread-safe.
class Solves {
 public:
  explicit Solves(size_t count_max) : count_max_(count_max) {}
  // From now on.
  void Limit(size_t count_max);

  // ---- Needs mode. A solve is out of here while it runs.

  // A handle for a solve of this universe, which runs. Faults: limitExceeded.
  [[nodiscard]] std::variant<std::string, Fault> Open(const std::string& universe);
  // It runs. Faults: unknownHandle, also while it runs already.
  [[nodiscard]] std::variant<std::unique_ptr<OpenSolve>, Fault> Take(const std::string& handle);
  // It waits, unless its universe is closed.
  void PutBack(const std::string& handle, std::unique_ptr<OpenSolve> solve);
  void Forget(const std::string& handle);

  // ---- Wants mode.

  struct Waiting;
  using SharedWaiting = std::shared_ptr<Waiting>;

  // From here on updates reach it, so it is called when the call arrives; GoOn is to follow.
  // Faults: limitExceeded.
  [[nodiscard]] std::variant<SharedWaiting, Fault> Await(const TaskCall& call, SharedAsked asked);
  // Runs it until it has to wait, on the thread that calls; its answer goes to the outlet, now or
  // after an update.
  void GoOn(const SharedWaiting& waiting, Outlet& outlet);
  // The universe is now so: who waits for it goes on, on threads of the outlet, and tells what it
  // wants if that is something else than before.
  void Updated(std::string_view universe, const SharedState& state, Outlet& outlet);
  // The universe is closed: nothing can wait for it. Who has a handle is forgotten, whose request
  // is in flight answers with what it has.
  void Closed(std::string_view universe, Outlet& outlet);
  // Whose flag was set answers with what it has.
  void Cancelled(const CallId& id, Outlet& outlet);
  void AllCancelled(Outlet& outlet);

  [[nodiscard]] size_t size() const;

 private:
  struct Parked {
    std::string universe;
    std::unique_ptr<OpenSolve> solve;  // null: it runs
  };

  [[nodiscard]] std::variant<std::string, Fault> NewHandle();  // under the mutex
  void End(const Waiting& waiting, const Reply& reply, Outlet& outlet);
  void Wake(const SharedWaiting& waiting, Outlet& outlet);  // under the mutex

  mutable std::mutex mutex_;  // of all that follows
  size_t count_max_;
  uint64_t last_ = 0;
  TextMap<Parked> parked_;
  absl::flat_hash_map<CallId, SharedWaiting> waiting_;
};

// {status: "needs", solve, revision, wants[], hints[]}
[[nodiscard]] nlohmann::json NeedsJson(const std::string& handle, uint64_t revision,
                                       const engine::Wants& wants);

}  // namespace accord::protocol
