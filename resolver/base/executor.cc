#include "base/executor.h"

#include <algorithm>
#include <thread>

namespace accord {

Executor::Executor(size_t threads_max)
    : threads_(threads_max != 0 ? threads_max
                                : std::max<size_t>(1, std::thread::hardware_concurrency())) {}

void Executor::ForEach(size_t count, const std::function<void(size_t)>& task) const {
  if (std::min(threads_, count) > 1) return ForEachOnThreads(count, task);
  for (size_t i = 0; i < count; ++i) task(i);
}

}  // namespace accord
