// A requirements file that may include a second one, which stands behind a line "---": what comes
// out is readable and placed, and line ends and comments say nothing.
#include "ecosystem/pypi/inputs/requirements_txt.h"

#include <string>

#include "base/error.h"
#include "ecosystem/pypi/requirement.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

using pypi::Input;
using pypi::PlacedText;

constexpr std::string_view kMain = "main.txt";
constexpr std::string_view kBetween = "\n---\n";

// Every path but the main file's names the second one.
absl::StatusOr<Input> Read(const std::string& main, const std::string& second) {
  const pypi::ReadFile read = [&](const std::string& path) -> absl::StatusOr<std::string> {
    return path == kMain ? main : second;
  };
  return pypi::ReadRequirementsTxt({.path = std::string(kMain)},
                                   {.read = read, .variables = {{"HOME", "a b"}, {"V", ">=1"}}});
}

// All of it but the places.
std::string Words(const Input& input) {
  std::string words;
  for (const PlacedText& text : input.requirements) words += Cat("asks ", text.text, "\n");
  for (const PlacedText& text : input.constraints) words += Cat("limits ", text.text, "\n");
  for (const pypi::AllowedHashes& hashes : input.allowed_hashes) {
    words += Cat("hashes of ", hashes.name);
    for (const std::string& hash : hashes.hashes) words += Cat(" ", hash);
    words += "\n";
  }
  words += Cat(input.require_hashes ? "hashes " : "", input.allow_prereleases ? "pre " : "");
  for (const pypi::InputNote& note : input.notes) words += Cat("note ", note.text, "\n");
  return words;
}

void HoldTexts(const std::vector<PlacedText>& texts, Laws& laws) {
  for (const PlacedText& text : texts) {
    laws.Hold(pypi::Requirement::Parse(text.text).ok(), "what is asked for is a requirement",
              {text.text});
    laws.Hold(text.place.find(':') != std::string::npos, "what is asked for has a place",
              {text.text, text.place});
  }
}

}  // namespace

void RequirementsTxt(std::string_view input, Laws& laws) {
  const size_t between = input.find(kBetween);
  const std::string main(input.substr(0, between));
  const std::string second(
      between == std::string_view::npos ? "" : input.substr(between + kBetween.size()));
  const auto read = Read(main, second);
  if (!read.ok()) return;
  HoldTexts(read->requirements, laws);
  HoldTexts(read->constraints, laws);
  for (const pypi::AllowedHashes& hashes : read->allowed_hashes) {
    laws.Hold(read->require_hashes && !hashes.hashes.empty(), "one hash asks for hashes",
              {hashes.name});
  }
  const std::string words = Words(*read);
  if (main.find_first_of("\xFE\xFF\xEF") == 0) return;  // nothing may stand before a mark
  const auto commented = Read(Cat("# first\n", main, "\n \n# last"), second);
  laws.Hold(commented.ok() && Words(*commented) == words, "comments say nothing", {main, words});
  std::string returns = main;
  for (size_t at = 0; (at = returns.find('\n', at)) != std::string::npos; at += 2) {
    if (at > 0 && returns[at - 1] == '\r') return;  // CR LF is one line end already
    returns.replace(at, 1, "\r\n");
  }
  const auto same = Read(returns, second);
  laws.Hold(same.ok() && Words(*same) == words, "line ends are all the same", {main, words});
}

}  // namespace accord::fuzz
