// Streams of requests, most of them mangled, against a session: no crash, no hang, and each request
// that can be read is answered once, whatever stands around it.
//
//   accord_mutated_frames FRAMES SEED
//
// What can be read an oracle says that shares no code with the engine's reader: nlohmann's DOM,
// line by line. Where the protocol is stricter than JSON (keys twice, depth, numbers) either will
// do.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "protocol/frame_reader.h"
#include "protocol/session.h"
#include "tests/support/kept_messages.h"

namespace accord::protocol {
namespace {

using nlohmann::json;
using Random = std::mt19937_64;

constexpr size_t kBatch = 500;  // frames, then every answer must be there
constexpr auto kPatience = std::chrono::seconds(120);
constexpr const char* kSettling = "settling";
constexpr size_t kKeptOneIn = 50;    // messages (kept_messages.h): of requests by their id
constexpr size_t kSettled = 10'000;  // frames, after which memory must not grow

int64_t Noon() { return 1'718'452'800; }

size_t Below(Random& random, size_t count) {
  return std::uniform_int_distribution<size_t>(0, count - 1)(random);
}
bool OneIn(Random& random, size_t count) { return Below(random, count) == 0; }

// ---- Requests

template <size_t N>
std::string Any(Random& random, const std::array<const char*, N>& words) {
  return words[Below(random, N)];
}

std::string Name(Random& random) { return Any(random, std::array{"a", "b", "c", "d", "e f", "é"}); }
std::string UniverseOf(Random& random) { return Cat("u", Below(random, 12)); }
std::string SolveOf(Random& random) { return Cat("s", Below(random, 200)); }

json Set(Random& random) {
  json set = {{"package", Name(random)}};
  if (OneIn(random, 3)) set["allowed"] = {{Below(random, 2), Below(random, 4)}};
  return set;
}

json Package(Random& random) {
  json candidates = json::array();
  for (size_t i = Below(random, 4); i > 0; --i) {
    json one = {{"version", Cat(i)}};
    if (OneIn(random, 4)) {
      one["pending"] = true;
    } else if (OneIn(random, 2)) {
      one["requires"] = {Set(random)};
    }
    candidates.push_back(std::move(one));
  }
  return {{"package", Name(random)}, {"candidates", std::move(candidates)}};
}

json Update(Random& random) {
  json update = {{"universe", UniverseOf(random)}, {"put", {Package(random)}}};
  if (OneIn(random, 4)) update["absent"] = {Name(random)};
  if (OneIn(random, 8)) update["drop"] = {Name(random)};
  if (OneIn(random, 8)) update["ifRevision"] = Below(random, 5);
  if (OneIn(random, 4)) {
    update["put"].push_back(
        {{"package", Name(random)}, {"dependencies", {{{"candidate", Below(random, 3)}}}}});
  }
  return update;
}

json Question(Random& random) {
  json question = {{"universe", UniverseOf(random)}, {"requires", {Set(random), Set(random)}}};
  if (OneIn(random, 2)) question["mode"] = Any(random, std::array{"needs", "closed", "wants", "x"});
  if (OneIn(random, 4)) question["excluded"] = {Set(random)};
  if (OneIn(random, 6)) question["limits"] = {{"work", Below(random, 50)}};
  return question;
}

struct Maker {
  const char* method;
  json (*params)(Random&);
};
constexpr std::array kMakers = {
    Maker{"universe/open",
          [](Random& r) -> json {
            return {{"ecosystem", Any(r, std::array{"plain", "plain", "pypi", "conda", "npm"})}};
          }},
    Maker{"universe/update", Update},
    Maker{"universe/update", Update},
    Maker{"universe/query",
          [](Random& r) -> json {
            return {{"universe", UniverseOf(r)}, {"package", Name(r)}};
          }},
    Maker{"universe/fork",
          [](Random& r) -> json {
            return {{"universe", UniverseOf(r)}};
          }},
    Maker{"universe/snapshot",
          [](Random& r) -> json {
            return {{"universe", UniverseOf(r)}};
          }},
    Maker{"universe/close",
          [](Random& r) -> json {
            return {{"universe", UniverseOf(r)}};
          }},
    Maker{"universe/load",
          [](Random& r) -> json {
            return {{"universe", UniverseOf(r)}, {"path", "/nowhere"}};
          }},
    Maker{"resolve", Question},
    Maker{"resolve", Question},
    Maker{"explain", Question},
    Maker{"whatIf",
          [](Random& r) -> json {
            json question = Question(r);
            question["changes"] = {{"requires", {Set(r)}}};
            return question;
          }},
    Maker{"resolve/continue",
          [](Random& r) -> json {
            return {{"solve", SolveOf(r)}};
          }},
    Maker{"resolve/finish",
          [](Random& r) -> json {
            return {{"solve", SolveOf(r)}};
          }},
    Maker{"resolve/close",
          [](Random& r) -> json {
            return {{"solve", SolveOf(r)}};
          }},
    Maker{"verify",
          [](Random& r) -> json {
            return {{"universe", UniverseOf(r)}, {"solution", json::array()}};
          }},
    Maker{"version/compare",
          [](Random& r) -> json {
            return {{"ecosystem", Any(r, std::array{"pypi", "conda"})},
                    {"left", Any(r, std::array{"1.0", "1.0rc1", "x"})},
                    {"right", "1"}};
          }},
    Maker{"initialize",
          [](Random&) -> json {
            return {{"protocolVersions", {1}}};
          }},
    Maker{"stats", [](Random&) -> json { return json::object(); }},
    Maker{"no/such", [](Random&) -> json { return json::object(); }},
};

std::string MakeFrame(Random& random, uint64_t id) {
  if (OneIn(random, 10)) {
    return json{{"jsonrpc", "2.0"},
                {"method", "$/cancelRequest"},
                {"params", {{"id", Below(random, id + 1)}}}}
        .dump();
  }
  const Maker& maker = kMakers[Below(random, kMakers.size())];
  json frame = {{"jsonrpc", "2.0"}, {"method", maker.method}, {"params", maker.params(random)}};
  frame["id"] = OneIn(random, 4) ? json(Cat("t", id)) : json(id);
  return frame.dump();
}

// ---- Damage

void Mangle(Random& random, std::string& frame) {
  if (frame.empty()) return;
  const auto at = [&] { return Below(random, frame.size()); };
  switch (Below(random, 9)) {
    case 0:
      frame[at()] = static_cast<char>(Below(random, 256));
      return;
    case 1:
      frame.resize(at());
      return;
    case 2:
      frame.insert(at(), 1, '\n');
      return;
    case 3:
      frame.insert(at(), frame.substr(at(), 20));
      return;
    case 4:
      frame.insert(at(), std::string(Below(random, 80), '['));
      return;
    case 5:
      frame.insert(at(), "\xC0\xAF");
      return;
    case 6:
      frame.insert(at(), "99999999999999999999");
      return;
    case 7:
      frame.insert(at(),
                   Any(random, std::array{"null", "{}", "[]", "\"\"", "-1", "1e99", "\\u0000"}));
      return;
    default:
      if (frame.size() > 1) frame.erase(at(), 1 + Below(random, 5));
  }
}

// ---- The oracle

// The id of a line that is a request for certain, as JSON; empty: it is none, or who knows.
struct Expected {
  std::string id;
  bool certain = false;
};

bool IsStrict(const json& value, size_t depth = 1) {
  if (depth > 60 || value.is_number_float()) return false;
  if (value.is_number_integer() && !value.is_number_unsigned()) {
    return value.get<int64_t>() > -(int64_t{1} << 53);
  }
  if (value.is_number_unsigned()) return value.get<uint64_t>() < (uint64_t{1} << 53);
  return !value.is_structured() ||
         std::ranges::all_of(value, [&](const json& item) { return IsStrict(item, depth + 1); });
}

// nlohmann's DOM keeps one of the keys that stand twice.
bool HasKeyTwice(const std::string& line) {
  std::vector<std::set<std::string>> keys;
  bool twice = false;
  json::parser_callback_t look = [&](int, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::object_start) keys.emplace_back();
    if (event == json::parse_event_t::object_end) keys.pop_back();
    if (event == json::parse_event_t::key) {
      twice = twice || !keys.back().insert(parsed.get<std::string>()).second;
    }
    return true;
  };
  return json::parse(line, look, false).is_discarded() || twice;
}

Expected Look(const std::string& line) {
  const json message = json::parse(line, nullptr, false);
  if (message.is_discarded() || !message.is_object() || !message.contains("id")) return {};
  const json& id = message["id"];
  if (!id.is_string() && !id.is_number_integer()) return {};
  const bool is_call = message.contains("method");
  if (!is_call && (message.contains("result") || message.contains("error"))) return {};
  return {.id = id.dump(), .certain = IsStrict(message) && !HasKeyTwice(line)};
}

bool IsKept(const std::string& id) { return std::hash<std::string>{}(id) % kKeptOneIn == 0; }

// ---- The run

class Run {
 public:
  explicit Run(uint64_t seed) : random_(seed) {
    session_.emplace(
        SessionOptions{.engine_version = "test", .threads = 4, .limits = {}, .now_unix_s = Noon},
        [this](std::string frame, OutputKind kind) {
          Take(frame, kind);
          return size_t{0};
        },
        [] {});
    Feed(R"({"jsonrpc":"2.0","id":"begin","method":"initialize","params":{"protocolVersions":[1]}})"
         "\n");
  }

  bool Go(size_t frames) {
    size_t settled_bytes = 0;
    for (size_t done = 0; done < frames; done += kBatch) {
      for (size_t i = 0; i < std::min(kBatch, frames - done); ++i) {
        std::string frame = MakeFrame(random_, next_id_++);
        for (size_t many = Below(random_, 4); many > 1; --many) Mangle(random_, frame);
        Feed(frame + (OneIn(random_, 50) ? "" : "\n"));
      }
      Feed("\n");
      if (!Settle()) return false;
      if (done + kBatch == kSettled) settled_bytes = ResidentBytes();
    }
    std::cout << frames << " frames, " << certain_ << " requests for certain, " << answers_
              << " answers; " << settled_bytes / 1024 << " KiB after " << kSettled << " frames, "
              << ResidentBytes() / 1024 << " KiB at the end\n";
    return true;
  }

 private:
  // Lines as the oracle sees them; a frame without its line end goes on with the next one.
  void Feed(const std::string& bytes) {
    line_ += bytes;
    for (size_t end = line_.find('\n'); end != std::string::npos; end = line_.find('\n')) {
      const std::string line = line_.substr(0, end);
      const Expected expected = Look(line);
      if (Recording* const kept = KeptMessages(); kept != nullptr && IsKept(expected.id)) {
        kept->Sent(line);
      }
      if (!expected.id.empty()) {
        ++(expected.certain ? owed_ : perhaps_)[expected.id];
        if (expected.certain) ++certain_;
      }
      line_.erase(0, end + 1);
    }
    reader_.Feed(bytes, [&](Frame frame) {
      if (frame.kind == Frame::Kind::kText) return session_->Take(frame.text);
      session_->Refuse(FaultKind::kParseError, "not a frame");
    });
  }

  void Take(const std::string& frame, OutputKind kind) {
    if (kind != OutputKind::kResult) return;
    const json answer = json::parse(frame);
    const std::lock_guard lock(mutex_);
    ++answers_;
    const bool is_kept =
        answer["id"].is_null() ? answers_ % kKeptOneIn == 0 : IsKept(answer["id"].dump());
    if (Recording* const kept = KeptMessages(); kept != nullptr && is_kept) kept->Answered(frame);
    if (answer["id"] == kSettling) {
      in_flight_ = answer["result"]["requests"]["inFlight"].get<size_t>();
      changed_.notify_all();
    } else {
      ++given_[answer["id"].dump()];
    }
  }

  // Who waits for facts is told to end; then nobody is left, and each has had its answer.
  bool Settle() {
    const auto begun = std::chrono::steady_clock::now();
    while (AskInFlight() > 1) {
      if (std::chrono::steady_clock::now() - begun > kPatience) {
        std::cout << "no answer within " << kPatience.count() << " s\n";
        return false;
      }
      for (const std::string& id : Ids()) {
        session_->Take(
            Cat(R"({"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":)", id, "}}"));
      }
    }
    const std::lock_guard lock(mutex_);
    const bool good = std::ranges::all_of(Ids(), [&](const std::string& id) {
      const size_t given = given_[id];
      if (given >= owed_[id] && given <= owed_[id] + perhaps_[id]) return true;
      std::cout << id << ": " << given << " answers, owed " << owed_[id] << '\n';
      return false;
    });
    for (const auto& [id, count] : given_) {
      if (id == "null" || owed_.contains(id) || perhaps_.contains(id)) continue;
      std::cout << id << ": " << count << " answers to no request\n";
      return false;
    }
    owed_.clear();
    perhaps_.clear();
    given_.clear();
    return good;
  }

  size_t AskInFlight() {
    {
      const std::lock_guard lock(mutex_);
      in_flight_ = 0;
    }
    session_->Take(json{{"jsonrpc", "2.0"}, {"id", kSettling}, {"method", "stats"}}.dump());
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kPatience, [&] { return in_flight_ > 0; });
    return in_flight_;
  }

  // Of requests, by either opinion.
  [[nodiscard]] std::set<std::string> Ids() const {
    std::set<std::string> ids;
    for (const auto* const counts : {&owed_, &perhaps_}) {
      for (const auto& [id, count] : *counts) ids.insert(id);
    }
    return ids;
  }

  static size_t ResidentBytes() {
    std::ifstream statm("/proc/self/statm");
    size_t size = 0;
    size_t resident = 0;
    statm >> size >> resident;
    return resident * static_cast<size_t>(sysconf(_SC_PAGESIZE));
  }

  Random random_;
  FrameReader reader_;
  std::string line_;
  uint64_t next_id_ = 1;

  std::map<std::string, size_t> owed_, perhaps_;  // requests by id
  size_t certain_ = 0;

  std::mutex mutex_;  // of all that follows
  std::condition_variable changed_;
  std::map<std::string, size_t> given_;  // answers by id
  size_t answers_ = 0;
  size_t in_flight_ = 0;  // as the last "stats" said; 0: not yet
  std::optional<Session> session_;
};

}  // namespace
}  // namespace accord::protocol

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "accord_mutated_frames FRAMES SEED\n";
    return 2;
  }
  accord::protocol::Run run(std::strtoull(argv[2], nullptr, 10));
  return run.Go(std::strtoull(argv[1], nullptr, 10)) ? 0 : 1;
}
