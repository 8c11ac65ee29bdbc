// One client of one session, in one process: for the laws of solves that wait for facts.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "base/check.h"
#include "protocol/session.h"
#include "tests/support/kept_messages.h"

namespace accord::protocol {

inline constexpr auto kWavePatience = std::chrono::seconds(120);

inline int64_t NoonOfWaves() { return 1'718'452'800; }

// Calls, and takes what the session sends, from one thread.
class WaveClient {
 public:
  WaveClient() {
    session_.emplace(
        SessionOptions{
            .engine_version = "test", .threads = 2, .limits = {}, .now_unix_s = NoonOfWaves},
        [this](const std::string& frame, OutputKind) {
          if (Recording* const kept = KeptMessages()) kept->Answered(frame);
          const std::lock_guard lock(mutex_);
          sent_.push_back(nlohmann::json::parse(frame));
          changed_.notify_all();
          return size_t{0};
        },
        [] {});
    Ask("initialize", {{"protocolVersions", {1}}});
  }

  int Call(const std::string& method, const nlohmann::json& params) {
    const std::string frame =
        nlohmann::json{{"jsonrpc", "2.0"}, {"id", ++last_}, {"method", method}, {"params", params}}
            .dump();
    if (Recording* const kept = KeptMessages()) kept->Sent(frame);
    session_->Take(frame);
    return last_;
  }
  nlohmann::json Next() {
    std::unique_lock lock(mutex_);
    ACCORD_CHECK(changed_.wait_for(lock, kWavePatience, [this] { return !sent_.empty(); }));
    nlohmann::json next = std::move(sent_.front());
    sent_.pop_front();
    return next;
  }
  // What else is sent meanwhile waits for Next.
  nlohmann::json Ask(const std::string& method, const nlohmann::json& params) {
    const int id = Call(method, params);
    std::deque<nlohmann::json> others;
    nlohmann::json answer = Next();
    for (; answer.value("id", nlohmann::json()) != id; answer = Next()) others.push_back(answer);
    const std::lock_guard lock(mutex_);
    sent_.insert(sent_.begin(), others.begin(), others.end());
    if (!answer.contains("result")) std::cout << answer.dump() << '\n';
    return answer.at("result");
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<nlohmann::json> sent_;
  int last_ = 0;
  std::optional<Session> session_;
};

}  // namespace accord::protocol
