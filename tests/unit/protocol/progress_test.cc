// What a session says that is no answer: how far a search is, and what it logs.
#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "base/error.h"
#include "tests/unit/protocol/talk.h"

namespace accord::protocol {
namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

// Each pigeon in a hole of its own, one hole too few: no search ends soon.
constexpr size_t kPigeons = 14;

const json kLate = {{"package", "late"}, {"candidates", {{{"version", "1"}}}}};

class Searching : public ::testing::Test {
 protected:
  Searching() {
    talk.Begin();
    talk.Ask("universe/open", {{"ecosystem", "plain"}});
    json put = json::array();
    for (size_t hole = 0; hole + 1 < kPigeons; ++hole) {
      json candidates = json::array();
      for (size_t i = 0; i < kPigeons; ++i) candidates.push_back({{"version", Cat(i)}});
      put.push_back({{"package", Cat("hole-", hole)}, {"candidates", candidates}});
    }
    for (size_t pigeon = 0; pigeon < kPigeons; ++pigeon) {
      json candidates = json::array();
      for (size_t hole = 0; hole + 1 < kPigeons; ++hole) {
        const json range = json::array({pigeon, pigeon});
        candidates.push_back(
            {{"version", Cat(hole)},
             {"requires", {{{"package", Cat("hole-", hole)}, {"allowed", {range}}}}}});
      }
      put.push_back({{"package", Cat("pigeon-", pigeon)}, {"candidates", candidates}});
    }
    talk.Ask("universe/update", {{"universe", "u1"}, {"put", put}});
  }

  static json Question(const std::string& mode) {
    json wanted = json::array();
    for (size_t pigeon = 0; pigeon < kPigeons; ++pigeon) {
      wanted.push_back({{"package", Cat("pigeon-", pigeon)}});
    }
    return {{"universe", "u1"}, {"mode", mode}, {"requires", wanted}};
  }

  // The next messages are those, up to a cancelled answer, behind which there is nothing.
  void ExpectProgressOf(const std::string& id, const json& token, Clock::time_point begun) {
    json before = json::object();
    for (int i = 1; i <= 3; ++i) {
      const json note = talk.Next();
      ASSERT_EQ(note["method"], "$/progress") << note;
      EXPECT_GE(Clock::now() - begun, i * std::chrono::milliseconds(100));
      const json& now = note["params"];
      EXPECT_EQ(now["token"], token);
      for (const char* const count : {"work", "packages", "decisions", "conflicts"}) {
        EXPECT_GE(now[count], before.value(count, 0)) << count;
      }
      EXPECT_GT(now["work"], before.value("work", 0));
      before = now;
    }
    EXPECT_EQ(before["packages"], 2 * kPigeons - 1);
    talk.Say(
        json{{"jsonrpc", "2.0"}, {"method", "$/cancelRequest"}, {"params", {{"id", id}}}}.dump());
    json last = talk.Next();
    while (last.contains("method")) last = talk.Next();
    EXPECT_EQ(last["id"], id);
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    EXPECT_TRUE(talk.is_silent());
  }

  Talk talk;
};

TEST_F(Searching, TellsHowFarItIsInEachMethodThatSearches) {
  for (const char* const method : {"resolve", "explain", "whatIf"}) {
    json question = Question("closed");
    question["changes"] = json::object();
    question["progressToken"] = 7;
    const Clock::time_point begun = Clock::now();
    talk.Call(method, method, question);
    ExpectProgressOf(method, 7, begun);
  }
}

TEST_F(Searching, TellsHowFarItIsInNeedsMode) {
  json question = Question("needs");
  question["requires"].push_back({{"package", "late"}});
  const json needs = talk.Ask("resolve", question);
  ASSERT_EQ(needs["status"], "needs");
  talk.Ask("universe/update", {{"universe", "u1"}, {"put", {kLate}}});
  talk.Call("c", "resolve/continue", {{"solve", needs["solve"]}, {"progressToken", "p"}});
  json note = talk.Next();
  EXPECT_EQ(note["params"]["token"], "p");
  talk.Say(R"({"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"c"}})");
  while (note.contains("method")) note = talk.Next();
  EXPECT_EQ(note["result"]["status"], "stopped");
}

TEST_F(Searching, TellsHowFarItIsInWantsModeOnceItHasWhatItWants) {
  json question = Question("wants");
  question["requires"].push_back({{"package", "late"}});
  question["progressToken"] = "w";
  talk.Call("w", "resolve", question);
  EXPECT_EQ(talk.Next()["method"], "universe/wants");
  talk.Ask("universe/update", {{"universe", "u1"}, {"put", {kLate}}});
  json note = talk.Next();
  EXPECT_EQ(note["params"]["token"], "w");
  talk.Say(R"({"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"w"}})");
  while (note.contains("method")) note = talk.Next();
  EXPECT_EQ(note["result"]["reason"], "cancelled");
}

TEST_F(Searching, TellsNobodyWhoDidNotAskAndRefusesTokensOfAnotherShape) {
  json question = Question("closed");
  question["limits"] = {{"timeMs", 300}};
  EXPECT_EQ(talk.Ask("resolve", question)["status"], "stopped");
  for (const json& token : {json(0.5), json::array(), json(std::string(2000, 'x'))}) {
    question["progressToken"] = token;
    const json fault = talk.Ask("resolve", question);
    EXPECT_EQ(fault["kind"], "invalidParams");
    EXPECT_EQ(fault["path"], "/progressToken");
  }
}

// ---- Log

json Logging(const char* level) {
  return {{"protocolVersions", {1}}, {"capabilities", {{"log", level}}}};
}

TEST(Log, LimitsThatAreNotGivenAreTold) {
  Talk talk;
  json params = Logging("warning");
  params["limits"] = {{"solves", 5000}, {"universes", 3}};
  EXPECT_EQ(talk.Ask("initialize", params)["limits"]["universes"], 3);
  EXPECT_EQ(talk.Next(), json::parse(R"({"jsonrpc":"2.0","method":"log","params":
      {"level":"warning","message":"solves: 1024 is the limit, not 5000"}})"));
  talk.Say(R"({"jsonrpc":"2.0","method":"$/unknown"})");
  EXPECT_TRUE(talk.is_silent()) << "a warning that is none";
}

TEST(Log, WhatNobodyAskedForIsNotTold) {
  Talk talk;
  talk.Ask("initialize", {{"protocolVersions", {1}}, {"limits", {{"solves", 5000}}}});
  talk.Say(R"({"jsonrpc":"2.0","method":"$/unknown"})");
  EXPECT_TRUE(talk.is_silent());
  EXPECT_EQ(Talk().Ask("initialize", Logging("all"))["path"], "/capabilities/log");
}

TEST(Log, NotificationsThatNobodyKnowsAreTold) {
  Talk talk;
  talk.Ask("initialize", Logging("info"));
  talk.Say(R"({"jsonrpc":"2.0","method":"$/cancel"})");
  EXPECT_EQ(talk.Next()["params"]["message"], "no notification '$/cancel' is known: it is ignored");
}

TEST(Log, SolvesThatGoWithTheirUniverseAreTold) {
  Talk talk;
  talk.Ask("initialize", Logging("warning"));
  talk.Ask("universe/open", {{"ecosystem", "plain"}});
  talk.Ask("resolve", {{"universe", "u1"}, {"mode", "needs"}, {"requires", {{{"package", "a"}}}}});
  talk.Call(9, "universe/close", {{"universe", "u1"}});
  EXPECT_EQ(talk.Next()["params"]["message"],
            "u1 is closed; solves that wait for it and are forgotten: 1");
  EXPECT_EQ(talk.Next()["id"], 9);
}

TEST(Log, WhatASlowReaderLostIsToldBeforeTheNextAnswer) {
  Talk talk;
  talk.Ask("initialize", Logging("warning"));
  talk.Drop(3);
  talk.Ask("stats");
  talk.Call(9, "stats");
  EXPECT_EQ(talk.Next()["params"]["message"],
            "3 messages of progress or log were dropped: nobody read");
  EXPECT_EQ(talk.Next()["id"], 9);
}

}  // namespace
}  // namespace accord::protocol
