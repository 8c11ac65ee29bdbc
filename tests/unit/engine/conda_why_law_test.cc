// Laws of what is said about conda's answers, over small random channels. Each statement is held
// against a request of its own.
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/unit/engine/conda_fixture.h"

namespace accord::engine {
namespace {

using accord::testing::CondaRecord;
using accord::testing::CondaSource;

constexpr uint64_t kCondaWorlds = 300;
constexpr int kNames = 5;
constexpr int kVersions = 3;

class RandomChannel {
 public:
  explicit RandomChannel(uint64_t seed) : random_(seed) {}

  // "c >=2", "a", "b <3", "d 1.*", "e * x"
  std::string Spec() {
    std::string name(1, static_cast<char>('a' + Below(kNames)));
    const std::string version = Cat(1 + Below(kVersions));
    switch (Below(5)) {
      case 0:
        return name;
      case 1:
        return Cat(name, " >=", version);
      case 2:
        return Cat(name, " <=", version);
      case 3:
        return Cat(name, " ", version, ".*");
      default:
        return Cat(name, Below(2) == 0 ? " * x" : " * y");
    }
  }
  // Of each name up to three versions, of some two builds.
  void Fill(CondaSource& channel) {
    for (int name = 0; name < kNames; ++name) {
      for (int version = 1; version <= kVersions; ++version) {
        for (const std::string build : {"x", "y"}) {
          if (Below(3) == 0) continue;
          CondaRecord record{.name = std::string(1, static_cast<char>('a' + name)),
                             .version = Cat(version),
                             .build = build,
                             .build_number = Below(2)};
          for (uint64_t i = Below(3); i > 0; --i) record.depends.push_back(Spec());
          if (Below(4) == 0) record.constrains.push_back(Spec());
          channel.Add(record);
        }
      }
    }
  }

 private:
  uint64_t Below(uint64_t end) { return random_() % end; }
  std::mt19937_64 random_;
};

class CondaLaws : public CondaEngineTest {
 protected:
  // Makes the world; its request.
  std::vector<std::string> Make(uint64_t world) {
    RandomChannel random(world + 1);
    channel_ = std::make_unique<CondaSource>("main");
    random.Fill(*channel_);
    std::vector<std::string> specs = {random.Spec(), random.Spec()};
    wish_ = random.Spec();
    return specs;
  }
  Explained AskOne(const std::vector<std::string>& specs, const WhyQuestions& questions = {}) {
    const metadata::Source* sources[] = {channel_.get()};
    absl::StatusOr<Explained> explained = Explain(Request(specs), sources, questions, options_);
    EXPECT_TRUE(explained.ok()) << Message(explained.status());
    return explained.ok() ? *std::move(explained) : Explained{};
  }
  bool IsSat(std::vector<std::string> specs, const std::string& also) {
    specs.push_back(also);
    return AskOne(specs).answer.status == Status::kSat;
  }

  std::unique_ptr<CondaSource> channel_;
  std::string wish_;
};

TEST_F(CondaLaws, WhatIsSaidToBeImpossibleIs) {
  std::set<WhyNotKind> kinds;
  for (uint64_t world = 0; world < kCondaWorlds; ++world) {
    SCOPED_TRACE(world);
    const std::vector<std::string> specs = Make(world);
    const Explained explained = AskOne(specs, {.not_chosen = wish_});
    if (!explained.not_chosen) continue;
    const WhyNotKind kind = explained.not_chosen->kind;
    kinds.insert(kind);
    const bool possible =
        kind == WhyNotKind::kChosen || kind == WhyNotKind::kWorse || kind == WhyNotKind::kNotNeeded;
    EXPECT_EQ(possible, IsSat(specs, wish_)) << wish_;
  }
  EXPECT_GE(kinds.size(), 5U);
}

TEST_F(CondaLaws, ARequestedPackageIsBehindAsItIsSaid) {
  std::set<BehindKind> kinds;
  for (uint64_t world = 0; world < kCondaWorlds; ++world) {
    SCOPED_TRACE(world);
    const std::vector<std::string> specs = Make(world);
    for (const BehindPackage& behind : AskOne(specs).answer.behind) {
      kinds.insert(behind.kind);
      EXPECT_NE(behind.chosen, behind.newest);
      EXPECT_EQ(behind.kind == BehindKind::kTraded,
                IsSat(specs, Cat(behind.name, " >", behind.chosen)))
          << behind.name;
    }
  }
  EXPECT_EQ(kinds.size(), 3U);
}

// With what was chosen before, a better version has no solution; what was chosen before is there.
TEST_F(CondaLaws, WhoIsSaidToHoldAVersionDoes) {
  uint64_t held = 0;
  for (uint64_t world = 0; world < kCondaWorlds; ++world) {
    SCOPED_TRACE(world);
    const std::vector<std::string> specs = Make(world);
    for (const WhyVersion& why : AskOne(specs, {.versions = true}).versions) {
      if (why.kind == WhyVersionKind::kBest || why.best_is_other_build) continue;
      ASSERT_TRUE(why.best_is_newer);
      std::vector<std::string> wishes;
      for (const Holder& holder : why.holders) {
        wishes.push_back(holder.who == "request" ? holder.requirement : holder.who);
      }
      EXPECT_FALSE(IsSat(wishes, Cat(why.name, " >", why.version))) << why.name;
      ++held;
    }
  }
  EXPECT_GT(held, 50U);
}

}  // namespace
}  // namespace accord::engine
