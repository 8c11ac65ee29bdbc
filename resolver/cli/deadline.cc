#include "cli/deadline.h"

#include <atomic>
#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace accord::cli {
namespace {

// All that a signal handler may do: one store to a lock-free atomic. The flag travels with the
// signal, so nothing is global.
void CancelOnSignal(int, siginfo_t* signal, void*) {
  static_assert(std::atomic<bool>::is_always_lock_free);
  if (signal->si_value.sival_ptr != nullptr) {
    static_cast<CancelFlag*>(signal->si_value.sival_ptr)->Cancel();
  }
}

}  // namespace

absl::Status Deadline::Start(uint64_t time_ms, CancelFlag& flag) {
  struct sigaction action {};
  action.sa_sigaction = CancelOnSignal;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGALRM;
  event.sigev_value.sival_ptr = &flag;
  itimerspec when{};
  when.it_value.tv_sec = static_cast<time_t>(time_ms / 1000);
  when.it_value.tv_nsec = static_cast<long>(time_ms % 1000) * 1'000'000;
  if (sigaction(SIGALRM, &action, nullptr) != 0 ||
      timer_create(CLOCK_MONOTONIC, &event, &timer_) != 0) {
    return absl::InternalError(Cat("--time-ms: a timer is wanted, ", std::strerror(errno)));
  }
  started_ = true;
  if (timer_settime(timer_, 0, &when, nullptr) != 0) {
    return absl::InternalError(Cat("--time-ms: a timer is wanted, ", std::strerror(errno)));
  }
  return absl::OkStatus();
}

Deadline::~Deadline() {
  if (started_) timer_delete(timer_);
}

}  // namespace accord::cli
