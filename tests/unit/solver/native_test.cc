// Domains, gates and the trail together: candidates that exclude each other are ruled out without
// being assigned, and what follows from that holds at the level it belongs to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "solver/cdcl/sat_core.h"

namespace accord::cdcl {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr PositionRange kLow[] = {{0, 1}};
constexpr PositionRange kSecond[] = {{1, 2}};
constexpr PositionRange kHigh[] = {{2, 3}};
constexpr PositionRange kTop[] = {{3, 3}};

class Native : public ::testing::Test {
 protected:
  Var Gate(GateUse use, std::span<const PositionRange> set) {
    const GateIndex gate = core_.AddGate(use);
    core_.AttachGate(gate, domain_, set);
    return core_.gate_var(gate);
  }
  void Decide(Lit literal) {
    core_.Decide(literal);
    ASSERT_TRUE(core_.Propagate());
  }
  Value At(Position position) const { return core_.value(domain_, position); }

  Arena arena_;
  SatCore core_{{}, arena_};
  DomainIndex domain_ = core_.AddDomain(4, /*exclusive=*/true);
};

TEST_F(Native, ACandidateThatHoldsRulesOutSiblingsWithoutAssigningThem) {
  Decide(Lit::True(core_.CandidateVar(domain_, 1)));
  EXPECT_EQ(At(0), Value::kFalse);
  EXPECT_EQ(At(3), Value::kFalse);
  EXPECT_EQ(core_.trail().size(), 1U);
  core_.Backtrack(0);
  EXPECT_EQ(At(3), Value::kOpen);
}

TEST_F(Native, ASiblingWithAVariableIsAssigned) {
  const Var sibling = core_.CandidateVar(domain_, 3);
  Decide(Lit::True(core_.CandidateVar(domain_, 1)));
  EXPECT_EQ(core_.value(sibling), Value::kFalse);
}

TEST_F(Native, AVariableOfADeadCandidateIsFalseFromItsBeginning) {
  Decide(Lit::True(Gate(GateUse::kNeeds, kLow)));
  const Var late = core_.CandidateVar(domain_, 3);
  EXPECT_EQ(core_.value(late), Value::kFalse);
  core_.Backtrack(0);
  EXPECT_EQ(core_.value(late), Value::kOpen);
}

TEST_F(Native, OfTwoGatesThatHoldTheOneCandidateInBothHolds) {
  Decide(Lit::True(Gate(GateUse::kNeeds, kLow)));
  Decide(Lit::True(Gate(GateUse::kNeeds, kSecond)));
  EXPECT_EQ(At(1), Value::kTrue);
  core_.Backtrack(1);
  EXPECT_EQ(At(1), Value::kOpen);
}

TEST_F(Native, AGateIsFalseWhenNothingOfItsSetIsLeft) {
  const Var high = Gate(GateUse::kNeeds, kHigh);
  Decide(Lit::False(core_.CandidateVar(domain_, 2)));
  EXPECT_EQ(core_.value(high), Value::kOpen);
  Decide(Lit::False(core_.CandidateVar(domain_, 3)));
  EXPECT_EQ(core_.value(high), Value::kFalse);
  core_.Backtrack(1);
  EXPECT_EQ(core_.value(high), Value::kOpen);
}

TEST_F(Native, AGateThatComesWhenItsSetIsDeadIsFalse) {
  Decide(Lit::True(Gate(GateUse::kNeeds, kLow)));
  EXPECT_EQ(core_.value(Gate(GateUse::kNeeds, kHigh)), Value::kFalse);
}

TEST_F(Native, OnlyAndHasCutTheDomainToo) {
  Decide(Lit::True(Gate(GateUse::kOnly, kSecond)));
  EXPECT_EQ(At(0), Value::kFalse);
  EXPECT_EQ(At(1), Value::kOpen);
  Decide(Lit::False(Gate(GateUse::kHas, kLow)));
  EXPECT_EQ(At(1), Value::kFalse);
  EXPECT_EQ(At(2), Value::kOpen) << "neither requires one";
}

TEST_F(Native, WhatAnEarlierCutKilledDiesOfALowerOneWhenThatIsUndone) {
  // At level 2 a late unit clause makes "needs low" true at level 0; "needs high" goes with
  // level 2.
  const Var low = Gate(GateUse::kNeeds, kLow);
  const Var x = core_.AddVar();
  const Var top = core_.CandidateVar(domain_, 3);
  Decide(Lit::True(x));
  Decide(Lit::False(top));
  const Lit unit = Lit::True(low);
  core_.AddClause({&unit, 1}, 0);
  ASSERT_TRUE(core_.Propagate());
  EXPECT_EQ(At(2), Value::kFalse);
  core_.Backtrack(1);
  EXPECT_EQ(At(2), Value::kFalse) << "its cut stays";
  ASSERT_TRUE(core_.Propagate());
  EXPECT_EQ(core_.value(top), Value::kFalse) << "it is outside of low";
}

TEST_F(Native, AConflictBetweenGatesIsLearntAsOne) {
  // x -> needs low, y -> needs top.
  const Var x = core_.AddVar();
  const Var y = core_.AddVar();
  const Lit x_low[] = {Lit::False(x), Lit::True(Gate(GateUse::kNeeds, kLow))};
  const Lit y_high[] = {Lit::False(y), Lit::True(Gate(GateUse::kNeeds, kHigh))};
  core_.AddClause(x_low, 0);
  core_.AddClause(y_high, 1);
  Decide(Lit::True(x));
  EXPECT_EQ(core_.value(y), Value::kFalse) << "no candidate had to be a variable";
  EXPECT_EQ(core_.trail().size(), 4U);
}

// The reasons of "gate is false" at level 1, where all that is decided is `decided`.
SatCore::Sources WhyFalse(const SatCore& core, Var gate) {
  const Lit absent = Lit::False(gate);
  return core.TraceLiterals({&absent, 1});
}

TEST_F(Native, OneAtATimeIsAReasonWhereSiblingsDiedOfIt) {
  const Var high = Gate(GateUse::kNeeds, kHigh);
  const Var two = core_.CandidateVar(domain_, 2);
  const Lit not_two[] = {Lit::False(two)};
  core_.AddClause(not_two, 5);
  Decide(Lit::True(Gate(GateUse::kNeeds, kLow)));
  ASSERT_EQ(core_.value(high), Value::kFalse);
  EXPECT_THAT(WhyFalse(core_, high).exclusive, ElementsAre(domain_));
}

TEST_F(Native, OneAtATimeIsNoReasonWhereEachDiedByItself) {
  const Var high = Gate(GateUse::kNeeds, kHigh);
  for (const Position position : {2U, 3U}) {
    const Lit absent = Lit::False(core_.CandidateVar(domain_, position));
    core_.AddClause({&absent, 1}, position);
  }
  ASSERT_TRUE(core_.Propagate());
  ASSERT_EQ(core_.value(high), Value::kFalse);
  SatCore::Sources why = WhyFalse(core_, high);
  EXPECT_THAT(why.exclusive, IsEmpty());
  std::ranges::sort(why.origins);
  EXPECT_THAT(why.origins, ElementsAre(2, 3));
}

TEST_F(Native, WhatALearntClauseRestsOnIsSaidWhenTheCutsAreGone) {
  // x implies needs low, not candidate 1 and needs middle, of which low leaves candidate 1 alone.
  const Var x = core_.AddVar();
  const Var low = Gate(GateUse::kNeeds, kLow);
  const Var middle = Gate(GateUse::kNeeds, kSecond);
  const Var z = core_.AddVar();
  const Lit implied[] = {Lit::True(low), Lit::False(core_.CandidateVar(domain_, 1)), Lit::True(z)};
  for (const Lit literal : implied) {
    const Lit clause[] = {Lit::False(x), literal};
    core_.AddClause(clause, 0);
  }
  const Lit z_middle[] = {Lit::False(z), Lit::True(middle)};
  core_.AddClause(z_middle, 1);
  Decide(Lit::True(core_.AddVar()));
  core_.Decide(Lit::True(x));
  ASSERT_FALSE(core_.Propagate());
  ASSERT_TRUE(core_.Learn());
  core_.Backtrack(0);
  ASSERT_EQ(At(3), Value::kOpen) << "no cut is left";
  const Lit refuted = Lit::False(x);
  EXPECT_THAT(core_.TraceLiterals({&refuted, 1}).exclusive, ElementsAre(domain_));
}

TEST_F(Native, HighestAliveIsTheBestThatIsNotRuledOut) {
  Decide(Lit::True(Gate(GateUse::kOnly, kSecond)));
  constexpr PositionRange kAll[] = {{0, 3}};
  EXPECT_EQ(core_.HighestAlive(domain_, kAll), 2U);
  EXPECT_EQ(core_.HighestAlive(domain_, kTop), kNoPosition);
}

}  // namespace
}  // namespace accord::cdcl
