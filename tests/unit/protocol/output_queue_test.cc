// The queue of what is to be written: in order, nothing owed lost, droppable things lost first.
#include "protocol/output_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/task_pool.h"

namespace accord::protocol {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::optional<std::string> TakeUpTo(OutputQueue& queue, size_t bytes_max) {
  return queue.TakeNow([=] { return bytes_max; });
}

std::vector<std::string> PopAll(OutputQueue& queue) {
  queue.Close();
  std::vector<std::string> frames;
  while (auto frame = queue.Pop()) frames.push_back(*std::move(frame));
  return frames;
}

TEST(OutputQueue, FramesComeInTheOrderInWhichTheyWerePushed) {
  OutputQueue queue;
  queue.Push("a", OutputKind::kLog);
  queue.Push("bc", OutputKind::kResult);
  queue.Push("d", OutputKind::kProgress);
  queue.Push("e", OutputKind::kNotification);
  queue.Push("f", OutputKind::kResult);
  queue.Push("g", OutputKind::kNotification);
  queue.Push("h", OutputKind::kLog);
  EXPECT_EQ(queue.waiting_bytes(), 8U);
  EXPECT_EQ(queue.Pop(), "a");
  EXPECT_EQ(queue.waiting_bytes(), 7U);
  EXPECT_THAT(PopAll(queue), ElementsAre("bc", "d", "e", "f", "g", "h"));
  EXPECT_EQ(queue.waiting_bytes(), 0U);
}

TEST(OutputQueue, AClosedQueueTakesNothingMore) {
  OutputQueue queue;
  queue.Push("a", OutputKind::kResult);
  queue.Close();
  queue.Push("b", OutputKind::kResult);
  EXPECT_THAT(PopAll(queue), ElementsAre("a"));
  EXPECT_EQ(queue.Pop(), std::nullopt);
}

TEST(OutputQueue, ACrowdedQueueDropsTheOldestProgressFirstThenLogs) {
  OutputQueue queue({.crowded_bytes = 7});
  queue.Push("log 1", OutputKind::kLog);
  queue.Push("p1", OutputKind::kProgress);
  queue.Push("p2", OutputKind::kProgress);
  EXPECT_EQ(queue.waiting_bytes(), 7U) << "the oldest progress went";
  queue.Push("result 1", OutputKind::kResult);
  EXPECT_EQ(queue.waiting_bytes(), 8U) << "all that is droppable went";
  queue.Push("wants", OutputKind::kNotification);
  queue.Push("p3", OutputKind::kProgress);
  queue.Push("log 2", OutputKind::kLog);
  EXPECT_THAT(PopAll(queue), ElementsAre("result 1", "wants"));
}

TEST(OutputQueue, ANewerProgressTakesThePlaceOfAnOlder) {
  OutputQueue queue({.crowded_bytes = 5});
  for (int i = 0; i < 100; ++i) queue.Push(Cat("p", i), OutputKind::kProgress);
  EXPECT_THAT(PopAll(queue), ElementsAre("p99"));
}

TEST(OutputQueue, OneThatNobodyReadsOverflowsForGood) {
  OutputQueue queue({.crowded_bytes = 2, .owed_bytes_max = 8});
  queue.Push("one that is larger than all", OutputKind::kResult);
  EXPECT_FALSE(queue.overflown()) << "one frame may be";
  EXPECT_EQ(queue.Pop(), "one that is larger than all");
  queue.Push("1234", OutputKind::kResult);
  queue.Push("5678", OutputKind::kNotification);
  queue.Push("progress", OutputKind::kProgress);
  EXPECT_FALSE(queue.overflown()) << "what is droppable does not count";
  queue.Push("9", OutputKind::kResult);
  EXPECT_TRUE(queue.overflown());
  queue.Push("after", OutputKind::kResult);
  EXPECT_EQ(queue.waiting_bytes(), 0U);
  EXPECT_THAT(PopAll(queue), IsEmpty());
  EXPECT_TRUE(queue.overflown());
}

TEST(OutputQueue, TheOneWhoPopsWaitsForAFrameAndForTheEnd) {
  OutputQueue queue;
  std::latch popped(1);
  TaskPool pool(1);
  pool.Post([&] {
    EXPECT_EQ(queue.Pop(), "a");
    popped.count_down();
    EXPECT_EQ(queue.Pop(), std::nullopt);
  });
  queue.Push("a", OutputKind::kResult);
  popped.wait();
  queue.Close();
}

TEST(OutputQueue, WhatManyPushAtOnceArrivesAllAndEachInItsOrder) {
  constexpr int kThreads = 4;
  constexpr int kFrames = 2000;
  OutputQueue queue({.crowded_bytes = 100});
  std::latch pushed(kThreads);
  TaskPool pool(kThreads + 1);
  for (int i = 0; i < kThreads; ++i) {
    pool.Post([&, name = static_cast<char>('a' + i)] {
      for (int k = 0; k < kFrames; ++k) {
        queue.Push(Cat(name, k), OutputKind::kResult);
        queue.Push("progress", OutputKind::kProgress);
      }
      pushed.count_down();
    });
  }
  pool.Post([&] {
    pushed.wait();
    queue.Close();
  });
  std::map<char, int> next;
  while (const auto frame = queue.Pop()) {
    if (*frame == "progress") continue;
    const char name = frame->front();
    EXPECT_EQ(*frame, Cat(name, next[name]));
    ++next[name];
  }
  EXPECT_EQ(next.size(), size_t{kThreads});
  for (const auto& [name, count] : next) EXPECT_EQ(count, kFrames) << name;
}

TEST(OutputQueue, WhoPushesMayWriteInTheWritersPlace) {
  OutputQueue queue;
  queue.Push("small", OutputKind::kResult, OutputQueue::Wakes::kNobody);
  queue.Push("large frame", OutputKind::kResult, OutputQueue::Wakes::kNobody);
  EXPECT_EQ(TakeUpTo(queue, 8), "small");
  EXPECT_EQ(TakeUpTo(queue, 100), std::nullopt);  // while one is being written
  queue.Done();
  EXPECT_EQ(TakeUpTo(queue, 8), std::nullopt);
  EXPECT_EQ(queue.Pop(), "large frame");
  queue.Push("next", OutputKind::kResult);
  EXPECT_EQ(TakeUpTo(queue, 100), std::nullopt);  // the writer has not come back
  EXPECT_EQ(queue.Pop(), "next");
}

TEST(OutputQueue, WhatIsGivenBackIsTheOldestAgain) {
  OutputQueue queue;
  queue.Push("first", OutputKind::kNotification);
  queue.Push("second", OutputKind::kResult);
  std::optional<std::string> frame = TakeUpTo(queue, 100);
  queue.GiveBack(*std::move(frame));
  EXPECT_EQ(queue.waiting_bytes(), 11u);
  EXPECT_EQ(queue.Pop(), "first");
  EXPECT_EQ(queue.Pop(), "second");
}

}  // namespace
}  // namespace accord::protocol
