// Reviewed exceptions for the kinds of PyPI: where vectors of two projects contradict each other or
// hold a limit of an implementation. Each is a property of a row and a sentence why.
#include <algorithm>

#include "ecosystem/pypi/text.h"
#include "tests/conformance/vectors.h"

namespace accord::conformance {
namespace {

constexpr size_t kPythonDigitsMax = 4300;
constexpr size_t kUvDigitsMin = 20;  // 2^64 has 20 digits

// Calls each(text) for the strings of the input.
template <class Each>
void ForEachText(const Json& input, Each each) {
  if (input.is_string()) each(input.get<std::string>());
  if (!input.is_object()) return;
  for (const auto& field : input.items()) ForEachText(field.value(), each);
}

size_t LongestDigitRun(const Json& input) {
  size_t longest = 0;
  ForEachText(input, [&](const std::string& text) {
    size_t run = 0;
    for (const char c : text) {
      run = pypi::IsDigit(c) ? run + 1 : 0;
      longest = std::max(longest, run);
    }
  });
  return longest;
}

bool IsFromUv(const Row& row) { return row.source.find("/uv@") != std::string::npos; }

bool PythonRefusesNumber(const Row& row) {
  return row.expect == Json{{"error", "ValueError"}} &&
         LongestDigitRun(row.input) > kPythonDigitsMax;
}

bool UvRefusesNumber(const Row& row) {
  return IsFromUv(row) && row.expect == Json{{"valid", false}} &&
         LongestDigitRun(row.input) >= kUvDigitsMin;
}

// A path or URL without a name before it: nothing else holds one of these before '@'.
bool UvTakesUnnamed(const Row& row) {
  if (!IsFromUv(row) || row.expect != Json{{"valid", true}} || !row.input.is_string()) return false;
  const std::string text = row.input.get<std::string>();
  return text.substr(0, text.find('@')).find_first_of("/\\") != std::string::npos;
}

bool PackagingTakesUnderscoreAtEnd(const Row& row) {
  if (!row.expect.is_object() || !row.expect.value("valid", false)) return false;
  std::vector<std::string> names = row.expect.value("extras", std::vector<std::string>());
  names.push_back(row.expect.value("name", ""));
  return std::any_of(names.begin(), names.end(),
                     [](const std::string& name) { return name.ends_with('_'); });
}

}  // namespace

void AddPypiRules(std::vector<Rule>& rules) {
  rules.push_back({.kinds = "pep440.specifier.contains",
                   .sentence = "CPython refuses to read integers of more than 4,300 digits and "
                               "packaging passes its error on; here numbers of any size compare.",
                   .covers = PythonRefusesNumber});
  rules.push_back({.kinds = "pep440.*",
                   .sentence = "uv keeps numbers in 64 bits and refuses larger ones; PEP 440 sets "
                               "no limit, packaging accepts them, and so do we.",
                   .covers = UvRefusesNumber});
  rules.push_back({.kinds = "pep508.requirement.parse",
                   .sentence = "uv also takes a bare path or URL as a requirement without a name; "
                               "PEP 508 has no such form.",
                   .covers = UvTakesUnnamed});
  rules.push_back({.kinds = "pep508.requirement.parse",
                   .sentence =
                       "packaging takes names and extras that end in '_'; PEP 508's grammar "
                       "ends them with a letter or digit, and so do uv and we.",
                   .covers = PackagingTakesUnderscoreAtEnd});
}

}  // namespace accord::conformance
