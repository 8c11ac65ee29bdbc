// Requests of PyPI and conda from a method's parameters: docs/protocol.md, "Requests".
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "engine/policies.h"
#include "wire/conda_request.h"
#include "wire/policies_json.h"
#include "wire/pypi_request.h"

namespace accord::wire {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;

constexpr int64_t kToday = 1'718'452'800;  // 2024-06-15T12:00:00Z

JsonNode Written(std::string_view text) {
  return *ParseStrictJson(text, "", {.bytes_max = 10000, .depth_max = 10});
}

absl::StatusOr<pypi::ResolveRequest> Pypi(std::string_view text) {
  return ReadPypiRequest(Written(text), kToday);
}
absl::StatusOr<conda::ResolveRequest> Conda(std::string_view text) {
  return ReadCondaRequest(Written(text), kToday);
}

template <class Request>
std::string WhyNot(const absl::StatusOr<Request>& request) {
  return std::string(Message(request.status()));
}

auto IsText(const char* text, const char* place) {
  return AllOf(Field(&PlacedText::text, text), Field(&PlacedText::place, place));
}

TEST(PypiRequest, TextsHaveTheirPointerOrTheirOwnPlace) {
  const auto request = Pypi(R"({"requirements": ["a", {"text": "b>1", "place": "file:7"}],
                                "constraints": ["c<2"], "locked": ["d==1"], "favored": ["e==1"],
                                "excluded": ["f==1"], "target": {"python": "3.11"}})");
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_THAT(request->requirements,
              ElementsAre(IsText("a", "/requirements/0"), IsText("b>1", "file:7")));
  EXPECT_THAT(request->constraints, ElementsAre(IsText("c<2", "/constraints/0")));
  EXPECT_THAT(request->locked, ElementsAre(IsText("d==1", "/locked/0")));
  EXPECT_THAT(request->favored, ElementsAre(IsText("e==1", "/favored/0")));
  EXPECT_THAT(request->excluded, ElementsAre(IsText("f==1", "/excluded/0")));
  EXPECT_THAT(request->target, HasSubstr("CPython 3.11.0 on Linux"));
}

TEST(PypiRequest, OverridesAndMetadataOfUrls) {
  const auto request = Pypi(R"({"target": {"python": "3.11"},
      "overrides": [{"requirement": "a<2"}, {"requirement": "b", "dependant": "C.d"}],
      "direct": [{"url": "https://files.example/a.whl", "metadata": "Name: a"}]})");
  ASSERT_TRUE(request.ok()) << request.status();
  ASSERT_EQ(request->overrides.size(), 2u);
  EXPECT_THAT(request->overrides[0].requirement, IsText("a<2", "/overrides/0"));
  EXPECT_EQ(request->overrides[1].dependant, "c-d");
  ASSERT_EQ(request->direct.size(), 1u);
  EXPECT_EQ(request->direct[0].metadata_text, "Name: a");
}

// What a document says of policies may be asked for again.
TEST(PypiRequest, PoliciesAreReadAsTheyAreWritten) {
  const auto request = Pypi(R"({"target": {"python": "3.11"}, "policies": {
      "resolution": "lowest-direct", "order": "name", "prereleases": "allow",
      "prereleasesOf": {"a": "disallow"}, "excludeNewer": "2024-01-01T00:00:00Z",
      "excludeNewerOf": {"b": "2023-01-01T00:00:00Z", "c": null}, "missingUploadTime": "admit",
      "onlyBinary": ["d"], "noBinary": [":all:"], "preferBinary": true,
      "allowedHashes": {"e": ["sha256:00"]}, "requireHashes": true, "indexPolicy": "best-match",
      "noDeps": true, "pythonBounds": "ignore", "absent": "unknown"}})");
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(PoliciesJson(*request), nlohmann::json::parse(R"({
      "resolution": "lowest-direct", "order": "name", "prereleases": "allow",
      "prereleasesOf": {"a": "disallow"}, "excludeNewer": "2024-01-01T00:00:00Z",
      "excludeNewerOf": {"b": "2023-01-01T00:00:00Z", "c": null}, "missingUploadTime": "admit",
      "onlyBinary": ["d"], "noBinary": [":all:"], "preferBinary": true,
      "allowedHashesOf": ["e"], "requireHashes": true, "indexPolicy": "best-match",
      "overrides": [], "noDeps": true, "pythonBounds": "ignore", "absent": "unknown"})"));
}

TEST(PypiRequest, WhatIsWrongIsNamedByItsPointer) {
  EXPECT_EQ(WhyNot(Pypi("{}")), "/target/python: a text is wanted, it is not there");
  EXPECT_THAT(WhyNot(Pypi(R"({"target": {"python": "three"}})")), HasSubstr("/target"));
  EXPECT_EQ(WhyNot(Pypi(R"({"requirements": [1], "target": {"python": "3.11"}})")),
            "/requirements/0: a text is wanted, found a number");
  EXPECT_EQ(WhyNot(Pypi(R"({"requirements": [{"place": "x"}], "target": {"python": "3.11"}})")),
            "/requirements/0/text: a text is wanted, it is not there");
  EXPECT_THAT(WhyNot(Pypi(R"({"target": {"python": "3.11"}, "policies": {"order": "x"}})")),
              HasSubstr("/policies/order: one of requirer-first, name, as-given is wanted"));
  EXPECT_THAT(
      WhyNot(Pypi(R"({"target": {"python": "3.11"}, "policies": {"excludeNewer": "soon"}})")),
      HasSubstr("/policies/excludeNewer"));
  EXPECT_THAT(WhyNot(Pypi(R"({"target": {"python": "3.11"},
                               "policies": {"onlyBinary": ["a"], "noBinary": ["A"]}})")),
              HasSubstr("/policies/noBinary: wheels alone or sdists alone"));
}

TEST(CondaRequest, SpecsTargetAndPolicies) {
  const auto request = Conda(R"({"specs": ["python >=3.11"], "constraints": ["numpy 1.*"],
      "target": {"subdirs": ["linux-64"],
                 "virtualPackages": [{"name": "__glibc", "version": "2.28"}]},
      "policies": {"channelPriority": "flexible", "dialect": "conda", "resolution": "lowest",
                   "order": "as-given", "excludeNewer": "1970-01-01T00:00:02Z",
                   "excludeNewerOf": {"a": "1970-01-01T00:00:03Z"},
                   "excludeNewerOfChannels": {"b": "1970-01-01T00:00:04Z"},
                   "missingUploadTime": "refuse", "noDeps": true, "absent": "unknown"}})");
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_THAT(request->specs, ElementsAre(IsText("python >=3.11", "/specs/0")));
  EXPECT_THAT(request->constraints, ElementsAre(IsText("numpy 1.*", "/constraints/0")));
  EXPECT_THAT(request->subdirs, ElementsAre("linux-64", "noarch"));
  ASSERT_EQ(request->virtual_packages.size(), 1u);
  EXPECT_EQ(request->virtual_packages[0].version, "2.28");
  EXPECT_EQ(request->virtual_packages[0].build, "0");
  EXPECT_EQ(request->channel_priority, conda::ChannelPriority::kFlexible);
  EXPECT_EQ(request->dialect, conda::Dialect::kConda);
  EXPECT_EQ(request->resolution, Resolution::kLowest);
  EXPECT_EQ(request->order, RequestOrder::kAsGiven);
  EXPECT_EQ(request->exclude_newer.instant_ms, 2000u);
  EXPECT_EQ(request->exclude_newer.packages.at(0).instant_ms, 3000u);
  EXPECT_EQ(request->exclude_newer.channels.at(0).instant_ms, 4000u);
  EXPECT_FALSE(request->exclude_newer.admit_unknown);
  EXPECT_TRUE(request->no_deps);
  EXPECT_EQ(request->absent, AbsentPolicy::kUnknown);
}

TEST(CondaRequest, WithoutVirtualPackagesTheyAreThePlatforms) {
  const auto request = Conda(R"({"target": {"subdirs": ["linux-64"]}})");
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_THAT(request->virtual_packages,
              testing::Contains(Field(&conda::VirtualPackage::name, "__glibc")));
  const auto none = Conda(R"({"target": {"subdirs": ["linux-64"], "virtualPackages": []}})");
  ASSERT_TRUE(none.ok()) << none.status();
  EXPECT_TRUE(none->virtual_packages.empty());
}

TEST(CondaRequest, WhatIsWrongIsNamedByItsPointer) {
  EXPECT_THAT(WhyNot(Conda("{}")), HasSubstr("/target/subdirs: one platform at least"));
  EXPECT_THAT(WhyNot(Conda(R"({"target": {"subdirs": ["linux-64"],
                                           "virtualPackages": [{"name": "glibc"}]}})")),
              HasSubstr("/target/virtualPackages/0/name: __NAME is wanted"));
  EXPECT_THAT(WhyNot(Conda(R"({"target": {"subdirs": ["linux-64"]},
                                "policies": {"channelPriority": "x"}})")),
              HasSubstr("/policies/channelPriority: one of strict, flexible, disabled"));
}

}  // namespace
}  // namespace accord::wire
