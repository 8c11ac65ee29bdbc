// The universes of a connection, by handle: what is known of packages, and its revision. What a
// request reads is a state that never changes; a change makes another one.
//
// Not thread-safe: the reader's thread alone has it. States may be read from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/interner.h"
#include "engine/sources.h"
#include "protocol/fault.h"
#include "protocol/told_facts.h"

namespace accord::protocol {

struct UniverseState {
  std::string ecosystem;
  uint64_t revision = 0;
  std::vector<SharedSource> sources;  // of pypi and conda, in the order of loading
  Facts facts;                        // that were put in
  SharedSource facts_source;          // what is known of those, before all sources; null: none

  // What a request of what is known reads.
  [[nodiscard]] std::vector<const metadata::Source*> pointers() const;
};
using SharedState = std::shared_ptr<const UniverseState>;

class Universes {
 public:
  explicit Universes(size_t count_max) : count_max_(count_max) {}

  // A new handle to a state. Faults: limitExceeded.
  [[nodiscard]] std::variant<std::string, Fault> Add(SharedState state, bool takes_changes);
  // Faults: unknownHandle.
  [[nodiscard]] std::variant<SharedState, Fault> Find(std::string_view handle) const;
  // The same, of one that takes changes. Faults: also invalidParams.
  [[nodiscard]] std::variant<SharedState, Fault> FindToChange(std::string_view handle) const;
  // Of a handle that is known.
  void Replace(std::string_view handle, SharedState state);
  void Close(std::string_view handle) { opened_.erase(handle); }

  [[nodiscard]] size_t size() const { return opened_.size(); }

 private:
  struct Opened {
    SharedState state;
    bool takes_changes = true;
  };
  size_t count_max_;
  uint64_t last_ = 0;
  TextMap<Opened> opened_;
};

}  // namespace accord::protocol
