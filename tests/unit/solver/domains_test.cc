// Domains alone: what a cut kills, what undoing it brings back, and who is said to have killed
// whom.
#include "solver/cdcl/domains.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "solver/cdcl/sparse.h"

namespace accord::cdcl {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Position kCount = 200;  // more than three words
constexpr PositionRange kMiddle[] = {{10, 129}};
constexpr PositionRange kEnds[] = {{0, 9}, {130, 199}};

Lit ByVar(Var var) { return Lit::True(var); }

std::vector<Lit> Killers(const Domains& domains, const Members& set, Position except = kNoPosition,
                         DomainIndex domain = 0) {
  std::vector<Lit> killers;
  domains.ForKillers(domain, set, except, [&](Lit killer) {
    killers.push_back(killer);
    return true;
  });
  return killers;
}

class DomainsTest : public ::testing::Test {
 protected:
  DomainsTest() { domains_.Add(kCount); }

  uint32_t Alive() const {
    uint32_t alive = 0;
    for (Position position = 0; position < kCount; ++position) {
      if (domains_.IsAlive(0, position)) ++alive;
    }
    return alive;
  }

  Arena arena_;
  Domains domains_{arena_};
};

TEST_F(DomainsTest, KeepOnlyKillsWhatIsOutside) {
  EXPECT_TRUE(domains_.KeepOnly(0, kMiddle, ByVar(1)));
  EXPECT_EQ(Alive(), 120U);
  EXPECT_FALSE(domains_.IsAlive(0, 9));
  EXPECT_TRUE(domains_.IsAlive(0, 10));
  EXPECT_TRUE(domains_.IsAlive(0, 129));
  EXPECT_FALSE(domains_.IsAlive(0, 130));
}

TEST_F(DomainsTest, DropKillsWhatIsInside) {
  EXPECT_TRUE(domains_.Drop(0, kEnds, ByVar(1)));
  EXPECT_EQ(Alive(), 120U);
  EXPECT_EQ(domains_.HighestAlive(0, kEnds), kNoPosition);
}

TEST_F(DomainsTest, WhatKillsNobodyIsNoCut) {
  EXPECT_TRUE(domains_.KeepOnly(0, kMiddle, ByVar(1)));
  EXPECT_FALSE(domains_.Drop(0, kEnds, ByVar(2)));
  EXPECT_FALSE(domains_.DropOne(0, 3, ByVar(3)));
  EXPECT_EQ(domains_.cut_count(), 1U);
}

TEST_F(DomainsTest, UndoingBringsBackWhatTheCutKilledAndNoMore) {
  ASSERT_TRUE(domains_.KeepOnly(0, kMiddle, ByVar(1)));
  ASSERT_TRUE(domains_.DropOne(0, 50, ByVar(2)));
  ASSERT_TRUE(domains_.KeepOne(0, 70, ByVar(3)));
  EXPECT_EQ(Alive(), 1U);
  EXPECT_EQ(domains_.Undo(), ByVar(3));
  EXPECT_EQ(Alive(), 119U);
  EXPECT_EQ(domains_.Undo(), ByVar(2));
  EXPECT_TRUE(domains_.IsAlive(0, 50));
  EXPECT_EQ(domains_.Undo(), ByVar(1));
  EXPECT_EQ(Alive(), kCount);
}

TEST_F(DomainsTest, TheFirstCutThatRulesACandidateOutKilledIt) {
  ASSERT_TRUE(domains_.KeepOnly(0, kMiddle, ByVar(1)));
  ASSERT_TRUE(domains_.KeepOne(0, 70, ByVar(2)));
  EXPECT_EQ(domains_.KilledBy(0, 150), ByVar(1));
  EXPECT_EQ(domains_.KilledBy(0, 71), ByVar(2));
}

TEST_F(DomainsTest, KillersOfASetAreThoseWhoKilledAMember) {
  constexpr PositionRange kLow[] = {{5, 12}};
  ASSERT_TRUE(domains_.KeepOnly(0, kMiddle, ByVar(1)));
  ASSERT_TRUE(domains_.DropOne(0, 11, ByVar(2)));
  ASSERT_TRUE(domains_.DropOne(0, 100, ByVar(3)));
  EXPECT_THAT(Killers(domains_, kLow), ElementsAre(ByVar(2), ByVar(1)));
  EXPECT_THAT(Killers(domains_, kLow, 11), ElementsAre(ByVar(1)));
  constexpr PositionRange kAlive[] = {{60, 70}};
  EXPECT_THAT(Killers(domains_, kAlive), IsEmpty());
}

TEST_F(DomainsTest, TheLowestTwoAndTheHighestAreFoundAcrossWords) {
  ASSERT_TRUE(domains_.KeepOnly(0, kMiddle, ByVar(1)));
  constexpr PositionRange kTwo[] = {{0, 10}, {127, 199}};
  EXPECT_EQ(domains_.LowestAlive(0, kTwo).first, 10U);
  EXPECT_EQ(domains_.LowestAlive(0, kTwo).second, 127U);
  EXPECT_EQ(domains_.HighestAlive(0, kTwo), 129U);
  constexpr PositionRange kOne[] = {{129, 199}};
  EXPECT_EQ(domains_.LowestAlive(0, kOne).first, 129U);
  EXPECT_EQ(domains_.LowestAlive(0, kOne).second, kNoPosition);
}

TEST_F(DomainsTest, OnlyVariablesThatACutKilledAreVisited) {
  domains_.SetVar(0, 5, 50);
  domains_.SetVar(0, 70, 51);
  domains_.SetVar(0, 190, 52);
  ASSERT_TRUE(domains_.DropOne(0, 190, ByVar(1)));
  ASSERT_TRUE(domains_.KeepOnly(0, kMiddle, ByVar(2)));
  std::vector<Var> of_cut;
  domains_.ForVarsOfLastCut([&](Var var) { of_cut.push_back(var); });
  EXPECT_THAT(of_cut, ElementsAre(50));
  std::vector<Var> dead;
  domains_.ForDeadVars(0, [&](Var var) { dead.push_back(var); });
  EXPECT_THAT(dead, ElementsAre(50, 52));
}

TEST(Domains, ADomainOfNoCandidatesHasNoneAlive) {
  Arena arena;
  Domains domains(arena);
  const DomainIndex empty = domains.Add(0);
  EXPECT_EQ(domains.LowestAlive(empty).first, kNoPosition);
  EXPECT_FALSE(domains.KeepOnly(empty, {}, ByVar(1)));
}

// The same cuts in two domains, once told by ranges and once by bits too: nobody can tell which.
TEST(Domains, BitsSayWhatRangesSay) {
  constexpr PositionRange kSets[][2] = {
      {{0, 3}, {5, 9}}, {{2, 6}, {8, 8}}, {{0, 0}, {63, 63}}, {{1, 62}, {63, 63}}};
  Arena arena;
  Domains domains(arena);
  const DomainIndex plain = domains.Add(64);
  const DomainIndex bits = domains.Add(64);
  Var by = 0;
  for (const std::span<const PositionRange> cut : kSets) {
    ++by;
    const Members members(cut, domains.WordOf(bits, cut));
    EXPECT_EQ(domains.KeepOnly(plain, cut, ByVar(by)), domains.KeepOnly(bits, members, ByVar(by)));
    for (const std::span<const PositionRange> asked : kSets) {
      const Members both(asked, domains.WordOf(bits, asked));
      EXPECT_EQ(domains.LowestAlive(plain, asked).first, domains.LowestAlive(bits, both).first);
      EXPECT_EQ(domains.LowestAlive(plain, asked).second, domains.LowestAlive(bits, both).second);
      for (const Position except : {Position{0}, Position{8}, Position{63}, kNoPosition}) {
        EXPECT_EQ(Killers(domains, asked, except, plain), Killers(domains, both, except, bits));
      }
    }
  }
  domains.DropOne(plain, 8, ByVar(9));
  domains.DropOne(bits, 8, ByVar(9));
  const Members second(kSets[1], domains.WordOf(bits, kSets[1]));
  EXPECT_EQ(Killers(domains, kSets[1], 2, plain), Killers(domains, second, 2, bits));
  EXPECT_EQ(Killers(domains, kSets[1], 8, plain), Killers(domains, second, 8, bits));
}

TEST(Ranges, IntersectIfTheyShareAPosition) {
  constexpr PositionRange kInside[] = {{129, 130}};
  constexpr PositionRange kOutside[] = {{0, 9}, {130, 140}};
  EXPECT_TRUE(Intersects(kMiddle, kInside));
  EXPECT_FALSE(Intersects(kMiddle, kOutside));
  EXPECT_FALSE(Intersects(kMiddle, {}));
}

TEST(Ranges, AreASubsetIfEachLiesInOne) {
  constexpr PositionRange kParts[] = {{10, 20}, {129, 129}};
  constexpr PositionRange kAcross[] = {{9, 10}};
  EXPECT_TRUE(IsSubset(kParts, kMiddle));
  EXPECT_FALSE(IsSubset(kMiddle, kParts));
  EXPECT_FALSE(IsSubset(kAcross, kMiddle));
  EXPECT_TRUE(IsSubset({}, kMiddle));
}

TEST(Sparse, KeepsWhatWasWrittenAsItGrowsAndHasTheAbsentElsewhere) {
  Arena arena;
  Sparse<PackageId, uint32_t> sparse(7, arena);
  for (uint32_t i = 0; i < 1000; ++i) sparse.Write(PackageId(i * 977)) = i;
  for (uint32_t i = 0; i < 1000; ++i) ASSERT_EQ(sparse[PackageId(i * 977)], i);
  EXPECT_EQ(sparse[PackageId(uint32_t{1})], 7U);
  EXPECT_EQ(sparse.Write(PackageId(uint32_t{2})), 7U);
}

TEST(Arena, AVectorKeepsWhatItHasWhileOthersGrow) {
  Arena arena;
  ArenaVector<uint32_t> a(arena);
  ArenaVector<uint64_t> b(arena);
  for (uint32_t i = 0; i < 10'000; ++i) {
    a.push_back(i);
    b.push_back(uint64_t{i} << 32);
  }
  for (uint32_t i = 0; i < 10'000; ++i) {
    ASSERT_EQ(a[i], i);
    ASSERT_EQ(b[i], uint64_t{i} << 32);
  }
}

}  // namespace
}  // namespace accord::cdcl
