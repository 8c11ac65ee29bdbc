#include "wire/answer_json.h"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "engine/policies.h"
#include "wire/canonical.h"
#include "wire/documents.h"
#include "wire/explain_json.h"
#include "wire/fields.h"
#include "wire/policies_json.h"
#include "wire/transaction_json.h"

namespace accord::wire {

using nlohmann::json;

std::string_view Word(engine::Status status) {
  switch (status) {
    case engine::Status::kSat:
      return "sat";
    case engine::Status::kUnsat:
      return "unsat";
    case engine::Status::kStopped:
      return "stopped";
  }
  ACCORD_CHECK(false);
  return {};
}

std::string_view Word(StopReason reason) {
  return reason == StopReason::kWork ? "work" : "cancelled";
}

std::string_view Word(ClaimKind kind) {
  return kind == ClaimKind::kCanonical ? "canonical" : "feasible";
}

std::string_view Word(engine::CoreLineKind kind) {
  constexpr std::array kWords = {"request",     "constraint",  "lock",        "exclusion",
                                 "dependency",  "noCandidate", "notAdmitted", "nonexistent",
                                 "unavailable", "oneVersion"};
  static_assert(kWords.size() == static_cast<size_t>(engine::CoreLineKind::kOneVersion) + 1);
  return kWords.at(static_cast<size_t>(kind));
}

std::string_view Word(engine::BehindKind kind) {
  constexpr std::array kWords = {"request", "impossible", "traded", "notExamined"};
  static_assert(kWords.size() == static_cast<size_t>(engine::BehindKind::kNotExamined) + 1);
  return kWords.at(static_cast<size_t>(kind));
}

std::string_view Word(engine::WarningKind kind) {
  constexpr std::array kWords = {"unknownExtra", "invalidVersion", "unmetSoft", "repaired"};
  static_assert(kWords.size() == static_cast<size_t>(engine::WarningKind::kRepaired) + 1);
  return kWords.at(static_cast<size_t>(kind));
}

namespace {

// Where texts of the request and files were found.
enum class Places : uint8_t { kWith, kWithout };

json RequiredByJson(const engine::RequiredBy& by) {
  return {{field::kWho, by.who}, {field::kRequirement, by.requirement}};
}

void SetIfKnown(json& object, const char* key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}

json ToJson(const engine::ChosenFile& file, bool is_conda) {
  json one = {{field::kName, file.name},
              {field::kKind, is_conda     ? "conda"
                             : file.wheel ? "wheel"
                                          : "sdist"},
              {field::kFits, file.fits}};
  SetIfKnown(one, field::kUrl, file.url);
  SetIfKnown(one, field::kSha256, file.sha256);
  SetIfKnown(one, field::kMd5, file.md5);
  SetIfKnown(one, field::kUploaded, file.uploaded);
  if (file.size) one[field::kSize] = *file.size;
  return one;
}

json ToJson(const engine::ChosenPackage& chosen, Places places) {
  json required_by = json::array();
  for (const engine::RequiredBy& by : chosen.required_by) required_by.push_back(RequiredByJson(by));
  json one = {{field::kPackage, chosen.name},
              {field::kVersion, chosen.version},
              {field::kExtras, chosen.extras},
              {field::kRequested, chosen.requested},
              {field::kReason, RequiredByJson(chosen.reason)},
              {field::kRequiredBy, std::move(required_by)}};
  SetIfKnown(one, field::kUrl, chosen.url);
  SetIfKnown(one, field::kBuild, chosen.build);
  SetIfKnown(one, field::kChannel, chosen.channel);
  SetIfKnown(one, field::kSubdir, chosen.subdir);
  const bool is_conda = !chosen.subdir.empty();
  if (is_conda) one[field::kBuildNumber] = chosen.build_number;
  if (places == Places::kWithout) return one;
  SetIfKnown(one, field::kIndex, chosen.index);
  SetIfKnown(one, field::kRequiresPython, chosen.requires_python);
  json& files = one[field::kFiles] = json::array();
  for (const engine::ChosenFile& file : chosen.files) files.push_back(ToJson(file, is_conda));
  return one;
}

json ToJson(const engine::BehindPackage& behind, Places places) {
  json one = {{field::kPackage, behind.name},
              {field::kChosen, behind.chosen},
              {field::kNewest, behind.newest},
              {field::kKind, Word(behind.kind)}};
  if (behind.kind == engine::BehindKind::kImpossible) {
    one[field::kLines] = LinesJson(behind.lines, places == Places::kWith);
  }
  if (behind.kind == engine::BehindKind::kTraded) {
    one[field::kInstead] = behind.instead;
    json trades = json::array();
    for (const engine::Trade& trade : behind.trades) {
      trades.push_back({{field::kPackage, trade.name},
                        {field::kChosen, trade.chosen},
                        {field::kInstead, trade.instead}});
    }
    one[field::kTrades] = std::move(trades);
  }
  return one;
}

json Said(const engine::Answer& answer, Places places) {
  json document = {
      {field::kStatus, Word(answer.status)},
      {field::kSolution, nullptr},
      {field::kClaim,
       {{field::kKind, Word(answer.claim.kind)}, {field::kAssuming, answer.claim.assuming}}},
      {field::kConflict, LinesJson(answer.conflict, places == Places::kWith)},
      {field::kPriorities, json::array()},
      {field::kBehind, json::array()},
      {field::kWarnings, json::array()}};
  if (answer.status == engine::Status::kUnsat) {
    document[field::kExplanation] = ExplanationJson(answer.explanation, places == Places::kWith);
    document[field::kHints] = HintsJson(answer.hints);
  }
  if (answer.status == engine::Status::kStopped) {
    document[field::kReason] = Word(answer.stop_reason);
  }
  if (answer.has_solution) {
    json& solution = document[field::kSolution] = json::array();
    for (const engine::ChosenPackage& chosen : answer.solution) {
      solution.push_back(ToJson(chosen, places));
    }
  }
  if (answer.transaction) AddTransaction(*answer.transaction, document);
  for (const engine::PackagePriority& one : answer.priorities) {
    document[field::kPriorities].push_back(
        {{field::kPackage, one.name}, {field::kPriority, one.priority}});
  }
  for (const engine::BehindPackage& one : answer.behind) {
    document[field::kBehind].push_back(ToJson(one, places));
  }
  for (const engine::Warning& one : answer.warnings) {
    document[field::kWarnings].push_back(
        {{field::kKind, Word(one.kind)}, {field::kPackage, one.package}, {field::kText, one.text}});
  }
  return document;
}

json CountersOf(const engine::Answer& answer) {
  const Counters& counters = answer.counters;
  return {{"work", counters.work},
          {"decisions", counters.decisions},
          {"propagations", counters.propagations},
          {"conflicts", counters.conflicts},
          {"learnt", counters.learnt},
          {"learntLiterals", counters.learnt_literals},
          {"clausesRequirement", counters.clauses_requirement},
          {"clausesGate", counters.clauses_gate},
          {"clausesCondition", counters.clauses_condition},
          {"clausesOther", counters.clauses_other},
          {"gates", counters.gates},
          {"packages", counters.packages},
          {"candidates", counters.candidates},
          {"candidatesLookedAt", counters.candidates_looked_at},
          {"candidatesFolded", counters.candidates_folded},
          {"packagesRead", answer.packages_read},
          {"checkTexts", answer.check.cost.texts},
          {"checkMarkers", answer.check.cost.markers},
          {"checkMatches", answer.check.cost.matches}};
}

json TimingsOf(const engine::Timings& timings) {
  return {{"openUs", timings.open_us},         {"parseUs", timings.parse_us},
          {"universeUs", timings.universe_us}, {"solveUs", timings.solve_us},
          {"explainUs", timings.explain_us},   {"checkUs", timings.check_us}};
}

json EnvironmentOf(const pypi::Environment& environment) {
  json variables = json::object();
  for (size_t i = 0; i < pypi::kEnvironmentVariables; ++i) {
    const auto variable = static_cast<pypi::MarkerVariable>(i);
    variables[std::string(pypi::VariableName(variable))] = environment.Get(variable);
  }
  return variables;
}

json CondaTargetOf(const conda::ResolveRequest& request) {
  json packages = json::array();
  for (const conda::VirtualPackage& one : request.virtual_packages) {
    packages.push_back(
        {{field::kName, one.name}, {field::kVersion, one.version}, {field::kBuild, one.build}});
  }
  return {{"subdirs", request.subdirs},
          {"virtualPackages", std::move(packages)},
          {"channelPriority", WordOf(conda::kChannelPriorityWords, request.channel_priority)}};
}

json PipOf(const conda::ResolveRequest& request) {
  json all = json::array();
  for (const conda::PlacedText& one : request.pip) {
    all.push_back({{field::kRequirement, one.text}, {field::kPlace, one.place}});
  }
  return all;
}

}  // namespace

json DeterministicPart(const engine::Answer& answer) { return Said(answer, Places::kWithout); }

std::string AnswerDigest(const engine::Answer& answer) {
  return DigestOf(DeterministicPart(answer));
}

json AnswerDocument(const engine::Answer& answer, const AnswerFrame& frame) {
  json document = Said(answer, Places::kWith);
  document[field::kSchemaVersion] = kSchemaVersion;
  document[field::kEcosystem] = frame.ecosystem;
  document[field::kStrategy] = frame.strategy;
  if (frame.request != nullptr) {
    document[field::kEnvironment] = EnvironmentOf(frame.request->environment);
    document[field::kTarget] = frame.request->target;
    document[field::kPolicies] = PoliciesJson(*frame.request);
    document[field::kNotes] = NotesJson(frame.request->notes);
  }
  if (frame.conda_request != nullptr) {
    document[field::kCondaTarget] = CondaTargetOf(*frame.conda_request);
    document[field::kPip] = PipOf(*frame.conda_request);
    document[field::kNotes] = NotesJson(frame.conda_request->notes);
  }
  json& builds = document[field::kNeedsBuild] = json::array();
  for (const engine::NeedsBuild& one : answer.needs_build) {
    builds.push_back(
        {{field::kPackage, one.name}, {field::kVersion, one.version}, {field::kFile, one.file}});
  }
  json& tried = document[field::kPythonsTried] = json::array();
  for (const engine::PythonTried& one : answer.pythons_tried) {
    tried.push_back(
        {{field::kPython, one.python}, {field::kConflict, LinesJson(one.conflict, true)}});
  }
  document[field::kDigest] = AnswerDigest(answer);
  // No part of the digest: it may name a file that cannot be read.
  if (answer.status == engine::Status::kUnsat) {
    document[field::kHintsUndecided] = HintsJson(answer.hints_undecided);
  }
  if (answer.check.ran) {
    document[field::kCheck] = {{field::kAccepted, answer.check.violations.empty()},
                               {field::kViolations, answer.check.violations}};
  }
  document[field::kStats] = {{field::kCounters, CountersOf(answer)},
                             {field::kTimings, TimingsOf(answer.timings)}};
  return document;
}

}  // namespace accord::wire
