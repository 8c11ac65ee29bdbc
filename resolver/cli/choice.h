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

// "requirer-first, name, as-given": of an array of Choice or of pypi::PolicyWord.
template <class Words>
[[nodiscard]] std::string Listed(const Words& words) {
  std::string listed;
  for (const auto& one : words) listed += Cat(listed.empty() ? "" : ", ", one.word);
  return listed;
}

template <class Words>
[[nodiscard]] auto Choose(std::string_view option, std::string_view word, const Words& words)
    -> absl::StatusOr<decltype(words.front().value)> {
  for (const auto& one : words) {
    if (one.word == word) return one.value;
  }
  return InvalidInput(option, Cat("one of ", Listed(words), " is wanted, found ", Quoted(word)));
}

}  // namespace accord::cli
