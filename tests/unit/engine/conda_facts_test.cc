// What is said of conda's packages, in updates that hold whole or not at all.
#include "engine/conda_facts.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "tests/support/conda_said.h"

namespace accord::engine {
namespace {

using accord::testing::Put;
using accord::testing::Said;

using CondaFactsPtr = std::shared_ptr<const CondaFacts>;

constexpr const char* kVersionOne = R"("version": "1", "build": "0")";
constexpr const char* kVersionTwo = R"("version": "2", "build": "0", "depends": ["lib >=1"])";

CondaFactsPtr NothingSaid() { return CondaFacts::None({"main", "other"}); }

CondaFactsPtr AfterUpdate(const CondaFactsPtr& facts, const CondaUpdate& update) {
  auto applied = Apply(*facts, update);
  EXPECT_TRUE(applied.ok()) << Message(applied.status());
  return applied.ok() ? *std::move(applied) : facts;
}

std::string WhyRefused(const CondaUpdate& update, const CondaLimits& limits = {}) {
  const CondaFactsPtr before = AfterUpdate(NothingSaid(), {.put = {Put("old", {kVersionOne})}});
  const auto applied = Apply(*before, update, limits);
  EXPECT_FALSE(applied.ok());
  EXPECT_EQ(before->package_count(), 1U);
  return std::string(Message(applied.status()));
}

TEST(CondaFacts, RecordsStandWithTheirChannel) {
  CondaPut put = Put("app", {kVersionOne, kVersionTwo});
  put.records.push_back(Said("app", kVersionOne, "other"));
  const CondaFactsPtr facts = AfterUpdate(NothingSaid(), {.put = {put}});
  const CondaPackage* app = facts->Find("app");
  ASSERT_NE(app, nullptr);
  ASSERT_EQ(app->channels.size(), 2U);
  EXPECT_EQ(app->channels[0]->facts().version_count(), 2U);
  EXPECT_EQ(app->channels[1]->facts().version_count(), 1U);
  EXPECT_EQ(app->channels[1]->facts().attribute("channel")[0], "other");
  EXPECT_EQ(facts->candidate_count(), 3U);
}

TEST(CondaFacts, APackageMayHaveNoRecord) {
  const CondaFactsPtr facts = AfterUpdate(NothingSaid(), {.put = {Put("app", {})}});
  EXPECT_EQ(facts->Find("app")->knowledge, Knowledge::kKnown);
  EXPECT_EQ(facts->Find("app")->channels[0], nullptr);
}

TEST(CondaFacts, ANewerSnapshotSharesWhatDidNotChange) {
  const CondaFactsPtr before =
      AfterUpdate(NothingSaid(), {.put = {Put("app", {kVersionOne}), Put("lib", {kVersionOne})}});
  const CondaFactsPtr after = AfterUpdate(before, {.put = {Put("lib", {kVersionTwo})}});
  EXPECT_EQ(after->Find("app"), before->Find("app"));
  EXPECT_NE(after->Find("lib"), before->Find("lib"));
  EXPECT_EQ(before->Find("lib")->channels[0]->facts().version(0), "1");
  EXPECT_EQ(after->Find("lib")->channels[0]->facts().version(0), "2");
}

TEST(CondaFacts, WhatIsSaidAgainAsItWasIsTheSameObject) {
  const CondaUpdate update{.put = {Put("app", {kVersionOne, kVersionTwo})}, .absent = {"gone"}};
  const CondaFactsPtr before = AfterUpdate(NothingSaid(), update);
  const CondaFactsPtr after = AfterUpdate(before, update);
  EXPECT_EQ(after->Find("app"), before->Find("app"));
  EXPECT_EQ(after->Find("gone"), before->Find("gone"));
}

TEST(CondaFacts, EachStatementReplacesTheOneBefore) {
  CondaFactsPtr facts = AfterUpdate(NothingSaid(), {.put = {Put("app", {kVersionOne})}});
  facts = AfterUpdate(facts, {.error = {{"app", "no answer"}}});
  EXPECT_EQ(facts->Find("app")->knowledge, Knowledge::kUnavailable);
  EXPECT_EQ(facts->Find("app")->reason, "no answer");
  EXPECT_EQ(facts->candidate_count(), 0U);
  facts = AfterUpdate(facts, {.absent = {"app"}});
  EXPECT_EQ(facts->Find("app")->knowledge, Knowledge::kNonexistent);
  facts = AfterUpdate(facts, {.drop = {"app"}});
  EXPECT_EQ(facts->Find("app"), nullptr);
  EXPECT_EQ(facts->package_count(), 0U);
}

TEST(CondaFacts, OfFilesThatDifferInTheirExtensionOneCounts) {
  CondaPut put = Put("app", {kVersionOne, kVersionOne});
  put.records[0].file = "app-1-0.tar.bz2";
  put.records[1].file = "app-1-0.conda";
  const CondaFactsPtr facts = AfterUpdate(NothingSaid(), {.put = {put}});
  EXPECT_EQ(facts->Find("app")->channels[0]->facts().version_count(), 1U);
}

TEST(CondaFacts, WhatARecordSaysWronglyIsRefusedWithItsPlace) {
  EXPECT_EQ(WhyRefused({.put = {Put("app", {kVersionOne, R"("version": "1", "depends": [1])"})}}),
            "/put/0/records/1/depends/0: a text is expected, found a number");
  EXPECT_EQ(WhyRefused({.put = {Put("app", {R"("build": "0")"})}}),
            "/put/0/records/0/version: a version is expected, found nothing");
  EXPECT_EQ(WhyRefused({.put = {{.package = "app", .records = {Said("lib", kVersionOne)}}}}),
            "/put/0/records/0/name: 'app' is wanted, found 'lib'");
  EXPECT_EQ(
      WhyRefused({.put = {{.package = "app", .records = {Said("app", kVersionOne, "third")}}}}),
      "/put/0/records/0/channel: one of 'main', 'other' is wanted, found 'third'");
}

TEST(CondaFacts, NamesAreThoseThatChannelsCanHaveAndStandOnce) {
  EXPECT_EQ(WhyRefused({.put = {Put("App", {})}}),
            "/put/0/package: the name of a package that channels can have is wanted, found 'App'");
  EXPECT_EQ(WhyRefused({.absent = {"__glibc"}}),
            "/absent/0: the name of a package that channels can have is wanted, found '__glibc'");
  EXPECT_EQ(WhyRefused({.drop = {"app"}, .error = {{"app", ""}}}),
            "/error/0/package: 'app' stands twice");
}

TEST(CondaFacts, AnUpdateReachesItsLimits) {
  const CondaLimits limits{.packages_max = 2, .candidates_max = 3};
  EXPECT_EQ(WhyRefused({.absent = {"a", "b"}}, limits), "/put: more than 2 packages");
  EXPECT_EQ(WhyRefused({.put = {Put("a", {kVersionOne, kVersionOne, kVersionTwo})}}, limits),
            "/put: more than 3 candidates");
  CondaPut put{.package = "app", .records = {}};
  for (int i = 0; i <= 1024; ++i) {
    put.records.push_back(Said("app", kVersionOne));
    put.records.back().subdir = Cat("subdir-", i);
  }
  EXPECT_EQ(WhyRefused({.put = {put}}),
            "/put/0/records/1024/subdir: at most 1024 subdirs are read");
}

}  // namespace
}  // namespace accord::engine
