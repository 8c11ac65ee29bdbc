// Every policy of a request, by the answer it leads to.
#include <string>
#include <utility>
#include <vector>

#include "engine/resolve.h"
#include "tests/unit/engine/fixture.h"

namespace accord::engine {
namespace {

using accord::testing::MemorySource;
using accord::testing::Needing;
using accord::testing::Placed;
using accord::testing::Request;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PolicyTest : public EngineTest {
 protected:
  // Versions of "a", each with these files.
  void AddFiles(std::string version, std::vector<metadata::FileRecord> files,
                metadata::MetadataRecord needs = {}) {
    record_.name = "a";
    record_.versions.push_back({.version = std::move(version),
                                .metadata = static_cast<uint32_t>(record_.metadata.size()),
                                .unknown_because = {},
                                .files = std::move(files)});
    record_.metadata.push_back(std::move(needs));
    source_.Add(record_);
  }
  metadata::PackageRecord record_;
};

TEST_F(PolicyTest, TheLowestVersionsMayBeBest) {
  Add("a", "1", {"b"});
  Add("a", "2", {"b"});
  Add("b", "1");
  Add("b", "2");
  pypi::ResolveRequest request = Request({"a"});
  request.resolution = pypi::Resolution::kLowest;
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1", "b 1"));
  request.resolution = pypi::Resolution::kLowestDirect;
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1", "b 2"));
}

TEST_F(PolicyTest, AnOverrideReplacesWhatEverybodyAsksOfAName) {
  Add("a", "1", {"b<2", "c"});
  Add("b", "1");
  Add("b", "2");
  Add("c", "1", {"b[x]<2"});
  pypi::ResolveRequest request = Request({"a", "b<2"});
  request.overrides = {{.requirement = {"b>=2", "--override 1"}, .dependant = ""}};
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1", "b 2", "c 1"));
}

TEST_F(PolicyTest, AnOverrideForOneDependantLeavesTheOthersAlone) {
  Add("a", "1", {"b<2"});
  Add("b", "1");
  Add("b", "2");
  pypi::ResolveRequest request = Request({"a"});
  request.overrides = {{.requirement = {"b>=2", "--override 1"}, .dependant = "A"}};
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1", "b 2"));
  request.overrides[0].dependant = "c";
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1", "b 1"));
}

TEST_F(PolicyTest, AScopedOverrideCountsInsteadOfAGlobalOne) {
  Add("a", "1", {"b"});
  Add("b", "1");
  Add("b", "2");
  Add("b", "3");
  pypi::ResolveRequest request = Request({"a"});
  request.overrides = {{.requirement = {"b==1", "--override 1"}, .dependant = ""},
                       {.requirement = {"b==2", "--override 2"}, .dependant = "a"}};
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1", "b 2"));
}

TEST_F(PolicyTest, AnOverrideWhoseMarkerDoesNotHoldDropsTheRequirement) {
  Add("a", "1", {"b"});
  pypi::ResolveRequest request = Request({"a"});
  request.overrides = {
      {.requirement = {"b; sys_platform == 'win32'", "--override 1"}, .dependant = ""}};
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1"));
}

TEST_F(PolicyTest, AnOverrideReplacesTheEnvironmentOfWhatItReplacesToo) {
  Add("a", "1", {"b<2; sys_platform == 'win32'", "c; sys_platform == 'win32'"});
  Add("b", "1");
  Add("b", "2");
  pypi::ResolveRequest request = Request({"a", "b; sys_platform == 'win32'"});
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1"));
  request.overrides = {{.requirement = {"b", "--override 1"}, .dependant = ""}};
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1", "b 2"));
  request.requirements = Placed({"a"});
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1", "b 2"));
}

TEST_F(PolicyTest, AnOverriddenRequirementStaysUnderItsExtra) {
  Add("a", "1", {"b<2; extra == 'x'"}, {"x"});
  Add("b", "1");
  Add("b", "2");
  pypi::ResolveRequest request = Request({"a"});
  request.overrides = {{.requirement = {"b", "--override 1"}, .dependant = ""}};
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1"));
  request.requirements = Placed({"a[x]"});
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a[x] 1", "b 2"));
}

TEST_F(PolicyTest, WithoutDependenciesOnlyWhatIsAskedForIsThere) {
  Add("a", "1", {"b", "c; extra == 'x'"}, {"x"});
  pypi::ResolveRequest request = Request({"a[x]"});
  request.no_deps = true;
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a[x] 1"));
}

TEST_F(PolicyTest, ANameMayHaveAPrereleasePolicyOfItsOwn) {
  Add("a", "1", {"b"});
  Add("a", "2rc1", {"b"});
  Add("b", "1");
  Add("b", "2rc1");
  pypi::ResolveRequest request = Request({"a"});
  request.prereleases_of = {{.name = "B", .policy = pypi::PrereleasePolicy::kAllow}};
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1", "b 2rc1"));
}

TEST_F(PolicyTest, UnderPep440EachRequirementFiltersByItself) {
  Add("a", "1", {"b>=1"});
  Add("b", "1");
  Add("b", "2rc1");
  Add("c", "1rc1");
  Add("d", "1", {"e>1"});
  Add("e", "1");
  Add("e", "2rc1");
  pypi::ResolveRequest request = Request({"a"});
  request.prereleases = pypi::PrereleasePolicy::kPep440;
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1", "b 1"));
  // No final release fits: the fallback of a filter.
  request.requirements = Placed({"c", "d"});
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("c 1rc1", "d 1", "e 2rc1"));
  // A constraint is no filter.
  request.requirements = Placed({"b>=1rc1"});
  request.constraints = Placed({"b>1"});
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("b 2rc1"));
}

TEST_F(PolicyTest, AVersionWithAWheelMayBePreferred) {
  AddFiles("1", {{.name = "a-1-py3-none-any.whl"}});
  AddFiles("2", {{.name = "a-2.tar.gz"}});
  pypi::ResolveRequest request = Request({"a"});
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 2"));
  request.binaries.prefer_binary = true;
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1"));
}

TEST_F(PolicyTest, TheMetadataIsThatOfTheBestFile) {
  AddFiles("1", {{.name = "a-1.tar.gz"}, {.name = "a-1-py3-none-any.whl", .metadata = 1}},
           Needing({"b"}));
  record_.metadata.push_back(Needing({"c"}));
  source_.Add(record_);
  Add("b", "1");
  Add("c", "1");
  pypi::ResolveRequest request = Request({"a"});
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1", "c 1"));
  request.binaries.no_binary = true;
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1", "b 1"));
}

TEST_F(PolicyTest, AnSdistWithoutKnownNeedsIsNamedAsOneToBuild) {
  AddFiles("1", {{.name = "a-1-py3-none-any.whl"}});
  record_.versions.push_back({.version = "2",
                              .metadata = {},
                              .unknown_because = "an sdist that nobody built",
                              .files = {{.name = "a-2.tar.gz"}}});
  source_.Add(record_);
  const Answer answer = Resolve({"a"});
  EXPECT_THAT(Pins(answer), ElementsAre("a 1"));
  ASSERT_EQ(answer.needs_build.size(), 1u);
  EXPECT_EQ(answer.needs_build[0].version, "2");
  EXPECT_EQ(answer.needs_build[0].file, "a-2.tar.gz");
}

TEST_F(PolicyTest, APinHasTheFilesThatFitFirstAndThoseOfOtherTargetsLast) {
  AddFiles("1", {{.name = "a-1-cp312-cp312-win_amd64.whl"},
                 {.name = "a-1.tar.gz", .size = 7},
                 {.name = "a-1-py3-none-any.whl", .requires_language = ">=3.8"},
                 {.name = "a-1-1-py3-none-any.whl", .yanked = true}});
  pypi::ResolveRequest request = Request({"a"});
  request.tags = *pypi::SupportedTags::Make(std::vector<std::string>{"py3-none-any"});
  const Answer answer = Resolve(request);
  ASSERT_EQ(answer.solution.size(), 1u);
  std::vector<std::string> files;
  for (const ChosenFile& file : answer.solution[0].files) {
    files.push_back(Cat(file.name, file.fits ? "" : " no"));
  }
  EXPECT_THAT(
      files, ElementsAre("a-1-py3-none-any.whl", "a-1.tar.gz", "a-1-cp312-cp312-win_amd64.whl no"));
  EXPECT_EQ(answer.solution[0].requires_python, ">=3.8");
  EXPECT_EQ(answer.solution[0].index, "memory");
}

TEST_F(PolicyTest, AFavouredPinLetsItsYankedVersionIn) {
  AddFiles("1", {{.name = "a-1.tar.gz"}});
  AddFiles("2", {{.name = "a-2.tar.gz", .yanked = true}});
  pypi::ResolveRequest request = Request({"a"});
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1"));
  request.favored = Placed({"a==2"});
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 2"));
}

TEST_F(PolicyTest, ABrokenRequirementThatTheFieldKnowsIsRepairedWithAWarning) {
  Add("a", "1", {"b>=1.*"});
  Add("b", "2");
  const Answer answer = Resolve({"a"});
  EXPECT_THAT(Pins(answer), ElementsAre("a 1", "b 2"));
  ASSERT_EQ(answer.warnings.size(), 1u);
  EXPECT_EQ(answer.warnings[0].kind, WarningKind::kRepaired);
  EXPECT_EQ(answer.warnings[0].text, "a 1 asks for 'b>=1.*', read as 'b>=1'");
}

class IndexTest : public PolicyTest {
 protected:
  Answer ResolveBoth(const pypi::ResolveRequest& request) {
    const metadata::Source* sources[] = {&first_, &source_};
    absl::StatusOr<Answer> answer = engine::Resolve(request, sources, options_);
    EXPECT_TRUE(answer.ok()) << Message(answer.status());
    return answer.ok() ? *std::move(answer) : Answer{};
  }
  MemorySource first_;
};

TEST_F(IndexTest, TheFirstIndexThatHasANameAnswersForIt) {
  first_.AddVersion("a", "1");
  Add("a", "2");
  Add("b", "1");
  EXPECT_THAT(Pins(ResolveBoth(Request({"a", "b"}))), ElementsAre("a 1", "b 1"));
}

TEST_F(IndexTest, AllIndexesMayAnswerAndOfEqualVersionsTheFirstOneCounts) {
  first_.AddVersion("a", "1");
  first_.AddVersion("a", "2", Needing({"b"}));
  Add("a", "2.0", {"c"});
  Add("a", "3", {"gone"});
  Add("b", "1");
  Add("c", "1");
  pypi::ResolveRequest request = Request({"a"});
  request.indexes = pypi::IndexPolicy::kBestMatch;
  EXPECT_THAT(Pins(ResolveBoth(request)), ElementsAre("a 2", "b 1"));
}

TEST_F(IndexTest, AVersionThatTheFirstIndexYankedMayComeFromTheNext) {
  metadata::PackageRecord record{.name = "a"};
  record.metadata.emplace_back();
  record.versions.push_back({.version = "1",
                             .metadata = 0,
                             .unknown_because = {},
                             .files = {{.name = "a-1.tar.gz", .yanked = true}}});
  first_.Add(record);
  Add("a", "1");
  pypi::ResolveRequest request = Request({"a"});
  EXPECT_EQ(ResolveBoth(request).status, Status::kUnsat);
  request.indexes = pypi::IndexPolicy::kBestMatch;
  EXPECT_THAT(Pins(ResolveBoth(request)), ElementsAre("a 1"));
}

}  // namespace
}  // namespace accord::engine
