#include "tests/conda_worlds/name_by_name.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "ecosystem/conda/time.h"
#include "engine/conda.h"
#include "tests/oracle/random.h"
#include "wire/answer_json.h"
#include "wire/why_json.h"

namespace accord::conda_worlds {
namespace {

using nlohmann::json;
using SharedFacts = std::shared_ptr<const engine::CondaFacts>;

constexpr int kWavesMax = 1000;

// A world's record as repodata has it.
conda::NamedRecord RecordOf(const json& from, const std::string& channel) {
  json record = from;
  record["build"] = from.value("build", "0");
  record["subdir"] = from.value("subdir", "linux-64");
  if (record.contains("extras")) record["extra_depends"] = record["extras"];
  if (record.contains("uploaded")) {
    record["timestamp"] = conda::MillisecondsOf(record["uploaded"].get<std::string>()).value();
  }
  return {.channel = channel,
          .subdir = record["subdir"],
          .file = Cat(record["name"].get<std::string>(), "-", record["version"].get<std::string>(),
                      "-", record["build"].get<std::string>(), ".conda"),
          .json = record.dump()};
}

// All that can be said of a world; of some names that they cannot be known.
class WorldFacts {
 public:
  WorldFacts(const json& channels, Rng& rng) {
    for (const json& channel : channels) {
      channels_.push_back(channel.at("name"));
      for (const json& record : channel.at("records")) {
        const std::string name = record.at("name");
        puts_[name].package = name;
        puts_[name].records.push_back(RecordOf(record, channels_.back()));
      }
    }
    for (const auto& [name, put] : puts_) {
      if (rng.Percent(3)) errors_.insert(name);
    }
  }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& [name, put] : puts_) names.push_back(name);
    return names;
  }
  [[nodiscard]] size_t error_count() const { return errors_.size(); }
  [[nodiscard]] SharedFacts Nothing() const { return engine::CondaFacts::None(channels_); }

  void Say(const std::string& name, engine::CondaUpdate& update) const {
    const auto put = puts_.find(name);
    if (put == puts_.end()) {
      update.absent.push_back(name);
    } else if (errors_.contains(name)) {
      update.error.push_back({.package = name, .reason = "nobody answers"});
    } else {
      update.put.push_back(put->second);
    }
  }

 private:
  std::vector<std::string> channels_;
  std::map<std::string, engine::CondaPut> puts_;
  std::set<std::string> errors_;
};

SharedFacts After(const SharedFacts& facts, const engine::CondaUpdate& update) {
  absl::StatusOr<SharedFacts> after = engine::Apply(*facts, update);
  ACCORD_CHECK(after.ok());
  return *std::move(after);
}

// What is said of a world in pieces.
class FactsInPieces {
 public:
  // Some of it is said before anybody asks, and not all of that is true.
  FactsInPieces(const WorldFacts& world, Rng& rng)
      : world_(world), rng_(rng), facts_(world.Nothing()) {
    engine::CondaUpdate update;
    for (const std::string& name : world.names()) {
      if (!rng.Percent(10)) continue;
      untrue_.insert(name);
      update.absent.push_back(name);
    }
    facts_ = After(facts_, update);
  }

  [[nodiscard]] const SharedFacts& facts() const { return facts_; }

  // Some of what is wanted, one name at least, and some that is not.
  void Say(const engine::Wants& wants) {
    std::set<std::string> names;
    while (names.empty()) {
      for (const engine::Wanted& one : wants.facts) {
        if (rng_.Percent(60)) names.insert(Awaited(one));
      }
    }
    for (const engine::Wanted& one : wants.hints) {
      if (rng_.Percent(30)) names.insert(Awaited(one));
    }
    for (const std::string& name : world_.names()) {
      if (rng_.Percent(10)) names.insert(name);
    }
    SayNames(names);
  }
  void SayTheTruth() { SayNames(std::set(untrue_)); }

 private:
  [[nodiscard]] const std::string& Awaited(const engine::Wanted& one) const {
    ACCORD_CHECK(facts_->Find(one.package) == nullptr && !one.package.starts_with("__"));
    return one.package;
  }
  void SayNames(const std::set<std::string>& names) {
    engine::CondaUpdate update;
    for (const std::string& name : names) {
      world_.Say(name, update);
      untrue_.erase(name);
    }
    facts_ = After(facts_, update);
  }

  const WorldFacts& world_;
  Rng& rng_;
  SharedFacts facts_;
  std::set<std::string> untrue_;
};

engine::WhyQuestions SomeQuestions(const std::vector<std::string>& names, Rng& rng) {
  engine::WhyQuestions questions{.versions = rng.Percent(50)};
  const auto some = [&] { return names.empty() ? "a" : names[rng.Below(names.size())]; };
  if (rng.Percent(30)) questions.package = some();
  if (rng.Percent(50)) questions.not_chosen = Cat(some(), rng.Percent(50) ? "" : " >=2");
  return questions;
}

// All that is said, with what it cost the search.
std::string SaidOf(const engine::Explained& explained) {
  const engine::Answer& answer = explained.answer;
  json document = wire::DeterministicPart(answer);
  wire::AddWhy(explained, document);
  document["digest"] = wire::AnswerDigest(answer);
  document["counters"] = {answer.counters.work, answer.counters.decisions, answer.counters.learnt,
                          answer.packages_read};
  return document.dump();
}

struct InWaves {
  int waves = 0;
  int anew = 0;
};

std::string SaidInWaves(const WorldFacts& world, const conda::ResolveRequest& request,
                        const engine::WhyQuestions& questions, Rng& rng, InWaves& count) {
  FactsInPieces pieces(world, rng);
  const auto begin = [&] {
    return std::make_unique<engine::CondaSolve>(pieces.facts(), request, questions);
  };
  std::unique_ptr<engine::CondaSolve> solve = begin();
  while (count.waves + count.anew < kWavesMax) {
    const auto ran = solve->Run({});
    if (!ran.ok()) return std::string(Message(ran.status()));
    const auto* explained = std::get_if<engine::Explained>(&*ran);
    if (explained != nullptr) {
      pieces.SayTheTruth();
      if (solve->SetFacts(pieces.facts())) return SaidOf(*explained);
    } else {
      ++count.waves;
      pieces.Say(std::get<engine::Wants>(*ran));
      if (solve->SetFacts(pieces.facts())) continue;
    }
    ++count.anew;
    solve = begin();
  }
  return "no end of waves";
}

}  // namespace

json NameByName(const json& channels, const conda::ResolveRequest& request, uint64_t seed) {
  Rng rng(seed);
  const WorldFacts world(channels, rng);
  const engine::WhyQuestions questions = SomeQuestions(world.names(), rng);
  engine::CondaUpdate all;
  for (const std::string& name : world.names()) world.Say(name, all);
  const auto explained = engine::Explain(After(world.Nothing(), all), request, questions);
  const std::string closed =
      explained.ok() ? SaidOf(*explained) : std::string(Message(explained.status()));
  InWaves count;
  const std::string lazy = SaidInWaves(world, request, questions, rng, count);
  json out = {{"digest", explained.ok() ? wire::AnswerDigest(explained->answer) : ""},
              {"errors", world.error_count()},
              {"waves", count.waves},
              {"anew", count.anew}};
  if (lazy != closed) {
    out["closed"] = closed;
    out["lazy"] = lazy;
  }
  return out;
}

}  // namespace accord::conda_worlds
