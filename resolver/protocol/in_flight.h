// Requests that are owed an answer, by id. Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "base/budget.h"
#include "protocol/message.h"

namespace accord::protocol {

class InFlight {
 public:
  enum class Added { kYes, kDuplicate, kFull };

  explicit InFlight(size_t count_max) : count_max_(count_max) {}

  // `flag` is what Cancel sets.
  [[nodiscard]] Added Add(const CallId& id, std::shared_ptr<CancelFlag> flag);
  // True: it was there. Whoever removes an id answers it.
  bool Remove(const CallId& id);
  void Cancel(const CallId& id);
  void CancelAll();
  // From now on.
  void Limit(size_t count_max);
  [[nodiscard]] size_t size() const;

 private:
  mutable std::mutex mutex_;  // of all that follows
  size_t count_max_;
  absl::flat_hash_map<CallId, std::shared_ptr<CancelFlag>> flags_;
};

}  // namespace accord::protocol
