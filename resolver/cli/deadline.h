// Sets a flag when a time is over: a timer of the kernel, no thread. One at a time in a process.
#pragma once

#include <csignal>
#include <cstdint>
#include <ctime>

#include "absl/status/status.h"
#include "base/budget.h"

namespace accord::cli {

class Deadline {
 public:
  Deadline() = default;
  ~Deadline();
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  // Cancels `flag`, which outlives this, `time_ms` from now (at least 1). Called once. Uses
  // SIGALRM.
  [[nodiscard]] absl::Status Start(uint64_t time_ms, CancelFlag& flag);

 private:
  bool started_ = false;
  timer_t timer_{};
};

}  // namespace accord::cli
