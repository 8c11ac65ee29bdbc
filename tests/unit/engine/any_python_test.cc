// The newest Python for which a request holds.
#include "engine/any_python.h"

#include <string>
#include <vector>

#include "tests/unit/engine/fixture.h"

namespace accord::engine {
namespace {

using accord::testing::Request;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AnyPythonTest : public EngineTest {
 protected:
  AnyPythonTest() {
    for (const char* python : {"3.13", "3.12", "3.11"}) {
      choices_.push_back({.python = python,
                          .environment = *pypi::Environment::CPythonOnLinux(python),
                          .tags = {},
                          .target = python});
    }
  }
  AnyPythonAnswer ResolveAny(const std::vector<std::string>& requirements) {
    const metadata::Source* sources[] = {&source_};
    absl::StatusOr<AnyPythonAnswer> answer =
        ResolveAnyPython(Request(requirements), choices_, sources, options_);
    EXPECT_TRUE(answer.ok()) << Message(answer.status());
    return answer.ok() ? *std::move(answer) : AnyPythonAnswer{};
  }
  static std::vector<std::string> Tried(const AnyPythonAnswer& any) {
    std::vector<std::string> pythons;
    for (const PythonTried& one : any.answer.pythons_tried) pythons.push_back(one.python);
    return pythons;
  }
  void AddFor(std::string_view name, std::string_view version, std::string requires_python) {
    source_.AddVersion(name, version, accord::testing::ForPython(std::move(requires_python)));
  }

  std::vector<PythonChoice> choices_;
};

TEST_F(AnyPythonTest, TheNewestPythonWithASolutionIsTaken) {
  AddFor("a", "1", "<3.13");
  AddFor("b", "1", "");
  const AnyPythonAnswer any = ResolveAny({"a", "b"});
  EXPECT_EQ(choices_[any.chosen].python, "3.12");
  EXPECT_THAT(Pins(any.answer), ElementsAre("a 1", "b 1"));
  EXPECT_THAT(Tried(any), ElementsAre("3.13"));
}

TEST_F(AnyPythonTest, AnOlderVersionOnANewerPythonIsBetterThanANewerOnAnOlder) {
  AddFor("a", "1", "");
  AddFor("a", "2", "<3.12");
  const AnyPythonAnswer any = ResolveAny({"a"});
  EXPECT_EQ(choices_[any.chosen].python, "3.13");
  EXPECT_THAT(Pins(any.answer), ElementsAre("a 1"));
  EXPECT_THAT(Tried(any), IsEmpty());
}

TEST_F(AnyPythonTest, IfNoPythonWillDoAllSayWhy) {
  AddFor("a", "1", "<3.12");
  AddFor("b", "1", ">=3.12");
  const AnyPythonAnswer any = ResolveAny({"a", "b"});
  EXPECT_EQ(any.answer.status, Status::kUnsat);
  EXPECT_THAT(Tried(any), ElementsAre("3.13", "3.12", "3.11"));
  for (const PythonTried& one : any.answer.pythons_tried) EXPECT_FALSE(one.conflict.empty());
  // Whoever passes a Python over makes no sentences; the answer itself has them.
  EXPECT_FALSE(any.answer.explanation.sentences.empty());
  EXPECT_FALSE(any.answer.hints.empty());
}

TEST_F(AnyPythonTest, AStoppedSearchDoesNotGoOnToOlderPythons) {
  AddFor("a", "1", "");
  CancelFlag cancelled;
  cancelled.Cancel();
  options_.budget.cancel = &cancelled;
  EXPECT_EQ(ResolveAny({"a"}).answer.status, Status::kStopped);
}

}  // namespace
}  // namespace accord::engine
