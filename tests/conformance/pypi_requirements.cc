// Checks of the kinds pep508.requirement.*, pep508.marker.parse|evaluate|equal|and, of repaired
// texts and of names.
#include <algorithm>
#include <set>

#include "ecosystem/pypi/lenient.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/requirement.h"
#include "tests/conformance/vectors.h"

namespace accord::conformance {
namespace {

using pypi::Environment;
using pypi::Marker;
using pypi::MarkerScope;
using pypi::MarkerVariable;
using pypi::Requirement;
using pypi::Specifier;

// What rows that leave variables out were recorded on.
constexpr std::string_view kRecordedOn = "3.11.2";

std::string TextOf(const Json& json) { return json.get<std::string>(); }

// Our reading, cut to the fields that the row has.
Verdict CompareFields(const Row& row, const Json& got) {
  Json wanted = row.expect;
  wanted.erase("message");  // words of another project
  wanted.erase("uv_message");
  Json seen = Json::object();
  for (const auto& field : wanted.items()) {
    if (got.contains(field.key())) seen[field.key()] = got[field.key()];
  }
  return {.agrees = seen == wanted,
          .got = got.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

Verdict CheckRequirementParse(const Row& row) {
  const auto requirement = Requirement::Parse(TextOf(row.input));
  if (!requirement.ok()) {
    return CompareFields(
        row, {{"valid", false}, {"error", std::string(requirement.status().message())}});
  }
  Json specifiers = Json::array();
  for (const Specifier& specifier : requirement->specifiers.specifiers()) {
    specifiers.push_back(specifier.Text());
  }
  const Json got = {
      {"valid", true},
      {"name", requirement->name},
      {"extras", requirement->extras},
      {"specifier", specifiers},
      {"url", requirement->url.empty() ? Json() : Json(requirement->url)},
      {"marker", requirement->marker ? Json(requirement->marker->Text()) : Json()},
      {"str", requirement->Text()},
  };
  return CompareFields(row, got);
}

Verdict CheckRequirementEqual(const Row& row) {
  const auto a = Requirement::Parse(TextOf(row.input.at("a")));
  const auto b = Requirement::Parse(TextOf(row.input.at("b")));
  if (!a.ok() || !b.ok()) return Compare(row, {{"error", "InvalidRequirement"}});
  return Compare(row, *a == *b);
}

Verdict CheckMarkerParse(const Row& row) {
  const auto marker = Marker::Parse(TextOf(row.input));
  if (!marker.ok()) {
    return CompareFields(row,
                         {{"valid", false}, {"error", std::string(marker.status().message())}});
  }
  return CompareFields(row, {{"valid", true}, {"str", marker->Text()}});
}

Verdict CheckMarkerEqual(const Row& row) {
  const auto a = Marker::Parse(TextOf(row.input.at("a")));
  const auto b = Marker::Parse(TextOf(row.input.at("b")));
  if (!a.ok() || !b.ok()) return Compare(row, {{"error", "InvalidMarker"}});
  return Compare(row, *a == *b);
}

Verdict CheckMarkerAnd(const Row& row) {
  const auto a = Marker::Parse(TextOf(row.input.at("a")));
  const auto b = Marker::Parse(TextOf(row.input.at("b")));
  if (!a.ok() || !b.ok()) return Compare(row, {{"error", "InvalidMarker"}});
  const Marker both({.children = {a->root(), b->root()}, .or_before = {false}});
  return Compare(row, both.Text());
}

// What is read where the text as it stands cannot be.
Verdict CheckLenientFixup(const Row& row) {
  const std::string text = TextOf(row.input.at("text"));
  const auto repaired = TextOf(row.input.at("what")) == "requirement"
                            ? pypi::RepairRequirement(text)
                            : pypi::RepairSpecifiers(text);
  return Compare(row, repaired ? Json(*repaired) : Json());
}

// The names that a row's environment and context define.
struct Names {
  std::optional<std::string> extra;
  std::optional<std::set<std::string>> extras;
  std::optional<std::set<std::string>> dependency_groups;
};

std::set<std::string> NameSet(const Json& value) {
  std::set<std::string> names;
  for (const Json& name : value.is_object() ? value.at("v") : value) {
    names.insert(pypi::NormalizeName(TextOf(name)));
  }
  return names;
}

void Override(const std::string& key, const Json& value, Environment& environment, Names& names) {
  const std::optional<MarkerVariable> variable = pypi::FindVariable(key);
  if (variable == MarkerVariable::kExtra) {
    names.extra = value.is_null() ? std::string() : pypi::NormalizeName(TextOf(value));
  } else if (variable == MarkerVariable::kExtras) {
    names.extras = NameSet(value);
  } else if (variable == MarkerVariable::kDependencyGroups) {
    names.dependency_groups = NameSet(value);
  } else if (variable) {
    environment.Set(*variable, TextOf(value));
  } else {
    environment.SetOther(key, TextOf(value));
  }
}

Verdict CheckMarkerEvaluate(const Row& row) {
  const auto marker = Marker::Parse(TextOf(row.input.at("marker")));
  if (!marker.ok()) return Compare(row, {{"error", "InvalidMarker"}});
  Environment environment = *Environment::CPythonOnLinux(kRecordedOn);
  Names names;
  const Json context = row.input.value("context", Json());
  if (context.is_null() || context == "metadata") names.extra = "";
  if (context == "lock_file") {
    names.extras.emplace();
    names.dependency_groups.emplace();
  }
  const Json overrides = row.input.value("environment", Json());
  for (const auto& field : overrides.items()) {
    Override(field.key(), field.value(), environment, names);
  }
  MarkerScope scope;
  scope.extra = names.extra;
  if (names.extras) scope.extras = &*names.extras;
  if (names.dependency_groups) scope.dependency_groups = &*names.dependency_groups;
  const auto holds = marker->Evaluate(environment, scope);
  if (holds.ok()) return Compare(row, *holds);
  // Which of the two errors it is, is a matter of words.
  return {.agrees = row.expect.is_object() && row.expect.contains("error"),
          .got = std::string(holds.status().message())};
}

Verdict CheckCanonicalizeName(const Row& row) {
  if (row.input.is_string()) return Compare(row, pypi::NormalizeName(TextOf(row.input)));
  const std::string name = TextOf(row.input.at("arg"));
  if (row.input.value("validate", false) && !pypi::IsValidName(name)) {
    return Compare(row, {{"error", "InvalidName"}});
  }
  return Compare(row, pypi::NormalizeName(name));
}

Verdict CheckNameValid(const Row& row) {
  return Compare(row, pypi::IsValidName(TextOf(row.input)));
}

Verdict CheckIsNormalizedName(const Row& row) {
  return Compare(row, pypi::IsNormalizedName(TextOf(row.input)));
}

}  // namespace

void AddPypiRequirementChecks(Checks& checks) {
  checks["pep508.requirement.parse"] = CheckRequirementParse;
  checks["pep508.requirement.equal"] = CheckRequirementEqual;
  checks["pep508.marker.parse"] = CheckMarkerParse;
  checks["pep508.marker.equal"] = CheckMarkerEqual;
  checks["pep508.marker.evaluate"] = CheckMarkerEvaluate;
  checks["pep508.marker.and"] = CheckMarkerAnd;
  checks["pypi.lenient_fixup"] = CheckLenientFixup;
  checks["pypi.canonicalize_name"] = CheckCanonicalizeName;
  checks["pypi.name.valid"] = CheckNameValid;
  checks["pypi.is_normalized_name"] = CheckIsNormalizedName;
}

}  // namespace accord::conformance
