// What would help where there is no solution: each kind of hint, and what cannot be decided.
#include <string>
#include <vector>

#include "tests/unit/engine/fixture.h"

namespace accord::engine {
namespace {

using accord::testing::ForPython;
using accord::testing::Placed;
using accord::testing::Request;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class HintsTest : public EngineTest {
 protected:
  std::vector<std::string> Hints(const pypi::ResolveRequest& request) {
    std::vector<std::string> texts;
    for (const Hint& hint : Resolve(request).hints) texts.push_back(hint.text);
    return texts;
  }
  std::vector<std::string> Hints(const std::vector<std::string>& requirements) {
    return Hints(Request(requirements));
  }
  void AddFile(const std::string& version, metadata::FileRecord file) {
    record_.name = "a";
    record_.metadata.emplace_back();
    record_.versions.push_back({.version = version,
                                .metadata = static_cast<uint32_t>(record_.metadata.size() - 1),
                                .unknown_because = {},
                                .files = {std::move(file)}});
    source_.Add(record_);
  }
  // Pre-releases of packages on the way to a name that does not exist: each is tried, none helps.
  std::string AddChainOfPrereleases(size_t count) {
    for (size_t i = 0; i < count; ++i) {
      const std::string next = i + 1 == count ? "gone" : Cat("p", i + 1);
      Add(Cat("p", i), "1", {next});
      Add(Cat("p", i), "2rc1", {next});
    }
    return "p0";
  }
  metadata::PackageRecord record_;
};

TEST_F(HintsTest, PrereleasesOfOnePackageWhereThatWasSolved) {
  Add("a", "1");
  Add("a", "2rc1");
  EXPECT_THAT(Hints({"a>1"}), ElementsAre("allowing pre-releases of a would help"));
}

TEST_F(HintsTest, YankedVersions) {
  AddFile("1", {.name = "a-1.tar.gz"});
  AddFile("2", {.name = "a-2.tar.gz", .yanked = true});
  EXPECT_THAT(Hints({"a>1"}), ElementsAre("admitting yanked versions of a (--favor a) would help"));
}

TEST_F(HintsTest, NoUpperBoundsOfPython) {
  source_.AddVersion("b", "1", ForPython("<3.11"));
  EXPECT_THAT(Hints({"b"}), Contains("ignoring upper bounds of Requires-Python would help"));
}

TEST_F(HintsTest, ANewerPython) {
  source_.AddVersion("a", "1", ForPython(">=3.12"));
  EXPECT_THAT(Hints({"a"}), Contains("a newer Python (3.12) would help"));
}

TEST_F(HintsTest, ANewerPythonForWhichThereAreWheels) {
  AddFile("1", {.name = "a-1-cp312-cp312-linux_x86_64.whl"});
  pypi::ResolveRequest request = Request({"a"});
  request.tags = *pypi::SupportedTags::Make(std::vector<std::string>{"cp311-cp311-linux_x86_64"});
  EXPECT_THAT(Hints(request), ElementsAre("a newer Python (3.12) would help"));
}

TEST_F(HintsTest, NoExcludeNewerIsOneHint) {
  AddFile("0", {.name = "a-0.tar.gz"});
  AddFile("1", {.name = "a-1.tar.gz", .uploaded = "2024-05-01T00:00:00Z"});
  pypi::ResolveRequest request = Request({"a"});
  request.exclude_newer.instant = "2024-01-01T00:00:00Z";
  EXPECT_THAT(Hints(request), ElementsAre("no exclude-newer would help"));
}

TEST_F(HintsTest, SdistsAndWheels) {
  AddFile("1", {.name = "a-1.tar.gz"});
  pypi::ResolveRequest request = Request({"a==1"});
  request.binaries.only_binary = true;
  EXPECT_THAT(Hints(request), ElementsAre("admitting sdists would help"));
  AddFile("2", {.name = "a-2-py3-none-any.whl"});
  request = Request({"a==2"});
  request.binaries.no_binary = true;
  EXPECT_THAT(Hints(request), ElementsAre("admitting wheels would help"));
}

TEST_F(HintsTest, LimitsOfTheRequest) {
  for (const char* version : {"1", "2"}) Add("a", version);
  pypi::ResolveRequest request = Request({"a>1"});
  request.constraints = Placed({"a<2"});
  EXPECT_THAT(Hints(request), ElementsAre("leaving out the constraints on a would help"));
  request = Request({"a"});
  request.locked = Placed({"a==3"});
  EXPECT_THAT(Hints(request), ElementsAre("leaving out the locks on a would help"));
  request = Request({"a>1"});
  request.excluded = Placed({"a==2"});
  EXPECT_THAT(Hints(request), ElementsAre("leaving out the exclusions on a would help"));
}

TEST_F(HintsTest, OverridesOfPackagesAndOfTheRequest) {
  Add("a", "1", {"b<2"});
  Add("b", "1");
  pypi::ResolveRequest request = Request({"a"});
  request.overrides = {{.requirement = {"b>=2", "--override 1"}, .dependant = ""}};
  EXPECT_THAT(Hints(request), ElementsAre("leaving out the overrides of b would help"));
  request.requirements = Placed({"b"});
  EXPECT_THAT(Hints(request), ElementsAre("leaving out the overrides of b would help"));
}

TEST_F(HintsTest, RequirementsOfTheRequestByTheirNames) {
  Add("a", "1", {"c==1"});
  Add("b", "1", {"c==2"});
  Add("c", "1");
  Add("c", "2");
  EXPECT_THAT(Hints({"b", "a"}), ElementsAre("leaving out the requirement a would help",
                                             "leaving out the requirement b would help"));
}

TEST_F(HintsTest, WhatDoesNotSolveIsNoHint) {
  Add("a", "1");
  Add("a", "2rc1", {"gone"});
  EXPECT_THAT(Hints({"a>1"}), IsEmpty());
}

TEST_F(HintsTest, SoManyAreToldAndNoMore) {
  Add("c", "1");
  std::vector<std::string> requirements;
  for (const char* name : {"p1", "p2", "p3", "p4", "p5", "p6"}) {
    Add("c", Cat("1.", name + 1));
    requirements.emplace_back(name);
    Add(name, "1", {Cat("c!=1.", name + 1), "c>1"});
  }
  EXPECT_THAT(Hints(requirements), SizeIs(HintLimits().told_max));
  options_.hint_limits.told_max = 5;
  EXPECT_THAT(Hints(requirements), SizeIs(5));
}

TEST_F(HintsTest, SoManyChangesAreTriedAndNoMore) {
  Add("z", "1");
  const size_t trials_max = HintLimits().trials_max;
  // The last change, leaving out the chain, would help.
  EXPECT_THAT(Hints({AddChainOfPrereleases(trials_max), "z"}), IsEmpty());
  options_.hint_limits.trials_max = trials_max + 1;
  EXPECT_THAT(Hints({AddChainOfPrereleases(trials_max), "z"}),
              ElementsAre("leaving out the requirement p0 would help"));
}

TEST_F(HintsTest, AChangeThatReachesItsLimitOfWorkIsNotDecided) {
  Add("a", "1");
  Add("a", "2rc1");
  options_.hint_limits.trial_work_max = 1;
  const Answer answer = Resolve({"a>1"});
  EXPECT_THAT(answer.hints, IsEmpty());
  ASSERT_THAT(answer.hints_undecided, SizeIs(1));
  EXPECT_EQ(answer.hints_undecided[0].hint.text, "whether allowing pre-releases of a would help");
  EXPECT_EQ(answer.hints_undecided[0].why, "the limit of work is reached: 1");
}

// A source one of whose records is damaged.
class DamagedSource final : public metadata::Source {
 public:
  DamagedSource(const metadata::Source& whole, std::string_view damaged)
      : whole_(whole), damaged_(damaged) {}
  absl::StatusOr<const metadata::PackageFacts*> Find(std::string_view name) const override {
    if (name == damaged_) return Missing(name, "the record is damaged");
    return whole_.Find(name);
  }
  bool complete() const override { return whole_.complete(); }
  std::string_view ecosystem() const override { return whole_.ecosystem(); }
  std::string_view place() const override { return whole_.place(); }

 private:
  const metadata::Source& whole_;
  const std::string_view damaged_;
};

TEST_F(HintsTest, AChangeThatMeetsADamagedRecordIsNotDecidedAndSaysWhy) {
  Add("a", "1");
  Add("a", "2rc1", {"broken"});
  const DamagedSource damaged(source_, "broken");
  const metadata::Source* sources[] = {&damaged};
  const absl::StatusOr<Answer> answer = engine::Resolve(Request({"a>1"}), sources, options_);
  ASSERT_TRUE(answer.ok()) << Message(answer.status());
  EXPECT_EQ(answer->status, Status::kUnsat);
  EXPECT_THAT(answer->hints, IsEmpty());
  ASSERT_THAT(answer->hints_undecided, SizeIs(1));
  EXPECT_THAT(answer->hints_undecided[0].why, HasSubstr("the record is damaged"));
}

}  // namespace
}  // namespace accord::engine
