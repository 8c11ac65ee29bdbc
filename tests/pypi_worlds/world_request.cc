#include "tests/pypi_worlds/world_request.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace accord::pypi_worlds {
namespace {

using nlohmann::json;
using Texts = std::vector<std::string>;

template <class Value>
Value Word(const json& from, std::string_view key, const std::map<std::string, Value>& words,
           const std::string& otherwise) {
  return words.at(from.value(std::string(key), otherwise));
}

const std::map<std::string, pypi::PrereleasePolicy>& PrereleaseWords() {
  using enum pypi::PrereleasePolicy;
  static const std::map<std::string, pypi::PrereleasePolicy> kWords = {
      {"if-necessary-or-explicit", kIfNecessaryOrExplicit},
      {"if-necessary", kIfNecessary},
      {"explicit", kExplicit},
      {"allow", kAllow},
      {"disallow", kDisallow},
      {"pep440", kPep440}};
  return kWords;
}

// Not a temporary: items() of one would not live through a loop.
const json& ObjectAt(const json& from, const char* key) {
  static const json kNone = json::object();
  return from.contains(key) ? from.at(key) : kNone;
}

std::vector<pypi::PlacedText> Placed(const json& from, const std::string& key) {
  std::vector<pypi::PlacedText> placed;
  for (const std::string& text : from.value(key, Texts{})) {
    placed.push_back({.text = text, .place = Cat(key, " ", placed.size() + 1)});
  }
  return placed;
}

pypi::Environment ReadEnvironment(const json& values) {
  pypi::Environment environment;
  for (size_t i = 0; i < pypi::kEnvironmentVariables; ++i) {
    const auto variable = static_cast<pypi::MarkerVariable>(i);
    environment.Set(variable,
                    values.at(std::string(pypi::VariableName(variable))).get<std::string>());
  }
  return environment;
}

void ReadTexts(const json& from, pypi::ResolveRequest& request) {
  request.requirements = Placed(from, "requirements");
  request.constraints = Placed(from, "constraints");
  request.locked = Placed(from, "locked");
  request.favored = Placed(from, "favored");
  request.excluded = Placed(from, "excluded");
  for (const json& one : from.value("overrides", json::array())) {
    request.overrides.push_back(
        {.requirement = {.text = one.at("requirement"), .place = "overrides"},
         .dependant = one.value("dependant", "")});
  }
  for (const json& one : from.value("direct", json::array())) {
    request.direct.push_back(
        {.url = one.at("url"), .metadata_text = one.at("metadata"), .place = "direct"});
  }
}

void ReadFilePolicies(const json& from, pypi::ResolveRequest& request) {
  request.exclude_newer.instant = from.value("exclude_newer", "");
  request.exclude_newer.admit_unknown = from.value("admit_unknown", false);
  for (const auto& [name, instant] : ObjectAt(from, "exclude_newer_of").items()) {
    request.exclude_newer.names.push_back({.name = name, .instant = instant});
  }
  request.binaries = {.only_binary = from.value("only_binary", false),
                      .no_binary = from.value("no_binary", false),
                      .only_binary_names = from.value("only_binary_names", Texts{}),
                      .no_binary_names = from.value("no_binary_names", Texts{}),
                      .prefer_binary = from.value("prefer_binary", false)};
  for (const auto& [name, hashes] : ObjectAt(from, "allowed_hashes").items()) {
    request.allowed_hashes.push_back(
        {.name = name, .hashes = hashes.get<Texts>(), .place = "allowed_hashes"});
  }
  request.require_hashes = from.value("require_hashes", false);
}

void ReadPolicies(const json& from, pypi::ResolveRequest& request) {
  using enum pypi::Resolution;
  using enum pypi::RequestOrder;
  using enum pypi::AbsentPolicy;
  request.prereleases = Word(from, "prereleases", PrereleaseWords(), "if-necessary-or-explicit");
  for (const auto& [name, word] : ObjectAt(from, "prereleases_of").items()) {
    request.prereleases_of.push_back(
        {.name = name, .policy = PrereleaseWords().at(word.get<std::string>())});
  }
  request.resolution = Word<pypi::Resolution>(
      from, "resolution",
      {{"highest", kHighest}, {"lowest", kLowest}, {"lowest-direct", kLowestDirect}}, "highest");
  request.order = Word<pypi::RequestOrder>(
      from, "order", {{"requirer-first", kRequirerFirst}, {"name", kName}, {"as-given", kAsGiven}},
      "requirer-first");
  request.absent = Word<pypi::AbsentPolicy>(
      from, "absent",
      {{"by-corpus", kBySource}, {"nonexistent", kNonexistent}, {"unknown", kUnknown}},
      "by-corpus");
  request.python_bounds = Word<pypi::PythonBounds>(
      from, "python_bounds",
      {{"honour", pypi::PythonBounds::kHonour}, {"ignore", pypi::PythonBounds::kIgnore}}, "honour");
  request.indexes = Word<pypi::IndexPolicy>(from, "index_policy",
                                            {{"first-index", pypi::IndexPolicy::kFirstIndex},
                                             {"best-match", pypi::IndexPolicy::kBestMatch}},
                                            "first-index");
  request.no_deps = from.value("no_deps", false);
}

}  // namespace

absl::StatusOr<pypi::ResolveRequest> ReadRequest(const json& from) {
  pypi::ResolveRequest request;
  request.environment = ReadEnvironment(from.at("environment"));
  absl::StatusOr<pypi::SupportedTags> tags = pypi::SupportedTags::Make(from.value("tags", Texts{}));
  if (!tags.ok()) return tags.status();
  request.tags = *std::move(tags);
  ReadTexts(from, request);
  ReadFilePolicies(from, request);
  ReadPolicies(from, request);
  return request;
}

}  // namespace accord::pypi_worlds
