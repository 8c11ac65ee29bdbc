// CheckWorld: one solution that is right in every respect, and for every kind of violation the same
// solution, or its world, with one thing broken.

#include "check/world_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "model/world_spec.h"

namespace accord::check {
namespace {

using ::testing::HasSubstr;

SetSpec All(const std::string& package) { return {.package = package}; }
SetSpec At(const std::string& package, Position position) {
  return {.package = package, .allowed = {{{position, position}}}};
}
RequirementSpec Needs(SetSpec set) { return {.alternatives = {std::move(set)}}; }

// a (from the request) needs b, and c if b is 2; b and c are one group with d; s is soft.
struct WorldCase {
  WorldCase() {
    spec.packages = {
        {.name = "a",
         .candidates = {{.version = "1",
                         .requirements = {Needs(All("b")),
                                          {.alternatives = {All("c")},
                                           .when = ConditionSpec{.has = At("b", 1)}}},
                         .constraints = {{.set = At("c", 0)}}}}},
        {.name = "b", .candidates = {{.version = "1"}, {.version = "2"}}},
        {.name = "c", .candidates = {{.version = "1"}, {.version = "2"}}},
        {.name = "d", .candidates = {{.version = "1"}}},
        {.name = "n", .coexistence = Coexistence::kAny, .candidates = {{.version = "1"}}},
        {.name = "s", .candidates = {{.version = "1"}}},
        {.name = "u", .candidates = {{.version = "1", .unknown = "not read"}}},
    };
    spec.groups = {{.name = "one of b and d", .members = {{"b", 1}, {"d", 0}}}};
    spec.requirements = {{.requirement = Needs(All("a"))}};
    spec.soft = {{.requirement = Needs(All("s"))}};
    spec.locked = {{.set = At("a", 0), .reason = "as installed"}};
  }

  // A member, required by the text `requirement` of `by` (empty: the request).
  struct Chosen {
    std::string package;
    Position position = 0;
    std::string by;
  };

  [[nodiscard]] std::vector<Violation> Run() const {
    World world = Build(spec);
    Solution solution;
    solution.unmet_soft = unmet_soft;
    for (const Chosen& one : chosen) {
      const Universe& universe = world.universe;
      Member member;
      member.solvable = universe.at(universe.FindPackage(one.package), one.position);
      if (!one.by.empty()) member.required_by = universe.at(universe.FindPackage(one.by), 0);
      member.requirement = RequirementFor(world, member);
      solution.members.push_back(member);
    }
    return CheckWorld(world.universe, world.problem, solution);
  }

  // The requirer's first requirement with the member among its options.
  static RequirementId RequirementFor(const World& world, const Member& member) {
    std::vector<RequirementId> all;
    if (member.required_by.valid()) {
      const Solvable& by = world.universe.solvable(member.required_by);
      all = world.universe.dependency_set(by.dependencies).requirements;
    } else {
      for (const auto& asked : world.problem.requirements) all.push_back(asked.requirement);
      for (const auto& asked : world.problem.soft) all.push_back(asked.requirement);
    }
    for (const RequirementId id : all) {
      for (const VersionSetId set : world.universe.requirement(id).alternatives) {
        if (world.universe.Contains(set, member.solvable)) return id;
      }
    }
    return all.front();
  }

  WorldSpec spec;
  std::vector<Chosen> chosen = {{"a", 0, ""}, {"b", 1, "a"}, {"c", 0, "a"}, {"s", 0, ""}};
  std::vector<uint32_t> unmet_soft;
};

std::vector<std::string> Sentences(const WorldCase& test) {
  std::vector<std::string> sentences;
  for (const Violation& violation : test.Run()) {
    sentences.push_back(std::string(KindWord(violation.kind)) + ": " + Sentence(violation));
  }
  return sentences;
}

void ExpectOnly(const WorldCase& broken, const std::string& part) {
  const std::vector<std::string> sentences = Sentences(broken);
  ASSERT_EQ(sentences.size(), 1U) << ::testing::PrintToString(sentences);
  EXPECT_THAT(sentences[0], HasSubstr(part));
}

TEST(WorldCheck, AcceptsASolution) {
  EXPECT_EQ(Sentences(WorldCase()), std::vector<std::string>());
}

TEST(WorldCheck, AcceptsThatAConditionThatDoesNotHoldAsksForNothing) {
  WorldCase test;
  test.chosen = {{"a", 0, ""}, {"b", 0, "a"}, {"s", 0, ""}};
  EXPECT_EQ(Sentences(test), std::vector<std::string>());
}

TEST(WorldCheck, RefusesASetWithoutAnOptionOfTheRequest) {
  WorldCase broken;
  broken.spec.requirements.push_back({.requirement = Needs(All("d"))});
  ExpectOnly(broken, "missing: the request: d");
}

TEST(WorldCheck, RefusesASetWithoutAnOptionOfAMember) {
  WorldCase broken;
  broken.chosen = {{"a", 0, ""}, {"b", 1, "a"}, {"s", 0, ""}};
  ExpectOnly(broken, "missing: a 1: c");
}

TEST(WorldCheck, RefusesACandidateOutsideARequirementsSet) {
  WorldCase broken;
  broken.spec.requirements.push_back({.requirement = Needs(At("b", 0))});
  ExpectOnly(broken, "wrongVersion: the request: b {1}, b 2 is chosen");
}

TEST(WorldCheck, RefusesTwoCandidatesOfOnePackage) {
  WorldCase broken;
  broken.chosen.push_back({"b", 0, "a"});
  ExpectOnly(broken, "twoOfOne: b 1: one candidate of b, b 2 is chosen too");
}

TEST(WorldCheck, RefusesTwoMembersOfAGroup) {
  WorldCase broken;
  broken.spec.requirements.push_back({.requirement = Needs(All("d"))});
  broken.chosen.push_back({"d", 0, ""});
  ExpectOnly(broken, "twoOfOne: d 1: one candidate of the group 'one of b and d', b 2");
}

TEST(WorldCheck, RefusesACandidateThatAConstraintForbids) {
  WorldCase broken;
  broken.chosen[2].position = 1;
  ExpectOnly(broken, "constraint: a 1: only c {1}, c 2 is chosen");
}

TEST(WorldCheck, HoldsAConstraintOfTheRequestOnlyUnderItsCondition) {
  WorldCase broken;
  broken.spec.constraints.push_back({.set = At("b", 0), .when = ConditionSpec{.has = All("d")}});
  EXPECT_EQ(Sentences(broken), std::vector<std::string>());
  broken.spec.constraints[0].when = ConditionSpec{
      .kind = Condition::Kind::kAnd, .children = {{.has = All("a")}, {.has = All("c")}}};
  ExpectOnly(broken, "constraint: the request: only b");
}

TEST(WorldCheck, RefusesAnotherCandidateOfALockedPackage) {
  WorldCase broken;
  broken.spec.locked[0].set = At("b", 0);
  ExpectOnly(broken, "locked: the request: the lock, as installed, b 2 is chosen");
}

TEST(WorldCheck, RefusesAnExcludedCandidate) {
  WorldCase broken;
  broken.spec.excluded.push_back({.set = At("b", 1), .reason = "withdrawn"});
  ExpectOnly(broken, "excluded: the request: no excluded candidate, withdrawn, b 2 is chosen");
}

TEST(WorldCheck, RefusesACandidateWhoseDependenciesAreUnknown) {
  WorldCase broken;
  broken.spec.requirements.push_back({.requirement = Needs(All("u"))});
  broken.chosen.push_back({"u", 0, ""});
  ExpectOnly(broken, "unknownNeeds: u 1");
}

TEST(WorldCheck, RefusesAMemberThatNothingNeeds) {
  WorldCase broken;
  broken.spec.packages[0].candidates[0].requirements.pop_back();
  broken.spec.packages[5].candidates[0].requirements = {
      {.alternatives = {All("c")}, .when = ConditionSpec{.has = All("d")}}};
  broken.chosen[2].by = "s";
  std::swap(broken.chosen[2], broken.chosen[3]);
  const std::vector<std::string> sentences = Sentences(broken);
  ASSERT_EQ(sentences.size(), 2U);
  EXPECT_THAT(sentences[0], HasSubstr("unneeded: c 1: only what is needed, nothing requires it"));
  EXPECT_THAT(sentences[1], HasSubstr("attribution: c 1"));
}

TEST(WorldCheck, RefusesTwoThatNeedOnlyEachOther) {
  WorldCase broken;
  broken.spec.packages[3].candidates[0].requirements = {Needs(All("n"))};
  broken.spec.packages[4].candidates[0].requirements = {Needs(All("d"))};
  broken.spec.groups.clear();
  broken.chosen.push_back({"n", 0, "d"});
  broken.chosen.push_back({"d", 0, "n"});
  const std::vector<std::string> sentences = Sentences(broken);
  ASSERT_EQ(sentences.size(), 3U) << ::testing::PrintToString(sentences);
  EXPECT_THAT(sentences[0], HasSubstr("unneeded: n 1"));
  EXPECT_THAT(sentences[1], HasSubstr("unneeded: d 1"));
  EXPECT_THAT(sentences[2], HasSubstr("attribution: n 1"));
}

TEST(WorldCheck, RefusesAMemberThatIsNoOptionOfTheRequirementItIsSaidToBeChosenFor) {
  WorldCase broken;
  broken.chosen[3].by = "a";
  ExpectOnly(broken, "attribution: s 1: an option of the requirement it is chosen for, it is none");
}

TEST(WorldCheck, RefusesAMemberThatWasChosenBeforeItsRequirer) {
  WorldCase broken;
  std::swap(broken.chosen[0], broken.chosen[1]);
  ExpectOnly(broken, "attribution: b 2: a requirer that was chosen before, or the request");
}

TEST(WorldCheck, HoldsTheRecordOfUnmetSoftRequirementsAgainstTheSet) {
  WorldCase unrecorded;
  unrecorded.chosen.pop_back();
  ExpectOnly(unrecorded, "soft: the request: s, unmet, and not recorded");
  unrecorded.unmet_soft = {0};
  EXPECT_EQ(Sentences(unrecorded), std::vector<std::string>());
  WorldCase met;
  met.unmet_soft = {0};
  ExpectOnly(met, "soft: the request: s, met, and recorded as unmet");
  WorldCase outside;
  outside.unmet_soft = {1};
  ExpectOnly(outside, "number 1 is recorded as unmet");
}

}  // namespace
}  // namespace accord::check
