// What a frontend says of its packages: snapshots, sharing, and what is refused with its place.
#include "engine/plain_facts.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace accord::engine {
namespace {

using Facts = std::shared_ptr<const PlainFacts>;

SetSpec Of(std::string package, std::vector<PositionRange> allowed) {
  return {.package = std::move(package), .allowed = std::move(allowed)};
}

RequirementSpec Need(SetSpec set) {
  RequirementSpec requirement;
  requirement.alternatives.push_back(std::move(set));
  return requirement;
}

PackageSpec Versions(std::string name, const std::vector<std::string>& versions) {
  PackageSpec package{.name = std::move(name)};
  for (const std::string& version : versions) package.candidates.push_back({.version = version});
  return package;
}

Facts Said(const Facts& facts, PlainUpdate update) {
  auto applied = Apply(*facts, std::move(update));
  EXPECT_TRUE(applied.ok()) << Message(applied.status());
  return applied.ok() ? *applied : facts;
}

std::string Refused(const Facts& facts, PlainUpdate update) {
  const auto applied = Apply(*facts, std::move(update));
  return applied.ok() ? "" : std::string(Message(applied.status()));
}

TEST(PlainFacts, ASnapshotKeepsWhatItSaid) {
  const Facts before = Said(PlainFacts::None(), {.put = {Versions("lib", {"1", "2"})}});
  const Facts after = Said(before, {.put = {Versions("lib", {"1"})}, .absent = {"other"}});
  EXPECT_EQ(before->Find("lib")->candidates.size(), 2U);
  EXPECT_EQ(before->Find("other"), nullptr);
  EXPECT_EQ(after->Find("lib")->candidates.size(), 1U);
  EXPECT_EQ(after->Find("other")->knowledge, Knowledge::kNonexistent);
  EXPECT_EQ(after->package_count(), 2U);
  EXPECT_EQ(after->candidate_count(), 1U);
}

TEST(PlainFacts, WhatIsSaidAgainAsItWasIsTheSameObject) {
  const Facts before = Said(PlainFacts::None(), {.put = {Versions("lib", {"1", "2"})}});
  const Facts after = Said(before, {.put = {Versions("lib", {"1", "2"}), Versions("more", {"1"})}});
  EXPECT_EQ(before->Find("lib"), after->Find("lib"));
}

TEST(PlainFacts, NeedsFollowTheirPackageAndChangeNoOtherCandidate) {
  PackageSpec app = Versions("app", {"1", "2"});
  for (CandidateSpec& candidate : app.candidates) candidate.pending = true;
  const Facts before = Said(PlainFacts::None(), {.put = {app}});
  const Facts after = Said(
      before,
      {.needs = {{.package = "app", .candidate = 1, .requirements = {Need(Of("lib", {{0, 3}}))}}}});
  EXPECT_TRUE(before->Find("app")->candidates[1]->pending);
  EXPECT_FALSE(after->Find("app")->candidates[1]->pending);
  EXPECT_EQ(after->Find("app")->candidates[1]->version, "2");
  EXPECT_EQ(after->Find("app")->candidates[0], before->Find("app")->candidates[0]);
}

TEST(PlainFacts, DroppedIsAsIfNobodyHadSpoken) {
  const Facts before = Said(PlainFacts::None(), {.put = {Versions("lib", {"1"})}});
  const Facts after = Said(before, {.drop = {"lib", "never spoken of"}});
  EXPECT_EQ(after->Find("lib"), nullptr);
  EXPECT_EQ(after->package_count(), 0U);
  EXPECT_EQ(after->candidate_count(), 0U);
}

TEST(PlainFacts, GroupsStandWithTheirMembersAndOutliveThem) {
  Facts facts =
      Said(PlainFacts::None(), {.put = {Versions("a", {"1"}), Versions("b", {"1"})},
                                .groups = {{.name = "one", .members = {{"a", 0}, {"b", 0}}}}});
  using Groups = std::vector<std::pair<std::string, Position>>;
  EXPECT_EQ(facts->Find("a")->groups, (Groups{{"one", 0}}));
  facts = Said(facts, {.put = {Versions("a", {"1", "2"})}});
  EXPECT_EQ(facts->Find("a")->groups, (Groups{{"one", 0}}));
  facts = Said(facts, {.groups = {{.name = "one", .members = {{"a", 1}}}}});
  EXPECT_EQ(facts->Find("a")->groups, (Groups{{"one", 1}}));
  EXPECT_EQ(facts->Find("b")->groups, Groups());
  facts = Said(facts, {.groups = {{.name = "one", .members = {}}}});
  EXPECT_EQ(facts->Find("a")->groups, Groups());
}

TEST(PlainFacts, PositionsOutsideAreRefusedWithTheirPlace) {
  const Facts facts = Said(PlainFacts::None(), {.put = {Versions("lib", {"1", "2"})}});
  PackageSpec app = Versions("app", {"1", "2"});
  app.candidates[1].requirements.push_back(Need(Of("lib", {{0, 2}})));
  EXPECT_EQ(Refused(facts, {.put = {app}}),
            "/put/0/candidates/1/requires/0/allowed/0: position 2 of 'lib', which has 2 "
            "candidates");
  app.candidates[1].requirements[0] = Need(Of("lib", {}));
  app.candidates[1].requirements[0].alternatives.push_back(Of("lib", {{0, 0}, {5, 5}}));
  EXPECT_EQ(Refused(facts, {.put = {app}}),
            "/put/0/candidates/1/requires/0/any/1/allowed/1: position 5 of 'lib', which has 2 "
            "candidates");
  app = Versions("app", {"1"});
  app.candidates[0].constraints.push_back(
      {.set = Of("x", {{0, 0}}),
       .when = ConditionSpec{.kind = Condition::Kind::kAnd,
                             .children = {{.has = Of("lib", {{7, 9}})}}}});
  EXPECT_EQ(Refused(facts, {.put = {Versions("x", {"1"}), app}}),
            "/put/1/candidates/0/constrains/0/when/and/0/allowed/0: position 9 of 'lib', which has "
            "2 candidates");
  EXPECT_EQ(Refused(facts, {.needs = {{.package = "lib", .candidate = 2}}}),
            "/needs/0/candidate: position 2 of 'lib', which has 2 candidates");
  EXPECT_EQ(Refused(facts, {.groups = {{.name = "g", .members = {{"lib", 0}, {"lib", 4}}}}}),
            "/groups/0/members/1: position 4 of 'lib', which has 2 candidates");
}

TEST(PlainFacts, AnUpdateIsAppliedWholeOrNotAtAll) {
  const Facts facts = Said(PlainFacts::None(), {.put = {Versions("lib", {"1"})}});
  EXPECT_EQ(Refused(facts, {.put = {Versions("new", {"1"})}, .absent = {"lib", "lib"}}),
            "/absent/1: 'lib' stands twice");
  EXPECT_EQ(facts->Find("new"), nullptr);
}

TEST(PlainFacts, WhatContradictsItselfIsRefused) {
  const Facts none = PlainFacts::None();
  EXPECT_EQ(Refused(none, {.put = {Versions("a", {"1"})}, .errors = {{"a", "no answer"}}}),
            "/errors/0: 'a' stands twice");
  PackageSpec odd = Versions("a", {"1", "2"});
  odd.preference = {0, 0};
  EXPECT_EQ(Refused(none, {.put = {odd}}), "/put/0/prefer: not a permutation of all positions");
  odd = Versions("a", {"1"});
  odd.candidates[0].pending = true;
  odd.candidates[0].unknown = "lost";
  EXPECT_EQ(Refused(none, {.put = {odd}}),
            "/put/0/candidates/0: its dependencies are known, unknown or pending: one of these");
  EXPECT_EQ(Refused(none, {.needs = {{.package = "a"}}}),
            "/needs/0/package: 'a' has no candidates: it has to be put first");
}

TEST(PlainFacts, LimitsAreNamed) {
  const auto applied = Apply(*PlainFacts::None(), {.put = {Versions("a", {"1", "2"})}},
                             {.packages_max = 1, .candidates_max = 1});
  EXPECT_TRUE(absl::IsResourceExhausted(applied.status()));
  EXPECT_EQ(Message(applied.status()), "/put: more than 1 candidates");
}

}  // namespace
}  // namespace accord::engine
