#include "tests/conda_worlds/world_request.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ecosystem/conda/installed.h"
#include "ecosystem/conda/time.h"

namespace accord::conda_worlds {
namespace {

using nlohmann::json;

std::vector<conda::PlacedText> Placed(const json& from, const std::string& key) {
  std::vector<conda::PlacedText> placed;
  for (const std::string& text : from.value(key, std::vector<std::string>())) {
    placed.push_back({.text = text, .place = Cat(key, " ", placed.size() + 1)});
  }
  return placed;
}

template <class Value>
Value Word(const json& from, const std::string& key, const std::map<std::string, Value>& words,
           const std::string& otherwise) {
  return words.at(from.value(key, otherwise));
}

uint64_t Instant(const std::string& text) {
  return text.empty() ? 0 : conda::MillisecondsOf(text).value();
}

std::vector<conda::ExcludeNewer::Of> InstantsOf(const json& limits, const std::string& key) {
  std::vector<conda::ExcludeNewer::Of> instants;
  for (const auto& [name, text] : limits.value(key, std::map<std::string, std::string>())) {
    instants.push_back({.name = name, .instant_ms = Instant(text)});
  }
  return instants;
}

conda::ExcludeNewer ReadExcludeNewer(const json& limits) {
  return {.instant_ms = Instant(limits.value("instant", "")),
          .packages = InstantsOf(limits, "packages"),
          .channels = InstantsOf(limits, "channels"),
          .admit_unknown = limits.value("admit_unknown", true)};
}

absl::StatusOr<std::shared_ptr<const conda::Installed>> ReadInstalled(const json& files) {
  conda::EnvironmentTexts texts{
      .records = {}, .history = {.path = "env/conda-meta/history", .text = files.at("history")}};
  for (const json& file : files.at("records")) {
    texts.records.push_back({.path = file.at("path"), .text = file.at("text")});
  }
  return conda::Installed::Read(texts, "env/conda-meta");
}

conda::EnvironmentChange ReadChange(const json& from) {
  return {.update = Placed(from, "update"),
          .update_all = from.value("update_all", false),
          .remove = Placed(from, "remove"),
          .freeze = from.value("freeze", false),
          .prune = from.value("prune", false)};
}

}  // namespace

absl::StatusOr<conda::ResolveRequest> ReadRequest(const json& from) {
  using enum conda::ChannelPriority;
  using enum conda::Resolution;
  using enum conda::RequestOrder;
  using enum conda::AbsentPolicy;
  conda::ResolveRequest request;
  request.specs = Placed(from, "specs");
  request.constraints = Placed(from, "constraints");
  request.locked = Placed(from, "locked");
  request.favored = Placed(from, "favored");
  request.excluded = Placed(from, "excluded");
  request.subdirs = from.value("subdirs", std::vector<std::string>());
  for (const json& one : from.value("virtual_packages", json::array())) {
    request.virtual_packages.push_back(
        {.name = one.at("name"), .version = one.at("version"), .build = one.value("build", "0")});
  }
  request.channel_priority = Word<conda::ChannelPriority>(
      from, "channel_priority",
      {{"strict", kStrict}, {"flexible", kFlexible}, {"disabled", kDisabled}}, "strict");
  request.resolution = Word<conda::Resolution>(
      from, "resolution",
      {{"highest", kHighest}, {"lowest", kLowest}, {"lowest-direct", kLowestDirect}}, "highest");
  request.order = Word<conda::RequestOrder>(
      from, "order", {{"requirer-first", kRequirerFirst}, {"name", kName}, {"as-given", kAsGiven}},
      "requirer-first");
  request.absent = Word<conda::AbsentPolicy>(
      from, "absent",
      {{"by-corpus", kBySource}, {"nonexistent", kNonexistent}, {"unknown", kUnknown}},
      "by-corpus");
  request.exclude_newer = ReadExcludeNewer(from.value("exclude_newer", json::object()));
  request.no_deps = from.value("no_deps", false);
  request.change = ReadChange(from.value("change", json::object()));
  if (!from.contains("installed")) return request;
  absl::StatusOr<std::shared_ptr<const conda::Installed>> installed =
      ReadInstalled(from.at("installed"));
  if (!installed.ok()) return installed.status();
  request.installed = *std::move(installed);
  return request;
}

}  // namespace accord::conda_worlds
