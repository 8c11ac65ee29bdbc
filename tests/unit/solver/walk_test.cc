// The canonical walk, one sentence of docs/solver.md a test.
#include <gtest/gtest.h>

#include "tests/unit/solver/worlds.h"

namespace accord::testing {
namespace {

TEST(Walk, TheBestCandidateOfARequestIsChosen) {
  EXPECT_EQ(Answer(R"("packages":{"a":{"candidates":[{"version":"1"},{"version":"2"}]}},
                      "request":{"requires":[{"package":"a"}]})"),
            "a 2");
}

TEST(Walk, AnEmptyRequestHasTheEmptyAnswer) {
  EXPECT_EQ(Answer(R"("packages":{"a":{"candidates":[{"version":"1"}]}},"request":{})"), "");
}

TEST(Walk, PreferenceIsNotPosition) {
  EXPECT_EQ(
      Answer(R"("packages":{"a":{"candidates":[{"version":"1"},{"version":"2"},{"version":"3"}],
                                       "prefer":[1,2,0]}},
                      "request":{"requires":[{"package":"a"}]})"),
      "a 2");
}

TEST(Walk, ABetterCandidateThatCannotBeIsPassedOver) {
  EXPECT_EQ(Answer(R"("packages":{
      "a":{"candidates":[{"version":"1"},{"version":"2","requires":[{"package":"ghost"}]}]}},
      "request":{"requires":[{"package":"a"}]})"),
            "a 1");
}

TEST(Walk, LowerPriorityNumbersAreTakenFirst) {
  constexpr std::string_view kTrade = R"("packages":{
      "a":{"candidates":[{"version":"1"},
                         {"version":"2","constrains":[{"package":"b","allowed":[[0,0]]}]}]},
      "b":{"candidates":[{"version":"1"},{"version":"2"}]}},)";
  EXPECT_EQ(Answer(Cat(kTrade, R"("request":{"requires":[
      {"package":"a","priority":1},{"package":"b","priority":0}]})")),
            "b 2, a 1");
  EXPECT_EQ(Answer(Cat(kTrade, R"("request":{"requires":[
      {"package":"a","priority":0},{"package":"b","priority":1}]})")),
            "a 2, b 1");
}

TEST(Walk, NamesDecideAmongEqualPriorities) {
  EXPECT_EQ(Answer(R"("packages":{
      "a":{"candidates":[{"version":"1"}]},"B":{"candidates":[{"version":"1"}]}},
      "request":{"requires":[{"package":"a"},{"package":"B"}]})"),
            "B 1, a 1");
}

TEST(Walk, ShallowRequirementsAreTakenBeforeDeepOnes) {
  EXPECT_EQ(Answer(R"("packages":{
      "p":{"candidates":[{"version":"1","requires":[{"package":"a"}]}]},
      "a":{"candidates":[{"version":"1"}]},
      "z":{"candidates":[{"version":"1"}]}},
      "request":{"requires":[{"package":"p"},{"package":"z"}]})"),
            "p 1, z 1, a 1");
}

TEST(Walk, DefiniteRequirementsAreTakenBeforeChoices) {
  EXPECT_EQ(Answer(R"("packages":{
      "a":{"candidates":[{"version":"1"}]},"b":{"candidates":[{"version":"1"}]},
      "c":{"candidates":[{"version":"1"}]}},
      "request":{"requires":[{"any":[{"package":"a"},{"package":"b"}]},
                             {"package":"b","priority":5}]})"),
            "b 1");
}

TEST(Walk, APackageOfManyCandidatesIsNeverDefinite) {
  EXPECT_EQ(Answer(R"("packages":{
      "a":{"coexist":"any","candidates":[{"version":"1"}]},"b":{"candidates":[{"version":"1"}]}},
      "request":{"requires":[{"package":"a"},{"package":"b","priority":5}]})"),
            "b 1, a 1");
}

TEST(Walk, AlternativesAreTriedAsWritten) {
  EXPECT_EQ(Answer(R"("packages":{
      "a":{"candidates":[{"version":"1"}]},"b":{"candidates":[{"version":"1"},{"version":"2"}]}},
      "request":{"requires":[{"any":[{"package":"b"},{"package":"a"}]}]})"),
            "b 2");
}

TEST(Walk, AnEarlierOptionIsTriedEvenIfALaterOneHoldsAlready) {
  // q 1 is forced by r from the start, yet the first alternative of p's choice is a.
  EXPECT_EQ(Answer(R"("packages":{
      "p":{"candidates":[{"version":"1","requires":[{"any":[{"package":"a"},{"package":"q"}]}]}]},
      "a":{"candidates":[{"version":"1"}]},
      "q":{"candidates":[{"version":"1"}]},
      "r":{"candidates":[{"version":"1","requires":[{"package":"s"}]}]},
      "s":{"candidates":[{"version":"1","requires":[{"package":"t"}]}]},
      "t":{"candidates":[{"version":"1","requires":[{"any":[{"package":"q"}]}]}]}},
      "request":{"requires":[{"package":"p"},{"package":"r"}]})"),
            "p 1, r 1, s 1, t 1, q 1");
  EXPECT_EQ(Answer(R"("packages":{
      "p":{"candidates":[{"version":"1","requires":[{"any":[{"package":"a"},{"package":"q"}]}]}]},
      "a":{"candidates":[{"version":"1"}]},
      "q":{"coexist":"any","candidates":[{"version":"1"}]},
      "r":{"candidates":[{"version":"1","requires":[{"package":"s"}]}]},
      "s":{"candidates":[{"version":"1","requires":[{"package":"q"}]}]}},
      "request":{"requires":[{"package":"p"},{"package":"r"}]})"),
            "p 1, r 1, s 1, a 1, q 1");
}

TEST(Walk, FavoredCandidatesComeFirstAcrossAlternatives) {
  constexpr std::string_view kPackages = R"("packages":{
      "a":{"candidates":[{"version":"1"},{"version":"2"}]},
      "b":{"candidates":[{"version":"1"},{"version":"2"}]}},)";
  EXPECT_EQ(Answer(Cat(kPackages, R"("request":{
      "requires":[{"any":[{"package":"a"},{"package":"b"}]}],
      "favored":[{"package":"b","allowed":[[0,0]],"reason":"lock"}]})")),
            "b 1");
}

TEST(Walk, ALockLimitsAndRequestsNothing) {
  constexpr std::string_view kPackages = R"("packages":{
      "a":{"candidates":[{"version":"1"},{"version":"2"}]},
      "b":{"candidates":[{"version":"1"}]}},)";
  EXPECT_EQ(Answer(Cat(kPackages, R"("request":{"requires":[{"package":"b"}],
      "locked":[{"package":"a","allowed":[[0,0]],"reason":"lock"}]})")),
            "b 1");
  EXPECT_EQ(Answer(Cat(kPackages, R"("request":{"requires":[{"package":"a"}],
      "locked":[{"package":"a","allowed":[[0,0]],"reason":"lock"}]})")),
            "a 1");
}

TEST(Walk, AnExcludedCandidateIsNotChosen) {
  EXPECT_EQ(Answer(R"("packages":{"a":{"candidates":[{"version":"1"},{"version":"2"}]}},
      "request":{"requires":[{"package":"a"}],
                 "excluded":[{"package":"a","allowed":[[1,1]],"reason":"broken"}]})"),
            "a 1");
}

TEST(Walk, ASoftRequirementIsTriedAfterHardOnesOfEqualPriority) {
  EXPECT_EQ(Answer(R"("packages":{
      "a":{"candidates":[{"version":"1"},{"version":"2"}]},
      "z":{"candidates":[{"version":"1","constrains":[{"package":"a","allowed":[[1,1]]}]}]}},
      "request":{"requires":[{"package":"z"}],"soft":[{"package":"a"}]})"),
            "z 1, a 2");
}

TEST(Walk, ASoftRequirementThatCannotBeMetIsRecorded) {
  EXPECT_EQ(Answer(R"("packages":{
      "a":{"candidates":[{"version":"1","requires":[{"package":"ghost"}]}]},
      "b":{"candidates":[{"version":"1"}]}},
      "request":{"requires":[{"package":"b"}],"soft":[{"package":"a"}]})"),
            "b 1; unmet 0");
}

TEST(Walk, ASoftRequirementYieldsNothingToALaterHardOne) {
  // Soft a 1 comes first by priority and excludes b 2: D keeps a 1, b falls back.
  EXPECT_EQ(Answer(R"("packages":{
      "a":{"candidates":[{"version":"1","constrains":[{"package":"b","allowed":[[0,0]]}]}]},
      "b":{"candidates":[{"version":"1"},{"version":"2"}]}},
      "request":{"requires":[{"package":"b","priority":3}],
                 "soft":[{"package":"a","priority":1}]})"),
            "a 1, b 1");
}

TEST(Walk, AConditionalRequirementOpensWhenDMeetsItsCondition) {
  constexpr std::string_view kPackages = R"("packages":{
      "p":{"candidates":[{"version":"1","requires":[{"package":"c","when":{"package":"x"}}]}]},
      "x":{"candidates":[{"version":"1"}]},"c":{"candidates":[{"version":"1"}]}},)";
  EXPECT_EQ(Answer(Cat(kPackages, R"("request":{"requires":[{"package":"p"}]})")), "p 1");
  EXPECT_EQ(Answer(Cat(kPackages, R"("request":{"requires":[{"package":"p"},{"package":"x"}]})")),
            "p 1, x 1, c 1");
}

TEST(Walk, AConditionalRequirementIsAsDeepAsTheMemberThatCompletesItsCondition) {
  // p (depth 0) wants c when deep is there, and deep comes at depth 2: c is taken at depth 3,
  // after b, which y brings at depth 2.
  EXPECT_EQ(Answer(R"("packages":{
      "p":{"candidates":[{"version":"1","requires":[{"package":"a0","when":{"package":"deep"}}]}]},
      "q":{"candidates":[{"version":"1","requires":[{"package":"y"}]}]},
      "y":{"candidates":[{"version":"1","requires":[{"package":"deep"},{"package":"late"}]}]},
      "deep":{"candidates":[{"version":"1"}]},"late":{"candidates":[{"version":"1"}]},
      "a0":{"candidates":[{"version":"1"}]}},
      "request":{"requires":[{"package":"p"},{"package":"q"}]})"),
            "p 1, q 1, y 1, deep 1, late 1, a0 1");
}

TEST(Walk, OverlappingGroupsHoldCandidatesOfDifferentPackagesApart) {
  EXPECT_EQ(Answer(R"("packages":{
      "a":{"candidates":[{"version":"1"},{"version":"2"}]},
      "b":{"candidates":[{"version":"1"},{"version":"2"}]}},
      "groups":[{"name":"g","members":[["a",1],["b",1]]},{"name":"h","members":[["a",1],["b",0]]}],
      "request":{"requires":[{"package":"a","priority":1},{"package":"b","priority":0}]})"),
            "b 2, a 1");
}

TEST(Walk, ARequirementWithoutAlternativesCannotBeMet) {
  EXPECT_EQ(Answer(R"("packages":{},"request":{"requires":[{"any":[]}]})"), "unsatisfiable");
}

}  // namespace
}  // namespace accord::testing
