// The condition of a dependency (CEP 43, `when`): match specifiers joined by "and" and "or".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "ecosystem/conda/match_spec.h"

namespace accord::conda {

// Parentheses within each other. Each keeps at most two verdicts waiting: Holds has them in one
// word.
inline constexpr size_t kConditionDepthMax = 30;

class Condition {
 public:
  // The steps are in postfix order: a specifier's verdict is put on a stack, kAnd and kOr take two
  // and put one.
  enum class Step : uint8_t { kSpec, kAnd, kOr };

  // As in Python, "and" binds tighter than "or". A specifier has no `when` of its own. CEP 43 wants
  // it without blanks but in brackets; here it ends before "and", "or" and parentheses, as records
  // are written. Errors: InvalidInput with the byte that is wrong; LimitReached above
  // kConditionDepthMax parentheses, or a limit of MatchSpec.
  [[nodiscard]] static absl::StatusOr<Condition> Parse(std::string_view text,
                                                       const MatchSpecRules& rules);

  // `matched` says whether something in the environment matches the specifier; it is asked for
  // each.
  [[nodiscard]] bool Holds(absl::FunctionRef<bool(const MatchSpec&)> matched) const;

  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  [[nodiscard]] const std::vector<MatchSpec>& specs() const { return specs_; }
  // Equal conditions, equal texts, in the specifiers' order.
  [[nodiscard]] std::string Canonical() const;

 private:
  friend class ConditionParser;
  Condition() = default;

  std::vector<Step> steps_;
  std::vector<MatchSpec> specs_;
};

}  // namespace accord::conda
