// The law "lazy equals closed" over the wire: generated worlds, said in pieces to a session that
// waits for them, in needs and in wants mode, with random grouping, order and surplus: each time
// the digest of the world that is said at once.
//
//   accord_lazy_worlds WORLDS SEED
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "model/world_file.h"
#include "tests/oracle/generator.h"
#include "tests/oracle/random.h"
#include "tests/protocol/wave_client.h"

namespace accord::protocol {
namespace {

using nlohmann::json;

// A world, said piece by piece: groups first, of each package its candidates, of some of them later
// what they need.
class Pieces {
 public:
  Pieces(WaveClient& client, const json& world, Rng& rng)
      : client_(client), world_(world), rng_(rng) {
    universe_ = client_.Ask("universe/open", {{"ecosystem", "plain"}})["universe"];
    if (world_.contains("groups")) Update({{"groups", world_["groups"]}});
  }

  [[nodiscard]] const json& universe() const { return universe_; }

  void SayAll() {
    json put = json::array();
    for (const auto& [name, package] : world_["packages"].items()) {
      json one = package;
      one["package"] = name;
      put.push_back(std::move(one));
    }
    Update({{"put", put}});
  }

  // Some of what is wanted, one piece at least, and some that is not.
  void SaySome(const json& wants) {
    json update = {{"put", json::array()}, {"absent", json::array()}};
    size_t said = 0;
    while (said == 0) {
      for (const json& want : wants) {
        if (!rng_.Percent(60)) continue;
        const std::string& name = want["package"].get_ref<const std::string&>();
        if (!want.contains("candidates")) said += SayPackage(name, update);
        for (const json& position : want.value("candidates", json::array())) {
          said += SayNeeds(name, position.get<size_t>(), update);
        }
      }
    }
    for (const auto& [name, package] : world_["packages"].items()) {
      if (rng_.Percent(10)) SayPackage(name, update);
    }
    Update(std::move(update));
  }

 private:
  size_t SayPackage(const std::string& name, json& update) {
    if (!said_.insert(name).second) return 0;
    const auto found = world_["packages"].find(name);
    if (found == world_["packages"].end()) {
      update["absent"].push_back(name);
      return 1;
    }
    json put = *found;
    put["package"] = name;
    if (put.contains("candidates")) {
      for (json& candidate : put["candidates"]) {
        if (rng_.Percent(50)) candidate = {{"version", candidate["version"]}, {"pending", true}};
      }
    }
    update["put"].push_back(std::move(put));
    return 1;
  }

  size_t SayNeeds(const std::string& name, size_t position, json& update) {
    if (!needs_.emplace(name, position).second) return 0;
    json needs = world_["packages"][name]["candidates"][position];
    needs.erase("version");
    needs["candidate"] = position;
    update["put"].push_back({{"package", name}, {"dependencies", json::array({needs})}});
    return 1;
  }

  void Update(json update) {
    update["universe"] = universe_;
    client_.Ask("universe/update", update);
  }

  WaveClient& client_;
  const json& world_;
  Rng& rng_;
  json universe_;
  std::set<std::string> said_;
  std::set<std::pair<std::string, size_t>> needs_;
};

json QuestionOf(const json& world, const json& universe, const char* mode) {
  json question = world.value("request", json::object());
  question["universe"] = universe;
  question["mode"] = mode;
  return question;
}

struct Waves {
  size_t needs = 0;
  size_t wants = 0;
};

json InNeedsMode(WaveClient& client, const json& world, Rng& rng, Waves& waves) {
  Pieces pieces(client, world, rng);
  json answer = client.Ask("resolve", QuestionOf(world, pieces.universe(), "needs"));
  for (; answer["status"] == "needs"; ++waves.needs) {
    pieces.SaySome(answer["wants"]);
    answer = client.Ask("resolve/continue", {{"solve", answer["solve"]}});
  }
  client.Ask("universe/close", {{"universe", pieces.universe()}});
  return answer;
}

json InWantsMode(WaveClient& client, const json& world, Rng& rng, Waves& waves) {
  Pieces pieces(client, world, rng);
  client.Call("resolve", QuestionOf(world, pieces.universe(), "wants"));
  json message = client.Next();
  for (; message.contains("method"); message = client.Next(), ++waves.wants) {
    pieces.SaySome(message["params"]["wants"]);
  }
  client.Ask("universe/close", {{"universe", pieces.universe()}});
  return message.at("result");
}

json AtOnce(WaveClient& client, const json& world, Rng& rng) {
  Pieces pieces(client, world, rng);
  pieces.SayAll();
  json answer = client.Ask("resolve", QuestionOf(world, pieces.universe(), "closed"));
  client.Ask("universe/close", {{"universe", pieces.universe()}});
  return answer;
}

bool Holds(WaveClient& client, uint64_t seed, Waves& waves) {
  WorldSpec spec = GenerateWorld(seed);
  for (size_t i = 0; i < spec.groups.size(); ++i) spec.groups[i].name = Cat("group ", i);
  const json world = json::parse(WriteWorldSpec(spec));
  Rng rng(seed);
  const json closed = AtOnce(client, world, rng);
  const json needs = InNeedsMode(client, world, rng, waves);
  const json wants = InWantsMode(client, world, rng, waves);
  if (needs["digest"] == closed["digest"] && wants["digest"] == closed["digest"]) return true;
  std::cout << "seed " << seed << ": " << closed.dump() << "\n  needs mode: " << needs.dump()
            << "\n  wants mode: " << wants.dump() << '\n';
  return false;
}

}  // namespace
}  // namespace accord::protocol

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "accord_lazy_worlds WORLDS SEED\n";
    return 2;
  }
  const uint64_t worlds = std::strtoull(argv[1], nullptr, 10);
  const uint64_t first = std::strtoull(argv[2], nullptr, 10);
  accord::protocol::WaveClient client;
  accord::protocol::Waves waves;
  for (uint64_t seed = first; seed < first + worlds; ++seed) {
    if (!accord::protocol::Holds(client, seed, waves)) return 1;
  }
  std::cout << worlds << " worlds, " << waves.needs << " waves in needs mode, " << waves.wants
            << " in wants mode\n";
  return 0;
}
