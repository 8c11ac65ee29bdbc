// What a frontend says of conda's packages, as JSON: docs/protocol.md, "What `update` takes".
#include "wire/conda_update.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace accord::wire {
namespace {

using ::testing::ElementsAre;

JsonNode UpdateNode(std::string_view text) {
  return *ParseStrictJson(text, "",
                          {.bytes_max = 100000, .depth_max = 10, .allow_fractions = true});
}

template <class Read>
std::string WhyUnread(const absl::StatusOr<Read>& read) {
  EXPECT_FALSE(read.ok());
  return std::string(Message(read.status()));
}
std::string WhyNoUpdate(std::string_view text) {
  return WhyUnread(ReadCondaUpdate(UpdateNode(text)));
}
std::string WhyNoChannels(std::string_view text) {
  return WhyUnread(ReadCondaChannels(UpdateNode(text)));
}

TEST(CondaUpdateJson, RecordsComeToTheEngineAsTheyAre) {
  const auto update = ReadCondaUpdate(UpdateNode(R"({"put": [{"package": "lib", "records": [
      {"channel": "main", "subdir": "noarch", "fn": "lib-1-0.conda", "name": "lib", "version": "1",
       "build": "0", "build_number": 0, "depends": ["app[when=\"b\"]"], "unread": [1.5, null, true],
       "extra_depends": {"x": ["c"]}, "timestamp": 1700000000000, "size": 5}]}]})"));
  ASSERT_TRUE(update.ok()) << Message(update.status());
  const auto facts = engine::Apply(*engine::CondaFacts::None({"main"}), *update);
  ASSERT_TRUE(facts.ok()) << Message(facts.status());
  const metadata::PackageFacts& lib = (*facts)->Find("lib")->channels[0]->facts();
  EXPECT_EQ(lib.version(0), "1");
  EXPECT_EQ(lib.attribute("subdir")[0], "noarch");
  EXPECT_EQ(lib.RequirementText(0), "app[when=\"b\"]");
  const auto files = lib.ReadFiles({});
  ASSERT_TRUE(files.ok());
  EXPECT_EQ(files->of(0).front().name, "lib-1-0.conda");
  EXPECT_EQ(files->of(0).front().uploaded, "2023-11-14T22:13:20Z");
}

TEST(CondaUpdateJson, NamesAreDroppedAbsentOrInError) {
  const auto update = ReadCondaUpdate(UpdateNode(
      R"({"drop": ["a"], "absent": ["b"], "error": [{"package": "c", "reason": "why"}]})"));
  ASSERT_TRUE(update.ok()) << Message(update.status());
  EXPECT_THAT(update->drop, ElementsAre("a"));
  EXPECT_THAT(update->absent, ElementsAre("b"));
  EXPECT_EQ(update->error.at(0).package, "c");
  EXPECT_EQ(update->error.at(0).reason, "why");
}

TEST(CondaUpdateJson, WhatIsMissingOrWrongHasItsPointer) {
  EXPECT_EQ(WhyNoUpdate(R"({"put": [{"records": []}]})"),
            "/put/0/package: a text is wanted, it is not there");
  EXPECT_EQ(WhyNoUpdate(R"({"put": [{"package": "a"}]})"),
            "/put/0/records: a list is wanted, it is not there");
  EXPECT_EQ(WhyNoUpdate(R"({"put": [{"package": "a", "records": [{"fn": "a-1-0.conda"}]}]})"),
            "/put/0/records/0/subdir: a text is wanted, it is not there");
  EXPECT_EQ(WhyNoUpdate(R"({"put": [{"package": "a", "records": [{"subdir": "noarch"}]}]})"),
            "/put/0/records/0/fn: a text is wanted, it is not there");
  EXPECT_EQ(WhyNoUpdate(R"({"put": [{"package": "a", "records": [7]}]})"),
            "/put/0/records/0: an object is wanted, found a number");
  EXPECT_EQ(WhyNoUpdate(R"({"error": [{"package": "a"}]})"),
            "/error/0/reason: a text is wanted, it is not there");
}

TEST(CondaUpdateJson, ChannelsAreAnOrderOrOneWithoutAName) {
  const auto channels =
      ReadCondaChannels(UpdateNode(R"({"channels": ["conda-forge", "defaults"]})"));
  ASSERT_TRUE(channels.ok());
  EXPECT_THAT(*channels, ElementsAre("conda-forge", "defaults"));
  EXPECT_THAT(*ReadCondaChannels(UpdateNode("{}")), ElementsAre(""));
  EXPECT_EQ(WhyNoChannels(R"({"channels": []})"),
            "/channels: one channel at least is wanted, found none");
  EXPECT_EQ(WhyNoChannels(R"({"channels": ["a", "b", "a"]})"), "/channels/2: 'a' stands twice");
  std::string many = R"({"channels": ["c")";
  for (size_t i = 0; i < kCondaChannelsMax; ++i) many += Cat(R"(, "c)", i, "\"");
  EXPECT_EQ(WhyNoChannels(many + "]}"), "/channels: more than 1024 channels");
}

}  // namespace
}  // namespace accord::wire
