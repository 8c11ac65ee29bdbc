// accord_conda_worlds: reads worlds, one JSON object a line, and says how each ends, one line each.
//   in   {"channels": [{"name", "complete", "records": [...]}], "request": {...},
//         "checks": [[pin, ...], ...], "nameByName": seed}
//   out  {"status", "pins", "extras", "order", "assuming", "digest", "closed", "libsolv", "checks",
//        "nameByName"}, with the transaction's keys as answers have them, or {"error"}
// Specifiers are texts, a pin is {"name", "version", "build", "channel", "subdir"}. `closed` is
// what the saved problem, read again, ends with: its status and {name: version} in a world's words;
// `libsolv` the status by the second strategy. `checks` are further environments of which the
// checker says whether they are a solution. With a seed the records are also said name by name
// (name_by_name.h). tests/conda_worlds/worlds.py makes the worlds and compares.
#include <deque>
#include <iostream>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "check/conda_check.h"
#include "engine/conda.h"
#include "engine/resolve_world.h"
#include "model/world_file.h"
#include "tests/conda_worlds/name_by_name.h"
#include "tests/conda_worlds/world_request.h"
#include "tests/support/conda_source.h"
#include "wire/answer_json.h"
#include "wire/transaction_json.h"

namespace accord::conda_worlds {
namespace {

using accord::testing::CondaRecord;
using accord::testing::CondaSource;
using nlohmann::json;
using Texts = std::vector<std::string>;
using SourceSpan = std::span<const metadata::Source* const>;

CondaRecord ReadRecord(const json& from) {
  return {.name = from.at("name"),
          .version = from.at("version"),
          .build = from.value("build", "0"),
          .build_number = from.value("build_number", uint64_t{0}),
          .depends = from.value("depends", Texts()),
          .constrains = from.value("constrains", Texts()),
          .extras = from.value("extras", std::map<std::string, Texts>()),
          .track_features = from.value("track_features", ""),
          .subdir = from.value("subdir", "linux-64"),
          .noarch = from.value("noarch", ""),
          .uploaded = from.value("uploaded", ""),
          .md5 = from.value("md5", "")};
}

std::deque<CondaSource> OpenChannels(const json& channels) {
  std::deque<CondaSource> sources;
  for (const json& channel : channels) {
    CondaSource& source = sources.emplace_back(channel.at("name").get<std::string>(),
                                               channel.value("complete", true));
    for (const json& record : channel.at("records")) source.Add(ReadRecord(record));
  }
  return sources;
}

std::string StatusWord(engine::Status status) {
  if (status == engine::Status::kSat) return "sat";
  return status == engine::Status::kUnsat ? "unsat" : "stopped";
}

json AnswerJson(const engine::Answer& answer) {
  json pins = json::array();
  json extras = json::object();
  for (const engine::ChosenPackage& chosen : answer.solution) {
    pins.push_back({{"name", chosen.name},
                    {"version", chosen.version},
                    {"build", chosen.build},
                    {"channel", chosen.channel},
                    {"subdir", chosen.subdir}});
    if (!chosen.extras.empty()) extras[chosen.name] = chosen.extras;
  }
  json order = json::array();
  for (const engine::PackagePriority& one : answer.priorities) order.push_back(one.name);
  json out = {{"status", StatusWord(answer.status)}, {"pins", std::move(pins)},
              {"extras", std::move(extras)},         {"order", std::move(order)},
              {"assuming", answer.claim.assuming},   {"digest", wire::AnswerDigest(answer)}};
  if (answer.transaction) wire::AddTransaction(*answer.transaction, out);
  return out;
}

// Everything that the search looked at, known from the start.
absl::StatusOr<json> SolveClosed(const std::string& saved) {
  const absl::StatusOr<World> world = ParseWorld(saved, "saved problem");
  if (!world.ok()) return world.status();
  const absl::StatusOr<engine::Answer> answer =
      engine::ResolveWorld(*world, {.explain_behind = false, .explain_conflict = false});
  if (!answer.ok()) return answer.status();
  json versions = json::object();
  for (const engine::ChosenPackage& chosen : answer->solution) {
    versions[chosen.name] = chosen.version;
  }
  return json{{"status", StatusWord(answer->status)}, {"versions", std::move(versions)}};
}

absl::StatusOr<bool> IsSolution(const conda::ResolveRequest& request, SourceSpan sources,
                                const json& pins) {
  std::vector<check::CondaPin> list;
  for (const json& pin : pins) {
    list.push_back({.name = pin.at("name"),
                    .version = pin.at("version"),
                    .build = pin.at("build"),
                    .channel = pin.at("channel"),
                    .subdir = pin.at("subdir"),
                    .fn = {}});
  }
  const absl::StatusOr<check::CheckReport> report =
      check::CheckConda({.request = &request, .sources = sources}, list);
  if (!report.ok()) return report.status();
  return report->accepted();
}

absl::StatusOr<json> Run(const json& world) {
  const std::deque<CondaSource> channels = OpenChannels(world.at("channels"));
  std::vector<const metadata::Source*> sources;
  for (const CondaSource& channel : channels) sources.push_back(&channel);
  const absl::StatusOr<conda::ResolveRequest> read = ReadRequest(world.at("request"));
  if (!read.ok()) return read.status();
  const conda::ResolveRequest& request = *read;

  // Everything is told: the digest has it, and telling must not fail.
  const absl::StatusOr<engine::Answer> answer =
      engine::Resolve(request, sources, {.save_problem = true});
  if (!answer.ok()) return answer.status();
  json out = AnswerJson(*answer);
  absl::StatusOr<json> closed = SolveClosed(answer->saved_problem);
  if (!closed.ok()) return At("closed", closed.status());
  out["closed"] = *std::move(closed);
  const absl::StatusOr<engine::Answer> second =
      engine::Resolve(request, sources,
                      {.strategy = engine::StrategyKind::kLibsolv,
                       .explain_behind = false,
                       .explain_conflict = false});
  if (!second.ok()) return At("libsolv", second.status());
  out["libsolv"] = StatusWord(second->status);
  out["checks"] = json::array();
  for (const json& pins : world.value("checks", json::array())) {
    const absl::StatusOr<bool> accepted = IsSolution(request, sources, pins);
    if (!accepted.ok()) return At("checker", accepted.status());
    out["checks"].push_back(*accepted);
  }
  if (world.contains("nameByName")) {
    out["nameByName"] = NameByName(world.at("channels"), request, world.at("nameByName"));
  }
  return out;
}

}  // namespace
}  // namespace accord::conda_worlds

int main() {
  using accord::conda_worlds::json;
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    const absl::StatusOr<json> out = accord::conda_worlds::Run(json::parse(line));
    std::cout << (out.ok() ? *out : json{{"error", std::string(out.status().message())}}).dump()
              << std::endl;
  }
  return 0;
}
