#include "protocol/output_queue.h"

#include <utility>

namespace accord::protocol {
namespace {

bool IsOwed(OutputKind kind) {
  return kind == OutputKind::kResult || kind == OutputKind::kNotification;
}

}  // namespace

size_t OutputQueue::Push(std::string frame, OutputKind kind, Wakes wakes) {
  size_t dropped = 0;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return 0;
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
      ++dropped;
    }
  }
  if (wakes == Wakes::kWriter) changed_.notify_one();
  return dropped;
}

std::optional<std::string> OutputQueue::Pop() {
  std::unique_lock lock(mutex_);
  if (written_by_ == WrittenBy::kWriter) written_by_ = WrittenBy::kNobody;
  while (true) {
    if (written_by_ == WrittenBy::kNobody) {
      if (const auto kind = KindOfOldest()) {
        written_by_ = WrittenBy::kWriter;
        return TakeOldest(*kind);
      }
      if (closed_) return std::nullopt;
    }
    changed_.wait(lock);
  }
}

std::optional<std::string> OutputQueue::TakeNow(absl::FunctionRef<size_t()> bytes_max) {
  const std::lock_guard lock(mutex_);
  if (written_by_ != WrittenBy::kNobody) return std::nullopt;
  const auto kind = KindOfOldest();
  if (!kind || LaneOf(*kind).front().frame.size() > bytes_max()) return std::nullopt;
  written_by_ = WrittenBy::kOther;
  return TakeOldest(*kind);
}

void OutputQueue::Done() {
  const std::lock_guard lock(mutex_);
  written_by_ = WrittenBy::kNobody;
}

void OutputQueue::GiveBack(std::string frame) {
  const std::lock_guard lock(mutex_);
  written_by_ = WrittenBy::kNobody;
  if (overflown_) return;
  waiting_bytes_ += frame.size();
  owed_bytes_ += frame.size();
  LaneOf(OutputKind::kResult).push_front({.number = 0, .frame = std::move(frame)});
}

void OutputQueue::Wake() {
  {
    const std::lock_guard lock(mutex_);
    if (!closed_ && !KindOfOldest()) return;
  }
  changed_.notify_one();
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
