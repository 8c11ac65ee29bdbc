// Words of an option and what they mean: `--order name`. An unknown word is an error that lists the
// known ones.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "base/error.h"

namespace accord::cli {

template <class Value>
struct Choice {
  std::string_view word;
  Value value;
};

template <class Value, size_t N>
[[nodiscard]] absl::StatusOr<Value> Choose(std::string_view option, std::string_view word,
                                           const std::array<Choice<Value>, N>& choices) {
  std::string known;
  for (const Choice<Value>& choice : choices) {
    if (choice.word == word) return choice.value;
    known += Cat(known.empty() ? "" : ", ", choice.word);
  }
  return InvalidInput(option, Cat("one of ", known, " is wanted, found ", Quoted(word)));
}

}  // namespace accord::cli
