// Texts and comparisons that every PyPI kind of scenario needs.
#include "tests/scenarios/pypi_case.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "ecosystem/pypi/environment.h"
#include "ecosystem/pypi/version.h"

namespace accord::scenarios {
namespace {

using nlohmann::json;

json EnvironmentJson(const pypi::Environment& environment) {
  json values = json::object();
  for (size_t i = 0; i < pypi::kEnvironmentVariables; ++i) {
    const auto variable = static_cast<pypi::MarkerVariable>(i);
    values[std::string(pypi::VariableName(variable))] = environment.Get(variable);
  }
  return values;
}

json MetadataJson(std::span<const metadata::Source* const> sources,
                  const engine::ChosenPackage& chosen) {
  for (const metadata::Source* source : sources) {
    const auto facts = source->Find(chosen.name);
    if (!facts.ok() || *facts == nullptr) continue;
    for (uint32_t version = 0; version < (*facts)->version_count(); ++version) {
      const std::optional<uint32_t> known = (*facts)->metadata_of(version);
      if ((*facts)->version(version) != chosen.version || !known) continue;
      const metadata::MetadataRecord metadata = (*facts)->ToMetadata(*known);
      return {{"requires", metadata.requirements}, {"requiresPython", metadata.requires_language}};
    }
  }
  return nullptr;
}

json TextsJson(const std::vector<pypi::PlacedText>& texts) {
  json list = json::array();
  for (const pypi::PlacedText& one : texts) list.push_back(one.text);
  return list;
}

}  // namespace

Pins PinsOf(const engine::Answer& answer) {
  Pins pins;
  for (const engine::ChosenPackage& chosen : answer.solution) pins[chosen.name] = chosen.version;
  return pins;
}

std::string PinsText(const Pins& pins) {
  std::string text;
  for (const auto& [name, version] : pins) {
    text += Cat(text.empty() ? "" : " ", name, "==", version);
  }
  return text.empty() ? "nothing" : text;
}

std::string PinsText(const engine::Answer& answer) {
  if (answer.status == engine::Status::kUnsat) return "unsat";
  if (answer.status == engine::Status::kStopped) return "stopped";
  return PinsText(PinsOf(answer));
}

bool SameVersion(std::string_view a, std::string_view b) {
  const auto first = pypi::Version::Parse(a);
  const auto second = pypi::Version::Parse(b);
  return a == b || (first.ok() && second.ok() && *first == *second);
}

int CompareVersions(std::string_view a, std::string_view b) {
  const auto first = pypi::Version::Parse(a);
  const auto second = pypi::Version::Parse(b);
  if (!first.ok() || !second.ok() || *first == *second) return 0;
  return *first < *second ? -1 : 1;
}

std::string UnderExtra(std::string_view text, std::string_view extra) {
  const size_t at = text.find(';');
  const std::string own(at == std::string_view::npos ? "" : text.substr(at + 1));
  const std::string asked = Cat("extra == '", extra, "'");
  return Cat(text.substr(0, at), " ; ", own.empty() ? asked : Cat("(", own, ") and ", asked));
}

std::string CheckPinsLine(std::string_view name, const pypi::ResolveRequest& request,
                          std::span<const metadata::Source* const> sources,
                          const engine::Answer& answer) {
  json pins = json::array();
  for (const engine::ChosenPackage& chosen : answer.solution) {
    pins.push_back({{"name", chosen.name},
                    {"version", chosen.version},
                    {"extras", chosen.extras},
                    {"metadata", MetadataJson(sources, chosen)}});
  }
  return json{
      {"case", std::string(name)},
      {"environment", EnvironmentJson(request.environment)},
      {"pythonBounds", request.python_bounds == pypi::PythonBounds::kHonour ? "honour" : "ignore"},
      {"requirements", TextsJson(request.requirements)},
      {"constraints", TextsJson(request.constraints)},
      {"satisfiable", answer.status == engine::Status::kSat},
      {"pins", std::move(pins)}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace accord::scenarios
