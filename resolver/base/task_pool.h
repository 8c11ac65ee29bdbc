// Tasks that go on beside the caller: a connection's writer, requests that are answered at once.
// For loops over many small steps there is Executor.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace accord {

// Up to threads_max tasks run at the same time, on a machine with one core too: a task may wait for
// another that was posted, as long as no more of them wait than there are threads. Threads start
// when they are first needed; idle ones sleep.
//
// Plain threads in every build: oneTBB gives the tasks of an arena one worker for certain, whatever
// its size (of 4 tasks that waited for each other 1 ran, on two cores and on one), and more only by
// a limit that is the whole process's.
class TaskPool {
 public:
  explicit TaskPool(size_t threads_max);  // at least 1
  // Runs what was posted, and waits for all of it: nothing that was promised is forgotten. Who is
  // in a hurry tells the tasks (CancelFlag). Not to be called by a task.
  ~TaskPool();
  TaskPool(const TaskPool&) = delete;
  TaskPool& operator=(const TaskPool&) = delete;

  // Never waits. Tasks begin in the order in which they were posted, and must not throw. From any
  // thread, a task of this pool as well. A system that refuses a thread ends the process.
  void Post(std::function<void()> task) noexcept;

 private:
  void Work();

  const size_t threads_max_;
  std::mutex mutex_;  // of all that follows but threads_, which the destructor joins without it
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  size_t idle_ = 0;
  bool ending_ = false;
  std::vector<std::thread> threads_;  // grows under the mutex, until ending_
};

}  // namespace accord
