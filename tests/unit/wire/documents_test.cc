// The smaller documents: verify, version, errors.

#include "wire/documents.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace accord::wire {
namespace {

using nlohmann::json;

TEST(VerifyDocument, ListsTypedViolations) {
  check::CheckReport report;
  EXPECT_EQ(VerifyDocument(report, {})["valid"], true);
  report.violations = {{.kind = check::ViolationKind::kYanked,
                        .where = "a 1",
                        .wish = "a file that is not yanked",
                        .fact = "all are"}};
  report.cost.texts = 3;
  const json document = VerifyDocument(report, {{"r.txt:3", "odd"}});
  EXPECT_EQ(document["valid"], false);
  EXPECT_EQ(document["violations"], json::parse(R"([{"kind": "yanked", "where": "a 1",
      "wish": "a file that is not yanked", "fact": "all are"}])"));
  EXPECT_EQ(document["notes"], json::parse(R"([{"place": "r.txt:3", "text": "odd"}])"));
  EXPECT_EQ(document["stats"]["counters"]["checkTexts"], 3);
}

TEST(VersionDocument, SaysNullForPartsThatAreNotThere) {
  const auto parsed = engine::ParseVersion("1.0.post2");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(VersionDocument("1.0.post2", *parsed), json::parse(R"({"schemaVersion": 1,
      "version": "1.0.post2", "normal": "1.0.post2", "canonical": "1.post2", "epoch": "0",
      "release": "1.0", "pre": null, "post": "2", "dev": null, "local": null,
      "isPrerelease": false})"));
}

TEST(VersionDocument, OfCondaHasSegmentsOfComponents) {
  const auto parsed = engine::ParseCondaVersion("1!2.0RC1+7");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(VersionDocument("1!2.0RC1+7", *parsed), json::parse(R"({"schemaVersion": 1,
      "version": "1!2.0RC1+7", "normal": "1!2.0rc1+7", "epoch": "1",
      "segments": [["2"], ["0", "rc", "1"]], "local": [["7"]]})"));
  EXPECT_EQ(VersionDocument("1", *engine::ParseCondaVersion("1"))["local"], nullptr);
}

TEST(ErrorDocument, TakesTheMessagesBeginningAsThePlace) {
  const json error = ErrorDocument(InvalidInput("argument 2", "a name is wanted: none"))["error"];
  EXPECT_EQ(error, json::parse(R"({"kind": "badInput", "place": "argument 2",
      "detail": "a name is wanted: none"})"));
}

TEST(ErrorDocument, HasAKindForEachWayToFail) {
  EXPECT_EQ(ErrorKind(InvalidInput("", "").code()), "badInput");
  EXPECT_EQ(ErrorKind(Missing("", "").code()), "metadataUnavailable");
  EXPECT_EQ(ErrorKind(LimitReached("", "").code()), "limitExceeded");
  EXPECT_EQ(ErrorKind(absl::StatusCode::kCancelled), "cancelled");
  EXPECT_EQ(ErrorKind(absl::StatusCode::kInternal), "internal");
}

}  // namespace
}  // namespace accord::wire
