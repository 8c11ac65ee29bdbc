// Neutral universes: what their fields mean, and what is refused with which place.
#include "model/neutral_import.h"

#include "base/error.h"
#include "gtest/gtest.h"

namespace accord {
namespace {

constexpr std::string_view kCase = R"({"expect":"sat","expected":{"a":"2","z":"9"},"name":"small",
  "packages":{
    "a":[{"deps":[{"allowed":[[0,0]],"name":"b"}],"version":"1"},
         {"version":"2","rank":0,"deps":[{"name":"b","allowed":[[0,0],[2,2]]},
                                         {"name":"ghost","allowed":[]}]}],
    "b":[{"deps":[],"version":"1"},{"deps":[],"version":"2"},{"deps":[],"version":"3"}]},
  "root":[{"allowed":[[0,1]],"name":"a"}]})";

std::string ImportErrorOf(std::string_view text) {
  const auto neutral = ImportNeutral(text, "n.json");
  return neutral.ok() ? "" : std::string(Message(neutral.status()));
}

TEST(NeutralImport, ACaseBecomesAUniverseAndItsProblem) {
  const auto neutral = ImportNeutral(kCase, "n.json");
  ASSERT_TRUE(neutral.ok()) << neutral.status();
  const Universe& universe = neutral->universe;
  EXPECT_EQ(neutral->name, "small");
  EXPECT_EQ(universe.solvable_count(), 5u);
  const PackageId a = universe.FindPackage("a");
  const PackageId b = universe.FindPackage("b");
  const Solvable& second = universe.solvable(universe.at(a, 1));
  const auto& needs = universe.dependency_set(second.dependencies).requirements;
  ASSERT_EQ(needs.size(), 2u);
  const VersionSetId set = universe.requirement(needs[0]).alternatives[0];
  EXPECT_TRUE(universe.Contains(set, universe.at(b, 0)));
  EXPECT_FALSE(universe.Contains(set, universe.at(b, 1)));
  EXPECT_TRUE(universe.Contains(set, universe.at(b, 2)));
  EXPECT_EQ(universe.Text(universe.requirement(needs[0]).text), "b {1, 3}");
  EXPECT_EQ(universe.package(universe.FindPackage("ghost")).knowledge, Knowledge::kNonexistent);
  ASSERT_EQ(neutral->problem.requirements.size(), 1u);
  EXPECT_TRUE(neutral->roots.empty());
}

TEST(NeutralImport, WhatTheCorpusSaysIsKept) {
  const auto neutral = ImportNeutral(kCase, "n.json");
  ASSERT_TRUE(neutral.ok()) << neutral.status();
  EXPECT_EQ(neutral->satisfiable, true);
  ASSERT_EQ(neutral->stored_pins.size(), 1u);
  EXPECT_EQ(neutral->universe.Label(neutral->stored_pins[0]), "a 2");
  ASSERT_EQ(neutral->unmatched_pins.size(), 1u);
  EXPECT_EQ(neutral->unmatched_pins[0], "z 9");
}

TEST(NeutralImport, AllRootsAreEveryCandidate) {
  const auto neutral = ImportNeutral(
      R"({"packages":{"a":[{"deps":[],"version":"1"},{"deps":[],"version":"2"}],"b":[]},
          "root":[],"roots":"all","expect":null,"expected":null})",
      "n.json");
  ASSERT_TRUE(neutral.ok()) << neutral.status();
  EXPECT_EQ(neutral->roots.size(), 2u);
  EXPECT_FALSE(neutral->satisfiable.has_value());
}

TEST(NeutralImport, ARootListIsResolvedAndItsProblemAsksForThatCandidateAlone) {
  auto neutral = ImportNeutral(
      R"({"packages":{"a":[{"deps":[],"version":"1"},{"deps":[],"version":"2"}]},
          "root":[],"roots":"list","root_list":[["a",0]],"expect":null,"expected":null})",
      "n.json");
  ASSERT_TRUE(neutral.ok()) << neutral.status();
  ASSERT_EQ(neutral->roots.size(), 1u);
  const Problem problem = RootProblem(neutral->universe, neutral->roots[0]);
  ASSERT_EQ(problem.requirements.size(), 1u);
  const Requirement& asked = neutral->universe.requirement(problem.requirements[0].requirement);
  EXPECT_TRUE(neutral->universe.Contains(asked.alternatives[0], Position{0}));
  EXPECT_FALSE(neutral->universe.Contains(asked.alternatives[0], Position{1}));
}

TEST(NeutralImport, WhatIsWrongIsRefused) {
  EXPECT_EQ(ImportErrorOf(
                R"({"packages":{"a":[{"deps":[{"name":"a","allowed":[[0,1]]}],"version":"1"}]}})"),
            "n.json: index 1 of 'a', which has 1 candidates");
  EXPECT_EQ(ImportErrorOf(R"({"packages":{"a":[],"a":[]}})"), "n.json: package 'a' stands twice");
  EXPECT_EQ(ImportErrorOf(R"({"packages":{"a":[{"deps":[]}]}})"),
            "n.json: a candidate of 'a' has no version");
  EXPECT_EQ(ImportErrorOf(
                R"({"packages":{"a":[{"version":"1","deps":[{"name":"b","allowed":[[0]]}]}]}})"),
            "n.json: unexpected range without two numbers at or after key 'allowed'");
  EXPECT_EQ(ImportErrorOf(R"({"packages":{},"roots":"list","root_list":[["a",0]]})"),
            "n.json: root 'a' 0 is no candidate");
  EXPECT_EQ(ImportErrorOf("{"), "n.json: at byte 2: JSON expected");
}

}  // namespace
}  // namespace accord
