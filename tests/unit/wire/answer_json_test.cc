// The answer's document: every part of an answer is in it, and the digest hangs on what the answer
// says and on nothing else.

#include "wire/answer_json.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "wire/policies_json.h"

namespace accord::wire {
namespace {

using engine::Answer;
using nlohmann::json;

Answer Solved() {
  Answer answer;
  answer.status = engine::Status::kSat;
  answer.has_solution = true;
  answer.solution = {{.name = "app",
                      .version = "2.0",
                      .extras = {"fast"},
                      .requested = true,
                      .reason = {.who = "request", .requirement = "app>=1"},
                      .required_by = {{.who = "request", .requirement = "app>=1"}},
                      .files = {{.name = "app-2.0.whl",
                                 .url = "https://files.example/app-2.0.whl",
                                 .sha256 = "00ff",
                                 .size = 7,
                                 .uploaded = "2024-01-01T00:00:00Z",
                                 .wheel = true,
                                 .fits = true},
                                {.name = "app-2.0.zip"}},
                      .requires_python = ">=3.8",
                      .index = "facts.jsonl"}};
  answer.needs_build = {{.name = "old", .version = "1", .file = "old-1.zip"}};
  answer.claim.assuming = {"ghost"};
  answer.behind = {{.name = "app",
                    .chosen = "2.0",
                    .newest = "3.0",
                    .kind = engine::BehindKind::kTraded,
                    .instead = "2.5",
                    .trades = {{.name = "lib", .chosen = "2", .instead = "1"}}}};
  answer.warnings = {{.package = "app", .text = "a warning"}};
  answer.priorities = {{.name = "app", .priority = 0}};
  answer.check.ran = true;
  return answer;
}

Answer Unsolvable() {
  Answer answer;
  answer.status = engine::Status::kUnsat;
  answer.explanation.sentences = {"Because a, b."};
  answer.explanation.nodes = {{.package = "a", .text = "you ask for a", .place = "x 1"},
                              {.kind = explain::NodeKind::kFiltered,
                               .package = "a",
                               .text = "left out",
                               .filter = "yanked",
                               .because = {0}}};
  answer.hints = {
      {.kind = engine::HintKind::kPython, .subject = "3.12", .text = "a newer Python would help"}};
  answer.conflict = {
      {.kind = engine::CoreLineKind::kRequest, .text = "request: a", .place = "x 1"}};
  answer.behind = {{.name = "b",
                    .kind = engine::BehindKind::kImpossible,
                    .lines = {{.kind = engine::CoreLineKind::kOneVersion, .text = "one"}}}};
  return answer;
}

TEST(AnswerDocument, OfCondaNamesTheTargetWhatIsLeftToPipAndTheNotes) {
  const conda::ResolveRequest request{.subdirs = {"linux-64", "noarch"},
                                      .virtual_packages = {{"__glibc", "2.28", "0"}},
                                      .channel_priority = conda::ChannelPriority::kFlexible,
                                      .pip = {{"web>=2", "e.yml:4"}},
                                      .notes = {{"e.yml:5", "odd"}}};
  const json document = AnswerDocument(
      Solved(), {.ecosystem = "conda", .strategy = "cdcl", .conda_request = &request});
  EXPECT_EQ(document["condaTarget"], json::parse(R"({
    "subdirs": ["linux-64", "noarch"], "channelPriority": "flexible",
    "virtualPackages": [{"name": "__glibc", "version": "2.28", "build": "0"}]})"));
  EXPECT_EQ(document["pip"], json::parse(R"([{"requirement": "web>=2", "place": "e.yml:4"}])"));
  EXPECT_EQ(document["notes"], json::parse(R"([{"place": "e.yml:5", "text": "odd"}])"));
  EXPECT_EQ(document["digest"],
            AnswerDocument(Solved(), {.ecosystem = "conda", .strategy = "cdcl"})["digest"]);
}

TEST(AnswerDocument, HoldsEveryPartOfASolution) {
  pypi::ResolveRequest request{.target = "CPython 3.11.7", .notes = {{"r.txt:3", "odd"}}};
  request.environment = *pypi::Environment::CPythonOnLinux("3.11.7");
  json document =
      AnswerDocument(Solved(), {.ecosystem = "pypi", .strategy = "cdcl", .request = &request});
  EXPECT_EQ(document["environment"]["python_full_version"], "3.11.7");
  EXPECT_EQ(document["environment"].size(), 11U);
  EXPECT_TRUE(document["stats"]["counters"].contains("conflicts"));
  EXPECT_TRUE(document["stats"]["timings"].contains("checkUs"));
  EXPECT_EQ(document["digest"], AnswerDigest(Solved()));
  EXPECT_EQ(document["target"], "CPython 3.11.7");
  EXPECT_EQ(document["policies"], PoliciesJson(request));
  for (const char* part : {"environment", "target", "policies", "stats", "digest"})
    document.erase(part);
  const json expected = json::parse(R"({
    "schemaVersion": 1, "ecosystem": "pypi", "strategy": "cdcl", "status": "sat",
    "solution": [{"package": "app", "version": "2.0", "extras": ["fast"], "requested": true,
                  "reason": {"who": "request", "requirement": "app>=1"},
                  "requiredBy": [{"who": "request", "requirement": "app>=1"}],
                  "requiresPython": ">=3.8", "index": "facts.jsonl",
                  "files": [{"name": "app-2.0.whl", "kind": "wheel", "fits": true, "size": 7,
                             "url": "https://files.example/app-2.0.whl", "sha256": "00ff",
                             "uploaded": "2024-01-01T00:00:00Z"},
                            {"name": "app-2.0.zip", "kind": "sdist", "fits": false}]}],
    "needsBuild": [{"package": "old", "version": "1", "file": "old-1.zip"}],
    "claim": {"kind": "canonical", "assuming": ["ghost"]},
    "conflict": [], "pythonsTried": [], "notes": [{"place": "r.txt:3", "text": "odd"}],
    "priorities": [{"package": "app", "priority": 0}],
    "behind": [{"package": "app", "chosen": "2.0", "newest": "3.0", "kind": "traded",
                "instead": "2.5",
                "trades": [{"package": "lib", "chosen": "2", "instead": "1"}]}],
    "warnings": [{"kind": "unknownExtra", "package": "app", "text": "a warning"}],
    "check": {"accepted": true, "violations": []}})");
  EXPECT_EQ(document, expected) << document.dump(2);
}

TEST(AnswerDocument, HoldsEveryPartOfAConflict) {
  const json document = AnswerDocument(Unsolvable(), {.ecosystem = "pypi", .strategy = "cdcl"});
  EXPECT_EQ(document["status"], "unsat");
  EXPECT_TRUE(document["solution"].is_null());
  EXPECT_EQ(document["conflict"],
            json::parse(R"([{"kind": "request", "text": "request: a", "place": "x 1"}])"));
  EXPECT_EQ(document["behind"][0]["lines"],
            json::parse(R"([{"kind": "oneVersion", "text": "one"}])"));
  EXPECT_EQ(document["explanation"], json::parse(R"({
    "sentences": ["Because a, b."],
    "nodes": [{"kind": "request", "package": "a", "text": "you ask for a", "place": "x 1",
               "because": []},
              {"kind": "filtered", "package": "a", "text": "left out", "filter": "yanked",
               "because": [0]}]})"));
  EXPECT_EQ(document["hints"], json::parse(R"([{"kind": "python", "subject": "3.12",
                                                "text": "a newer Python would help"}])"));
  EXPECT_FALSE(document.contains("environment"));
  EXPECT_FALSE(document.contains("check"));
}

TEST(AnswerDocument, SaysWhyNewerPythonsWillNotDo) {
  Answer answer = Solved();
  answer.pythons_tried = {{.python = "3.14", .conflict = Unsolvable().conflict}};
  EXPECT_EQ(AnswerDocument(answer, {})["pythonsTried"], json::parse(R"([{"python": "3.14",
    "conflict": [{"kind": "request", "text": "request: a", "place": "x 1"}]}])"));
}

TEST(Policies, AreAllThereByDefault) {
  EXPECT_EQ(PoliciesJson({}), json::parse(R"({
    "resolution": "highest", "order": "requirer-first",
    "prereleases": "if-necessary-or-explicit", "prereleasesOf": {},
    "excludeNewer": null, "excludeNewerOf": {}, "missingUploadTime": "refuse",
    "onlyBinary": [], "noBinary": [], "preferBinary": false,
    "allowedHashesOf": [], "requireHashes": false, "indexPolicy": "first-index",
    "overrides": [], "noDeps": false, "pythonBounds": "honour", "absent": "by-corpus"})"));
}

TEST(Policies, AreInTheWordsOfTheOptionsAndNormalNames) {
  const json policies =
      PoliciesJson({.overrides = {{.requirement = {.text = "a>1"}, .dependant = "b"},
                                  {.requirement = {.text = "c"}, .dependant = {}}},
                    .prereleases_of = {{.name = "A_b", .policy = pypi::PrereleasePolicy::kPep440}},
                    .exclude_newer = {.instant = "2024-01-01T00:00:00Z",
                                      .names = {{.name = "X", .instant = {}}},
                                      .admit_unknown = true},
                    .binaries = {.only_binary = true, .only_binary_names = {"Z.z"}},
                    .allowed_hashes = {{.name = "q", .hashes = {"sha256:0"}, .place = {}},
                                       {.name = "q", .hashes = {"sha256:1"}, .place = {}}},
                    .indexes = pypi::IndexPolicy::kBestMatch});
  EXPECT_EQ(policies["overrides"], json::parse(R"([{"requirement": "a>1", "dependant": "b"},
                            {"requirement": "c", "dependant": null}])"));
  EXPECT_EQ(policies["prereleasesOf"], json::parse(R"({"a-b": "pep440"})"));
  EXPECT_EQ(policies["excludeNewer"], "2024-01-01T00:00:00Z");
  EXPECT_EQ(policies["excludeNewerOf"], json::parse(R"({"x": null})"));
  EXPECT_EQ(policies["missingUploadTime"], "admit");
  EXPECT_EQ(policies["onlyBinary"], json::parse(R"([":all:", "z-z"])"));
  EXPECT_EQ(policies["allowedHashesOf"], json::parse(R"(["q"])"));
  EXPECT_EQ(policies["indexPolicy"], "best-match");
}

TEST(AnswerDocument, SaysWhyAStoppedAnswerStopped) {
  Answer answer;
  answer.status = engine::Status::kStopped;
  answer.stop_reason = StopReason::kCancelled;
  answer.claim.kind = ClaimKind::kFeasible;
  const json document = AnswerDocument(answer, {});
  EXPECT_EQ(document["status"], "stopped");
  EXPECT_EQ(document["reason"], "cancelled");
  EXPECT_EQ(document["claim"]["kind"], "feasible");
}

TEST(AnswerDigest, ChangesWithEachPartOfWhatTheAnswerSays) {
  const std::vector<std::function<void(Answer&)>> changes = {
      [](Answer& a) { a.status = engine::Status::kStopped; },
      [](Answer& a) { a.solution[0].version = "2.1"; },
      [](Answer& a) { a.solution[0].extras.clear(); },
      [](Answer& a) { a.solution[0].url = "https://app.example/app.zip"; },
      [](Answer& a) { a.solution[0].required_by.clear(); },
      [](Answer& a) { a.claim.assuming.clear(); },
      [](Answer& a) { a.claim.kind = ClaimKind::kFeasible; },
      [](Answer& a) { a.conflict.push_back({.text = "x"}); },
      [](Answer& a) { a.behind[0].trades.clear(); },
      [](Answer& a) { a.warnings.clear(); },
      [](Answer& a) { a.priorities[0].priority = 1; },
  };
  const std::string before = AnswerDigest(Solved());
  for (size_t i = 0; i < changes.size(); ++i) {
    Answer changed = Solved();
    changes[i](changed);
    EXPECT_NE(AnswerDigest(changed), before) << "change " << i;
  }
}

TEST(AnswerDigest, DoesNotHangOnWhereFilesAreAndWhatIsKnownOfThem) {
  Answer answer = Solved();
  answer.solution[0].files.clear();
  answer.solution[0].index = "elsewhere.jsonl";
  EXPECT_EQ(AnswerDigest(answer), AnswerDigest(Solved()));
}

TEST(AnswerDigest, DoesNotHangOnCountersTimesPlacesOrWhichPythonsWereTriedBefore) {
  Answer answer = Unsolvable();
  const std::string before = AnswerDigest(answer);
  answer.counters.conflicts = 7;
  answer.timings.solve_us = 7;
  answer.packages_read = 7;
  answer.saved_problem = "{}";
  answer.conflict[0].place = "argument 2";
  answer.explanation.nodes[0].place = "argument 2";
  answer.behind[0].lines[0].place = "argument 3";
  answer.pythons_tried = {{.python = "3.14", .conflict = {{.text = "x"}}}};
  EXPECT_EQ(AnswerDigest(answer), before);
}

}  // namespace
}  // namespace accord::wire
