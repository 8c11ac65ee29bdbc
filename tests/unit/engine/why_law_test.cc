// Laws of what is said about answers, over small random facts. Each statement is held against
// requests of their own: those who are named, and nothing else, against a better version.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/support/shuffled_source.h"
#include "tests/unit/engine/random_facts.h"
#include "tests/unit/engine/why_fixture.h"

namespace accord::engine {
namespace {

using accord::testing::Request;

#ifdef __SANITIZE_ADDRESS__
constexpr uint64_t kLawWorlds = 160;
#else
constexpr uint64_t kLawWorlds = 600;
#endif

// What a holder wishes, as requirement texts: the package at its version, with the extras that its
// requirement is under; or the request's own text.
void AddWishes(const Holder& holder, std::vector<std::string>& wishes) {
  if (holder.who == "request") {
    wishes.push_back(holder.requirement);
    return;
  }
  const size_t blank = holder.who.find(' ');
  std::string wish = holder.who.substr(0, blank);
  if (blank != std::string::npos) wish += Cat("==", holder.who.substr(blank + 1));
  wishes.push_back(std::move(wish));
  const std::string& text = holder.requirement;
  for (size_t at = text.find("has "); at != std::string::npos; at = text.find("has ", at + 1)) {
    wishes.push_back(text.substr(at + 4, text.find(' ', at + 4) - at - 4));
  }
}

class Laws : public WhyTest {
 protected:
  // All pre-releases are admitted, so that no text of a question admits more than the request did.
  static pypi::ResolveRequest Of(const std::vector<std::string>& texts) {
    pypi::ResolveRequest request = Request(texts);
    request.prereleases = pypi::PrereleasePolicy::kAllow;
    return request;
  }
  bool IsSat(const std::vector<std::string>& texts) {
    return Resolve(Of(texts)).status == Status::kSat;
  }

  // The holders leave no better version, those that are enough alone each alone.
  void ExpectEnough(const WhyVersion& why) {
    const std::string better = Cat(why.name, ">", why.version);
    std::vector<std::string> all = {better};
    for (const Holder& holder : why.holders) {
      AddWishes(holder, all);
      std::vector<std::string> alone = {better};
      AddWishes(holder, alone);
      EXPECT_FALSE(holder.alone && IsSat(alone)) << holder.who;
    }
    EXPECT_FALSE(IsSat(all));
  }
  // Those who are named are in the answer, with the extras that their requirements are under.
  static void ExpectChosen(const WhyVersion& why, const Answer& answer) {
    std::set<std::string> there;
    for (const ChosenPackage& chosen : answer.solution) {
      there.insert(Cat(chosen.name, "==", chosen.version));
      for (const std::string& extra : chosen.extras) {
        there.insert(Cat(chosen.name, "[", extra, "]"));
      }
    }
    for (const Holder& holder : why.holders) {
      if (holder.who == "request") continue;
      std::vector<std::string> wishes;
      AddWishes(holder, wishes);
      EXPECT_TRUE(there.contains(wishes.front())) << wishes.front();
      // One of several extras is enough.
      const auto is_there = [&](const std::string& wish) { return there.contains(wish); };
      const bool extras = wishes.size() > 1;
      EXPECT_TRUE(!extras || std::any_of(wishes.begin() + 1, wishes.end(), is_there))
          << holder.who << " " << holder.requirement;
    }
  }
  // None of those that a search found can be left out.
  void ExpectNeeded(const WhyVersion& why) {
    const std::string better = Cat(why.name, ">", why.version);
    for (const Holder& left : why.holders) {
      std::vector<std::string> others = {better};
      for (const Holder& holder : why.holders) {
        const bool same = holder.who == left.who &&
                          (left.who != "request" || holder.requirement == left.requirement);
        if (!same) AddWishes(holder, others);
      }
      EXPECT_TRUE(IsSat(others)) << left.who << " " << left.requirement;
    }
  }

  static std::string TextOf(const std::vector<WhyVersion>& versions) {
    std::string text;
    for (const WhyVersion& why : versions) {
      text += Cat(why.name, " ", why.version, " ", why.best, " ", static_cast<int>(why.kind), "\n");
      for (const std::string& holder : Holders(why)) text += Cat("  ", holder, "\n");
      for (const CoreLine& line : why.lines) text += Cat("  ", line.text, "\n");
    }
    return text;
  }
};

TEST_F(Laws, WhoIsSaidToHoldAVersionDoes) {
  std::set<WhyVersionKind> kinds;
  uint64_t impossible = 0;
  for (uint64_t world = 0; world < kLawWorlds; ++world) {
    SCOPED_TRACE(world);
    RandomFacts facts(world + 1);
    source_ = facts.Source();
    const std::vector<std::string> texts = facts.RequestTexts();
    const Explained explained = Ask(Of(texts), {.versions = true});
    ASSERT_EQ(explained.versions.size(), explained.answer.solution.size());
    for (const WhyVersion& why : explained.versions) {
      kinds.insert(why.kind);
      if (why.kind == WhyVersionKind::kBest) {
        EXPECT_EQ(why.version, why.newest);
      } else {
        SCOPED_TRACE(Cat(why.name, " ", why.version));
        ExpectEnough(why);
        ExpectChosen(why, explained.answer);
        if (why.kind != WhyVersionKind::kImpossible) continue;
        ExpectNeeded(why);
        ++impossible;
      }
    }
  }
  EXPECT_EQ(kinds, (std::set<WhyVersionKind>{WhyVersionKind::kBest, WhyVersionKind::kRequest,
                                             WhyVersionKind::kHeld, WhyVersionKind::kImpossible}));
  EXPECT_GT(impossible, kLawWorlds / 50);
}

TEST_F(Laws, PastTheLimitOfQuestionsTheHoldersAreEnoughAndMayBeTooMany) {
  size_t more = 0;
  for (uint64_t world = 0; world < kLawWorlds; ++world) {
    SCOPED_TRACE(world);
    RandomFacts facts(world + 1);
    source_ = facts.Source();
    const std::vector<std::string> texts = facts.RequestTexts();
    const auto least = Ask(Of(texts), {.versions = true}).versions;
    const auto all =
        Ask(Of(texts), {.versions = true, .limits = {.core_question_work_max = 0}}).versions;
    for (size_t i = 0; i < all.size(); ++i) {
      if (all[i].kind != WhyVersionKind::kImpossible) continue;
      ExpectEnough(all[i]);
      if (all[i].holders.size() > least[i].holders.size()) ++more;
    }
  }
  EXPECT_GT(more, 0u);
}

TEST_F(Laws, NoOrderOfFactsOrTextsShowsInWhatIsSaid) {
  for (uint64_t world = 0; world < kLawWorlds / 4; ++world) {
    SCOPED_TRACE(world);
    RandomFacts facts(world + 1);
    source_ = facts.Source();
    std::vector<std::string> texts = facts.RequestTexts();
    const std::string said = TextOf(Ask(Of(texts), {.versions = true}).versions);
    const accord::testing::ShuffledSource shuffled(source_, world);
    const metadata::Source* sources[] = {&shuffled};
    std::reverse(texts.begin(), texts.end());
    const auto again = Explain(Of(texts), sources, {.versions = true});
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(TextOf(again->versions), said);
  }
}

// A version is possible exactly if the request with one more requirement has a solution.
TEST_F(Laws, WhatIsSaidToBeImpossibleIs) {
  std::set<WhyNotKind> kinds;
  for (uint64_t world = 0; world < kLawWorlds / 4; ++world) {
    SCOPED_TRACE(world);
    RandomFacts facts(world + 1);
    source_ = facts.Source();
    const std::vector<std::string> texts = facts.RequestTexts();
    if (!IsSat(texts)) continue;
    for (const char* name : RandomFacts::kNames) {
      for (const char* specifier : {"", "==1.0", ">1.0", "==2.0", "[x]"}) {
        const std::string wish = Cat(name, specifier);
        SCOPED_TRACE(wish);
        const WhyNot why = NotChosen(Of(texts), wish);
        kinds.insert(why.kind);
        if (why.kind == WhyNotKind::kNotAdmitted) continue;  // == would admit what is yanked
        std::vector<std::string> more = texts;
        more.push_back(wish);
        const bool possible = why.kind == WhyNotKind::kChosen || why.kind == WhyNotKind::kWorse ||
                              why.kind == WhyNotKind::kNotNeeded;
        EXPECT_EQ(IsSat(more), possible);
      }
    }
  }
  for (const WhyNotKind kind :
       {WhyNotKind::kChosen, WhyNotKind::kNotNeeded, WhyNotKind::kWorse, WhyNotKind::kImpossible,
        WhyNotKind::kNotAdmitted, WhyNotKind::kNoVersion}) {
    EXPECT_TRUE(kinds.contains(kind)) << static_cast<int>(kind);
  }
}

}  // namespace
}  // namespace accord::engine
