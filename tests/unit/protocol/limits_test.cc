// Each limit of docs/protocol.md that a session holds is reached, and what comes back of a client's
// own words is short.
#include "protocol/limits.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/error.h"
#include "protocol/fault.h"
#include "protocol/message.h"
#include "tests/unit/protocol/talk.h"

namespace accord::protocol {
namespace {

using nlohmann::json;

constexpr size_t kEchoBytesMax = 3 * kFaultTextBytesMax + 1000;  // of an error's frame

json WaitFor(const char* mode) {
  return {{"universe", "u1"}, {"mode", mode}, {"requires", {{{"package", "a"}}}}};
}

void OpenPlain(Talk& talk) {
  talk.Begin();
  talk.Ask("universe/open", {{"ecosystem", "plain"}});
}

TEST(Limits, IdsAreShort) {
  Talk talk;
  talk.Begin();
  const std::string longest(kIdBytesMax, 'x');
  talk.Call(longest, "stats");
  EXPECT_EQ(talk.Next()["id"], longest);
  talk.Call(longest + "x", "stats");
  const json refused = talk.Next();
  EXPECT_EQ(refused["id"], nullptr);
  EXPECT_EQ(refused["error"]["data"]["kind"], "invalidRequest");
}

TEST(Limits, JsonIsNotDeep) {
  Talk talk;
  talk.Begin();
  for (const size_t depth : {kJsonDepthMax, kJsonDepthMax + 1}) {
    const size_t lists = depth - 3;  // in params in the message; a value in them is a level too
    talk.Say(Cat(R"({"jsonrpc":"2.0","id":7,"method":"stats","params":{"x":)",
                 std::string(lists, '['), std::string(lists, ']'), "}}"));
    EXPECT_EQ(talk.Next().contains("result"), depth == kJsonDepthMax);
  }
}

TEST(Limits, RequestsInFlight) {
  Talk talk;
  OpenPlain(talk);
  const size_t count = Limits().requests_in_flight;
  for (size_t i = 0; i < count; ++i) talk.Call(Cat("w", i), "resolve", WaitFor("wants"));
  talk.Call("more", "stats");
  json refused = talk.Next();
  while (!refused.contains("id")) refused = talk.Next();  // what is wanted comes meanwhile
  EXPECT_EQ(refused["id"], "more");
  EXPECT_EQ(refused["error"]["data"]["kind"], "limitExceeded");
  EXPECT_EQ(refused["error"]["data"]["retryable"], true);
  talk.End();
  size_t answered = 0;
  while (!talk.is_silent()) {
    if (talk.Next().contains("id")) ++answered;
  }
  EXPECT_EQ(answered, count);
}

TEST(Limits, OpenSolves) {
  Talk talk;
  OpenPlain(talk);
  for (size_t i = 0; i < Limits().solves; ++i) {
    ASSERT_EQ(talk.Ask("resolve", WaitFor("needs"))["status"], "needs");
  }
  for (const char* const mode : {"needs", "wants"}) {
    EXPECT_EQ(talk.Ask("resolve", WaitFor(mode))["kind"], "limitExceeded");
  }
  talk.Ask("resolve/close", {{"solve", "s1"}});
  EXPECT_EQ(talk.Ask("resolve", WaitFor("needs"))["status"], "needs");
}

TEST(Limits, Universes) {
  Talk talk;
  OpenPlain(talk);
  for (size_t i = 1; i < Limits().universes; ++i) {
    ASSERT_TRUE(talk.Ask("universe/fork", {{"universe", "u1"}}).contains("revision"));
  }
  EXPECT_EQ(talk.Ask("universe/fork", {{"universe", "u1"}})["kind"], "limitExceeded");
  EXPECT_EQ(talk.Ask("universe/open", {{"ecosystem", "pypi"}})["kind"], "limitExceeded");
  talk.Ask("universe/close", {{"universe", "u9"}});
  EXPECT_TRUE(talk.Ask("universe/open", {{"ecosystem", "pypi"}}).contains("universe"));
}

TEST(Limits, PackagesAndCandidatesOfAPlainUniverse) {
  Limits limits;
  limits.plain.packages_max = 2;
  limits.plain.candidates_max = 3;
  Talk talk(/*threads=*/1, limits);
  OpenPlain(talk);
  const auto put = [&](const std::string& name, size_t candidates) {
    const json all(candidates, {{"version", "1"}});
    return talk.Ask("universe/update",
                    {{"universe", "u1"}, {"put", {{{"package", name}, {"candidates", all}}}}});
  };
  EXPECT_EQ(put("a", 4)["kind"], "limitExceeded");
  EXPECT_EQ(put("a", 2)["revision"], 1);
  EXPECT_EQ(put("b", 2)["kind"], "limitExceeded");
  EXPECT_EQ(put("b", 1)["revision"], 2);
  EXPECT_EQ(put("c", 0)["kind"], "limitExceeded");
}

TEST(Limits, WhatComesBackOfAClientsWordsIsShort) {
  Talk talk;
  const json said =
      talk.Ask("initialize", {{"protocolVersions", {1}}, {"capabilities", {{"log", "info"}}}});
  talk.Ask("universe/open", {{"ecosystem", "plain"}});
  talk.Ask("universe/open", {{"ecosystem", "pypi"}});
  const std::string text(size_t{8} * kFaultTextBytesMax, 'x');
  const auto expect_short = [&](const json& message) {
    EXPECT_TRUE(message.contains("error") || message["method"] == "log") << message.dump(0, ' ');
    EXPECT_LE(message.dump().size(), kEchoBytesMax);
  };
  talk.Call(1, text);
  expect_short(talk.Next());
  talk.Say(json{{"jsonrpc", "2.0"}, {"method", text}}.dump());
  expect_short(talk.Next());
  talk.Say(Cat(R"({"jsonrpc":"2.0","id":1,"method":"stats","x":)", text, "}"));
  expect_short(talk.Next());
  const json deep = {{text, {{text, text}}}};
  for (const json& method : said["capabilities"]["methods"]) {
    if (method == "shutdown" || method == "stats" || method == "rpc.discover") continue;
    for (const char* const field : {"universe", "solve", "path", "ecosystem", "version", "mode",
                                    "progressToken", "requirements", "policies", "target"}) {
      for (const json& value : {json(text), json::array({text}), deep}) {
        json params = {{"universe", "u2"}, {"ecosystem", "pypi"}, {"version", "1"},
                       {"solve", "s9"},    {"path", "/nowhere"},  {"target", {{"python", "3.11"}}}};
        params[field] = value;
        talk.Call(1, method, params);
        const json message = talk.Next();
        if (message.contains("error")) expect_short(message);
      }
    }
  }
}

TEST(Limits, TextsOfErrorsAreCutBetweenCharacters) {
  std::string detail = "x";
  while (detail.size() < 3 * kFaultTextBytesMax) detail += "\u00e9";
  const json error = ErrorObject({.kind = FaultKind::kInternal, .path = "/a", .detail = detail});
  const auto& cut = error["data"]["detail"].get_ref<const std::string&>();
  EXPECT_LE(cut.size(), kFaultTextBytesMax + 3);
  EXPECT_EQ(error["message"], "/a: " + cut);
  EXPECT_EQ(json(cut).dump(), Cat('"', cut, '"')) << "UTF-8";
  EXPECT_TRUE(detail.starts_with(cut.substr(0, cut.size() - 3)));
}

}  // namespace
}  // namespace accord::protocol
