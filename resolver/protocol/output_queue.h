// What is to be written, between those who have something to say and the one writer. Nobody who
// pushes ever waits; what may be lost is lost first, and a reader that never reads is noticed.
#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"

namespace accord::protocol {

enum class OutputKind {
  kResult,        // what a request is owed: never dropped
  kNotification,  // what the other side must hear, such as the facts that are wanted: never dropped
  kProgress,      // droppable, first of all
  kLog,           // droppable
};

// For any number of threads that push and one that pops. All its locks are inside.
class OutputQueue {
 public:
  struct Limits {
    // While more waits, the oldest progress goes, then the oldest log.
    size_t crowded_bytes = size_t{1} << 20;
    // More of what may not be dropped means that nobody reads, and nobody will: see overflown().
    size_t owed_bytes_max = size_t{256} << 20;
  };

  OutputQueue() : OutputQueue(Limits()) {}
  explicit OutputQueue(const Limits& limits) : limits_(limits) {}

  // Whether the writer is to be woken for it; who says no calls Wake soon.
  enum class Wakes : uint8_t { kWriter, kNobody };

  // `frame` is one message, without what frames it. After Close or an overflow it is dropped.
  // Returns how many of those that may be dropped were, so that there is room.
  size_t Push(std::string frame, OutputKind kind, Wakes wakes = Wakes::kWriter);

  // For the writer. The oldest frame, as soon as there is one and nobody else is writing; nothing
  // once the queue is closed and empty. It is being written until Pop is called again.
  [[nodiscard]] std::optional<std::string> Pop();

  // For who has just pushed and can write at once, which saves a wait for the writer: the oldest
  // frame, if nobody is writing and it has no more bytes than `bytes_max` says then: what it says
  // holds until Done, as nobody else writes. It is being written until Done.
  [[nodiscard]] std::optional<std::string> TakeNow(absl::FunctionRef<size_t()> bytes_max);
  void Done();
  // Instead of Done: it was not written, and is the oldest again.
  void GiveBack(std::string frame);
  // The writer goes on, if anything waits.
  void Wake();

  // Nothing more is taken; what waits is still popped.
  void Close();

  // Of the frames that wait; the one that is being written does not.
  [[nodiscard]] size_t waiting_bytes() const;

  // For good, once owed_bytes_max was reached (one frame alone may be larger). What waited is gone;
  // the connection is to be given up: whoever asked has not read 256 MiB of answers.
  [[nodiscard]] bool overflown() const;

 private:
  struct Waiting {
    uint64_t number = 0;
    std::string frame;
  };

  enum class WrittenBy : uint8_t { kNobody, kWriter, kOther };

  // Of these three the caller holds the mutex.
  [[nodiscard]] std::optional<OutputKind> KindOfOldest() const;
  std::string TakeOldest(OutputKind kind);
  bool DropOldest(OutputKind kind);

  std::deque<Waiting>& LaneOf(OutputKind kind) { return lanes_[static_cast<size_t>(kind)]; }

  const Limits limits_;
  mutable std::mutex mutex_;  // of all that follows
  std::condition_variable changed_;
  std::array<std::deque<Waiting>, 4> lanes_;  // one a kind: the oldest of each is at hand
  uint64_t next_number_ = 0;                  // the order across lanes
  size_t waiting_bytes_ = 0;
  size_t owed_bytes_ = 0;                      // of these, what may not be dropped
  WrittenBy written_by_ = WrittenBy::kNobody;  // frames are whole and in their order
  bool closed_ = false;
  bool overflown_ = false;
};

}  // namespace accord::protocol
