// Checks of the kinds pep440.version.*, pep440.specifier.*, pep440.specifierset.parse and
// pypi.canonicalize_version.
#include <algorithm>

#include "ecosystem/pypi/specifier_set.h"
#include "ecosystem/pypi/version.h"
#include "tests/conformance/vectors.h"

namespace accord::conformance {
namespace {

using pypi::Candidate;
using pypi::Prereleases;
using pypi::Specifier;
using pypi::SpecifierSet;
using pypi::Version;

std::string Text(const Json& json) { return json.get<std::string>(); }

// {"valid", "normalized"?} against our own; a row without "normalized" asks for validity only.
Verdict CompareParse(const Row& row, bool valid, const Json& normalized) {
  Json got = {{"valid", valid}};
  if (valid && row.expect.contains("normalized")) got["normalized"] = normalized;
  return Compare(row, got);
}

Verdict CheckVersionParse(const Row& row) {
  const auto version = Version::Parse(Text(row.input));
  return CompareParse(row, version.ok(),
                      version.ok() ? Json(std::string(version->Text())) : Json());
}

Verdict CheckVersionNormalized(const Row& row) {
  const auto version = Version::Parse(Text(row.input));
  return Compare(row, version.ok() ? Json(std::string(version->Text())) : Json());
}

Verdict CheckVersionCompare(const Row& row) {
  const auto a = Version::Parse(Text(row.input.at("a")));
  const auto b = Version::Parse(Text(row.input.at("b")));
  if (!a.ok() || !b.ok()) return Compare(row, {{"error", "InvalidVersion"}});
  const std::string op = Text(row.input.at("op"));
  if (op == "==") return Compare(row, *a == *b);
  if (op == "!=") return Compare(row, *a != *b);
  if (op == "<") return Compare(row, *a < *b);
  if (op == "<=") return Compare(row, *a <= *b);
  if (op == ">") return Compare(row, *a > *b);
  if (op == ">=") return Compare(row, *a >= *b);
  return {.agrees = false, .got = "unknown operator " + op};
}

Verdict CheckVersionCompare3(const Row& row) {
  const auto a = Version::Parse(Text(row.input.at("a")));
  const auto b = Version::Parse(Text(row.input.at("b")));
  if (!a.ok() || !b.ok()) return Compare(row, {{"error", "InvalidVersion"}});
  return Compare(row, *a < *b ? -1 : (*a > *b ? 1 : 0));
}

// A text that is no version comes back as it is.
Verdict CheckCanonicalizeVersion(const Row& row) {
  const bool strip = !row.input.is_object() || row.input.value("strip_trailing_zero", true);
  const Json& text = !row.input.is_object()          ? row.input
                     : row.input.contains("Version") ? row.input["Version"]
                                                     : row.input.at("arg");
  const auto version = Version::TryParse(Text(text));
  if (!version) return Compare(row, text);
  return Compare(row, strip ? version->Canonical() : std::string(version->Text()));
}

// One specifier, or with "single" false a set.
absl::StatusOr<SpecifierSet> ParseSpec(const std::string& text, bool single) {
  if (!single) return SpecifierSet::Parse(text);
  absl::StatusOr<Specifier> specifier = Specifier::Parse(text);
  if (!specifier.ok()) return specifier.status();
  return SpecifierSet({*specifier});
}

// The word of the call, else the word that the set was made with.
Prereleases Asked(const Json& input) {
  for (const char* field : {"prereleases", "set_prereleases"}) {
    if (!input.contains(field) || input[field].is_null()) continue;
    return input[field].get<bool>() ? Prereleases::kAllow : Prereleases::kDisallow;
  }
  return Prereleases::kDefault;
}

// uv's rows have no "single": there pre-releases are always admitted.
bool IsUvRow(const Row& row) { return !row.input.contains("single"); }

Verdict CheckSpecifierContains(const Row& row) {
  const auto set = ParseSpec(Text(row.input.at("spec")), row.input.value("single", false));
  if (!set.ok()) return Compare(row, {{"error", "InvalidSpecifier"}});
  const Candidate candidate(Text(row.input.at("version")));
  Prereleases asked = IsUvRow(row) ? Prereleases::kAllow : Asked(row.input);
  const bool single = row.input.value("single", false);
  if (!single && row.input.value("installed", false)) asked = Prereleases::kAllow;
  return Compare(row, set->Contains(candidate, asked));
}

Verdict CheckSpecifierFilter(const Row& row) {
  const auto set = ParseSpec(Text(row.input.at("spec")), row.input.value("single", false));
  if (!set.ok()) return Compare(row, {{"error", "InvalidSpecifier"}});
  std::vector<Candidate> candidates;
  for (const Json& version : row.input.at("versions")) candidates.emplace_back(Text(version));
  Json got = Json::array();
  for (const size_t i : set->Filter(candidates, Asked(row.input))) {
    got.push_back(candidates[i].text());
  }
  return Compare(row, got);
}

Verdict CheckSpecifierParse(const Row& row) {
  const auto specifier = Specifier::Parse(Text(row.input));
  return CompareParse(row, specifier.ok(), specifier.ok() ? Json(specifier->Text()) : Json());
}

Verdict CheckSpecifierSetParse(const Row& row) {
  const auto set = SpecifierSet::Parse(Text(row.input));
  Json texts = Json::array();
  if (set.ok()) {
    for (const Specifier& specifier : set->specifiers()) texts.push_back(specifier.Text());
  }
  return CompareParse(row, set.ok(), texts);
}

Verdict CheckSpecifierEqual(const Row& row) {
  const bool single = row.input.value("single", false);
  const auto a = ParseSpec(Text(row.input.at("a")), single);
  const auto b = ParseSpec(Text(row.input.at("b")), single);
  if (!a.ok() || !b.ok()) return Compare(row, {{"error", "InvalidSpecifier"}});
  return Compare(row, *a == *b);
}

}  // namespace

void AddPypiVersionChecks(Checks& checks) {
  checks["pep440.version.parse"] = CheckVersionParse;
  checks["pep440.version.normalized"] = CheckVersionNormalized;
  checks["pep440.version.compare"] = CheckVersionCompare;
  checks["pep440.version.compare3"] = CheckVersionCompare3;
  checks["pypi.canonicalize_version"] = CheckCanonicalizeVersion;
  checks["pep440.specifier.contains"] = CheckSpecifierContains;
  checks["pep440.specifier.filter"] = CheckSpecifierFilter;
  checks["pep440.specifier.parse"] = CheckSpecifierParse;
  checks["pep440.specifier.equal"] = CheckSpecifierEqual;
  checks["pep440.specifierset.parse"] = CheckSpecifierSetParse;
}

}  // namespace accord::conformance
