// Why an answer does not have a version, for each kind of reason.
#include <set>

#include "tests/unit/engine/why_fixture.h"

namespace accord::engine {
namespace {

using accord::testing::ForPython;
using accord::testing::Request;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(WhyTest, WhatTheAnswerHasIsToldAsChosen) {
  Add("a", "1");
  Add("a", "2");
  for (const char* wish : {"a==2", "a>=1", "a"}) {
    const WhyNot why = NotChosen({"a"}, wish);
    EXPECT_EQ(why.kind, WhyNotKind::kChosen) << wish;
    EXPECT_EQ(why.chosen, "2");
  }
}

TEST_F(WhyTest, AnOlderVersionThatWouldDoIsWorseInItself) {
  Add("a", "1");
  Add("a", "2");
  const WhyNot why = NotChosen({"a"}, "a==1");
  EXPECT_EQ(why.kind, WhyNotKind::kWorse);
  EXPECT_EQ(why.instead, "1");
  EXPECT_THAT(Changes(why), ElementsAre("a 2 -> 1"));
  ASSERT_TRUE(why.first.has_value());
  EXPECT_EQ(why.first->name, "a");
}

TEST_F(WhyTest, WhatIsDecidedBeforeAndWouldBeOlderIsNamedFirst) {
  Add("app", "1", {"lib>=1"});
  Add("app", "2", {"lib<2", "extra-lib"});
  Add("lib", "1");
  Add("lib", "2", {"new-lib"});
  Add("extra-lib", "1");
  Add("new-lib", "1");
  const WhyNot why = NotChosen({"app"}, "lib>=2");
  EXPECT_EQ(why.kind, WhyNotKind::kWorse);
  EXPECT_EQ(why.chosen, "1");
  EXPECT_EQ(why.instead, "2");
  ASSERT_TRUE(why.first.has_value());
  EXPECT_EQ(Text(*why.first), "app 2 -> 1");
  EXPECT_THAT(Changes(why),
              ElementsAre("app 2 -> 1", "extra-lib 1 -> ", "lib 1 -> 2", "new-lib  -> 1"));
}

// The wish is taken last: z would otherwise be decided at once, and its newest need would cost lib.
TEST_F(WhyTest, TheWishCostsNoMoreThanItMust) {
  Add("app", "1", {"lib"});
  Add("lib", "1");
  Add("lib", "2");
  Add("z", "1");
  Add("z", "2", {"lib<2"});
  const WhyNot why = NotChosen({"app"}, "z");
  EXPECT_EQ(why.kind, WhyNotKind::kNotNeeded);
  EXPECT_EQ(why.instead, "1");
  EXPECT_FALSE(why.first.has_value());
  EXPECT_THAT(Changes(why), ElementsAre("z  -> 1"));
}

TEST_F(WhyTest, AConflictIsToldInSentences) {
  Add("app", "1", {"lib<2"});
  Add("lib", "1");
  Add("lib", "2");
  const WhyNot why = NotChosen({"app"}, "lib==2");
  EXPECT_EQ(why.kind, WhyNotKind::kImpossible);
  EXPECT_THAT(why.explanation.sentences,
              ElementsAre("Because app needs lib<2 and you ask for app, lib<2 is needed.",
                          "Because lib<2 is needed and you ask for lib==2, there is no "
                          "solution."));
  EXPECT_THAT(Lines(why.conflict), Contains("request: lib==2"));
}

TEST_F(WhyTest, AnExtraCanBeWishedFor) {
  Add("app", "1", {"lib<2"});
  Add("z", "1", {"lib>=2; extra == 'x'"}, {"x"});
  Add("lib", "1");
  Add("lib", "2");
  EXPECT_EQ(NotChosen({"app"}, "z").kind, WhyNotKind::kNotNeeded);
  EXPECT_EQ(NotChosen({"app"}, "z[x]").kind, WhyNotKind::kImpossible);
  EXPECT_EQ(NotChosen({"z"}, "z[x]").kind, WhyNotKind::kNotNeeded);
}

TEST_F(WhyTest, WhatAFilterLeftOutIsToldWithItsSwitch) {
  Add("a", "1");
  source_.AddVersion("a", "2", ForPython(">=3.13"));
  Add("a", "3rc1");
  const WhyNot one = NotChosen({"a"}, "a==2");
  EXPECT_EQ(one.kind, WhyNotKind::kNotAdmitted);
  ASSERT_EQ(one.left_out.size(), 1u);
  EXPECT_EQ(one.left_out[0].filter, "requiresPython");
  EXPECT_THAT(one.left_out[0].sentence, HasSubstr("(--python)"));
  const WhyNot two = NotChosen({"a"}, "a>1");
  EXPECT_EQ(two.kind, WhyNotKind::kNotAdmitted);
  EXPECT_EQ(two.left_out.size(), 2u);
}

// Asking may not let in what the request does not: a pre-release that the question names.
TEST_F(WhyTest, AQuestionAdmitsNothing) {
  Add("a", "1");
  Add("a", "2rc1");
  const WhyNot why = NotChosen({"a"}, "a==2rc1");
  EXPECT_EQ(why.kind, WhyNotKind::kNotAdmitted);
  EXPECT_EQ(why.left_out[0].filter, "prerelease");
}

TEST_F(WhyTest, OfAVersionThatThereIsNotTheNearestAreTold) {
  for (const char* version : {"1", "1.9", "2rc1", "3"}) Add("a", version);
  const WhyNot between = NotChosen({"a"}, "a==1.10");
  EXPECT_EQ(between.kind, WhyNotKind::kNoVersion);
  EXPECT_EQ(between.older, "1.9");
  EXPECT_EQ(between.newer, "2rc1");
  const WhyNot above = NotChosen({"a"}, "a>=4");
  EXPECT_EQ(above.older, "3");
  EXPECT_EQ(above.newer, "");
  EXPECT_EQ(NotChosen({"a"}, "a==0.1").newer, "1");
}

TEST_F(WhyTest, NamesThatAreNotThereAreToldApart) {
  Add("a", "1");
  EXPECT_EQ(NotChosen({"a"}, "gone==1").kind, WhyNotKind::kNonexistent);
  pypi::ResolveRequest request = Request({"a"});
  request.absent = pypi::AbsentPolicy::kUnknown;
  EXPECT_EQ(NotChosen(request, "gone").kind, WhyNotKind::kUnknown);
}

TEST_F(WhyTest, AWishThatRestsOnWhatNobodyKnowsSaysSo) {
  Add("a", "1");
  Add("a", "2", {"ghost"});
  pypi::ResolveRequest request = Request({"a"});
  request.absent = pypi::AbsentPolicy::kUnknown;
  const WhyNot impossible = NotChosen(request, "a==2");
  EXPECT_EQ(impossible.kind, WhyNotKind::kImpossible);
  EXPECT_THAT(impossible.assuming, ElementsAre("ghost"));
}

// The question is harder than the request: with some limit the one is answered, the other not.
TEST_F(WhyTest, PastTheLimitOfWorkAWishIsStopped) {
  Add("app", "1");
  for (int i = 0; i < 20; ++i) Add(Cat("link", i), "1", {Cat("link", i + 1)});
  Add("link20", "1");
  std::set<WhyNotKind> kinds;
  for (uint64_t work = 1; work < 1000; work += 5) {
    options_.budget.work_max = work;
    const Explained explained = Ask(Request({"app"}), {.not_chosen = "link0"});
    if (explained.not_chosen) kinds.insert(explained.not_chosen->kind);
  }
  EXPECT_THAT(kinds, ElementsAre(WhyNotKind::kNotNeeded, WhyNotKind::kStopped));
}

TEST_F(WhyTest, AWishThatCannotBeReadIsAnErrorWithItsPlace) {
  Add("a", "1");
  const metadata::Source* sources[] = {&source_};
  for (const char* text :
       {"a >> 1", "a; python_version > '3'", "a @ https://files.example/a.whl"}) {
    const auto explained = Explain(Request({"a"}), sources, {.not_chosen = text});
    EXPECT_EQ(explained.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(Message(explained.status()), ::testing::StartsWith("--why-not: ")) << text;
  }
}

}  // namespace
}  // namespace accord::engine
