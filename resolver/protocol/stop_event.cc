#include "protocol/stop_event.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "base/check.h"

namespace accord::protocol {
namespace {

constexpr int kNone = -1;

std::atomic<int> g_stop_fd{kNone};  // a handler is given nothing else

void SetEvent(int fd) { (void)eventfd_write(fd, 1); }

// Uses nothing but write(), which a handler may.
void StopOnSignal(int) {
  static_assert(std::atomic<int>::is_always_lock_free);
  const int error = errno;
  const int fd = g_stop_fd.load();
  if (fd != kNone) SetEvent(fd);
  errno = error;
}

}  // namespace

StopEvent::StopEvent() : fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) { ACCORD_CHECK(fd_ >= 0); }

StopEvent::~StopEvent() { close(fd_); }

void StopEvent::Set() { SetEvent(fd_); }

StopOnSignals::StopOnSignals(const StopEvent& stop) {
  ACCORD_CHECK(g_stop_fd.exchange(stop.fd()) == kNone);
  struct sigaction action {};
  action.sa_handler = StopOnSignal;
  action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
  sigaction(SIGTERM, &action, &terminate_before_);
  sigaction(SIGINT, &action, &interrupt_before_);
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, &pipe_before_);
}

StopOnSignals::~StopOnSignals() {
  sigaction(SIGPIPE, &pipe_before_, nullptr);
  sigaction(SIGINT, &interrupt_before_, nullptr);
  sigaction(SIGTERM, &terminate_before_, nullptr);
  g_stop_fd = kNone;
}

}  // namespace accord::protocol
