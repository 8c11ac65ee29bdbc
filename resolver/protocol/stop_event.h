// That a connection is to end, as a descriptor to poll: told by any thread, or by a signal.
#pragma once

#include <csignal>

namespace accord::protocol {

// Set once, and never again unset. A system with no descriptor to spare ends the process.
class StopEvent {
 public:
  StopEvent();
  ~StopEvent();
  StopEvent(const StopEvent&) = delete;
  StopEvent& operator=(const StopEvent&) = delete;

  void Set();                                   // from any thread
  [[nodiscard]] int fd() const { return fd_; }  // readable from then on

 private:
  const int fd_;
};

// While it lives, SIGTERM and SIGINT set `stop`, which outlives it, whichever thread they reach; a
// second one of a kind ends the process as usual. SIGPIPE is ignored: a write says EPIPE instead.
// At the end all is as it was before. One at a time in a process.
class StopOnSignals {
 public:
  explicit StopOnSignals(const StopEvent& stop);
  ~StopOnSignals();
  StopOnSignals(const StopOnSignals&) = delete;
  StopOnSignals& operator=(const StopOnSignals&) = delete;

 private:
  struct sigaction terminate_before_ {};
  struct sigaction interrupt_before_ {};
  struct sigaction pipe_before_ {};
};

}  // namespace accord::protocol
