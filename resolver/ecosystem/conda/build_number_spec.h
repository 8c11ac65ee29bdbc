// What a build number must be: "3", "=3", "!=3", ">6", "<=8", "*", or a pattern over its digits
// (CEP 29: an int field "MUST be converted to str and handled as such"; the operators are those of
// conda, libmamba and rattler).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ecosystem/conda/text_match.h"

namespace accord::conda {

class BuildNumberSpec {
 public:
  // Blanks around the operator and the number are ignored; an empty text is "*". Errors:
  // InvalidInput for what is neither number nor pattern, and for numbers of more than 64 bits; the
  // limits of TextMatch.
  [[nodiscard]] static absl::StatusOr<BuildNumberSpec> Parse(std::string_view text);

  [[nodiscard]] bool Matches(uint64_t build_number) const;
  // Without blanks, leading zeros and the operator of equality: "3", ">6", "*".
  [[nodiscard]] std::string Canonical() const;

  friend bool operator==(const BuildNumberSpec& a, const BuildNumberSpec& b) {
    return a.Canonical() == b.Canonical();
  }

 private:
  enum class Operator : uint8_t {
    kEqual,
    kNotEqual,
    kLess,
    kLessEqual,
    kGreater,
    kGreaterEqual,
    kPattern
  };
  BuildNumberSpec() = default;

  Operator op_ = Operator::kPattern;
  uint64_t number_ = 0;
  TextMatch pattern_;
};

}  // namespace accord::conda
