// A match specifier's fields from texts. Used by match_spec_parse.cc and plain_spec.cc alone.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "ecosystem/conda/brackets.h"
#include "ecosystem/conda/match_spec.h"

namespace accord::conda {

// ASCII letters, digits, '.', '_' and '-', not two separators in a row but for "__" at the
// beginning, and none but '_' there (CEP 26, in any case).
[[nodiscard]] bool IsNameText(std::string_view text);

// A literal name, a glob, or in kCep a regular expression. Errors: InvalidInput for others.
[[nodiscard]] absl::Status SetName(std::string_view text, Dialect dialect, MatchSpec& spec);

// A channel's text, and the subdir that it may end with.
[[nodiscard]] absl::Status SetChannel(std::string_view text, const ChannelBase& base,
                                      MatchSpec& spec);

[[nodiscard]] absl::Status SetText(std::string_view text, std::optional<TextMatch>& field);

// "the keyword expressions override the positional values, except for name". Errors: InvalidInput
// for a key that is unknown, has no value or comes twice, and those of the values.
[[nodiscard]] absl::Status ReadKeys(const std::vector<BracketEntry>& entries,
                                    const MatchSpecRules& rules, const ChannelBase& base,
                                    MatchSpec& spec);

}  // namespace accord::conda
