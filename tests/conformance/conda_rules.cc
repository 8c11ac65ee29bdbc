// Reviewed exceptions for the kinds of conda: where a tool prints what it would read otherwise, or
// reads what CEP 29 says otherwise. Each is a property of a row and a sentence why.
#include "tests/conformance/vectors.h"

namespace accord::conformance {
namespace {

bool IsFrom(const Row& row, std::string_view project) { return row.source.starts_with(project); }

std::string SpecOf(const Row& row) {
  if (row.input.is_string()) return row.input.get<std::string>();
  return row.input.is_object() ? row.input.value("spec", "") : "";
}

std::string Field(const Json& json, const char* key) {
  return json.is_object() ? json.value(key, "") : "";
}

bool Holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

bool CondaPrintsPatternAsFuzzy(const Row& row) {
  return IsFrom(row, "conda/conda@") && Holds(SpecOf(row), "*.*") &&
         Holds(Field(row.expect, "str"), "=*");
}

bool CondaDropsParentheses(const Row& row) {
  return IsFrom(row, "conda/conda@") && Holds(SpecOf(row), "(") && row.expect.contains("str") &&
         !Holds(Field(row.expect, "str"), "(");
}

bool RattlerReadsStarDotStarAsStar(const Row& row) {
  return IsFrom(row, "conda/rattler@") && Holds(SpecOf(row), "*.*") &&
         Field(row.expect, "version") == "*";
}

bool MambaPrintsAddressAlone(const Row& row) {
  return IsFrom(row, "mamba-org/mamba@") && Field(row.input, "field") == "to_string" &&
         Holds(SpecOf(row), "[url=") && row.expect.is_string() &&
         Holds(row.expect.get<std::string>(), "://");
}

}  // namespace

void AddCondaRules(std::vector<Rule>& rules) {
  rules.push_back({.kinds = "conda.matchspec.parse",
                   .sentence =
                       "conda prints *.* as =*, which reads as any version. CEP 29: version "
                       "\"MUST be included inside the key-value brackets\" unless it is "
                       "exact or fuzzy equality.",
                   .covers = CondaPrintsPatternAsFuzzy});
  rules.push_back({.kinds = "conda.versionspec.parse",
                   .sentence = "conda prints (1.6|1.7),1.8 without its parentheses, which reads as "
                               "another specifier. CEP 29: \"`,` (AND) has higher precedence than "
                               "`|` (OR)\".",
                   .covers = CondaDropsParentheses});
  rules.push_back({.kinds = "conda.*matchspec.parse",
                   .sentence =
                       "rattler reads *.* as *. CEP 29: string matching applies when \"the "
                       "value contains a non-trailing glob\", so a dot must be there; conda "
                       "and libmamba agree.",
                   .covers = RattlerReadsStarDotStarAsStar});
  rules.push_back({.kinds = "conda.matchspec.field",
                   .sentence = "libmamba prints name[url=U] as U, and loses the name. CEP 29: "
                               "\"name is required and MUST be written as a positional "
                               "expression\".",
                   .covers = MambaPrintsAddressAlone});
}

}  // namespace accord::conformance
