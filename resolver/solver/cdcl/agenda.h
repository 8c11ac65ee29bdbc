// The open requirements of the walk, first the one that is taken next. Follows D only: what is
// added belongs to an entry of D and lapses with it, what was taken comes back when D shrinks.
#pragma once

#include <string_view>
#include <vector>

#include "model/universe.h"
#include "solver/cdcl/arena.h"

namespace accord::cdcl {

using EntryIndex = uint32_t;  // into D; kRequest = the request itself
inline constexpr EntryIndex kRequest = UINT32_MAX;

struct OpenRequirement {
  RequirementId requirement;
  bool soft = false;
  int32_t priority = 0;
  uint32_t depth = 0;
  EntryIndex bringer = kRequest;  // whose requirement it is
  EntryIndex opener = kRequest;   // whose entry into D opened it: the bringer, or the member that
                                  // made its condition true
  bool lasting = false;           // belongs to the opener's lasting serial, not to its own
  uint64_t opener_serial = 0;     // tells the opener from a later entry at the same index
  uint32_t soft_index = 0;        // soft: in Problem::soft
};

// Takes (definite first, depth, priority, hard before soft, name of the first alternative's
// package, canonical text); equal ones by bringer, which D orders.
//
// What is taken keeps its slot until it is dropped or given back. Backtracking gives back what was
// taken last first, so what comes back is in order already and waits on a stack beside the heap.
class Agenda {
 public:
  using Slot = uint32_t;

  Agenda(const Universe& universe, Arena& arena) : universe_(universe), arena_(arena) {}

  void Clear();
  [[nodiscard]] bool empty() const { return heap_.empty() && returned_.empty(); }
  void Add(const OpenRequirement& open);
  // Is there nothing, or only what is taken after every requirement of this depth, unless that is
  // of the request?
  [[nodiscard]] bool IsPast(uint32_t depth) const;
  [[nodiscard]] Slot TakeFirst();
  [[nodiscard]] const OpenRequirement& at(Slot slot) const { return slots_[slot].open; }
  void GiveBack(Slot slot);
  void Drop(Slot slot) { free_.push_back(slot); }

 private:
  // What most comparisons end with, in two words: everything before the name, and the name's first
  // eight bytes.
  struct Key {
    uint64_t rank = 0;
    uint64_t name_begin = 0;
    PackageId package;  // of the first alternative; invalid: there is none
    Slot slot = 0;
  };
  struct Kept {
    OpenRequirement open;
    Key key;
  };
  [[nodiscard]] Key KeyOf(const OpenRequirement& open, Slot slot) const;
  [[nodiscard]] const Key& First() const;
  [[nodiscard]] bool Before(const Key& a, const Key& b) const;
  [[nodiscard]] bool NameBefore(const Key& a, const Key& b) const;
  [[nodiscard]] std::string_view NameOf(PackageId package) const;
  void Push(const Key& key);

  const Universe& universe_;
  Arena& arena_;
  ArenaVector<Key> heap_{arena_};
  ArenaVector<Key> returned_{arena_};  // the first one last
  ArenaVector<Kept> slots_{arena_};
  ArenaVector<Slot> free_{arena_};
};

}  // namespace accord::cdcl
