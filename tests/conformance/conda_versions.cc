// Checks of the kinds conda.version.*, conda.versionspec.*, conda.buildnumberspec.match and of
// string matching: conda.glob.match, conda.regex.match, conda.chimera.match.
#include "ecosystem/conda/build_number_spec.h"
#include "ecosystem/conda/text_match.h"
#include "ecosystem/conda/version.h"
#include "ecosystem/conda/version_spec.h"
#include "tests/conformance/conda_dialects.h"
#include "tests/conformance/vectors.h"

namespace accord::conformance {
namespace {

using conda::Version;
using conda::VersionSpec;

std::string TextAt(const Json& json) { return json.get<std::string>(); }

// In conda's and libmamba's dialects a star is a character of versions.
absl::StatusOr<Version> ParseVersion(const Row& row, const Json& text) {
  return Version::Parse(TextAt(text), DialectOf(row) == conda::Dialect::kCep
                                          ? conda::Stars::kRefused
                                          : conda::Stars::kRead);
}

// `parts` of a row is conda's own form of a version in memory: the order of versions tells whether
// ours says the same.
Verdict CheckCondaParse(const Row& row) {
  const auto version = ParseVersion(row, row.input);
  Json got = {{"valid", version.ok()}};
  if (row.expect.contains("parts")) got["parts"] = row.expect["parts"];
  if (version.ok() && row.expect.contains("normalized")) {
    got["normalized"] = std::string(version->Text());
  }
  return Compare(row, got);
}

Verdict CheckCondaCompare(const Row& row) {
  const auto a = ParseVersion(row, row.input.at("a"));
  const auto b = ParseVersion(row, row.input.at("b"));
  if (!a.ok() || !b.ok()) return Compare(row, {{"error", "InvalidVersion"}});
  const std::string op = row.input.contains("op") ? TextAt(row.input["op"]) : TextAt(row.expect);
  const bool holds = op == "=="   ? *a == *b
                     : op == "!=" ? *a != *b
                     : op == "<"  ? *a < *b
                     : op == "<=" ? *a <= *b
                     : op == ">"  ? *a > *b
                                  : op == ">=" && *a >= *b;
  if (row.input.contains("op")) return Compare(row, holds);
  return {.agrees = holds, .got = *a < *b ? "<" : *a == *b ? "==" : ">"};
}

Verdict CheckStartsWith(const Row& row) {
  const auto version = Version::Parse(TextAt(row.input.at("version")));
  const auto prefix = Version::Parse(TextAt(row.input.at("prefix")));
  if (!version.ok() || !prefix.ok()) return Compare(row, {{"error", "InvalidVersion"}});
  return Compare(row, version->StartsWith(*prefix));
}

Verdict CheckSpecParse(const Row& row) {
  const Json& text = row.input.is_object() ? row.input.at("spec") : row.input;
  const auto spec = VersionSpec::Parse(TextAt(text), DialectOf(row));
  Json got = {{"valid", spec.ok()}};
  if (spec.ok() && row.expect.contains("str")) got["str"] = spec->Text();
  return Compare(row, got);
}

Verdict CheckSpecMatch(const Row& row) {
  const auto spec = VersionSpec::Parse(TextAt(row.input.at("spec")), DialectOf(row));
  const auto version = Version::Parse(TextAt(row.input.at("version")));
  if (!spec.ok()) return {.agrees = false, .got = spec.status().ToString()};
  if (!version.ok()) return {.agrees = false, .got = version.status().ToString()};
  return Compare(row, spec->Matches(*version));
}

Verdict CheckSpecEqual(const Row& row) {
  const auto a = VersionSpec::Parse(TextAt(row.input.at("a")), DialectOf(row));
  const auto b = VersionSpec::Parse(TextAt(row.input.at("b")), DialectOf(row));
  if (!a.ok() || !b.ok()) return Compare(row, {{"error", "InvalidVersionSpec"}});
  return Compare(row, *a == *b);
}

Verdict CheckSpecIsExact(const Row& row) {
  const auto spec = VersionSpec::Parse(TextAt(row.input), DialectOf(row));
  if (!spec.ok()) return {.agrees = false, .got = spec.status().ToString()};
  return Compare(
      row, spec->single() != nullptr && spec->single()->op() == conda::VersionOperator::kEqual);
}

Verdict CheckBuildNumber(const Row& row) {
  const auto spec = conda::BuildNumberSpec::Parse(TextAt(row.input.at("spec")));
  if (!spec.ok()) return {.agrees = false, .got = spec.status().ToString()};
  return Compare(row, spec->Matches(row.input.at("build_number").get<uint64_t>()));
}

Verdict CheckTextMatch(const Row& row) {
  const auto match = conda::TextMatch::Parse(TextAt(row.input.at("spec")), DialectOf(row));
  if (!match.ok()) return {.agrees = false, .got = match.status().ToString()};
  return Compare(row, match->Matches(TextAt(row.input.at("s"))));
}

}  // namespace

void AddCondaVersionChecks(Checks& checks) {
  checks["conda.version.parse"] = CheckCondaParse;
  checks["conda.version.compare"] = CheckCondaCompare;
  checks["conda.version.compare3"] = CheckCondaCompare;
  checks["conda.version.startswith"] = CheckStartsWith;
  checks["conda.versionspec.parse"] = CheckSpecParse;
  checks["conda.versionspec.match"] = CheckSpecMatch;
  checks["conda.versionspec.equal"] = CheckSpecEqual;
  checks["conda.versionspec.is_exact"] = CheckSpecIsExact;
  checks["conda.buildnumberspec.match"] = CheckBuildNumber;
  checks["conda.glob.match"] = CheckTextMatch;
  checks["conda.regex.match"] = CheckTextMatch;
  checks["conda.chimera.match"] = CheckTextMatch;
}

}  // namespace accord::conformance
