// What the vectors hold and Accord has no part in: kinds of other ecosystems and of other tools'
// internals, and rows about fields that a resolver does not read.
#include <algorithm>
#include <array>
#include <sstream>

#include "tests/conformance/vectors.h"

namespace accord::conformance {
namespace {

// The field's content is judged by those who show it.
bool DescribesADescription(const Row& row) {
  const Json data = row.input.is_object() ? row.input.value("data", Json()) : Json();
  return data.is_string() &&
         data.get<std::string>().find("Description-Content-Type:") != std::string::npos;
}

bool IsMultipart(const Row& row) {
  return row.input.is_string() &&
         row.input.get<std::string>().find("Content-Type: multipart/") != std::string::npos;
}

// An error is expected of a text that holds each field that must be there once and no other: the
// test that the row is of had replaced a part of its reader.
bool HoldsOnlyRequiredFields(const Row& row) {
  const Json data = row.input.is_object() ? row.input.value("data", Json()) : Json();
  if (!data.is_string() || !row.expect.contains("error")) return false;
  std::istringstream lines(data.get<std::string>());
  std::string line;
  std::string fields;
  while (std::getline(lines, line)) fields += line.substr(0, line.find(':') + 1);
  return fields == "Metadata-Version:Name:Version:";
}

bool AsksOfAllTargets(const Row& row) {
  constexpr std::array<std::string_view, 3> kQuestions = {"simplify", "implies", "equivalent"};
  const std::string_view question = std::string_view(row.kind).substr(row.kind.rfind('.') + 1);
  return question.starts_with("is_") ||
         std::find(kQuestions.begin(), kQuestions.end(), question) != kQuestions.end();
}

bool IsOfAnotherEcosystem(const Row& row) {
  constexpr std::array<std::string_view, 8> kEcosystems = {"apk", "cargo", "debian", "go",
                                                           "npm", "purl",  "rpm",    "vers"};
  const std::string_view word = std::string_view(row.kind).substr(0, row.kind.find('.'));
  return std::find(kEcosystems.begin(), kEcosystems.end(), word) != kEcosystems.end();
}

bool AsksRattlersStrictMode(const Row& row) {
  return row.input.is_object() && row.input.value("strictness", "") == "Strict";
}

bool HoldsLookahead(const Row& row) {
  const Json spec = row.input.is_object() ? row.input.value("spec", Json()) : Json();
  return spec.is_string() && spec.get<std::string>().find("(?=") != std::string::npos;
}

void AddCondaOutside(std::vector<Outside>& outside) {
  outside.push_back({.kinds = "conda.channel.*",
                     .sentence = "channels under settings of one machine, which the rows do not "
                                 "hold."});
  outside.push_back({.kinds = "conda.matchspec.strictness",
                     .sentence = "how conda counts what a specifier names: its own interface."});
  for (const std::string_view kind :
       {"conda.matchspec.from_kwargs", "conda.matchspec.merge", "conda.matchspec.predicate"}) {
    outside.push_back({.kinds = kind, .sentence = "calls of conda's or libmamba's own interface."});
  }
  outside.push_back(
      {.kinds = "conda.rattler.*", .sentence = "calls of rattler's functions in Rust's notation."});
  outside.push_back({.kinds = "conda.*",
                     .sentence = "rattler's strict mode, which refuses what CEP 29 allows; the "
                                 "lenient rows ask about the same texts.",
                     .covers = AsksRattlersStrictMode});
  outside.push_back({.kinds = "conda.matchspec.match",
                     .sentence = "expressions with lookahead, which conda makes when it merges "
                                 "specifiers; CEP 29: lookaround \"SHOULD NOT be allowed\".",
                     .covers = HoldsLookahead});
}

}  // namespace

void AddOutside(std::vector<Outside>& outside) {
  outside.push_back({.kinds = "metadata.from_email",
                     .sentence = "what a description's content type may be: a resolver reads no "
                                 "descriptions.",
                     .covers = DescribesADescription});
  outside.push_back({.kinds = "metadata.parse_email",
                     .sentence = "descriptions of several e-mail parts: a resolver reads none.",
                     .covers = IsMultipart});
  outside.push_back({.kinds = "metadata.from_email",
                     .sentence = "an error in a text without fault: its test had replaced a part "
                                 "of the reader.",
                     .covers = HoldsOnlyRequiredFields});
  outside.push_back({.kinds = "direct_url.*",
                     .sentence = "direct_url.json (PEP 610) is what installers leave behind; "
                                 "Accord installs nothing."});
  outside.push_back({.kinds = "pep440.range.*",
                     .sentence = "packaging's own algebra of version ranges; sets of versions are "
                                 "positions in a package's list here."});
  outside.push_back({.kinds = "pep440.specifierset.is_*",
                     .sentence = "questions about all versions there could be; Accord asks about "
                                 "those that there are."});
  outside.push_back({.kinds = "pep508.marker.*",
                     .sentence = "markers for all targets at once; Accord answers for one target "
                                 "at a time.",
                     .covers = AsksOfAllTargets});
  outside.push_back({.kinds = "tags.uv.*",
                     .sentence = "calls of uv's functions in Rust's notation; pip's lists of the "
                                 "same platforms are held by tests/unit/pypi_files."});
  AddCondaOutside(outside);
  outside.push_back(
      {.kinds = "*", .sentence = "other ecosystems.", .covers = IsOfAnotherEcosystem});
}

}  // namespace accord::conformance
