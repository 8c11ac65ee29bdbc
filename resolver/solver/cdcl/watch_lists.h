// Which clauses watch a literal: a list by literal code, all lists in one array. A list that is
// full moves to the end with twice the room; what it leaves behind is at most what the lists hold.
// Thousands of short lists cost no allocation each.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "solver/cdcl/arena.h"
#include "solver/cdcl/clause_arena.h"
#include "solver/cdcl/literal.h"

namespace accord::cdcl {

class Watch {
 public:
  Watch() = default;
  Watch(ClauseRef clause, Lit other, bool is_binary)
      : blocker(other), word_(clause << 1 | (is_binary ? 1 : 0)) {}
  [[nodiscard]] ClauseRef clause() const { return word_ >> 1; }
  [[nodiscard]] bool binary() const { return (word_ & 1) != 0; }

  Lit blocker;  // another literal of the clause; of a binary clause the other one

 private:
  uint32_t word_ = 0;  // a ClauseRef has 31 bits
};

class WatchLists {
 public:
  explicit WatchLists(Arena& arena) : lists_(arena, 128), watches_(arena, 128) {}

  void GrowTo(size_t codes) { lists_.resize(codes); }
  [[nodiscard]] size_t size() const { return lists_.size(); }

  void Push(Lit literal, Watch watch) {
    List& list = lists_[literal.code()];
    if (list.count == list.room) Move(list);
    watches_[list.first + list.count++] = watch;
  }
  // Good until the next Push.
  [[nodiscard]] std::span<Watch> Of(uint32_t code) {
    return {watches_.data() + lists_[code].first, lists_[code].count};
  }
  void Shrink(uint32_t code, size_t count) { lists_[code].count = static_cast<uint32_t>(count); }

 private:
  struct List {
    uint32_t first = 0, count = 0, room = 0;
  };
  void Move(List& list) {
    const size_t room = std::max(size_t{2}, size_t{list.room} * 2);
    const size_t first = watches_.size();
    ACCORD_CHECK(first + room < UINT32_MAX);
    watches_.resize(first + room);
    std::copy_n(watches_.begin() + list.first, list.count,
                watches_.begin() + static_cast<std::ptrdiff_t>(first));
    list.first = static_cast<uint32_t>(first);
    list.room = static_cast<uint32_t>(room);
  }

  ArenaVector<List> lists_;
  ArenaVector<Watch> watches_;
};

}  // namespace accord::cdcl
