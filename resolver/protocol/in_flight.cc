#include "protocol/in_flight.h"

#include <utility>

namespace accord::protocol {

InFlight::Added InFlight::Add(const CallId& id, std::shared_ptr<CancelFlag> flag) {
  const std::lock_guard lock(mutex_);
  if (flags_.contains(id)) return Added::kDuplicate;
  if (flags_.size() >= count_max_) return Added::kFull;
  flags_.emplace(id, std::move(flag));
  return Added::kYes;
}

bool InFlight::Remove(const CallId& id) {
  const std::lock_guard lock(mutex_);
  return flags_.erase(id) > 0;
}

void InFlight::Cancel(const CallId& id) {
  const std::lock_guard lock(mutex_);
  if (const auto found = flags_.find(id); found != flags_.end()) found->second->Cancel();
}

void InFlight::CancelAll() {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, flag] : flags_) flag->Cancel();
}

void InFlight::Limit(size_t count_max) {
  const std::lock_guard lock(mutex_);
  count_max_ = count_max;
}

size_t InFlight::size() const {
  const std::lock_guard lock(mutex_);
  return flags_.size();
}

}  // namespace accord::protocol
