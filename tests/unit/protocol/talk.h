// A client of a session, without a connection: what is said to it, and what it sends.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "protocol/session.h"
#include "tests/support/kept_messages.h"

namespace accord::protocol {

class Talk {
 public:
  using json = nlohmann::json;

  static constexpr auto kPatience = std::chrono::seconds(60);
  static int64_t Noon() { return 1'718'452'800; }

  explicit Talk(size_t threads = 2, const Limits& limits = {}) {
    session_.emplace(
        SessionOptions{
            .engine_version = "test", .threads = threads, .limits = limits, .now_unix_s = Noon},
        [this](std::string frame, OutputKind) {
          if (Recording* const kept = KeptMessages()) kept->Answered(frame);
          const std::lock_guard lock(mutex_);
          sent_.push_back(json::parse(frame));
          changed_.notify_all();
          return drops_.exchange(0);
        },
        [this] {
          const std::lock_guard lock(mutex_);
          ended_ = true;
          changed_.notify_all();
        });
  }

  void Say(const std::string& frame) {
    if (Recording* const kept = KeptMessages()) kept->Sent(frame);
    session_->Take(frame);
  }
  void Call(const json& id, const std::string& method, const json& params = json::object()) {
    Say(json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}}.dump());
  }
  // The next message, in the order of sending.
  json Next() {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, kPatience, [this] { return !sent_.empty(); })) return "silence";
    json next = std::move(sent_.front());
    sent_.pop_front();
    return next;
  }
  // The answer to a call that is the only one.
  json Ask(const std::string& method, const json& params = json::object()) {
    Call(++last_, method, params);
    const json answer = Next();
    EXPECT_EQ(answer.at("id"), last_);
    return answer.contains("result") ? answer.at("result") : answer.at("error").at("data");
  }
  void Begin() { EXPECT_EQ(Ask("initialize", {{"protocolVersions", {1}}})["protocolVersion"], 1); }
  // As if the next message that is sent had taken the place of so many.
  void Drop(size_t count) { drops_ = count; }
  void End() { session_.reset(); }
  // The end is told after the answer to shutdown.
  [[nodiscard]] bool Ends() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [this] { return ended_; });
  }
  [[nodiscard]] bool ended() {
    const std::lock_guard lock(mutex_);
    return ended_;
  }
  [[nodiscard]] bool is_silent() {
    const std::lock_guard lock(mutex_);
    return sent_.empty();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<json> sent_;
  bool ended_ = false;
  std::atomic<size_t> drops_{0};
  int last_ = 0;
  std::optional<Session> session_;
};

}  // namespace accord::protocol
