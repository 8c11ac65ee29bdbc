// Reads JSON cases; see json_cases.h.
#include "tests/scenarios/json_cases.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/marker.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/requirement.h"
#include "ecosystem/pypi/target.h"

namespace accord::scenarios {
namespace {

using nlohmann::json;

absl::StatusOr<json> ReadJson(const std::filesystem::path& path) {
  std::ifstream stream(path);
  json value = json::parse(stream, nullptr, false);
  if (!value.is_object()) return InvalidInput(path.string(), "a JSON object is wanted");
  return value;
}

std::vector<std::string> Texts(const json& object, const char* key) {
  std::vector<std::string> texts;
  for (const json& one : object.value(key, json::array())) {
    if (one.is_string()) texts.push_back(one.get<std::string>());
  }
  return texts;
}

std::vector<pypi::PlacedText> Placed(const json& object, const char* key) {
  std::vector<pypi::PlacedText> placed;
  for (const std::string& text : Texts(object, key)) {
    placed.push_back({.text = text, .place = Cat("/", key, "/", placed.size())});
  }
  return placed;
}

absl::Status SetTarget(const pypi::TargetOptions& options, pypi::ResolveRequest& request) {
  auto target = pypi::MakeTarget(options);
  if (!target.ok()) return target.status();
  request.environment = target->environment;
  request.tags = target->tags;
  request.target = target->text;
  return absl::OkStatus();
}

// `metadata_of` makes a version's metadata from its JSON.
template <typename MetadataOf>
void AddIndex(const json& index, accord::testing::MemorySource& source, MetadataOf metadata_of) {
  for (const auto& [name, versions] : index.items()) {
    if (!versions.is_object()) continue;  // one index has a flag among its packages
    for (const auto& [version, fields] : versions.items()) {
      source.AddVersion(pypi::NormalizeName(name), version, metadata_of(fields));
    }
  }
}

metadata::MetadataRecord ResolvelibMetadata(const json& fields) {
  return {.requirements = Texts(fields, "dependencies"), .requires_language = {}, .extras = {}};
}

metadata::MetadataRecord PipMetadata(const json& fields) {
  metadata::MetadataRecord metadata;
  const json python = fields.value("requires_python", json());
  if (python.is_string()) metadata.requires_language = python.get<std::string>();
  const json by_extra = fields.value("depends_by_extra", json::object());
  for (const auto& [extra, list] : by_extra.items()) {
    if (!extra.empty()) metadata.extras.push_back(extra);
    for (const json& text : list) {
      const auto one = text.get<std::string>();
      metadata.requirements.push_back(extra.empty() ? one : UnderExtra(one, extra));
    }
  }
  return metadata;
}

// What stands for a name under `resolved`: a version, or a version and a marker.
void AddResolved(const std::string& name, const json& value, PypiCase& one) {
  if (value.is_string()) {
    one.packages[name] = value.get<std::string>();
    return;
  }
  const std::string text = value.value("marker", std::string());
  if (!text.empty()) {
    const auto marker = pypi::Requirement::Parse(Cat("a ; ", text));
    if (marker.ok() && !marker->marker->Evaluate(one.request.environment).value_or(true)) return;
  }
  one.packages[name] = value.value("version", std::string());
}

bool HoldsRequested(const metadata::Source& source, const PypiCase& one) {
  for (const pypi::PlacedText& text : one.request.requirements) {
    const auto requirement = pypi::Requirement::Parse(text.text);
    if (!requirement.ok() || !requirement->url.empty()) return false;
    const auto record = source.Find(requirement->NormalName());
    if (!record.ok() || *record == nullptr) return false;
  }
  return true;
}

// The first "3.N" of "3.11", ">=3.8 universal", "3.11 darwin"; of what names none, 3.11.
std::string PythonOf(const std::string& text) {
  const size_t at = text.find("3.");
  if (at == std::string::npos) return "3.11";
  return text.substr(at, text.find_first_not_of("0123456789.", at) - at);
}

}  // namespace

absl::StatusOr<PypiCase> ReadResolvelib(const std::string& path) {
  const auto file = ReadJson(path);
  if (!file.ok()) return file.status();
  const std::filesystem::path inputs = std::filesystem::path(path).parent_path().parent_path();
  const auto index = ReadJson(inputs / "index" / Cat(file->value("index", ""), ".json"));
  if (!index.ok()) return index.status();
  PypiCase one;
  one.name = std::filesystem::path(path).stem();
  AddIndex(*index, one.source, ResolvelibMetadata);
  if (auto set = SetTarget({.python = "3.12", .platform = "linux"}, one.request); !set.ok()) {
    return At(path, set);
  }
  one.request.requirements = Placed(*file, "requested");
  one.request.prereleases = pypi::PrereleasePolicy::kPep440;
  if (file->contains("conflicted")) {
    one.satisfiable = false;
    for (const auto& [name, _] : (*file)["conflicted"].items()) one.conflicted.push_back(name);
  } else {
    const json resolved = file->value("resolved", json::object());
    if (!resolved.empty()) one.satisfiable = true;
    for (const auto& [name, value] : resolved.items()) AddResolved(name, value, one);
  }
  return one;
}

absl::StatusOr<PypiCase> ReadPipBenchmark(const std::string& path) {
  const auto file = ReadJson(path);
  if (!file.ok()) return file.status();
  PypiCase one;
  one.name = std::filesystem::path(path).stem();
  AddIndex(file->value("packages", json::object()), one.source, PipMetadata);
  const json input = file->value("input", json::object());
  one.request.requirements = Placed(input, "requirements");
  const json environment = input.value("environment", json::object());
  const json markers = environment.value("markers", json::object());
  for (const auto& [name, value] : markers.items()) {
    const auto variable = pypi::FindVariable(name);
    if (!variable) return InvalidInput(path, Cat("unknown marker variable ", Quoted(name)));
    one.request.environment.Set(*variable, value.get<std::string>());
  }
  auto tags = pypi::SupportedTags::Make(Texts(environment, "tags"));
  if (!tags.ok()) return At(path, tags.status());
  one.request.tags = *std::move(tags);
  return one;
}

absl::StatusOr<std::vector<PypiCase>> ReadRequests(const std::string& path,
                                                   const metadata::Source& source) {
  std::vector<PypiCase> cases;
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line);) {
    const json fields = json::parse(line, nullptr, false);
    if (!fields.is_object()) return InvalidInput(path, "a JSON object a line is wanted");
    PypiCase one;
    one.name = fields.value("id", std::string());
    const std::string python = PythonOf(fields.value("python", std::string()));
    if (auto set = SetTarget({.python = python, .platform = "linux"}, one.request); !set.ok()) {
      return At(one.name, set);
    }
    one.request.requirements = Placed(fields, "requirements");
    one.request.constraints = Placed(fields, "constraints");
    one.request.absent = pypi::AbsentPolicy::kNonexistent;
    if (!HoldsRequested(source, one)) one.skipped = "a requested name is not in the snapshot";
    cases.push_back(std::move(one));
  }
  if (cases.empty()) return Missing(path, "no requests");
  return cases;
}

}  // namespace accord::scenarios
