// The oracle on worlds small enough to judge by eye: each sentence of the walk once.
#include "tests/oracle/oracle.h"

#include "base/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "model/world_file.h"

namespace accord {
namespace {

using ::testing::ElementsAre;

WorldSpec Spec(std::string_view packages, std::string_view request) {
  const auto spec = ParseWorldSpec(
      Cat(R"({"format":"accord-world/1","packages":)", packages, R"(,"request":)", request, "}"),
      "test");
  ACCORD_CHECK(spec.ok());
  return *spec;
}

// "a/1 b/0": packages and positions in the order of entry; "none" if unsatisfiable.
std::string Walk(const WorldSpec& spec) {
  const OracleAnswer answer = Oracle(spec).Canonical();
  if (!answer.satisfiable) return "none";
  std::string out;
  for (const OracleMember& member : answer.members) {
    out += Cat(out.empty() ? "" : " ", member.package, "/", member.position);
  }
  return out;
}

constexpr std::string_view kTwo = R"({"candidates":[{"version":"1"},{"version":"2"}]})";

TEST(Oracle, TheNewestIsTriedFirst) {
  const WorldSpec spec = Spec(Cat(R"({"a":)", kTwo, "}"), R"({"requires":[{"package":"a"}]})");
  EXPECT_EQ(Walk(spec), "a/1");
  EXPECT_EQ(Oracle(spec).valid_count(), 2u);
}

TEST(Oracle, TheFirstTakenRequirementGetsItsBest) {
  const std::string packages = R"({
    "a":{"candidates":[{"version":"1"},
                       {"version":"2","requires":[{"package":"b","allowed":[[0,0]]}]}]},
    "b":{"candidates":[{"version":"1"},
                       {"version":"2","requires":[{"package":"a","allowed":[[0,0]]}]}]}})";
  EXPECT_EQ(Walk(Spec(packages, R"({"requires":[{"package":"a"},{"package":"b"}]})")), "a/1 b/0");
  EXPECT_EQ(Walk(Spec(packages, R"({"requires":[{"package":"a"},{"package":"b","priority":-1}]})")),
            "b/1 a/0");
}

TEST(Oracle, DefiniteRequirementsComeFirstHoweverDeep) {
  const std::string packages =
      Cat(R"({"a":)", kTwo, R"(,"b":)", kTwo,
          R"(,"z":{"candidates":[{"version":"1","requires":[{"package":"b"}]}]}})");
  EXPECT_EQ(
      Walk(Spec(packages,
                R"({"requires":[{"any":[{"package":"a"},{"package":"b"}]},{"package":"z"}]})")),
      "z/0 b/1");
}

TEST(Oracle, AnEarlierOptionIsDecidedThoughALaterOneIsKnownToBeIn) {
  // any(a, b) is taken before the second requirement has put b in.
  const std::string packages = Cat(R"({"a":)", kTwo, R"(,"b":)", kTwo, "}");
  EXPECT_EQ(Walk(Spec(packages, R"({"requires":[
      {"any":[{"package":"a"},{"package":"b"}],"priority":0},
      {"any":[{"package":"b"},{"package":"ghost"}],"priority":1}]})")),
            "a/1 b/1");
}

TEST(Oracle, ASoftRequirementNeverMakesAWorldUnsatisfiable) {
  const WorldSpec spec = Spec(Cat(R"({"a":)", kTwo, "}"),
                              R"({"requires":[{"package":"a","allowed":[[0,0]]}],
                                  "soft":[{"package":"a","allowed":[[1,1]],"priority":1},
                                          {"package":"a","priority":-5}]})");
  const OracleAnswer answer = Oracle(spec).Canonical();
  EXPECT_TRUE(answer.satisfiable);
  EXPECT_THAT(answer.unmet_soft, ElementsAre(0));
}

TEST(Oracle, FavouredOptionsOfAllAlternativesComeFirst) {
  const std::string packages = Cat(R"({"a":)", kTwo, R"(,"b":)", kTwo, "}");
  EXPECT_EQ(Walk(Spec(packages, R"({"requires":[{"any":[{"package":"a"},{"package":"b"}]}],
                                    "favored":[{"package":"b","allowed":[[0,0]]}]})")),
            "b/0");
}

TEST(Oracle, ALockForbidsOthersAndAsksForNothing) {
  const std::string packages = Cat(R"({"a":)", kTwo, R"(,"b":)", kTwo, "}");
  EXPECT_EQ(Walk(Spec(packages, R"({"requires":[{"package":"a"}],
                                    "locked":[{"package":"a","allowed":[[0,0]]},
                                              {"package":"b","allowed":[[0,0]]}]})")),
            "a/0");
}

TEST(Oracle, AConditionOpensItsRequirementAtTheDepthOfWhatMadeItTrue) {
  // b's requirement waits for d, which enters at depth 3 (a, c, d).
  const WorldSpec spec = Spec(R"({
    "a":{"candidates":[{"version":"1","requires":[{"package":"c"}]}]},
    "b":{"candidates":[{"version":"1","requires":[{"package":"e","when":{"package":"d"}}]}]},
    "c":{"candidates":[{"version":"1","requires":[{"package":"d"}]}]},
    "d":{"candidates":[{"version":"1"}]},
    "e":{"candidates":[{"version":"1"}]}})",
                              R"({"requires":[{"package":"a"},{"package":"b"}]})");
  const OracleAnswer answer = Oracle(spec).Canonical();
  EXPECT_EQ(Walk(spec), "a/0 b/0 c/0 d/0 e/0");
  EXPECT_EQ(answer.members.back().depth, 3u);
}

TEST(Oracle, AtMostOneOfAGroupAndOfAPackage) {
  WorldSpec spec = Spec(Cat(R"({"a":)", kTwo, R"(,"b":)", kTwo, "}"),
                        R"({"requires":[{"package":"a"},{"package":"b"}]})");
  EXPECT_FALSE(Oracle(spec).IsValid({{"a", 0}, {"a", 1}, {"b", 0}}));
  EXPECT_TRUE(Oracle(spec).IsValid({{"a", 0}, {"b", 0}}));
  spec.groups.push_back({.name = "g", .members = {{"a", 1}, {"b", 0}, {"b", 1}}});
  EXPECT_EQ(Walk(spec), "a/0 b/1");
}

TEST(Oracle, WhatIsUnknownOrExcludedIsNotChosen) {
  const WorldSpec spec = Spec(
      R"({"a":{"candidates":[{"version":"1"},{"version":"2"},{"version":"3","unknown":"lost"}]}})",
      R"({"requires":[{"package":"a"}],"excluded":[{"package":"a","allowed":[[1,1]]}]})");
  EXPECT_EQ(Walk(spec), "a/0");
  EXPECT_EQ(Walk(Spec(R"({"a":{"unknown":"lost"}})", R"({"requires":[{"package":"a"}]})")), "none");
}

TEST(Oracle, AConstraintHoldsWhenItsConditionDoes) {
  const std::string packages = Cat(R"({"a":)", kTwo, R"(,"b":)", kTwo, "}");
  EXPECT_EQ(Walk(Spec(packages, R"({"requires":[{"package":"a"},{"package":"b","priority":1}],
      "constrains":[{"package":"b","allowed":[[0,0]],
                     "when":{"package":"a","allowed":[[1,1]]}}]})")),
            "a/1 b/0");
}

}  // namespace
}  // namespace accord
