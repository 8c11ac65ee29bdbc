// Conformance vectors: one JSON object a line, {"kind", "input", "expect", ...}, and what a check
// of one kind says about a row. The format is that of ../shared/vectors; any directory of it works.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace accord::conformance {

using Json = nlohmann::json;

struct Row {
  std::string place;  // file:line
  std::string kind;
  Json input;
  Json expect;
  std::string source;
};

struct Verdict {
  bool agrees = false;
  std::string got;  // shown when it does not
};

using Check = std::function<Verdict(const Row&)>;
using Checks = std::map<std::string, Check, std::less<>>;

// A reviewed exception: rows of these kinds that disagree and that the predicate covers count as
// skipped. Never by id, line or literal input.
struct Rule {
  std::string_view kinds;  // glob
  std::string_view sentence;
  std::function<bool(const Row&)> covers;
};

// Rows that ask for what Accord has no part in: whole kinds, or those that the predicate covers.
// They are not run and count as skipped, with the sentence that says why.
struct Outside {
  std::string_view kinds;  // glob
  std::string_view sentence;
  std::function<bool(const Row&)> covers = [](const Row&) { return true; };
};

// A verdict that compares what we computed with `expect`.
[[nodiscard]] Verdict Compare(const Row& row, const Json& got);

void AddCondaSpecChecks(Checks& checks);
void AddCondaVersionChecks(Checks& checks);
void AddCondaRules(std::vector<Rule>& rules);
void AddPypiFileChecks(Checks& checks);
void AddPypiInputChecks(Checks& checks);
void AddPypiMetadataChecks(Checks& checks);
void AddPypiVersionChecks(Checks& checks);
void AddPypiRequirementChecks(Checks& checks);
void AddPypiRules(std::vector<Rule>& rules);
void AddOutside(std::vector<Outside>& outside);

}  // namespace accord::conformance
