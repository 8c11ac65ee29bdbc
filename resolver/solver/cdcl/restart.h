// When to restart a search whose order is not the objective: Luby's sequence (Luby, Sinclair,
// Zuckerman 1993) times a fixed number of conflicts.
#pragma once

#include <bit>
#include <cstdint>

namespace accord::cdcl {

class Luby {
 public:
  // Call at each conflict. True: restart now.
  [[nodiscard]] bool Conflict() {
    if (++conflicts_ < kUnit * Term(index_)) return false;
    conflicts_ = 0;
    ++index_;
    return true;
  }

  // The sequence 1 1 2 1 1 2 4 ..., i from 1.
  [[nodiscard]] static uint64_t Term(uint64_t i) {
    while (true) {
      const auto bits = static_cast<int>(std::bit_width(i));
      if (i == (uint64_t{1} << bits) - 1) return uint64_t{1} << (bits - 1);
      i -= (uint64_t{1} << (bits - 1)) - 1;
    }
  }

 private:
  static constexpr uint64_t kUnit = 128;
  uint64_t conflicts_ = 0;
  uint64_t index_ = 1;
};

}  // namespace accord::cdcl
