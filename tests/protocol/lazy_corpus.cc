// The law "lazy equals closed" over PyPI's facts: the corpus that ships is taken apart into lists
// of files and METADATA, and said in pieces to a session that waits for them, in needs and in wants
// mode, with random grouping, order and surplus. Each time the digest of what is said at once; and
// that of the corpus as it was compiled, where lists say for which Python files are. Where they do
// not, METADATA alone say it, of candidates that were let in: then the solution is the corpus's.
//
//   accord_lazy_corpus CORPUS REQUESTS SEED
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "ecosystem/pypi/grammar.h"
#include "engine/why.h"
#include "metadata/compiled_source.h"
#include "metadata/corpus.h"
#include "tests/oracle/random.h"
#include "tests/protocol/wave_client.h"
#include "wire/answer_json.h"
#include "wire/pypi_request.h"

namespace accord::protocol {
namespace {

using nlohmann::json;

// As the corpus, which is not complete, says it.
constexpr const char* kNobodyHasIt = "no source has it, and they are not complete";

// One name, taken apart.
struct Taken {
  json files = json::array();
  std::map<std::string, std::string> metadata;  // by file
};

class TakenCorpus {
 public:
  explicit TakenCorpus(const metadata::RecordSource& records) : records_(records) {}

  [[nodiscard]] size_t name_count() const { return records_.package_count(); }
  [[nodiscard]] std::string NameAt(size_t i) const { return std::string(records_.NameAt(i)); }

  // Null: the corpus has it not. `says_pythons`: lists say for which Python files are.
  const Taken* Find(const std::string& name, bool says_pythons) {
    const absl::StatusOr<const metadata::PackageRecord*> record = records_.Find(name);
    ACCORD_CHECK(record.ok());
    if (*record == nullptr) return nullptr;
    const auto [entry, is_new] = taken_.try_emplace({name, says_pythons});
    if (is_new) entry->second = Take(**record, says_pythons);
    return &entry->second;
  }

 private:
  static Taken Take(const metadata::PackageRecord& record, bool says_pythons) {
    Taken taken;
    for (const metadata::VersionRecord& version : record.versions) {
      for (const metadata::FileRecord& file : version.files) {
        const metadata::MetadataRecord& metadata =
            record.metadata[file.metadata.value_or(*version.metadata)];
        json one = {{"filename", file.name}, {"yanked", file.yanked}, {"core-metadata", true}};
        if (file.size) one["size"] = *file.size;
        if (!file.uploaded.empty()) one["upload-time"] = file.uploaded;
        if (!file.sha256.empty()) one["hashes"] = {{"sha256", file.sha256}};
        if (says_pythons) one["requires-python"] = metadata.requires_language;
        taken.files.push_back(std::move(one));
        taken.metadata[file.name] = TextOf(record.name, version.version, metadata);
      }
    }
    return taken;
  }

  // Of a version of core metadata in which an sdist's can be relied on.
  static std::string TextOf(const std::string& name, const std::string& version,
                            const metadata::MetadataRecord& metadata) {
    std::string text = Cat("Metadata-Version: 2.2\nName: ", name, "\nVersion: ", version, "\n");
    if (!metadata.requires_language.empty()) {
      text += Cat("Requires-Python: ", metadata.requires_language, "\n");
    }
    for (const std::string& extra : metadata.extras) text += Cat("Provides-Extra: ", extra, "\n");
    for (const std::string& one : metadata.requirements) text += Cat("Requires-Dist: ", one, "\n");
    return text + "\nA description.\n";
  }

  const metadata::RecordSource& records_;
  std::map<std::pair<std::string, bool>, Taken> taken_;
};

// What one universe is told, piece by piece.
class Teller {
 public:
  Teller(WaveClient& client, TakenCorpus& corpus, bool says_pythons, Rng& rng)
      : client_(client), corpus_(corpus), says_pythons_(says_pythons), rng_(rng) {
    universe_ = client_.Ask("universe/open", {{"ecosystem", "pypi"}})["universe"];
  }
  ~Teller() { client_.Ask("universe/close", {{"universe", universe_}}); }

  [[nodiscard]] const json& universe() const { return universe_; }
  [[nodiscard]] const std::set<std::string>& names() const { return names_; }

  // All of these names.
  void SayAll(const std::set<std::string>& names) {
    Begin();
    for (const std::string& name : names) {
      SayList(name);
      const Taken* const taken = corpus_.Find(name, says_pythons_);
      if (taken == nullptr) continue;
      for (const auto& [file, text] : taken->metadata) SayMetadata(name, file);
    }
    Send();
  }

  // Some of what is wanted, one piece at least, and some that is not.
  void SaySome(const json& wants) {
    Begin();
    while (said_ == 0) {
      for (const json& want : wants) {
        if (!rng_.Percent(60)) continue;
        const std::string& name = want["package"].get_ref<const std::string&>();
        if (!want.contains("files")) SayList(name);
        for (const json& file : want.value("files", json::array())) SayMetadata(name, file);
      }
    }
    if (rng_.Percent(30)) SayList(corpus_.NameAt(rng_.Below(corpus_.name_count())));
    for (const json& want : wants) SaySurplusOf(want["package"]);
    Send();
  }

 private:
  void SayList(const std::string& name) {
    if (!names_.insert(name).second) return;
    ++said_;
    const Taken* const taken = corpus_.Find(name, says_pythons_);
    if (taken == nullptr) {
      update_["error"].push_back({{"package", name}, {"reason", kNobodyHasIt}});
    } else {
      update_["put"].push_back({{"package", name}, {"files", taken->files}});
    }
  }

  void SayMetadata(const std::string& name, const std::string& file) {
    if (!files_.emplace(name, file).second) return;
    ++said_;
    const json said = {{"file", file},
                       {"text", corpus_.Find(name, says_pythons_)->metadata.at(file)}};
    update_["put"].push_back({{"package", name}, {"metadata", json::array({said})}});
  }

  // METADATA of files that nobody asked for.
  void SaySurplusOf(const std::string& name) {
    const Taken* const taken = corpus_.Find(name, says_pythons_);
    if (taken == nullptr || !names_.contains(name)) return;
    for (const auto& [file, text] : taken->metadata) {
      if (rng_.Percent(3)) SayMetadata(name, file);
    }
  }

  void Begin() {
    said_ = 0;
    update_ = {{"universe", universe_}, {"put", json::array()}, {"error", json::array()}};
  }
  void Send() { client_.Ask("universe/update", update_); }

  WaveClient& client_;
  TakenCorpus& corpus_;
  const bool says_pythons_;
  Rng& rng_;
  json universe_;
  json update_;
  size_t said_ = 0;
  std::set<std::string> names_;
  std::set<std::pair<std::string, std::string>> files_;
};

json RandomRequest(const metadata::RecordSource& records, bool says_pythons, Rng& rng) {
  json requirements = json::array();
  const size_t count = 1 + rng.Below(4);
  for (size_t i = 0; i < count; ++i) {
    const auto record = records.ReadAt(rng.Below(records.package_count()));
    std::string text = record->name;
    const std::string& version = record->versions[rng.Below(record->versions.size())].version;
    const char* const operators[] = {"<=", ">=", "=="};
    if (rng.Percent(50)) text += Cat(operators[rng.Below(3)], version);
    requirements.push_back(text);
  }
  if (rng.Percent(5)) requirements.push_back("there-is-no-such-name");
  const char* const pythons[] = {"3.8", "3.9", "3.10", "3.11", "3.12"};
  json policies = json::object();
  if (rng.Percent(20)) policies["resolution"] = "lowest-direct";
  if (rng.Percent(20)) policies["order"] = "name";
  // Whether a final release is left may hang on its METADATA.
  if (!says_pythons) policies["prereleases"] = "disallow";
  // Of a solution, questions, which wait too.
  json questions = json::object();
  if (rng.Percent(30)) questions["versions"] = true;
  if (rng.Percent(30)) {
    const auto record = records.ReadAt(rng.Below(records.package_count()));
    questions["whyNot"] = Cat(record->name, "==", record->versions.front().version);
  }
  json request = {{"requirements", requirements},
                  {"target", {{"python", pythons[rng.Below(5)]}, {"platform", "linux"}}},
                  {"policies", policies}};
  request.update(questions);
  return request;
}

json Asking(json request, const json& universe, const char* mode) {
  request["universe"] = universe;
  request["mode"] = mode;
  return request;
}

struct CorpusWaves {
  size_t needs = 0;
  size_t wants = 0;
  size_t unsat = 0;
};

// What a solution says, without the words around it.
json ChosenOf(const json& document) {
  json chosen = {document["status"]};
  if (!document["solution"].is_array()) return chosen;
  for (const json& one : document["solution"]) {
    chosen.push_back({one["package"], one["version"], one.value("extras", json())});
  }
  return chosen;
}

class Law {
 public:
  Law(const metadata::RecordSource& records, const metadata::Source& compiled)
      : records_(records), compiled_(compiled), corpus_(records) {}

  bool Holds(WaveClient& client, uint64_t seed, CorpusWaves& waves) {
    Rng rng(seed);
    const bool says_pythons = rng.Percent(60);
    const json request = RandomRequest(records_, says_pythons, rng);
    std::set<std::string> names;
    json needs;
    {
      Teller teller(client, corpus_, says_pythons, rng);
      needs = client.Ask("resolve", Asking(request, teller.universe(), "needs"));
      for (; needs["status"] == "needs"; ++waves.needs) {
        teller.SaySome(needs["wants"]);
        needs = client.Ask("resolve/continue", {{"solve", needs["solve"]}});
      }
      names = teller.names();
    }
    Teller teller(client, corpus_, says_pythons, rng);
    client.Call("resolve", Asking(request, teller.universe(), "wants"));
    json message = client.Next();
    for (; message.contains("method"); message = client.Next(), ++waves.wants) {
      teller.SaySome(message["params"]["wants"]);
    }
    const json wants = message.at("result");
    names.insert(teller.names().begin(), teller.names().end());
    Teller at_once(client, corpus_, says_pythons, rng);
    at_once.SayAll(names);
    const json closed = client.Ask("resolve", Asking(request, at_once.universe(), "closed"));
    if (closed["status"] == "unsat") ++waves.unsat;
    const json compiled = OfCorpus(request);
    const bool is_same = SaysTheSame(needs, closed) && SaysTheSame(wants, closed) &&
                         (says_pythons ? compiled["digest"] == closed["digest"]
                                       : ChosenOf(compiled) == ChosenOf(closed));
    if (is_same) return true;
    std::cout << "seed " << seed << ": " << request.dump() << "\n  at once: " << closed.dump()
              << "\n  needs mode: " << needs.dump() << "\n  wants mode: " << wants.dump()
              << "\n  compiled: " << compiled.dump() << '\n';
    return false;
  }

 private:
  // Not what took how long, and what was known when.
  static bool SaysTheSame(json a, json b) {
    for (json* const one : {&a, &b}) {
      one->erase("revision");
      (*one)["stats"].erase("timings");
    }
    return a == b;
  }

  json OfCorpus(const json& request) const {
    const absl::StatusOr<JsonNode> node =
        ParseStrictJson(request.dump(), "request", {.bytes_max = size_t{1} << 20, .depth_max = 16});
    ACCORD_CHECK(node.ok());
    const auto read = wire::ReadPypiRequest(*node, NoonOfWaves());
    ACCORD_CHECK(read.ok());
    const metadata::Source* const sources[] = {&compiled_};
    const auto explained = engine::Explain(*read, sources, {}, {});
    if (!explained.ok()) std::cout << Message(explained.status()) << '\n';
    return wire::AnswerDocument(explained->answer, {.ecosystem = "pypi", .strategy = "cdcl"});
  }

  const metadata::RecordSource& records_;
  const metadata::Source& compiled_;
  TakenCorpus corpus_;
};

}  // namespace
}  // namespace accord::protocol

int main(int argc, char** argv) {
  using namespace accord;
  if (argc != 4) {
    std::cerr << "accord_lazy_corpus CORPUS REQUESTS SEED\n";
    return 2;
  }
  auto records = metadata::OpenRecords(argv[1]);
  auto again = metadata::OpenRecords(argv[1]);
  if (!records.ok() || !again.ok()) {
    std::cerr << Message(records.status()) << '\n';
    return 2;
  }
  const pypi::PypiGrammar grammar;
  const metadata::CompiledSource compiled(*std::move(again), grammar);
  const uint64_t count = std::strtoull(argv[2], nullptr, 10);
  const uint64_t first = std::strtoull(argv[3], nullptr, 10);
  protocol::WaveClient client;
  protocol::Law law(**records, compiled);
  protocol::CorpusWaves waves;
  for (uint64_t seed = first; seed < first + count; ++seed) {
    if (!law.Holds(client, seed, waves)) return 1;
  }
  std::cout << count << " requests, " << waves.unsat << " without a solution, " << waves.needs
            << " waves in needs mode, " << waves.wants << " in wants mode\n";
  return 0;
}
