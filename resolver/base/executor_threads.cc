// Apart from the rest of Executor because oneTBB is a large library to start with (start/parts.h).
#include <algorithm>
#include <functional>

#include "base/executor.h"

#ifdef ACCORD_STD_THREADS
#include <atomic>
#include <thread>
#include <vector>
#else
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#endif

namespace accord {

#ifdef ACCORD_STD_THREADS

void Executor::ForEachOnThreads(size_t count, const std::function<void(size_t)>& task) const {
  std::atomic<size_t> next{0};
  const auto work = [&] {
    for (size_t i = next.fetch_add(1); i < count; i = next.fetch_add(1)) task(i);
  };
  std::vector<std::thread> threads;
  for (size_t i = 1; i < std::min(threads_, count); ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
}

#else

void Executor::ForEachOnThreads(size_t count, const std::function<void(size_t)>& task) const {
  oneapi::tbb::task_arena arena(static_cast<int>(threads_));
  arena.execute([&] { oneapi::tbb::parallel_for(size_t{0}, count, task); });
}

#endif

}  // namespace accord
