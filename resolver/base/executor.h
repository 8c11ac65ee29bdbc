// The one place where threads come from. Backed by oneTBB, or by std::thread when built with
// ACCORD_STD_THREADS (oneTBB gives false reports under ThreadSanitizer).
#pragma once

#include <cstddef>
#include <functional>

namespace accord {

class Executor {
 public:
  // threads_max 0 = as many as the machine has cores.
  explicit Executor(size_t threads_max = 0);

  [[nodiscard]] size_t threads() const { return threads_; }

  // Calls task(i) for each i in [0, count), each once, on up to threads() threads, in no defined
  // order; returns when all have ended. Tasks must not throw.
  void ForEach(size_t count, const std::function<void(size_t)>& task) const;

 private:
  void ForEachOnThreads(size_t count, const std::function<void(size_t)>& task) const;

  size_t threads_;
};

}  // namespace accord
