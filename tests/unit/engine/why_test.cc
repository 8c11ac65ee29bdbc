// Why a package is in an answer, and why at its version, for each kind of reason.
#include "tests/unit/engine/why_fixture.h"

namespace accord::engine {
namespace {

using accord::testing::ForPython;
using accord::testing::Placed;
using accord::testing::Request;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(WhyTest, TheNewestAdmittedVersionNeedsNoReason) {
  Add("a", "1");
  Add("a", "2");
  const WhyVersion why = Version({"a"}, "a");
  EXPECT_EQ(why.kind, WhyVersionKind::kBest);
  EXPECT_EQ(why.newest, "2");
  EXPECT_THAT(why.holders, IsEmpty());
  EXPECT_THAT(why.newer_out, IsEmpty());
}

TEST_F(WhyTest, NewerVersionsThatAreNotAdmittedAreTold) {
  Add("a", "1");
  Add("a", "3rc1");
  source_.AddVersion("a", "2", ForPython(">=3.13"));
  source_.AddVersion("a", "0.5", ForPython(">=3.13"));
  const WhyVersion why = Version({"a"}, "a");
  ASSERT_EQ(why.newer_out.size(), 2u);
  EXPECT_EQ(why.newer_out[0].filter, "requiresPython");
  EXPECT_EQ(why.newer_out[0].count, 1u);
  EXPECT_EQ(why.newer_out[0].example, "2 requires another Python");
  EXPECT_EQ(why.newer_out[1].filter, "prerelease");
}

TEST_F(WhyTest, TextsOfTheRequestAreNamedWithTheirKind) {
  for (const char* version : {"1", "2", "3", "4", "5"}) Add("a", version);
  EXPECT_THAT(Holders(Version({"a<3"}, "a")), ElementsAre("*request: a<3"));
  pypi::ResolveRequest request = Request({"a"});
  request.constraints = Placed({"a<=3"});
  EXPECT_THAT(Holders(Version(request, "a")), ElementsAre("*constraint: a<=3"));
  request.constraints.clear();
  request.locked = Placed({"a==2"});
  EXPECT_THAT(Holders(Version(request, "a")), ElementsAre("*lock: a==2"));
  request.locked.clear();
  request.excluded = Placed({"a==5"});
  request.constraints = Placed({"a!=4"});
  const WhyVersion why = Version(request, "a");
  EXPECT_EQ(why.kind, WhyVersionKind::kRequest);
  EXPECT_THAT(Holders(why), ElementsAre("constraint: a!=4", "exclusion: a==5"));
}

TEST_F(WhyTest, ARequirementOfWhatWasChosenBeforeHolds) {
  Add("app", "1", {"lib<2"});
  Add("lib", "1");
  Add("lib", "2");
  const WhyVersion why = Version({"app"}, "lib");
  EXPECT_EQ(why.kind, WhyVersionKind::kHeld);
  EXPECT_EQ(why.best, "2");
  EXPECT_TRUE(why.best_is_newer);
  EXPECT_THAT(Holders(why), ElementsAre("*app 1: lib<2"));
}

TEST_F(WhyTest, EachWhoIsEnoughAloneIsNamed) {
  Add("a", "1", {"lib<2"});
  Add("b", "1", {"lib<3"});
  Add("c", "1", {"lib<2", "lib>=1"});
  for (const char* version : {"1", "2", "3"}) Add("lib", version);
  EXPECT_THAT(Holders(Version({"a", "b", "c"}, "lib")), ElementsAre("*a 1: lib<2", "*c 1: lib<2"));
}

TEST_F(WhyTest, ThoseWhoAreEnoughTogetherAreNamed) {
  Add("a", "1", {"lib!=2"});
  Add("b", "1", {"lib!=3"});
  Add("c", "1", {"lib>=1"});
  for (const char* version : {"1", "2", "3"}) Add("lib", version);
  EXPECT_THAT(Holders(Version({"a", "b", "c"}, "lib")), ElementsAre("a 1: lib!=2", "b 1: lib!=3"));
}

TEST_F(WhyTest, ANeedUnderAnExtraHoldsWhereTheExtraIsActive) {
  Add("a", "1", {"lib<2; extra == 'x'", "lib"}, {"x"});
  Add("lib", "1");
  Add("lib", "2");
  EXPECT_THAT(Holders(Version({"a[x]"}, "lib")), ElementsAre("*a 1: lib<2 ; has a[x]"));
  Add("b", "1", {"lib<2"});
  EXPECT_THAT(Holders(Version({"a", "b"}, "lib")), ElementsAre("*b 1: lib<2"));
}

// b is decided before its needs are: that every b that a allows needs lib<2 takes a search.
TEST_F(WhyTest, WhatOnlyASearchShowsNamesTheHolderAndTheWay) {
  Add("a", "0");
  Add("a", "1", {"b<3"});
  Add("b", "1", {"lib<2"});
  Add("b", "2", {"lib<2"});
  Add("b", "3");
  Add("lib", "1");
  Add("lib", "2");
  const WhyVersion why = Version({"a", "lib"}, "lib");
  EXPECT_EQ(why.kind, WhyVersionKind::kImpossible);
  EXPECT_THAT(Holders(why), ElementsAre("a 1: b<3"));
  EXPECT_THAT(Lines(why.lines), ElementsAre("a 1 needs b<3", "b 1 .. 2 (2 versions) need lib<2"));
}

TEST_F(WhyTest, ANewerVersionsOwnNeedAgainstWhatWasChosenIsTold) {
  Add("a", "0");
  Add("a", "1", {"lib<2"});
  Add("z", "1");
  Add("z", "2", {"lib>=2"});
  Add("lib", "1");
  Add("lib", "2");
  const WhyVersion why = Version({"a", "z"}, "z");
  EXPECT_EQ(why.kind, WhyVersionKind::kImpossible);
  EXPECT_THAT(Holders(why), ElementsAre("a 1: lib<2"));
  EXPECT_THAT(Lines(why.lines), ElementsAre("a 1 needs lib<2", "z 2 needs lib>=2"));
}

TEST_F(WhyTest, ANewerVersionThatCannotBeAtAllHasNoHolder) {
  Add("a", "1");
  Add("a", "2", {"gone"});
  const WhyVersion why = Version({"a"}, "a");
  EXPECT_EQ(why.kind, WhyVersionKind::kImpossible);
  EXPECT_THAT(why.holders, IsEmpty());
  EXPECT_THAT(Lines(why.lines), ElementsAre("a 2 needs gone", "gone does not exist"));
}

TEST_F(WhyTest, UnderTheLowestResolutionTheOldestIsTheBest) {
  for (const char* version : {"1", "2", "3"}) Add("lib", version);
  Add("app", "1", {"lib>=2"});
  pypi::ResolveRequest request = Request({"app"});
  request.resolution = pypi::Resolution::kLowest;
  const WhyVersion why = Version(request, "lib");
  EXPECT_EQ(why.kind, WhyVersionKind::kHeld);
  EXPECT_EQ(why.best, "1");
  EXPECT_FALSE(why.best_is_newer);
  EXPECT_THAT(Holders(why), ElementsAre("*app 1: lib>=2"));
}

TEST_F(WhyTest, AFavouredVersionIsToldAsSuch) {
  Add("a", "1");
  Add("a", "2");
  pypi::ResolveRequest request = Request({"a"});
  request.favored = Placed({"a==1"});
  EXPECT_EQ(Version(request, "a").kind, WhyVersionKind::kFavoured);
}

TEST_F(WhyTest, AnAnswerThatIsNotCanonicalIsNotExaminedBySearch) {
  options_.strategy = StrategyKind::kLibsolv;
  Add("a", "1");
  Add("a", "2", {"gone"});
  EXPECT_EQ(Version({"a"}, "a").kind, WhyVersionKind::kNotExamined);
}

TEST_F(WhyTest, PastTheLimitOfWorkAPackageIsNotExamined) {
  Add("a", "1");
  Add("a", "2", {"gone"});
  const Explained explained = Ask(Request({"a"}), {.versions = true, .limits = {.work_max = 0}});
  ASSERT_EQ(explained.versions.size(), 1u);
  EXPECT_EQ(explained.versions[0].kind, WhyVersionKind::kNotExamined);
}

TEST_F(WhyTest, AChainGoesFromTheRequestToThePackage) {
  Add("app", "1", {"mid>=1"});
  Add("mid", "1", {"lib<2"});
  Add("other", "1", {"app"});
  Add("lib", "1");
  Add("lib", "2");
  const WhyPackage why = Package({"app", "other"}, "Lib");
  EXPECT_EQ(why.kind, WhyPackageKind::kInAnswer);
  EXPECT_EQ(why.asked, "lib");
  EXPECT_EQ(why.version, "1");
  EXPECT_THAT(Chains(why), ElementsAre("request: app; app 1: mid>=1; mid 1: lib<2"));
  ASSERT_TRUE(why.why_version.has_value());
  EXPECT_THAT(Holders(*why.why_version), ElementsAre("*mid 1: lib<2"));
}

TEST_F(WhyTest, OfMoreChainsThanTheLimitTheFirstAreTold) {
  std::vector<std::string> names;
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    Add(name, "1", {"lib"});
    names.emplace_back(name);
  }
  Add("lib", "1");
  const WhyPackage five = Package(names, "lib");
  EXPECT_EQ(five.chains.size(), kChainsMax);
  EXPECT_TRUE(five.more_chains);
  EXPECT_EQ(five.required_by.size(), 5u);
  EXPECT_THAT(Chains(five)[0], "request: a; a 1: lib");
  names.pop_back();
  EXPECT_FALSE(Package(names, "lib").more_chains);
}

TEST_F(WhyTest, WhatIsAskedUnderAnExtraIsAskedByTheExtra) {
  Add("a", "1", {"a[fast]; extra == 'all'", "lib; extra == 'fast'"}, {"all", "fast"});
  Add("lib", "1");
  EXPECT_THAT(Chains(Package({"a[all]"}, "lib")),
              ElementsAre("request: a[all]; a[all] 1: a[fast]; a[fast] 1: lib"));
  EXPECT_THAT(Chains(Package({"a[all]"}, "a[fast]")),
              ElementsAre("request: a[all]; a[all] 1: a[fast]"));
}

TEST_F(WhyTest, WhatIsNotInTheAnswerIsToldAsKnownOrNot) {
  Add("a", "1", {}, {"x"});
  Add("b", "1");
  Add("b", "2");
  const WhyPackage known = Package({"a"}, "b");
  EXPECT_EQ(known.kind, WhyPackageKind::kNotNeeded);
  EXPECT_EQ(known.newest, "2");
  const WhyPackage extra = Package({"a"}, "a[x]");
  EXPECT_EQ(extra.kind, WhyPackageKind::kNotNeeded);
  EXPECT_EQ(extra.version, "1");
  EXPECT_EQ(Package({"a"}, "gone").kind, WhyPackageKind::kNonexistent);
  accord::testing::MemorySource partial(/*complete=*/false);
  partial.AddVersion("a", "1");
  source_ = partial;
  EXPECT_EQ(Package({"a"}, "gone").kind, WhyPackageKind::kUnknown);
}

TEST_F(WhyTest, AQuestionThatCannotBeReadIsAnErrorWithItsPlace) {
  Add("a", "1");
  const metadata::Source* sources[] = {&source_};
  for (const char* text : {"a>1", "a[x,y]", "a b", "a @ https://files.example/a.whl"}) {
    const auto explained = Explain(Request({"a"}), sources, {.package = text});
    EXPECT_EQ(explained.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(Message(explained.status()), ::testing::StartsWith("--why: ")) << text;
  }
}

TEST_F(WhyTest, ARequestWithoutASolutionIsAnsweredWithThatAlone) {
  Add("a", "1");
  const Explained explained =
      Ask(Request({"a>1"}), {.versions = true, .package = "a", .not_chosen = "a==1"});
  EXPECT_EQ(explained.answer.status, Status::kUnsat);
  EXPECT_THAT(explained.versions, IsEmpty());
  EXPECT_FALSE(explained.package.has_value());
  EXPECT_FALSE(explained.not_chosen.has_value());
}

}  // namespace
}  // namespace accord::engine
