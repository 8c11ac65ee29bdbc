// The SAT core alone: what arrives in the midst of a search takes effect at the level it belongs
// to.
#include "solver/cdcl/sat_core.h"

#include <gtest/gtest.h>

namespace accord::cdcl {
namespace {

constexpr PositionRange kBoth[] = {{0, 1}};

TEST(SatCore, AGateHoldsAsLongAsAnyCandidateThatImpliesIt) {
  Arena arena;
  SatCore core({}, arena);
  const Var first = core.CandidateVar(core.AddDomain(2, /*exclusive=*/false), 0);
  core.Decide(Lit::True(first + 1));
  core.Decide(Lit::True(first));
  ASSERT_TRUE(core.Propagate());
  const GateIndex has = core.AddGate(GateUse::kHas);
  core.AttachGate(has, 0, kBoth);
  core.Backtrack(1);
  ASSERT_TRUE(core.Propagate());
  EXPECT_EQ(core.value(core.gate_var(has)), Value::kTrue);
}

TEST(SatCore, AClauseThatComesLateImpliesAtItsOwnLevel) {
  Arena arena;
  SatCore core({}, arena);
  const Var a = core.AddVar();
  const Var b = core.AddVar();
  core.Decide(Lit::True(a));
  core.Decide(Lit::True(b));
  ASSERT_TRUE(core.Propagate());
  const Lit clause[] = {Lit::False(a), Lit::True(b)};  // unit since level 1, where b was open
  core.AddClause(clause, 0);
  core.Backtrack(1);
  ASSERT_TRUE(core.Propagate());
  EXPECT_EQ(core.value(b), Value::kTrue);
}

TEST(SatCore, AUnitClauseIsNotForgottenWhenItsConflictIsLeftAlone) {
  Arena arena;
  SatCore core({}, arena);
  const Var a = core.AddVar();
  core.Decide(Lit::True(a));
  const Lit unit = Lit::False(a);
  core.AddClause({&unit, 1}, 0);
  ASSERT_FALSE(core.Propagate());
  core.Backtrack(0);
  ASSERT_TRUE(core.Propagate());
  EXPECT_EQ(core.value(a), Value::kFalse);
}

TEST(SatCore, OfTwoConflictsTheSecondIsNotLost) {
  Arena arena;
  SatCore core({}, arena);
  const Var a = core.AddVar();
  const Var b = core.AddVar();
  const Var c = core.AddVar();
  for (const Var var : {a, b, c}) core.Decide(Lit::True(var));
  ASSERT_TRUE(core.Propagate());
  const Lit first[] = {Lit::False(b), Lit::False(c)};
  const Lit second[] = {Lit::False(a), Lit::False(c)};
  core.AddClause(first, 0);
  core.AddClause(second, 1);
  ASSERT_FALSE(core.Propagate());
  core.Backtrack(1);
  ASSERT_TRUE(core.Propagate());
  EXPECT_EQ(core.value(c), Value::kFalse) << "a implies it";
}

TEST(SatCore, ALearntClauseSpeaksOfWhatImpliedTheConflict) {
  // x implies p and q, which cannot both be; y between has no part in it.
  Arena arena;
  SatCore core({}, arena);
  const Var x = core.AddVar();
  const Var y = core.AddVar();
  const Var z = core.AddVar();
  const DomainIndex domain = core.AddDomain(2, /*exclusive=*/true);
  const Var p = core.CandidateVar(domain, 0);
  const Var q = core.CandidateVar(domain, 1);
  const Lit x_p[] = {Lit::False(x), Lit::False(z), Lit::True(p)};
  const Lit x_q[] = {Lit::False(x), Lit::False(z), Lit::True(q)};
  core.AddClause(x_p, 0);
  core.AddClause(x_q, 1);
  for (const Var var : {x, y, z}) {
    core.Decide(Lit::True(var));
    if (var != z) {
      ASSERT_TRUE(core.Propagate());
    }
  }
  ASSERT_FALSE(core.Propagate());
  ASSERT_TRUE(core.Learn());
  ASSERT_TRUE(core.Propagate());
  EXPECT_EQ(core.value(z), Value::kFalse);
  EXPECT_EQ(core.counters().learnt_literals, 2U) << "not x or not z";
  EXPECT_EQ(core.level(), 2U) << "y is not redone";
}

}  // namespace
}  // namespace accord::cdcl
