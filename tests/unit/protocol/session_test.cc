// Conversations without a connection: what is sent for what was taken.
#include "protocol/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "tests/unit/protocol/talk.h"

namespace accord::protocol {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::ElementsAre;

json Package(const std::string& name, const json& candidates) {
  return {{"package", name}, {"candidates", candidates}};
}

// ---- Life

TEST(Session, NothingComesBeforeInitialize) {
  Talk talk;
  EXPECT_EQ(talk.Ask("stats")["kind"], "notInitialized");
  talk.Begin();
  EXPECT_EQ(talk.Ask("initialize", {{"protocolVersions", {1}}})["kind"], "invalidRequest");
  EXPECT_EQ(talk.Ask("stats")["requests"]["inFlight"], 1);
}

TEST(Session, ItSpeaksVersionOneAlone) {
  Talk talk;
  const json fault = talk.Ask("initialize", {{"protocolVersions", {2, 3}}});
  EXPECT_EQ(fault["kind"], "unsupportedProtocolVersion");
  EXPECT_THAT(fault["supported"], ElementsAre(1));
  talk.Begin();
}

TEST(Session, CapabilitiesNameTheMethodsThatThereAre) {
  Talk talk;
  const json said = talk.Ask("initialize", {{"protocolVersions", {1}}});
  for (const json& method : said["capabilities"]["methods"]) {
    if (method == "shutdown" || method == "initialize") continue;
    EXPECT_NE(talk.Ask(method, json::object())["kind"], "methodNotFound") << method;
  }
  EXPECT_EQ(talk.Ask("no/such")["kind"], "methodNotFound");
}

TEST(Session, ShutdownIsAnsweredLastAndThenNothingIs) {
  Talk talk;
  talk.Begin();
  talk.Ask("universe/open", {{"ecosystem", "plain"}});
  talk.Call("waits", "resolve",
            {{"universe", "u1"}, {"mode", "wants"}, {"requires", {{{"package", "a"}}}}});
  EXPECT_EQ(talk.Next()["method"], "universe/wants");
  EXPECT_FALSE(talk.ended());
  talk.Call("bye", "shutdown");
  const json stopped = talk.Next();
  EXPECT_EQ(stopped["id"], "waits");
  EXPECT_EQ(stopped["result"]["status"], "stopped");
  EXPECT_EQ(talk.Next(), json({{"jsonrpc", "2.0"}, {"id", "bye"}, {"result", json::object()}}));
  EXPECT_TRUE(talk.Ends());
  EXPECT_EQ(talk.Ask("stats")["kind"], "shuttingDown");
}

TEST(Session, WhoIsOwedAnAnswerGetsItAtTheEnd) {
  Talk talk;
  talk.Begin();
  talk.Ask("universe/open", {{"ecosystem", "plain"}});
  for (int i = 0; i < 50; ++i) {
    talk.Call(Cat("r", i), "resolve",
              {{"universe", "u1"}, {"mode", "wants"}, {"requires", {{{"package", "a"}}}}});
  }
  talk.End();
  std::set<std::string> answered;
  while (!talk.is_silent()) {
    const json sent = talk.Next();
    if (!sent.contains("id")) continue;
    EXPECT_TRUE(answered.insert(sent["id"]).second) << sent;
  }
  EXPECT_EQ(answered.size(), 50u);
}

// One thread, which is busy: what arrives behind a request comes before it has begun.
TEST(Session, WhatIsSaidBeforeARequestBeginsIsNotLost) {
  Talk talk(/*threads=*/1);
  talk.Begin();
  const json wait = {{"universe", "u1"}, {"mode", "wants"}, {"requires", {{{"package", "a"}}}}};
  const json update = {{"universe", "u1"}, {"put", {Package("a", {{{"version", "1"}}})}}};
  for (int i = 0; i < 100; ++i) {
    const std::string universe = talk.Ask("universe/open", {{"ecosystem", "plain"}})["universe"];
    json waits = wait;
    json updates = update;
    waits["universe"] = updates["universe"] = universe;
    talk.Call(Cat("first", i), "resolve", waits);
    talk.Call(Cat("second", i), "resolve", waits);
    talk.Call(Cat("third", i), "resolve", waits);
    talk.Call("update", "universe/update", updates);
    for (int answered = 0; answered < 4;) {
      const json sent = talk.Next();
      ASSERT_TRUE(sent.is_object()) << "an update was lost";
      if (sent.contains("id")) ++answered;
    }
    talk.Ask("universe/close", {{"universe", universe}});
  }
}

TEST(Session, SolvesAreNumberedAsTheyArrive) {
  Talk talk(/*threads=*/4);
  talk.Begin();
  talk.Ask("universe/open", {{"ecosystem", "plain"}});
  const json wait = {{"universe", "u1"}, {"mode", "needs"}, {"requires", {{{"package", "a"}}}}};
  for (int i = 1; i <= 100; ++i) talk.Call(i, "resolve", wait);
  for (int i = 1; i <= 100; ++i) {
    const json answer = talk.Next();
    EXPECT_EQ(answer["result"]["solve"], Cat("s", answer["id"].get<int>()));
  }
}

TEST(Session, ASolveThatRunsWhileItsUniverseIsClosedIsForgottenToo) {
  Talk talk(/*threads=*/1);
  talk.Begin();
  talk.Ask("universe/open", {{"ecosystem", "plain"}});
  const json wait = {{"universe", "u1"}, {"mode", "needs"}, {"requires", {{{"package", "a"}}}}};
  for (int i = 1; i <= 20; ++i) talk.Call(i, "resolve", wait);
  talk.Call("close", "universe/close", {{"universe", "u1"}});
  for (int i = 1; i <= 21; ++i) EXPECT_TRUE(talk.Next().contains("result"));
  EXPECT_EQ(talk.Ask("stats")["solves"], 0);
  EXPECT_EQ(talk.Ask("resolve/continue", {{"solve", "s20"}})["kind"], "unknownHandle");
}

// ---- Messages

TEST(Session, WhatIsNoRequestIsAnsweredWithoutAnId) {
  Talk talk;
  for (const auto& [frame, kind] : std::map<std::string, std::string>{
           {"{", "parseError"},
           {R"({"a":1,"a":2})", "parseError"},
           {"[]", "batchUnsupported"},
           {"7", "invalidRequest"},
           {"{}", "invalidRequest"},
           {R"({"jsonrpc":"2.0","id":[1],"method":"stats"})", "invalidRequest"},
           {R"({"jsonrpc":"2.0","method":1})", "invalidRequest"}}) {
    talk.Say(frame);
    const json answer = talk.Next();
    EXPECT_EQ(answer["id"], nullptr) << frame;
    EXPECT_EQ(answer["error"]["data"]["kind"], kind) << frame;
  }
  talk.Say(R"({"jsonrpc":"1.0","id":"x","method":"stats"})");
  EXPECT_EQ(talk.Next()["id"], "x");
  talk.Say(R"({"jsonrpc":"2.0","id":5,"method":"stats","params":[1]})");
  EXPECT_EQ(talk.Next()["error"]["data"]["kind"], "invalidParams");
}

TEST(Session, ResponsesAndNotificationsThatNobodyKnowsAreIgnored) {
  Talk talk;
  talk.Say(R"({"jsonrpc":"2.0","id":1,"result":{}})");
  talk.Say(R"({"jsonrpc":"2.0","method":"$/whatever","params":{}})");
  talk.Say(R"({"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":99}})");
  talk.Say(R"({"jsonrpc":"2.0","method":"$/cancelRequest"})");
  EXPECT_TRUE(talk.is_silent());
}

TEST(Session, AnIdInFlightIsNotUsedTwiceAndIsFreeOnceAnswered) {
  Talk talk;
  talk.Begin();
  talk.Ask("universe/open", {{"ecosystem", "plain"}});
  const json wait = {{"universe", "u1"}, {"mode", "wants"}, {"requires", {{{"package", "a"}}}}};
  talk.Call("x", "resolve", wait);
  EXPECT_EQ(talk.Next()["method"], "universe/wants");
  talk.Call("x", "stats");
  EXPECT_EQ(talk.Next()["error"]["data"]["kind"], "duplicateId");
  talk.Say(R"({"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"x"}})");
  EXPECT_EQ(talk.Next()["result"]["reason"], "cancelled");
  talk.Call("x", "stats");
  EXPECT_TRUE(talk.Next().contains("result"));
}

TEST(Session, LimitsAreThoseThatTheClientLowersThemTo) {
  Talk talk;
  const json said = talk.Ask(
      "initialize", {{"protocolVersions", {1}},
                     {"limits", {{"requestsInFlight", 2}, {"universes", 1}, {"solves", 1000000}}}});
  EXPECT_EQ(said["limits"]["requestsInFlight"], 2);
  EXPECT_EQ(said["limits"]["solves"], Limits().solves);
  talk.Ask("universe/open", {{"ecosystem", "plain"}});
  EXPECT_EQ(talk.Ask("universe/open", {{"ecosystem", "plain"}})["kind"], "limitExceeded");
  const json wait = {{"universe", "u1"}, {"mode", "wants"}, {"requires", {{{"package", "a"}}}}};
  talk.Call("a", "resolve", wait);
  talk.Call("b", "resolve", wait);
  EXPECT_EQ(talk.Next()["method"], "universe/wants");
  EXPECT_EQ(talk.Next()["method"], "universe/wants");
  const json full = talk.Ask("stats");
  EXPECT_EQ(full["kind"], "limitExceeded");
  EXPECT_EQ(full["retryable"], true);
}

TEST(Session, NobodyIsLeftWithoutAnyRequest) {
  Talk talk;
  const json said =
      talk.Ask("initialize", {{"protocolVersions", {1}}, {"limits", {{"requestsInFlight", 0}}}});
  EXPECT_EQ(said["limits"]["requestsInFlight"], 1);
  EXPECT_EQ(talk.Ask("shutdown"), json::object());
}

// ---- Versions

TEST(Session, VersionsOfBothEcosystems) {
  Talk talk;
  talk.Begin();
  EXPECT_EQ(talk.Ask("version/compare",
                     {{"ecosystem", "pypi"}, {"left", "1.0rc1"}, {"right", "1.0"}})["order"],
            "less");
  EXPECT_EQ(
      talk.Ask("version/match",
               {{"ecosystem", "conda"}, {"version", "1.8.1"}, {"specifiers", "!=1.8"}})["matches"],
      false);
  EXPECT_EQ(talk.Ask("version/match", {{"ecosystem", "conda"},
                                       {"version", "1.8.1"},
                                       {"specifiers", "!=1.8"},
                                       {"dialect", "conda"}})["matches"],
            true);
  EXPECT_EQ(talk.Ask("version/parse", {{"ecosystem", "pypi"}, {"version", "v1.0"}})["normal"],
            "1.0");
  EXPECT_EQ(talk.Ask("version/parse", {{"ecosystem", "pypi"}, {"version", "one"}})["kind"],
            "badVersion");
  EXPECT_EQ(talk.Ask("version/match",
                     {{"ecosystem", "pypi"}, {"version", "1"}, {"specifiers", ">>1"}})["kind"],
            "badRequirement");
  const json fault = talk.Ask("version/parse", {{"ecosystem", "cargo"}, {"version", "1"}});
  EXPECT_EQ(fault["kind"], "invalidParams");
  EXPECT_EQ(fault["path"], "/ecosystem");
}

// ---- Plain universes

class Plain : public ::testing::Test {
 protected:
  Plain() {
    talk.Begin();
    talk.Ask("universe/open", {{"ecosystem", "plain"}});
  }
  json Put(const json& packages) {
    return talk.Ask("universe/update", {{"universe", "u1"}, {"put", packages}});
  }
  json Resolve(json params) {
    params["universe"] = "u1";
    return talk.Ask("resolve", params);
  }
  static std::vector<std::string> Chosen(const json& answer) {
    std::vector<std::string> all;
    for (const json& one : answer["solution"]) {
      all.push_back(Cat(one["package"].get<std::string>(), " ", one["version"].get<std::string>()));
    }
    return all;
  }

  Talk talk;
};

TEST_F(Plain, NeedsAreToldAWaveAtATimeAndTheAnswerIsThatOfTheClosedUniverse) {
  const json request = {{"requires", {{{"package", "menu"}, {"allowed", {{0, 1}}}}}},
                        {"mode", "needs"}};
  json answer = Resolve(request);
  EXPECT_EQ(answer["status"], "needs");
  EXPECT_EQ(answer["wants"], json::parse(R"([{"package":"menu"}])"));
  Put(json::array({Package("menu", json::parse(R"([{"version":"1.0","pending":true},
           {"version":"1.1","requires":[{"package":"icons","allowed":[[0,0]]}]}])"))}));
  answer = talk.Ask("resolve/continue", {{"solve", answer["solve"]}});
  EXPECT_EQ(answer["wants"], json::parse(R"([{"package":"icons"}])"));
  talk.Ask("universe/update", {{"universe", "u1"}, {"absent", {"icons"}}});
  answer = talk.Ask("resolve/continue", {{"solve", answer["solve"]}});
  EXPECT_EQ(answer["wants"], json::parse(R"([{"package":"menu","candidates":[0]}])"));
  talk.Ask("universe/update",
           {{"universe", "u1"},
            {"put", json::parse(R"([{"package":"menu","dependencies":[{"candidate":0}]}])")}});
  const json last = talk.Ask("resolve/continue", {{"solve", answer["solve"]}});
  EXPECT_EQ(last["status"], "sat");
  EXPECT_EQ(last["revision"], 3);
  EXPECT_THAT(Chosen(last), ElementsAre("menu 1.0"));
  EXPECT_EQ(talk.Ask("resolve/continue", {{"solve", answer["solve"]}})["kind"], "unknownHandle");
  json closed = request;
  closed["mode"] = "closed";
  EXPECT_EQ(Resolve(closed)["digest"], last["digest"]);
}

TEST_F(Plain, WantsAreToldInFlightAndUpdatesWake) {
  talk.Call("w", "resolve",
            {{"universe", "u1"}, {"mode", "wants"}, {"requires", {{{"package", "a"}}}}});
  json note = talk.Next();
  EXPECT_EQ(note["params"]["id"], "w");
  EXPECT_EQ(note["params"]["wants"], json::parse(R"([{"package":"a"}])"));
  talk.Call(50, "universe/update",
            {{"universe", "u1"}, {"put", json::array({Package("z", json::array())})}});
  EXPECT_EQ(talk.Next()["id"], 50);  // and nothing else is wanted than before
  talk.Call(51, "universe/update",
            {{"universe", "u1"},
             {"put", json::array({Package("a", json::parse(R"([{"version":"1"}])"))})}});
  EXPECT_EQ(talk.Next()["id"], 51);
  const json answer = talk.Next();
  EXPECT_EQ(answer["id"], "w");
  EXPECT_THAT(Chosen(answer["result"]), ElementsAre("a 1"));
}

TEST_F(Plain, TimeThatARequestWaitsForFactsDoesNotCount) {
  const json wait = {{"universe", "u1"},
                     {"mode", "wants"},
                     {"requires", {{{"package", "a"}}}},
                     {"limits", {{"timeMs", 1000}}}};
  talk.Call("w", "resolve", wait);
  EXPECT_EQ(talk.Next()["method"], "universe/wants");
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  Put(json::array({Package("a", json::parse(R"([{"version":"1"}])"))}));
  EXPECT_EQ(talk.Next()["result"]["status"], "sat");
}

TEST_F(Plain, FinishAnswersWithWhatThereIsAndCloseForgets) {
  const json request = {{"requires", {{{"package", "a"}}}}, {"mode", "needs"}};
  const json first = Resolve(request);
  const json finished = talk.Ask("resolve/finish", {{"solve", first["solve"]}});
  EXPECT_EQ(finished["status"], "stopped");
  EXPECT_EQ(finished["reason"], "cancelled");
  const json second = Resolve(request);
  EXPECT_EQ(talk.Ask("stats")["solves"], 1);
  EXPECT_EQ(talk.Ask("resolve/close", {{"solve", second["solve"]}}), json::object());
  EXPECT_EQ(talk.Ask("stats")["solves"], 0);
}

TEST_F(Plain, NothingWaitsForAUniverseThatIsClosed) {
  const json request = {{"universe", "u1"}, {"requires", {{{"package", "a"}}}}};
  json waits = request;
  waits["mode"] = "needs";
  const json parked = talk.Ask("resolve", waits);
  waits["mode"] = "wants";
  talk.Call("w", "resolve", waits);
  EXPECT_EQ(talk.Next()["method"], "universe/wants");
  talk.Call("c", "universe/close", {{"universe", "u1"}});
  std::map<std::string, json> answers;
  for (int i = 0; i < 2; ++i) {
    const json answer = talk.Next();
    answers[answer["id"]] = answer["result"];
  }
  EXPECT_EQ(answers["w"]["reason"], "cancelled");
  EXPECT_EQ(answers["c"], json::object());
  EXPECT_EQ(talk.Ask("stats")["solves"], 0);
  EXPECT_EQ(talk.Ask("resolve/continue", {{"solve", parked["solve"]}})["kind"], "unknownHandle");
}

TEST_F(Plain, WhatWasReadAndChangedBeginsTheSolveAnew) {
  Put(json::array(
      {Package("a", json::parse(R"([{"version":"1","requires":[{"package":"b"}]}])"))}));
  const json waits = Resolve({{"requires", {{{"package", "a"}}}}, {"mode", "needs"}});
  EXPECT_EQ(waits["wants"], json::parse(R"([{"package":"b"}])"));
  Put(json::array({Package("a", json::parse(R"([{"version":"2"}])"))}));
  EXPECT_THAT(Chosen(talk.Ask("resolve/continue", {{"solve", waits["solve"]}})),
              ElementsAre("a 2"));
}

TEST_F(Plain, UpdatesAreAllOrNothing) {
  Put(json::array({Package("a", json::parse(R"([{"version":"1"}])"))}));
  const json fault = Put(json::array({Package("b", json::parse(R"([{"version":"1"}])")),
                                      Package("c", json::parse(R"([{"version":"1",
                              "requires":[{"package":"a","allowed":[[0,7]]}]}])"))}));
  EXPECT_EQ(fault["kind"], "invalidParams");
  EXPECT_EQ(fault["path"], "/put/1/candidates/0/requires/0/allowed/0");
  EXPECT_EQ(talk.Ask("universe/query", {{"universe", "u1"}, {"package", "b"}})["state"], "unknown");
  const json late = talk.Ask(
      "universe/update",
      {{"universe", "u1"}, {"put", json::parse(R"([{"package":"a","dependencies":[{"candidate":0},
                              {"candidate":3}]}])")}});
  EXPECT_EQ(late["path"], "/put/0/dependencies/1/candidate");
  const json old = talk.Ask("universe/update", {{"universe", "u1"}, {"ifRevision", 0}});
  EXPECT_EQ(old["kind"], "revisionMismatch");
  EXPECT_EQ(old["revision"], 1);
}

TEST_F(Plain, QueriesSayWhatWasPut) {
  const json candidates = json::parse(R"([{"version":"1","pending":true},
      {"version":"2","unknown":"its file is gone"},
      {"version":"3","requires":[{"any":[{"package":"b"},{"package":"c","allowed":[]}],
                                  "when":{"and":[{"package":"d"},{"package":"e"}]}}],
       "constrains":[{"package":"b","allowed":[[0,0]],"text":"b 1"}]}])");
  Put(json::array({Package("a", candidates)}));
  talk.Ask("universe/update", {{"universe", "u1"},
                               {"absent", {"b"}},
                               {"error", {{{"package", "c"}, {"reason", "no answer"}}}}});
  const auto query = [&](const char* name) {
    return talk.Ask("universe/query", {{"universe", "u1"}, {"package", name}});
  };
  EXPECT_EQ(query("a")["candidates"], candidates);
  EXPECT_EQ(query("b")["state"], "absent");
  EXPECT_EQ(query("c")["reason"], "no answer");
  EXPECT_EQ(query("d")["state"], "unknown");
}

TEST_F(Plain, SnapshotsStayAndForksGoTheirOwnWay) {
  Put(json::array({Package("a", json::parse(R"([{"version":"1"}])"))}));
  const json snapshot = talk.Ask("universe/snapshot", {{"universe", "u1"}});
  const json fork = talk.Ask("universe/fork", {{"universe", "u1"}});
  Put(json::array({Package("a", json::parse(R"([{"version":"2"}])"))}));
  const auto chosen = [&](const json& handle) {
    return Chosen(talk.Ask("resolve",
                           {{"universe", handle["universe"]}, {"requires", {{{"package", "a"}}}}}));
  };
  EXPECT_THAT(chosen(snapshot), ElementsAre("a 1"));
  EXPECT_THAT(chosen(fork), ElementsAre("a 1"));
  EXPECT_EQ(talk.Ask("universe/update", {{"universe", snapshot["universe"]}})["kind"],
            "invalidParams");
  EXPECT_EQ(talk.Ask("universe/update", {{"universe", fork["universe"]}})["revision"], 2);
  EXPECT_EQ(talk.Ask("universe/close", {{"universe", fork["universe"]}}), json::object());
  EXPECT_EQ(talk.Ask("universe/close", {{"universe", fork["universe"]}})["kind"], "unknownHandle");
}

TEST_F(Plain, TheFrontendsOwnReasonComesBack) {
  Put(json::array({Package("a", json::parse(R"([{"version":"1"}])"))}));
  const json answer =
      Resolve({{"requires", {{{"package", "a"}}}},
               {"excluded", {{{"package", "a"}, {"reason", "withdrawn by its author"}}}}});
  EXPECT_EQ(answer["status"], "unsat");
  EXPECT_THAT(answer.dump(), ::testing::HasSubstr("withdrawn by its author"));
}

TEST_F(Plain, WhatIfTellsTheDifference) {
  Put(json::array({Package("a", json::parse(R"([{"version":"1"},{"version":"2"}])"))}));
  const json answer =
      talk.Ask("whatIf", {{"universe", "u1"},
                          {"requires", {{{"package", "a"}}}},
                          {"changes", {{"locked", {{{"package", "a"}, {"allowed", {{0, 0}}}}}}}}});
  EXPECT_EQ(answer["changes"], json::parse(R"([{"package":"a","before":"2","after":"1"}])"));
  EXPECT_NE(answer["before"]["digest"], answer["after"]["digest"]);
}

TEST_F(Plain, WorkIsALimitAndTheAnswerIsStopped) {
  Put(json::array({Package("a", json::parse(R"([{"version":"1"}])"))}));
  const json answer = Resolve({{"requires", {{{"package", "a"}}}}, {"limits", {{"work", 0}}}});
  EXPECT_EQ(answer["status"], "stopped");
  EXPECT_EQ(answer["reason"], "work");
}

TEST_F(Plain, AClosedAnswerThatNeedsWhatIsPendingIsNone) {
  Put(json::array({Package("a", json::parse(R"([{"version":"1","pending":true}])"))}));
  EXPECT_EQ(Resolve({{"requires", {{{"package", "a"}}}}})["kind"], "metadataUnavailable");
}

// ---- Files

TEST(Session, FilesAreOpenedBelowTheRootsAlone) {
  Talk talk;
  talk.Ask("initialize",
           {{"protocolVersions", {1}}, {"roots", {std::string(ACCORD_SOURCE_DIR) + "/corpora"}}});
  talk.Ask("universe/open", {{"ecosystem", "conda"}});
  const auto load = [&](const std::string& path, const json& more = json::object()) {
    json params = {{"universe", "u1"}, {"path", std::string(ACCORD_SOURCE_DIR) + path}};
    params.update(more);
    return talk.Ask("universe/load", params);
  };
  EXPECT_EQ(load("/README.md")["kind"], "pathNotAllowed");
  EXPECT_EQ(load("/corpora/../README.md")["kind"], "pathNotAllowed");
  EXPECT_EQ(load("/corpora/none.acx")["kind"], "loadFailed");
  EXPECT_EQ(load("/corpora/README.md")["kind"], "loadFailed");
  EXPECT_EQ(load("/corpora/README.md", {{"sha256", std::string(64, '0')}})["kind"],
            "digestMismatch");
  EXPECT_EQ(load("/corpora", {{"format", "zip"}})["kind"], "invalidParams");
}

}  // namespace
}  // namespace accord::protocol
