// A connection's conversation: calls as they arrive, each answered once. Knows no bytes and no
// frames' form (transport), and no JSON-RPC beyond a Call (message.h).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/task_pool.h"
#include "protocol/fault.h"
#include "protocol/in_flight.h"
#include "protocol/limits.h"
#include "protocol/message.h"
#include "protocol/methods.h"
#include "protocol/outlet.h"
#include "protocol/output_queue.h"
#include "protocol/solves.h"

namespace accord::protocol {

struct SessionOptions {
  std::string engine_version;
  size_t threads = 1;  // requests that run at the same time
  Limits limits;
  UnixClock now_unix_s = nullptr;
};

class Session final : private Outlet {
 public:
  // Takes what is to be written, from any thread, and never waits. Returns how many messages of
  // progress and log were dropped for it: the reader is slow.
  using Send = std::function<size_t(std::string frame, OutputKind kind)>;

  // `on_end` is called once, from any thread, when `shutdown` was answered.
  Session(const SessionOptions& options, Send send, std::function<void()> on_end);
  // Cancels what runs and waits until every request has its answer.
  ~Session() override;

  // ---- Called by one thread, in the order of arrival.

  void Take(std::string_view frame);
  // A frame that could not be read.
  void Refuse(FaultKind kind, std::string detail);

 private:
  void TakeCall(Call call);
  void TakeNotification(const Call& call);
  [[nodiscard]] std::optional<Fault> WhyNotNow(const Call& call) const;
  void Answer(const CallId& id, const Reply& reply) override;
  void Notify(OutputKind kind, std::string_view method, const nlohmann::json& params) override;
  void Log(LogLevel level, std::string_view message) override;
  void Post(std::function<void()> task) override;
  void Write(std::string frame, OutputKind kind);
  void CancelAll();
  void AnswerShutdownIfIdle();  // under answer_mutex_
  void AnswerInitialize(const Call& call);
  // `not_given`: limits that were wanted and are more than there is, in words.
  [[nodiscard]] Reply Initialize(const JsonNode& params, std::vector<std::string>& not_given);
  [[nodiscard]] Reply Stats() const;

  const SessionOptions options_;
  const Send send_;
  const std::function<void()> on_end_;
  Solves solves_;
  SessionState state_;
  bool is_initialized_ = false;
  LogLevel log_ = LogLevel::kNone;  // what initialize asked for
  const std::chrono::steady_clock::time_point begun_;
  uint64_t received_ = 0;
  std::atomic<uint64_t> answered_{0};
  std::atomic<uint64_t> dropped_{0};  // messages, since the client was told

  InFlight in_flight_;
  std::atomic<bool> is_shutting_down_{false};
  std::mutex answer_mutex_;         // so that the answer to shutdown is the last
  std::optional<CallId> shutdown_;  // the call that waits until nothing runs
  TaskPool pool_;                   // last: its tasks use all of the above
};

}  // namespace accord::protocol
