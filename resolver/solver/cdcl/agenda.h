// The open requirements of the walk, first the one that is taken next. Follows D only: what is
// added belongs to an entry of D and lapses with it, what was taken comes back when D shrinks.
#pragma once

#include <string_view>
#include <vector>

#include "model/universe.h"

namespace accord::cdcl {

using EntryIndex = uint32_t;  // into D; kRequest = the request itself
inline constexpr EntryIndex kRequest = UINT32_MAX;

struct OpenRequirement {
  RequirementId requirement;
  bool definite = false;
  bool soft = false;
  int32_t priority = 0;
  uint32_t depth = 0;
  EntryIndex bringer = kRequest;  // whose requirement it is
  EntryIndex opener = kRequest;   // whose entry into D opened it: the bringer, or the member that
                                  // made its condition true
  uint64_t opener_serial = 0;     // tells the opener from a later entry at the same index
  uint32_t soft_index = 0;        // soft: in Problem::soft
};

// Takes (definite first, depth, priority, hard before soft, name of the first alternative's
// package, canonical text); equal ones by bringer, which D orders.
class Agenda {
 public:
  explicit Agenda(const Universe& universe) : universe_(universe) {}

  void Clear() { heap_.clear(); }
  [[nodiscard]] bool empty() const { return heap_.empty(); }
  void Add(const OpenRequirement& open);
  [[nodiscard]] OpenRequirement TakeFirst();

 private:
  [[nodiscard]] bool Before(const OpenRequirement& a, const OpenRequirement& b) const;
  [[nodiscard]] std::string_view FirstName(RequirementId requirement) const;

  const Universe& universe_;
  std::vector<OpenRequirement> heap_;
};

}  // namespace accord::cdcl
