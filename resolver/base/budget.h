// How long a search may go on, in units that do not depend on the machine, how it is told to stop
// early, and how it tells how far it is.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <limits>

namespace accord {

// Set from any thread, or by time; read before each step of a search, which is one fixpoint of
// propagation at most.
class CancelFlag {
 public:
  void Cancel() { cancelled_.store(true, std::memory_order_relaxed); }
  // From then on it is set. To be called before the search begins, by who begins it.
  void CancelAfter(std::chrono::milliseconds time) { end_ = Clock::now() + time; }
  // By somebody, not by time.
  [[nodiscard]] bool told() const { return cancelled_.load(std::memory_order_relaxed); }
  [[nodiscard]] bool cancelled() const {
    return told() || (end_ != Clock::time_point::max() && Clock::now() >= end_);
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::atomic<bool> cancelled_{false};
  Clock::time_point end_ = Clock::time_point::max();
};

// What a search has done, in the words of Counters (model/outcome.h).
struct SearchSteps {
  uint64_t work = 0;
  uint64_t packages = 0;
  uint64_t decisions = 0;
  uint64_t conflicts = 0;
};

// Is told what more was done, each time that the flag is read: often. By the thread that searches,
// which waits meanwhile.
class SearchObserver {
 public:
  SearchObserver() = default;
  SearchObserver(const SearchObserver&) = delete;
  SearchObserver& operator=(const SearchObserver&) = delete;
  virtual ~SearchObserver() = default;
  virtual void Did(const SearchSteps& more) = 0;
};

struct Budget {
  static constexpr uint64_t kUnlimited = std::numeric_limits<uint64_t>::max();
  // Work = assignments made by the search plus clause literals looked at in conflict analysis:
  // equal input, equal work, on every machine. Counted over the solver's life of one problem.
  uint64_t work_max = kUnlimited;
  const CancelFlag* cancel = nullptr;  // neither is owned
  SearchObserver* observer = nullptr;

  // Of a question that has a limit of its own.
  [[nodiscard]] Budget WithWork(uint64_t limit) const {
    return {.work_max = limit, .cancel = cancel, .observer = observer};
  }
};

}  // namespace accord
