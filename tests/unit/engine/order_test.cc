// Priorities of a request, and why a requested package is not at its newest.
#include "tests/unit/engine/fixture.h"

namespace accord::engine {
namespace {

using accord::testing::Request;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Design section 5: request a and b, b>=2 needs a==1, b 1.0 needs something that does not exist:
// wanted is the newest b with a 1, whatever they are called.
TEST_F(EngineTest, WhoRequiresIsNewestWhateverTheNamesAre) {
  for (const auto& [needed, requirer] : {std::pair("a", "b"), std::pair("z", "b")}) {
    source_ = accord::testing::MemorySource();
    Add(needed, "1");
    Add(needed, "2");
    Add(requirer, "1.0", {"gone"});
    Add(requirer, "2", {Cat(needed, "==1")});
    Add(requirer, "3", {Cat(needed, "==1")});
    const Answer answer = Resolve({needed, requirer});
    EXPECT_THAT(Pins(answer),
                ::testing::UnorderedElementsAre(Cat(needed, " 1"), Cat(requirer, " 3")));
    ASSERT_EQ(answer.priorities.size(), 2u);
    EXPECT_EQ(answer.priorities[0].name, requirer);
  }
}

TEST_F(EngineTest, ByNameTheSmallerNameIsNewest) {
  Add("a", "1");
  Add("a", "2");
  Add("b", "1");
  Add("b", "2", {"a==1"});
  pypi::ResolveRequest request = Request({"b", "a"});
  request.order = pypi::RequestOrder::kName;
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 2", "b 1"));
  request.order = pypi::RequestOrder::kAsGiven;
  EXPECT_THAT(Pins(Resolve(request)), ElementsAre("a 1", "b 2"));
}

TEST_F(EngineTest, WhatTheRequestItselfHoldsBackNeedsNoQuestion) {
  Add("a", "1");
  Add("a", "2");
  const Answer answer = Resolve({"a<2"});
  ASSERT_EQ(answer.behind.size(), 1u);
  EXPECT_EQ(answer.behind[0].kind, BehindKind::kRequest);
  EXPECT_EQ(answer.behind[0].chosen, "1");
  EXPECT_EQ(answer.behind[0].newest, "2");
}

TEST_F(EngineTest, ANewerVersionThatCannotBeHasItsLines) {
  Add("a", "1");
  Add("a", "2", {"gone"});
  const Answer answer = Resolve({"a"});
  ASSERT_EQ(answer.behind.size(), 1u);
  EXPECT_EQ(answer.behind[0].kind, BehindKind::kImpossible);
  EXPECT_THAT(Lines(answer.behind[0].lines), Contains("a 2 needs gone"));
  EXPECT_THAT(Lines(answer.behind[0].lines), Contains("constraint: a newer than 1"));
}

TEST_F(EngineTest, ANewerVersionThatCostsAnotherSaysWhatItCosts) {
  Add("a", "1");
  Add("a", "2");
  Add("b", "1");
  Add("b", "2", {"a==1"});
  const Answer answer = Resolve({"a", "b"});
  ASSERT_EQ(answer.behind.size(), 1u);
  EXPECT_EQ(answer.behind[0].name, "a");
  EXPECT_EQ(answer.behind[0].kind, BehindKind::kTraded);
  EXPECT_EQ(answer.behind[0].instead, "2");
  ASSERT_EQ(answer.behind[0].trades.size(), 1u);
  EXPECT_EQ(answer.behind[0].trades[0].name, "b");
  EXPECT_EQ(answer.behind[0].trades[0].chosen, "2");
  EXPECT_EQ(answer.behind[0].trades[0].instead, "1");
}

TEST_F(EngineTest, NobodyIsBehindWhenAllAreNewest) {
  Add("a", "1");
  Add("a", "2", {"b"});
  Add("b", "1");
  EXPECT_THAT(Resolve({"a", "b"}).behind, IsEmpty());
}

TEST_F(EngineTest, QuestionsAboutWhoIsBehindCanBeLeftOut) {
  Add("a", "1");
  Add("a", "2", {"gone"});
  options_.explain_behind = false;
  EXPECT_THAT(Resolve({"a"}).behind, IsEmpty());
}

}  // namespace
}  // namespace accord::engine
