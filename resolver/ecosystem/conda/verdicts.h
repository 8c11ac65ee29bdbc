// The verdicts of a program in postfix order, which specifiers and conditions are kept as: a stack
// of at most 64, in one word.
#pragma once

#include <cstdint>

namespace accord::conda {

class Verdicts {
 public:
  void Push(bool verdict) { bits_ = bits_ << 1 | (verdict ? 1 : 0); }
  // Each takes two and puts one.
  void And() {
    const uint64_t top = bits_ & 1;
    bits_ >>= 1;
    bits_ &= ~uint64_t{1} | top;
  }
  void Or() {
    const uint64_t top = bits_ & 1;
    bits_ = bits_ >> 1 | top;
  }
  [[nodiscard]] bool top() const { return (bits_ & 1) != 0; }

 private:
  uint64_t bits_ = 0;  // the top one lowest
};

}  // namespace accord::conda
