#include "base/task_pool.h"

#include <utility>

#include "base/check.h"

namespace accord {

TaskPool::TaskPool(size_t threads_max) : threads_max_(threads_max) {
  ACCORD_CHECK(threads_max > 0);
}

TaskPool::~TaskPool() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void TaskPool::Post(std::function<void()> task) noexcept {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(task));
    // While it ends only tasks post, and the thread of one that does will look here again.
    const bool wanted = waiting_.size() > idle_ && threads_.size() < threads_max_ && !ending_;
    if (wanted) threads_.emplace_back([this] { Work(); });
  }
  changed_.notify_one();
}

void TaskPool::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
    --idle_;
    if (waiting_.empty()) return;
    std::function<void()> task = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    task();
    task = nullptr;  // what it holds goes without the lock
    lock.lock();
  }
}

}  // namespace accord
