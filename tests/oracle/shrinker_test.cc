// The shrinker gives a smaller world that still fails, and one that nothing can be taken from.
#include "tests/oracle/shrinker.h"

#include "gtest/gtest.h"
#include "tests/oracle/generator.h"
#include "tests/oracle/oracle.h"

namespace accord {
namespace {

size_t CandidateCount(const WorldSpec& spec) {
  size_t count = 0;
  for (const PackageSpec& package : spec.packages) count += package.candidates.size();
  return count;
}

TEST(Shrinker, AnUnsatisfiableWorldShrinksToOneRequirementThatNothingMeets) {
  const auto unsatisfiable = [](const WorldSpec& spec) { return !Oracle(spec).satisfiable(); };
  int shrunk = 0;
  for (uint64_t seed = 0; shrunk < 20; ++seed) {
    const WorldSpec spec = GenerateWorld(seed);
    if (!unsatisfiable(spec)) continue;
    const WorldSpec small = Shrink(spec, unsatisfiable);
    EXPECT_TRUE(unsatisfiable(small));
    EXPECT_EQ(CandidateCount(small), 0u) << seed;
    EXPECT_EQ(small.requirements.size(), 1u) << seed;
    ++shrunk;
  }
}

TEST(Shrinker, WhatTheFailureNeedsStays) {
  const auto two_chosen = [](const WorldSpec& spec) {
    return Oracle(spec).Canonical().members.size() >= 2;
  };
  for (uint64_t seed = 0, shrunk = 0; shrunk < 20; ++seed) {
    const WorldSpec spec = GenerateWorld(seed);
    if (!two_chosen(spec)) continue;
    const WorldSpec small = Shrink(spec, two_chosen);
    EXPECT_TRUE(two_chosen(small));
    EXPECT_EQ(CandidateCount(small), 2u) << seed;
    ++shrunk;
  }
}

}  // namespace
}  // namespace accord
