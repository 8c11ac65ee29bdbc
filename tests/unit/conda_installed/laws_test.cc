// What holds of every environment: generated channels, environments that a request made, and what
// is asked of them then.
#include <algorithm>
#include <map>
#include <set>

#include "engine/link_order.h"
#include "tests/oracle/random.h"
#include "tests/unit/conda_installed/fixture.h"

namespace accord::engine {
namespace {

using ::testing::IsEmpty;

constexpr uint64_t kWorlds = 300;
constexpr uint32_t kPackagesMax = 9;

class CondaInstalledLaws : public InstalledRequest {
 protected:
  std::string AnyName() { return Cat("p", rng_.Below(kPackagesMax)); }
  std::string AnySpec() {
    const std::string name = AnyName();
    return rng_.Percent(60) ? name : Cat(name, rng_.Percent(50) ? " >=" : " <", rng_.In(1, 3));
  }

  // A channel, and an environment that a request for what stands in specs_ made of it; false: it
  // has no solution.
  bool MakeWorld(uint64_t seed) {
    rng_ = Rng(seed);
    records_.clear();
    main_.Clear();
    specs_ = {AnySpec(), AnySpec()};
    for (uint32_t package = 0; package < kPackagesMax; ++package) {
      for (uint32_t version = 1; version <= rng_.In(1, 3); ++version) {
        Record record{.name = Cat("p", package), .version = std::to_string(version)};
        for (uint32_t i = rng_.Below(3); i > 0; --i) record.depends.push_back(AnySpec());
        if (rng_.Percent(15)) record.constrains.push_back(AnySpec());
        records_[Cat(record.name, " ", record.version)] = record;
        Add(record);
      }
    }
    installed_ = nullptr;
    Become(Ask(Request(specs_)));
    return made_;
  }

  // The environment becomes what the answer says; specs_ were asked for.
  void Become(const Answer& answer) {
    made_ = answer.has_solution;
    std::vector<Record> records;
    for (const ChosenPackage& one : answer.solution) {
      records.push_back(records_.at(Cat(one.name, " ", one.version)));
    }
    Install(records, specs_);
  }

  // Nothing that is needed is not there.
  void ExpectWhole(const Answer& answer) {
    std::map<std::string, std::string> there;
    for (const ChosenPackage& one : answer.solution) there[one.name] = one.version;
    for (const auto& [name, version] : there) {
      for (const std::string& need : records_.at(Cat(name, " ", version)).depends) {
        EXPECT_TRUE(there.contains(need.substr(0, need.find(' ')))) << name << " needs " << need;
      }
    }
  }

  Rng rng_{0};
  std::map<std::string, Record> records_;  // by "name version"
  std::vector<std::string> specs_;
  bool made_ = false;
};

TEST_F(CondaInstalledLaws, WhatIsThereAlreadyChangesNothingWhenItIsAskedForAgain) {
  uint32_t held = 0;
  for (uint64_t seed = 0; seed < kWorlds; ++seed) {
    if (!MakeWorld(seed)) continue;
    EXPECT_THAT(Changes(Request(specs_)), IsEmpty()) << seed;
    conda::ResolveRequest frozen = Request(specs_);
    frozen.change.freeze = true;
    EXPECT_THAT(Changes(frozen), IsEmpty()) << seed;
    ++held;
  }
  EXPECT_GT(held, kWorlds / 3);
}

TEST_F(CondaInstalledLaws, UpdatingAllOfWhatIsFreshChangesNothing) {
  for (uint64_t seed = 0; seed < kWorlds; ++seed) {
    if (!MakeWorld(seed)) continue;
    conda::ResolveRequest request = Request({});
    request.change.update_all = true;
    EXPECT_THAT(Changes(request), IsEmpty()) << seed;
  }
}

TEST_F(CondaInstalledLaws, RemovingLeavesNothingThatNeedsWhatWentAndAddsNothing) {
  for (uint64_t seed = 0; seed < kWorlds; ++seed) {
    if (!MakeWorld(seed) || installed_->names().empty()) continue;
    const auto names = installed_->names();
    const Answer answer = Ask(Removing(names[rng_.Below(names.size())]));
    ASSERT_TRUE(answer.has_solution) << seed;
    for (const TransactionStep& step : answer.transaction->steps) {
      EXPECT_EQ(step.kind, StepKind::kRemove) << seed << " " << step.name;
    }
    ExpectWhole(answer);
  }
}

TEST_F(CondaInstalledLaws, WhatIsFrozenNeverChanges) {
  uint32_t held = 0;
  for (uint64_t seed = 0; seed < kWorlds; ++seed) {
    if (!MakeWorld(seed)) continue;
    conda::ResolveRequest request = Request({AnySpec()});
    request.change.freeze = true;
    const Answer answer = Ask(request);
    if (!answer.has_solution) continue;
    for (const TransactionStep& step : answer.transaction->steps) {
      EXPECT_EQ(step.kind, StepKind::kInstall) << seed << " " << step.name;
    }
    ++held;
  }
  EXPECT_GT(held, kWorlds / 4);
}

TEST_F(CondaInstalledLaws, WhatWasJustInstalledIsAFixedPoint) {
  for (uint64_t seed = 0; seed < kWorlds; ++seed) {
    if (!MakeWorld(seed)) continue;
    const std::vector<std::string> more = {AnySpec()};
    const Answer answer = Ask(Request(more));
    if (!answer.has_solution) continue;
    ExpectWhole(answer);
    Become(answer);
    EXPECT_THAT(Changes(Request(more)), IsEmpty()) << seed;
  }
}

TEST_F(CondaInstalledLaws, OrdersHaveWhatIsNeededFirstWhereThereIsNoCycle) {
  for (uint64_t seed = 0; seed < kWorlds; ++seed) {
    rng_ = Rng(seed);
    std::vector<LinkedPackage> packages;
    for (uint32_t i = 0; i < kPackagesMax; ++i) {
      LinkedPackage& package = packages.emplace_back(LinkedPackage{.name = Cat("p", i)});
      for (uint32_t need = i + 1; need < kPackagesMax; ++need) {
        if (rng_.Percent(30)) package.needs.insert(Cat("p", need));
      }
    }
    rng_.Shuffle(packages);
    std::set<std::string> linked;
    for (const size_t i : LinkOrder(packages)) {
      EXPECT_TRUE(std::ranges::includes(linked, packages[i].needs)) << seed;
      linked.insert(packages[i].name);
    }
    EXPECT_EQ(linked.size(), packages.size());
  }
}

}  // namespace
}  // namespace accord::engine
