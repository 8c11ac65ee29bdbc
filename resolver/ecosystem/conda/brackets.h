// The keys and values between a match specifier's brackets, as texts: [key=value, key='a b',
// key=["a", 'b']]. What they mean is match_spec_parse.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace accord::conda {

struct BracketEntry {
  std::string key;
  std::vector<std::string> values;  // one, unless is_list
  bool is_list = false;
  bool is_bare = false;  // a key without "=": no value
};

// Behind the ']' that belongs to the '[' at text[begin]; npos if none does. Quotes count.
[[nodiscard]] size_t BracketsEnd(std::string_view text, size_t begin);

// `inside` is what stands between the brackets. Entries are separated by commas or blanks; a value
// is quoted like a Python string, or goes on to a blank or comma outside of its own parentheses and
// brackets. Errors: InvalidInput with what was expected.
[[nodiscard]] absl::StatusOr<std::vector<BracketEntry>> ReadBrackets(std::string_view inside);

// The value in quotes, if it needs any: with blanks, commas, equal signs, quotes, brackets or
// parentheses, or with one of `others`.
[[nodiscard]] std::string QuotedValue(std::string_view value, std::string_view others = "");

}  // namespace accord::conda
