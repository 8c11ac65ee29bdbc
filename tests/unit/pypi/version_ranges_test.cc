// The ends of a run are found by bisection, what is admitted is defined version by version.
#include "ecosystem/pypi/version_ranges.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "base/error.h"

namespace accord::pypi {
namespace {

// Releases whose neighbours are all that PEP 440 makes of one: dev, pre, post and local versions.
const std::vector<std::string>& Spellings() {
  static const std::vector<std::string> spellings = [] {
    std::vector<std::string> all;
    for (const char* epoch : {"", "1!"}) {
      for (const char* release :
           {"0", "1", "1.0.1", "1.1", "1.1.1", "1.2", "1.10", "2", "2.0.0.1"}) {
        for (const char* rest :
             {"", ".dev0", ".dev1", "a1", "a1.dev1", "a1.post1", "b2", "rc1", "rc1+l",
              ".post1.dev2", ".post1", ".post1+l.2", ".post2", "+l", "+l.1"}) {
          all.push_back(Cat(epoch, release, rest));
        }
      }
    }
    return all;
  }();
  return spellings;
}

std::vector<Candidate> Ordered(const std::vector<std::string>& texts) {
  std::vector<Candidate> candidates(texts.begin(), texts.end());
  std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
    return *a.version() < *b.version();
  });
  return candidates;
}

std::vector<PositionRange> AskedOneByOne(const SpecifierSet& set,
                                         const std::vector<Candidate>& candidates) {
  PositionCollector members;
  for (Position position = 0; position < candidates.size(); ++position) {
    if (set.Contains(candidates[position], Prereleases::kAllow)) members.Add(position);
  }
  return members.ranges();
}

void ExpectSame(const SpecifierSet& set, const std::vector<Candidate>& candidates) {
  const auto ranges = AdmittedRanges(
      set, {.count = static_cast<uint32_t>(candidates.size()),
            .version = [&](Position p) -> const Version& { return *candidates[p].version(); },
            .spelled = [&](Position p) { return std::string_view(candidates[p].text()); }});
  EXPECT_EQ(ranges, AskedOneByOne(set, candidates)) << set.Text();
}

TEST(AdmittedRanges, OfEverySpecifierAreWhatAskingEachVersionGives) {
  const std::vector<Candidate> candidates = Ordered(Spellings());
  size_t read = 0;
  for (const char* op : {">=", "<=", "<", ">", "==", "!=", "~=", "==="}) {
    for (const std::string& version : Spellings()) {
      for (const char* star : {"", ".*"}) {
        const auto set = SpecifierSet::Parse(Cat(op, version, star));
        if (!set.ok()) continue;
        ++read;
        ExpectSame(*set, candidates);
      }
    }
  }
  EXPECT_GT(read, 1500u);
}

TEST(AdmittedRanges, OfRandomSetsOverRandomPackagesAreWhatAskingEachVersionGives) {
  std::mt19937 random(20231);
  const auto one_of = [&](const auto& list) { return list[random() % std::size(list)]; };
  const std::vector<std::string> ops = {">=", "<=", "<", ">", "==", "!=", "~="};
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::string> texts = Spellings();
    std::shuffle(texts.begin(), texts.end(), random);
    texts.resize(random() % 20);
    std::string text;
    for (size_t i = random() % 4 + 1; i > 0; --i)
      text += Cat(one_of(ops), one_of(Spellings()), ",");
    const auto set = SpecifierSet::Parse(text);
    if (set.ok()) ExpectSame(*set, Ordered(texts));
  }
}

TEST(AdmittedRanges, LookAtFewOfManyVersions) {
  std::vector<std::string> texts;
  for (int minor = 0; minor < 1000; ++minor) texts.push_back(Cat("1.", minor));
  const std::vector<Candidate> candidates = Ordered(texts);
  size_t asked = 0;
  const auto ranges = AdmittedRanges(
      *SpecifierSet::Parse(">=1.100,<1.900,!=1.500"),
      {.count = 1000,
       .version = [&](Position p) -> const Version& {
         ++asked;
         return *candidates[p].version();
       },
       .spelled = [&](Position p) { return std::string_view(candidates[p].text()); }});
  EXPECT_EQ(ranges, (std::vector<PositionRange>{{100, 499}, {501, 899}}));
  EXPECT_LT(asked, 60u);
}

}  // namespace
}  // namespace accord::pypi
