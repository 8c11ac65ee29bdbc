#include "protocol/universes.h"

#include <utility>

#include "base/error.h"

namespace accord::protocol {

std::vector<const metadata::Source*> UniverseState::pointers() const {
  std::vector<const metadata::Source*> all;
  if (facts_source != nullptr) all.push_back(facts_source.get());
  for (const SharedSource& source : sources) all.push_back(source.get());
  return all;
}

std::variant<std::string, Fault> Universes::Add(SharedState state, bool takes_changes) {
  if (opened_.size() >= count_max_) {
    return Fault{.kind = FaultKind::kLimitExceeded,
                 .path = {},
                 .detail = Cat("at most ", count_max_, " universes are open at a time"),
                 .retryable = true};
  }
  std::string handle = Cat("u", ++last_);
  opened_.emplace(handle, Opened{.state = std::move(state), .takes_changes = takes_changes});
  return handle;
}

std::variant<SharedState, Fault> Universes::Find(std::string_view handle) const {
  const auto found = opened_.find(handle);
  if (found != opened_.end()) return found->second.state;
  return Fault{.kind = FaultKind::kUnknownHandle,
               .path = "/universe",
               .detail = Cat("no universe ", Quoted(handle), " is open")};
}

std::variant<SharedState, Fault> Universes::FindToChange(std::string_view handle) const {
  const auto found = opened_.find(handle);
  if (found == opened_.end() || found->second.takes_changes) return Find(handle);
  return Fault{.kind = FaultKind::kInvalidParams,
               .path = "/universe",
               .detail = Cat(Quoted(handle), " is a snapshot and takes no changes; fork it")};
}

void Universes::Replace(std::string_view handle, SharedState state) {
  opened_.find(handle)->second.state = std::move(state);
}

}  // namespace accord::protocol
