// TaskPool: tasks beside each other and beside the caller, and none forgotten.
#include "base/task_pool.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <latch>

namespace accord {
namespace {

// What it was before comes back at the end. Threads inherit it.
class OnOneCore {
 public:
  OnOneCore() {
    EXPECT_EQ(sched_getaffinity(0, sizeof before_, &before_), 0);
    cpu_set_t one;
    CPU_ZERO(&one);
    for (size_t cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++cpu) {
      if (CPU_ISSET(cpu, &before_)) CPU_SET(cpu, &one);
    }
    EXPECT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  }
  ~OnOneCore() { EXPECT_EQ(sched_setaffinity(0, sizeof before_, &before_), 0); }
  OnOneCore(const OnOneCore&) = delete;
  OnOneCore& operator=(const OnOneCore&) = delete;

 private:
  cpu_set_t before_{};
};

TEST(TaskPool, AsManyTasksAsThreadsWaitForEachOtherOnOneCoreToo) {
  const OnOneCore one_core;
  constexpr int kTasks = 8;
  std::latch all_run(kTasks);
  TaskPool pool(kTasks);
  for (int i = 0; i < kTasks; ++i) pool.Post([&] { all_run.arrive_and_wait(); });
  all_run.wait();
}

TEST(TaskPool, NoMoreTasksRunAtATimeThanThereAreThreads) {
  std::atomic<int> running{0};
  std::atomic<int> most{0};
  {
    TaskPool pool(2);
    for (int i = 0; i < 200; ++i) {
      pool.Post([&] {
        most = std::max(most.load(), ++running);
        sched_yield();
        --running;
      });
    }
  }
  EXPECT_LE(most, 2);
}

TEST(TaskPool, TheEndRunsWhatHadNotBegun) {
  std::atomic<int> runs{0};
  std::latch ending(1);
  {
    TaskPool pool(1);
    pool.Post([&] { ending.wait(); });
    for (int i = 0; i < 100; ++i) pool.Post([&] { ++runs; });
    EXPECT_EQ(runs, 0);
    ending.count_down();
  }
  EXPECT_EQ(runs, 100);
}

TEST(TaskPool, ATaskPostsAnotherWhileThePoolEnds) {
  std::atomic<bool> ran{false};
  {
    TaskPool pool(3);
    pool.Post([&] {
      for (int i = 0; i < 100; ++i) sched_yield();
      pool.Post([&] { ran = true; });
    });
  }
  EXPECT_TRUE(ran);
}

TEST(TaskPool, TasksOfOneThreadRunInTheOrderInWhichTheyCame) {
  std::vector<int> order;
  {
    TaskPool pool(1);
    for (int i = 0; i < 100; ++i) pool.Post([&order, i] { order.push_back(i); });
  }
  EXPECT_EQ(order.size(), 100U);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST(TaskPool, AThreadThatSleepsIsWoken) {
  TaskPool pool(1);
  for (int i = 0; i < 1000; ++i) {
    std::latch ran(1);
    pool.Post([&] { ran.count_down(); });
    ran.wait();
  }
}

TEST(TaskPoolDeathTest, APoolOfNoThreadsIsOurBug) { EXPECT_DEATH(TaskPool(0), "threads_max"); }

}  // namespace
}  // namespace accord
