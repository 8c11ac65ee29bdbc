// accord_pypi_worlds: reads worlds, one JSON object a line, and says how each ends, one line each.
//   in   {"sources": [text of an accord-corpus/1, ...], "request": {...}, "checks": [pins, ...]}
//   out  {"status", "pins", "extras", "order", "assuming", "digest", "libsolv", "checks"}
//        or {"error"}
// `libsolv` is the status by the second strategy. `checks` are further pins {name: version} of
// which the checker says whether they are a solution. tests/pypi_worlds/worlds.py makes the worlds
// and compares.
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "check/pypi_check.h"
#include "ecosystem/pypi/grammar.h"
#include "engine/resolve.h"
#include "metadata/compiled_source.h"
#include "metadata/corpus.h"
#include "tests/pypi_worlds/world_request.h"
#include "wire/answer_json.h"

namespace accord::pypi_worlds {
namespace {

using nlohmann::json;

using Sources = std::vector<std::unique_ptr<const metadata::Source>>;
using SourceSpan = std::span<const metadata::Source* const>;

absl::StatusOr<Sources> OpenSources(const json& texts) {
  static const pypi::PypiGrammar grammar;
  Sources sources;
  for (const std::string text : texts) {
    auto source =
        metadata::Corpus::FromBytes(text, Cat("index ", sources.size() + 1, ".jsonl"), {});
    if (!source.ok()) return source.status();
    sources.push_back(
        std::make_unique<const metadata::CompiledSource>(*std::move(source), grammar));
  }
  return sources;
}

std::string StatusWord(engine::Status status) {
  if (status == engine::Status::kSat) return "sat";
  return status == engine::Status::kUnsat ? "unsat" : "stopped";
}

json AnswerJson(const engine::Answer& answer) {
  json pins = json::object();
  json extras = json::object();
  for (const engine::ChosenPackage& chosen : answer.solution) {
    pins[chosen.name] = chosen.version;
    if (!chosen.extras.empty()) extras[chosen.name] = chosen.extras;
  }
  json order = json::array();
  for (const engine::PackagePriority& one : answer.priorities) order.push_back(one.name);
  return {{"status", StatusWord(answer.status)}, {"pins", std::move(pins)},
          {"extras", std::move(extras)},         {"order", std::move(order)},
          {"assuming", answer.claim.assuming},   {"digest", wire::AnswerDigest(answer)}};
}

absl::StatusOr<bool> IsSolution(const pypi::ResolveRequest& request, SourceSpan sources,
                                const json& pins) {
  std::vector<check::PypiPin> list;
  for (const auto& [name, version] : pins.items()) {
    list.push_back(
        {.name = name, .version = version, .extras = {}, .index = {}, .url = {}, .files = {}});
  }
  const absl::StatusOr<check::CheckReport> report =
      check::CheckPypi({.request = &request, .sources = sources}, list);
  if (!report.ok()) return report.status();
  return report->accepted();
}

absl::StatusOr<json> Run(const json& world) {
  const absl::StatusOr<Sources> sources = OpenSources(world.at("sources"));
  if (!sources.ok()) return sources.status();
  std::vector<const metadata::Source*> pointers;
  for (const auto& source : *sources) pointers.push_back(source.get());
  const absl::StatusOr<pypi::ResolveRequest> request = ReadRequest(world.at("request"));
  if (!request.ok()) return request.status();

  const absl::StatusOr<engine::Answer> answer =
      engine::Resolve(*request, pointers, {.explain_behind = false, .explain_conflict = false});
  if (!answer.ok()) return answer.status();
  json out = AnswerJson(*answer);
  const absl::StatusOr<engine::Answer> second =
      engine::Resolve(*request, pointers,
                      {.strategy = engine::StrategyKind::kLibsolv,
                       .explain_behind = false,
                       .explain_conflict = false});
  if (!second.ok()) return At("libsolv", second.status());
  out["libsolv"] = StatusWord(second->status);
  out["checks"] = json::array();
  for (const json& pins : world.value("checks", json::array())) {
    const absl::StatusOr<bool> accepted = IsSolution(*request, pointers, pins);
    if (!accepted.ok()) return At("checker", accepted.status());
    out["checks"].push_back(*accepted);
  }
  return out;
}

}  // namespace
}  // namespace accord::pypi_worlds

int main() {
  using accord::pypi_worlds::json;
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    const absl::StatusOr<json> out = accord::pypi_worlds::Run(json::parse(line));
    std::cout << (out.ok() ? *out : json{{"error", std::string(out.status().message())}}).dump()
              << std::endl;
  }
  return 0;
}
