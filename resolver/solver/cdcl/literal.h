// Variables and literals of the SAT core.
#pragma once

#include <compare>
#include <cstdint>

namespace accord::cdcl {

using Var = uint32_t;
inline constexpr Var kNoVar = UINT32_MAX;

class Lit {
 public:
  constexpr Lit() = default;
  [[nodiscard]] static constexpr Lit True(Var var) { return Lit(var << 1); }
  [[nodiscard]] static constexpr Lit False(Var var) { return Lit((var << 1) | 1); }
  [[nodiscard]] static constexpr Lit FromCode(uint32_t code) { return Lit(code); }

  [[nodiscard]] constexpr Var var() const { return code_ >> 1; }
  [[nodiscard]] constexpr bool negative() const { return (code_ & 1) != 0; }
  [[nodiscard]] constexpr uint32_t code() const { return code_; }
  constexpr Lit operator~() const { return Lit(code_ ^ 1); }
  constexpr auto operator<=>(const Lit&) const = default;

 private:
  constexpr explicit Lit(uint32_t code) : code_(code) {}
  uint32_t code_ = UINT32_MAX;
};

enum class Value : int8_t { kFalse = -1, kOpen = 0, kTrue = 1 };

}  // namespace accord::cdcl
