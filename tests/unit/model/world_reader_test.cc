// The world file's words in pieces: places within something larger, unknown fields, what is
// pending.
#include "model/world_reader.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace accord {
namespace {

JsonNode JsonOf(std::string_view text) {
  auto node = ParseStrictJson(text, "t", {.bytes_max = 10'000, .depth_max = 20});
  ACCORD_CHECK(node.ok());
  return *std::move(node);
}

// As a protocol reads.
WorldReading Lenient() {
  return {.rules = {.pointer = "/params/put/3", .ignore_unknown_fields = true},
          .pending_candidates = true};
}

TEST(WorldReader, APackageIsReadAsInTheFile) {
  const JsonNode node = JsonOf(
      R"({"package": "app", "later": 1, "coexist": "any", "prefer": "first", "candidates": [
          {"version": "1", "requires": [{"when": {"or": [{"package": "c"}]},
              "any": [{"package": "a"}, {"package": "b", "allowed": [[7,9],[1,2]]}]}]},
          {"version": "2", "pending": true}]})");
  WorldReader reader(Lenient());
  const PackageSpec package = reader.Package(JsonSpot{node}, "app");
  ASSERT_TRUE(reader.ok()) << Message(reader.status());
  EXPECT_EQ(package.coexistence, Coexistence::kAny);
  EXPECT_EQ(package.preference, (std::vector<Position>{0, 1}));
  ASSERT_EQ(package.candidates.size(), 2U);
  const RequirementSpec& needs = package.candidates[0].requirements[0];
  EXPECT_EQ(needs.alternatives[1].allowed, (std::vector<PositionRange>{{1, 2}, {7, 9}}));
  EXPECT_EQ(needs.when->children[0].has.package, "c");
  EXPECT_TRUE(package.candidates[1].pending);
}

TEST(WorldReader, ErrorsNameThePointerInTheWhole) {
  const JsonNode node = JsonOf(
      R"({"candidates": [{"version": "1",
                          "requires": [{"package": "b", "allowed": [[1, -1]]}]}]})");
  WorldReader reader(Lenient());
  static_cast<void>(reader.Package(JsonSpot{node}, "app"));
  EXPECT_EQ(reader.pointer(), "/params/put/3/candidates/0/requires/0/allowed/0/1");
  EXPECT_EQ(Message(reader.status()),
            "/params/put/3/candidates/0/requires/0/allowed/0/1: position -1 of 'b': from 0 to "
            "2147483647 expected");
}

TEST(WorldReader, PositionsAreHeldAgainstWhatIsKnown) {
  WorldReading reading = Lenient();
  reading.count_of = [](std::string_view name) {
    return name == "known" ? std::optional<size_t>(2) : std::nullopt;
  };
  const JsonNode node = JsonOf(R"([{"package": "other", "allowed": [[5,5]]},
                                   {"package": "known", "allowed": [[0,2]]}])");
  WorldReader reader(reading);
  static_cast<void>(reader.Set(JsonSpot{node.items[0]}));
  EXPECT_TRUE(reader.ok());
  static_cast<void>(reader.Set(JsonSpot{node.items[1]}));
  EXPECT_EQ(Message(reader.status()),
            "/params/put/3/allowed/0/1: position 2 of 'known', which has 2 candidates");
}

TEST(WorldReader, WhatIsPendingListsNothing) {
  const JsonNode node =
      JsonOf(R"({"version": "1", "pending": true, "requires": [{"package": "b"}]})");
  WorldReader reader(Lenient());
  static_cast<void>(reader.Candidate(JsonSpot{node}));
  EXPECT_EQ(Message(reader.status()),
            "/params/put/3: a candidate whose dependencies are pending cannot list any");
}

TEST(WorldReader, AFileKnowsNothingThatIsPending) {
  const JsonNode node = JsonOf(R"({"version": "1", "pending": true})");
  WorldReader reader({.rules = {.place = "w.json"}});
  static_cast<void>(reader.Candidate(JsonSpot{node}));
  EXPECT_EQ(Message(reader.status()), "w.json: /: unknown field 'pending'");
}

TEST(WorldReader, ARequestMayStandAmongOtherFields) {
  const JsonNode node = JsonOf(
      R"({"universe": "u1", "requires": [{"package": "a", "priority": -3}],
          "excluded": [{"package": "a", "allowed": [[0,0]], "reason": "withdrawn"}]})");
  WorldReader reader(Lenient());
  const RequestSpec request = reader.Request(JsonSpot{node});
  ASSERT_TRUE(reader.ok()) << Message(reader.status());
  EXPECT_EQ(request.requirements[0].priority, -3);
  EXPECT_EQ(request.excluded[0].reason, "withdrawn");
}

}  // namespace
}  // namespace accord
