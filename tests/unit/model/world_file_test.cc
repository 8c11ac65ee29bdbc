// The world file: what is read, what is refused and where, and that writing comes back.
#include "model/world_file.h"

#include <fstream>
#include <sstream>

#include "base/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace accord {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string WorldText(std::string_view packages, std::string_view request = "{}",
                      std::string_view groups = "[]") {
  return Cat(R"({"format":"accord-world/1","packages":)", packages, R"(,"groups":)", groups,
             R"(,"request":)", request, "}");
}

// A package "q" with three candidates, and "p" whose one candidate has these fields.
std::string WithCandidate(std::string_view fields) {
  return WorldText(
      Cat(R"({"p":{"candidates":[{"version":"1")", fields,
          R"(}]},"q":{"candidates":[{"version":"1"},{"version":"2"},{"version":"3"}]}})"));
}

std::string ErrorOf(std::string_view text, const WorldLimits& limits = {}) {
  const auto spec = ParseWorldSpec(text, "w.json", limits);
  return spec.ok() ? "" : std::string(Message(spec.status()));
}

absl::StatusCode CodeOf(std::string_view text, const WorldLimits& limits) {
  return ParseWorldSpec(text, "w.json", limits).status().code();
}

std::string DocumentedExample() {
  std::ifstream file(ACCORD_SOURCE_DIR "/docs/world-file.md");
  std::stringstream all;
  all << file.rdbuf();
  const std::string text = all.str();
  const size_t begin = text.find("```json\n") + 8;
  return text.substr(begin, text.find("```", begin) - begin);
}

TEST(WorldFile, TheDocumentedExampleIsRead) {
  const auto spec = ParseWorldSpec(DocumentedExample(), "w.json");
  ASSERT_TRUE(spec.ok()) << spec.status();
  ASSERT_EQ(spec->packages.size(), 5u);
  EXPECT_EQ(spec->packages[0].candidates[1].requirements.size(), 2u);
  EXPECT_THAT(spec->packages[2].preference, ElementsAre(1, 2, 0));
  EXPECT_EQ(spec->packages[2].candidates[2].unknown, "its metadata cannot be read");
  EXPECT_EQ(spec->packages[3].coexistence, Coexistence::kAny);
  EXPECT_EQ(spec->packages[4].unknown, "the index did not answer");
  EXPECT_EQ(spec->groups[0].members[1], (std::pair<std::string, Position>("speedups", 1)));
  EXPECT_EQ(spec->requirements[0].priority, 1);
  EXPECT_EQ(spec->constraints[0].when->kind, Condition::Kind::kAnd);
  EXPECT_EQ(spec->locked[0].reason, "as installed");
}

TEST(WorldFile, WritingASpecAndParsingItGivesTheSameSpec) {
  const auto spec = ParseWorldSpec(DocumentedExample(), "w.json");
  ASSERT_TRUE(spec.ok()) << spec.status();
  const auto again = ParseWorldSpec(WriteWorldSpec(*spec), "again");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(*again, *spec);
}

TEST(WorldFile, WritingABuiltWorldIsStable) {
  const auto world = ParseWorld(DocumentedExample(), "w.json");
  ASSERT_TRUE(world.ok()) << world.status();
  const std::string text = WriteWorld(world->universe, world->problem);
  const auto again = ParseWorld(text, "again");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(WriteWorld(again->universe, again->problem), text);
}

TEST(WorldFile, APackageThatDoesNotExistIsWrittenAndReadAsOne) {
  const auto spec =
      ParseWorldSpec(WorldText(R"({"p":{"coexist":"any","nonexistent":true}})"), "w.json");
  ASSERT_TRUE(spec.ok()) << spec.status();
  const auto again = ParseWorldSpec(WriteWorldSpec(*spec), "again");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->packages[0].nonexistent);
  EXPECT_EQ(*again, *spec);
}

TEST(WorldFile, RangesInAnyOrderAreNormalized) {
  const auto spec = ParseWorldSpec(
      WithCandidate(R"(,"requires":[{"package":"q","allowed":[[2,2],[0,0],[0,1]]}])"), "w.json");
  ASSERT_TRUE(spec.ok()) << spec.status();
  const auto& set = spec->packages[0].candidates[0].requirements[0].alternatives[0];
  EXPECT_THAT(*set.allowed, ElementsAre(PositionRange{0, 2}));
}

TEST(WorldFile, APositionOutsideItsPackageIsRefusedWithItsPlace) {
  EXPECT_EQ(ErrorOf(WithCandidate(R"(,"requires":[{"package":"q","allowed":[[1,7]]}])")),
            "w.json: /packages/p/candidates/0/requires/0/allowed/0/1: "
            "position 7 of 'q', which has 3 candidates");
  EXPECT_EQ(ErrorOf(WithCandidate(R"(,"requires":[{"package":"ghost","allowed":[[0,0]]}])")),
            "w.json: /packages/p/candidates/0/requires/0/allowed/0/0: "
            "position 0 of 'ghost', which has 0 candidates");
}

TEST(WorldFile, WhatIsMalformedIsRefusedWithItsPlace) {
  const std::string candidate = "w.json: /packages/p/candidates/0";
  EXPECT_EQ(ErrorOf(WithCandidate(R"(,"needs":[])")), candidate + ": unknown field 'needs'");
  EXPECT_EQ(ErrorOf(WithCandidate(R"(,"requires":{})")),
            candidate + "/requires: a list expected, not an object");
  EXPECT_EQ(ErrorOf(WithCandidate(R"(,"requires":[{"allowed":[]}])")),
            candidate + "/requires/0: field 'package' is missing");
  EXPECT_EQ(ErrorOf(WithCandidate(R"(,"requires":[{"package":"q","allowed":[[2,1]]}])")),
            candidate + "/requires/0/allowed/0: first 2 is after last 1");
  EXPECT_EQ(ErrorOf(WithCandidate(R"(,"requires":[{"package":"q","allowed":[[2]]}])")),
            candidate + "/requires/0/allowed/0: [first, last] expected");
  EXPECT_EQ(ErrorOf(WithCandidate(R"(,"requires":[{"package":"q","priority":1}])")),
            candidate + "/requires/0: unknown field 'priority'");
  EXPECT_EQ(ErrorOf(WithCandidate(R"(,"requires":[{"package":"q","when":{"or":[]}}])")),
            candidate + "/requires/0/when: 'or' of nothing");
  EXPECT_EQ(ErrorOf(WithCandidate(R"(,"requires":[{"package":"q"}],"unknown":"lost")")),
            candidate + ": a candidate whose dependencies are unknown cannot list any");
}

TEST(WorldFile, APackageHasCandidatesOrAReasonForNone) {
  EXPECT_EQ(ErrorOf(WorldText(R"({"p":{}})")),
            "w.json: /packages/p: one of 'candidates', 'unknown' and 'nonexistent' expected");
  EXPECT_EQ(ErrorOf(WorldText(R"({"p":{"unknown":"lost","candidates":[]}})")),
            "w.json: /packages/p: one of 'candidates', 'unknown' and 'nonexistent' expected");
  EXPECT_EQ(ErrorOf(WorldText(R"({"p":{"nonexistent":true}})")), "");
}

TEST(WorldFile, APreferenceThatIsNoPermutationIsRefused) {
  const auto error_of = [](std::string_view prefer) {
    return ErrorOf(WorldText(
        Cat(R"({"a/b":{"candidates":[{"version":"1"},{"version":"2"}],"prefer":)", prefer, "}}")));
  };
  EXPECT_EQ(error_of("[0,0]"), "w.json: /packages/a~1b/prefer/1: position 0 stands twice");
  EXPECT_EQ(error_of("[0]"), "w.json: /packages/a~1b/prefer: all 2 positions expected, not 1");
  EXPECT_EQ(error_of(R"("best")"),
            "w.json: /packages/a~1b/prefer: 'last', 'first' or a list of positions expected, "
            "not 'best'");
  EXPECT_EQ(error_of(R"("first")"), "");
}

TEST(WorldFile, AnotherFormatIsRefused) {
  EXPECT_EQ(ErrorOf(R"({"format":"accord-world/2"})"),
            "w.json: /: format 'accord-world/1' expected, not 'accord-world/2'");
}

TEST(WorldFile, TooManyBytesLevelsPackagesOrCandidatesAreALimit) {
  const std::string text = WithCandidate("");
  EXPECT_EQ(ErrorOf(text, {.bytes_max = 10}), Cat("w.json: ", text.size(), " bytes, at most 10"));
  EXPECT_EQ(ErrorOf(text, {.depth_max = 4}), "w.json: values nest deeper than 4");
  EXPECT_EQ(ErrorOf(text, {.packages_max = 1}), "w.json: /packages/q: more than 1 packages");
  EXPECT_EQ(ErrorOf(text, {.candidates_max = 3}), "w.json: /packages/q: more than 3 candidates");
  for (const WorldLimits& limits :
       {WorldLimits{.bytes_max = 10}, WorldLimits{.depth_max = 4}, WorldLimits{.packages_max = 1},
        WorldLimits{.candidates_max = 3}}) {
    EXPECT_EQ(CodeOf(text, limits), absl::StatusCode::kResourceExhausted);
  }
  EXPECT_EQ(ErrorOf(text, {.packages_max = 2, .candidates_max = 4}), "");
}

TEST(WorldFile, ADuplicateNameIsRefused) {
  EXPECT_THAT(ErrorOf(WorldText(R"({"p":{"candidates":[]},"p":{"candidates":[]}})")),
              HasSubstr("key 'p' stands twice"));
}

}  // namespace
}  // namespace accord
