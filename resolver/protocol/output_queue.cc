#include "protocol/output_queue.h"

#include <utility>

namespace accord::protocol {
namespace {

bool IsOwed(OutputKind kind) {
  return kind == OutputKind::kResult || kind == OutputKind::kNotification;
}

}  // namespace

void OutputQueue::Push(std::string frame, OutputKind kind) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    const size_t bytes = frame.size();
    if (IsOwed(kind) && owed_bytes_ > 0 && owed_bytes_ + bytes > limits_.owed_bytes_max) {
      closed_ = overflown_ = true;
      for (auto& lane : lanes_) lane.clear();
      waiting_bytes_ = owed_bytes_ = 0;
    } else {
      LaneOf(kind).push_back({next_number_++, std::move(frame)});
      waiting_bytes_ += bytes;
      if (IsOwed(kind)) owed_bytes_ += bytes;
    }
    while (waiting_bytes_ > limits_.crowded_bytes &&
           (DropOldest(OutputKind::kProgress) || DropOldest(OutputKind::kLog))) {
    }
  }
  changed_.notify_one();
}

std::optional<std::string> OutputQueue::Pop() {
  std::unique_lock lock(mutex_);
  while (true) {
    if (const auto kind = KindOfOldest()) return TakeOldest(*kind);
    if (closed_) return std::nullopt;
    changed_.wait(lock);
  }
}

void OutputQueue::Close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_one();
}

size_t OutputQueue::waiting_bytes() const {
  const std::lock_guard lock(mutex_);
  return waiting_bytes_;
}

bool OutputQueue::overflown() const {
  const std::lock_guard lock(mutex_);
  return overflown_;
}

std::optional<OutputKind> OutputQueue::KindOfOldest() const {
  std::optional<OutputKind> kind;
  uint64_t number = next_number_;
  for (size_t i = 0; i < lanes_.size(); ++i) {
    if (lanes_[i].empty() || lanes_[i].front().number >= number) continue;
    number = lanes_[i].front().number;
    kind = static_cast<OutputKind>(i);
  }
  return kind;
}

std::string OutputQueue::TakeOldest(OutputKind kind) {
  std::string frame = std::move(LaneOf(kind).front().frame);
  LaneOf(kind).pop_front();
  waiting_bytes_ -= frame.size();
  if (IsOwed(kind)) owed_bytes_ -= frame.size();
  return frame;
}

bool OutputQueue::DropOldest(OutputKind kind) {
  if (LaneOf(kind).empty()) return false;
  TakeOldest(kind);
  return true;
}

}  // namespace accord::protocol
