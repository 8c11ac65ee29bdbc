// An array keyed by a dense id of which few entries are ever written: a solver's memory follows
// what its problem reaches, not what the universe holds. A root of a universe of 260,000 candidates
// reaches 25 of them, and clearing arrays of that size took a quarter of its time; so here, though
// ids are dense, entries are hashed. Nothing iterates over them.
#pragma once

#include <cstdint>

#include "solver/cdcl/arena.h"

namespace accord::cdcl {

template <class IdType, class T>
class Sparse {
 public:
  Sparse(const T& absent, Arena& arena) : arena_(arena), slots_(arena) {
    slots_.assign(size_t{1} << kFirstBits, {kFree, absent});
  }

  // What was written, else `absent`.
  [[nodiscard]] const T& operator[](IdType id) const { return slots_[Find(id.value())].value; }
  // To be written; good until the next call.
  [[nodiscard]] T& Write(IdType id) {
    size_t slot = Find(id.value());
    if (slots_[slot].key == kFree) {
      if (++used_ * 2 > slots_.size()) {
        Grow();
        slot = Find(id.value());
      }
      slots_[slot].key = id.value();
    }
    return slots_[slot].value;
  }

 private:
  static constexpr uint32_t kFirstBits = 6;
  static constexpr uint32_t kFree = UINT32_MAX;  // no valid id
  struct Slot {
    uint32_t key;
    T value;  // of a free slot: absent
  };

  // The key's slot, or the free one where it would be.
  [[nodiscard]] size_t Find(uint32_t key) const {
    size_t slot = (key * 2654435769U) >> (32 - bits_);  // Fibonacci hashing
    while (slots_[slot].key != key && slots_[slot].key != kFree) {
      slot = (slot + 1) & (slots_.size() - 1);
    }
    return slot;
  }
  // A slot is free yet: at most half of them are used.
  void Grow() {
    ArenaVector<Slot> old(arena_);
    old.swap(slots_);
    T absent{};
    for (const Slot& slot : old) {
      if (slot.key == kFree) absent = slot.value;
    }
    ++bits_;
    slots_.assign(old.size() * 2, {kFree, absent});
    for (const Slot& slot : old) {
      if (slot.key != kFree) slots_[Find(slot.key)] = slot;
    }
  }

  Arena& arena_;
  uint32_t bits_ = kFirstBits;
  size_t used_ = 0;
  ArenaVector<Slot> slots_;
};

}  // namespace accord::cdcl
