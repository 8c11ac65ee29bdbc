// PyPI requests over facts that come when they are asked for.
#include "engine/pypi_solve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "engine/pypi_source.h"
#include "engine/verify.h"
#include "tests/support/memory_source.h"
#include "tests/support/pypi_request.h"

namespace accord::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using accord::testing::MemorySource;
using accord::testing::Needing;
using accord::testing::Request;

// A wheel of each version, "lib-1.0-py3-none-any.whl".
std::string WheelOf(const std::string& name, const std::string& version) {
  return Cat(name, "-", version, "-py3-none-any.whl");
}

PypiList WheelsOf(const std::string& name, const std::vector<std::string>& versions) {
  PypiList list{.package = name, .files = {}, .place = "/put"};
  for (const std::string& version : versions) {
    list.files.push_back({.name = WheelOf(name, version)});
  }
  return list;
}

// `lines`: further fields, "Requires-Dist: lib>=1".
PypiText Telling(const std::string& name, const std::string& version,
                 const std::vector<std::string>& lines = {}) {
  PypiText text{.package = name, .file = WheelOf(name, version), .text = {}, .unknown = {}};
  text.text = Cat("Metadata-Version: 2.1\nName: ", name, "\nVersion: ", version, "\n");
  for (const std::string& line : lines) text.text += line + "\n";
  return text;
}

class PypiSolveTest : public ::testing::Test {
 protected:
  void Say(PypiUpdate update) {
    auto applied = Apply(*facts_, std::move(update));
    ASSERT_TRUE(applied.ok()) << Message(applied.status());
    facts_ = *std::move(applied);
  }
  void Know(PypiSolve& solve, PypiUpdate update) {
    Say(std::move(update));
    EXPECT_TRUE(solve.SetFacts(facts_));
  }
  // What a run wants: "lib", "app app-1.0-py3-none-any.whl"; nothing: it is answered.
  std::vector<std::string> Run(PypiSolve& solve) {
    auto ran = solve.Run({});
    EXPECT_TRUE(ran.ok()) << Message(ran.status());
    if (!ran.ok()) return {};
    if (auto* explained = std::get_if<Explained>(&*ran)) {
      explained_ = std::move(*explained);
      return {};
    }
    std::vector<std::string> texts;
    for (const Wanted& wanted : std::get<Wants>(*ran).facts) {
      std::string& text = texts.emplace_back(wanted.package);
      for (const std::string& file : wanted.files) text += Cat(" ", file);
    }
    return texts;
  }
  // In one run, from what is known, before `corpora`.
  Explained Closed(const pypi::ResolveRequest& request,
                   std::vector<const metadata::Source*> corpora = {}) {
    const PypiSource known(facts_);
    corpora.insert(corpora.begin(), &known);
    absl::StatusOr<Explained> explained = Explain(request, corpora, {}, {});
    EXPECT_TRUE(explained.ok()) << Message(explained.status());
    return explained.ok() ? *std::move(explained) : Explained{};
  }
  static std::vector<std::string> Chosen(const Explained& explained) {
    std::vector<std::string> texts;
    for (const ChosenPackage& one : explained.answer.solution) {
      texts.push_back(Cat(one.name, " ", one.version));
    }
    return texts;
  }
  static std::vector<std::string> Lines(const Explained& explained) {
    std::vector<std::string> texts;
    for (const CoreLine& line : explained.answer.conflict) texts.push_back(line.text);
    return texts;
  }

  std::shared_ptr<const PypiFacts> facts_ = PypiFacts::None();
  Explained explained_;
};

TEST_F(PypiSolveTest, ListsComeFirstThenTheMetadataOfTheBestFiles) {
  PypiSolve solve(facts_, {}, Request({"app", "lib"}));
  EXPECT_THAT(Run(solve), ElementsAre("app", "lib"));
  Know(solve, {.put = {WheelsOf("app", {"1.0", "2.0"})}});
  EXPECT_THAT(Run(solve), ElementsAre("lib"));
  Know(solve, {.put = {WheelsOf("lib", {"1.0"})}});
  EXPECT_THAT(Run(solve),
              ElementsAre("app app-2.0-py3-none-any.whl", "lib lib-1.0-py3-none-any.whl"));
  Know(solve, {.metadata = {Telling("app", "2.0", {"Requires-Dist: more"}), Telling("lib", "1.0"),
                            Telling("app", "1.0")}});
  EXPECT_THAT(Run(solve), ElementsAre("more"));
  Know(solve, {.absent = {{.package = "more", .reason = {}, .place = {}}}});
  EXPECT_THAT(Run(solve), IsEmpty());
  EXPECT_THAT(Chosen(explained_), ElementsAre("app 1.0", "lib 1.0"));
}

TEST_F(PypiSolveTest, WhatWasReadAndIsNotSoAnyMoreIsRefused) {
  PypiSolve solve(facts_, {}, Request({"app"}));
  Know(solve, {.put = {WheelsOf("app", {"1.0", "2.0"})}});
  EXPECT_THAT(Run(solve), ElementsAre("app app-2.0-py3-none-any.whl"));
  // Said again as it was, and what nobody has read.
  Know(solve, {.put = {WheelsOf("app", {"1.0", "2.0"}), WheelsOf("other", {"1"})}});
  Say({.put = {WheelsOf("app", {"1.0"})}});
  EXPECT_FALSE(solve.SetFacts(facts_));
}

TEST_F(PypiSolveTest, MetadataThatWereReadAreHeldTo) {
  Say({.put = {WheelsOf("app", {"1.0"})},
       .metadata = {Telling("app", "1.0", {"Requires-Dist: lib"})}});
  PypiSolve solve(facts_, {}, Request({"app"}));
  EXPECT_THAT(Run(solve), ElementsAre("lib"));
  Say({.metadata = {Telling("app", "1.0", {"Requires-Dist: bib"})}});
  EXPECT_FALSE(solve.SetFacts(facts_));
}

TEST_F(PypiSolveTest, ACorpusHasWhatNobodySpokeOf) {
  auto corpus = std::make_shared<MemorySource>();
  corpus->AddVersion("lib", "1.0", Needing({"deep"}));
  corpus->AddVersion("app", "9.0");
  corpus->AddVersion("deep", "3.0");
  PypiSolve solve(facts_, {corpus}, Request({"app", "lib", "new"}));
  EXPECT_THAT(Run(solve), ElementsAre("new"));
  Know(solve, {.put = {WheelsOf("new", {"1.0"})}, .metadata = {Telling("new", "1.0")}});
  EXPECT_THAT(Run(solve), IsEmpty());
  EXPECT_THAT(Chosen(explained_), ElementsAre("app 9.0", "deep 3.0", "lib 1.0", "new 1.0"));
  EXPECT_EQ(explained_.answer.solution.back().index, "universe/update");
}

TEST_F(PypiSolveTest, WhatWasSaidCountsBeforeCorpora) {
  MemorySource corpus;
  corpus.AddVersion("app", "9.0", Needing({"gone"}));
  corpus.AddVersion("gone", "1.0");
  Say({.put = {WheelsOf("app", {"1.0"})},
       .metadata = {Telling("app", "1.0")},
       .absent = {{.package = "gone", .reason = {}, .place = {}}}});
  EXPECT_THAT(Chosen(Closed(Request({"app"}), {&corpus})), ElementsAre("app 1.0"));
  EXPECT_THAT(Lines(Closed(Request({"gone"}), {&corpus})), Contains("gone does not exist"));
}

TEST_F(PypiSolveTest, ByBestMatchCorporaHaveVersionsToo) {
  MemorySource corpus;
  corpus.AddVersion("app", "9.0");
  Say({.put = {WheelsOf("app", {"10.0"})}});
  pypi::ResolveRequest request = Request({"app"});
  request.indexes = pypi::IndexPolicy::kBestMatch;
  EXPECT_THAT(Chosen(Closed(request, {&corpus})), ElementsAre("app 9.0"));
  Say({.metadata = {Telling("app", "10.0")}});
  EXPECT_THAT(Chosen(Closed(request, {&corpus})), ElementsAre("app 10.0"));
}

TEST_F(PypiSolveTest, ClosedAnswersFromWhatIsKnown) {
  Say({.put = {WheelsOf("app", {"1.0", "2.0"})}, .metadata = {Telling("app", "1.0")}});
  const Explained explained = Closed(Request({"app"}));
  EXPECT_THAT(Chosen(explained), ElementsAre("app 1.0"));
  EXPECT_THAT(explained.answer.claim.assuming, ElementsAre(HasSubstr("app 2.0")));
}

TEST_F(PypiSolveTest, WhatCannotBeKnownSaysWhy) {
  PypiText unknown = Telling("app", "1.0");
  unknown.unknown = "the index did not answer";
  Say({.put = {WheelsOf("app", {"1.0"})},
       .metadata = {unknown},
       .errors = {{.package = "lib", .reason = "no network", .place = {}}}});
  EXPECT_THAT(Lines(Closed(Request({"app"}))), Contains(HasSubstr("the index did not answer")));
  EXPECT_THAT(Lines(Closed(Request({"lib"}))), Contains("lib is unknown: no network"));
}

TEST_F(PypiSolveTest, MetadataMaySpeakAgainstACandidate) {
  Say({.put = {WheelsOf("app", {"1.0", "2.0", "3.0", "4.0"})},
       .metadata = {Telling("app", "4.0", {"Requires-Python: >=3.12"}),
                    Telling("app", "3.0", {"Requires-Dist: lib @ https://files.example/lib.whl"}),
                    Telling("app", "2.0", {"Requires-Dist: ?"}), Telling("app", "1.0")}});
  const Explained explained = Closed(Request({"app"}));
  EXPECT_THAT(Chosen(explained), ElementsAre("app 1.0"));
  EXPECT_THAT(explained.answer.behind, IsEmpty());
  const Explained none = Closed(Request({"app>=2"}));
  EXPECT_THAT(Lines(none), Contains("app 4.0 needs another Python: >=3.12"));
  EXPECT_THAT(Lines(none), Contains(HasSubstr("app 3.0 needs what stands at a URL: ")));
  EXPECT_THAT(Lines(none), Contains(HasSubstr("app 2.0 needs what cannot be read: ")));
  EXPECT_THAT(
      none.answer.explanation.sentences,
      Contains("app>=2.0: 1 version is left out, e.g. 4.0 requires another Python: >=3.12; the "
               "target is Python 3.11.7 (--python)."));
  EXPECT_THAT(none.answer.hints, Contains(::testing::Field(&Hint::kind, HintKind::kPython)));
}

TEST_F(PypiSolveTest, TheOrderOfARequestHangsOnTheBestThatNothingSpeaksAgainst) {
  Say({.put = {WheelsOf("a", {"1.0"}), WheelsOf("b", {"1.0", "2.0"})},
       .metadata = {Telling("a", "1.0"), Telling("b", "1.0", {"Requires-Dist: a"}),
                    Telling("b", "2.0", {"Requires-Python: <3"})}});
  const Explained explained = Closed(Request({"a", "b"}));
  ASSERT_EQ(explained.answer.priorities.size(), 2U);
  EXPECT_EQ(explained.answer.priorities[0].name, "b");
}

TEST_F(PypiSolveTest, ListsDecideByFiles) {
  PypiList list = WheelsOf("app", {"1.0", "2.0", "3.0"});
  list.files[2].requires_language = ">=3.12";
  list.files[1].yanked = true;
  list.files.push_back({.name = "app-4.0-cp27-none-any.whl"});
  pypi::ResolveRequest request = Request({"app"});
  request.tags = *pypi::SupportedTags::Make(std::vector<std::string>{"py3-none-any"});
  PypiSolve solve(facts_, {}, request);
  EXPECT_THAT(Run(solve), ElementsAre("app"));
  Know(solve, {.put = {list}});
  EXPECT_THAT(Run(solve), ElementsAre("app app-1.0-py3-none-any.whl"));
}

TEST_F(PypiSolveTest, QuestionsWaitToo) {
  Say({.put = {WheelsOf("app", {"1.0", "2.0"})}, .metadata = {Telling("app", "2.0")}});
  PypiSolve solve(facts_, {}, Request({"app"}), {.not_chosen = "app==1.0"});
  EXPECT_THAT(Run(solve), ElementsAre("app app-1.0-py3-none-any.whl"));
  Know(solve, {.metadata = {Telling("app", "1.0")}});
  EXPECT_THAT(Run(solve), IsEmpty());
}

TEST_F(PypiSolveTest, ChangesThatMayHelpWaitToo) {
  Say({.put = {WheelsOf("app", {"1.0"}), WheelsOf("lib", {"1.0", "2.0"})},
       .metadata = {Telling("app", "1.0", {"Requires-Dist: lib>=2"}), Telling("lib", "1.0")}});
  PypiSolve solve(facts_, {}, Request({"app", "lib<2"}));
  EXPECT_THAT(Run(solve), ElementsAre("lib lib-2.0-py3-none-any.whl"));
  Know(solve, {.metadata = {Telling("lib", "2.0", {"Requires-Dist: deep"})}});
  EXPECT_THAT(Run(solve), ElementsAre("deep"));
  Know(solve, {.put = {WheelsOf("deep", {"1.0"})}, .metadata = {Telling("deep", "1.0")}});
  EXPECT_THAT(Run(solve), IsEmpty());
  EXPECT_EQ(explained_.answer.status, Status::kUnsat);
  const Explained closed = Closed(Request({"app", "lib<2"}));
  ASSERT_EQ(explained_.answer.hints.size(), closed.answer.hints.size());
  for (size_t i = 0; i < closed.answer.hints.size(); ++i) {
    EXPECT_EQ(explained_.answer.hints[i].text, closed.answer.hints[i].text);
  }
  EXPECT_FALSE(closed.answer.hints.empty());
}

TEST_F(PypiSolveTest, AnAnswerIsVerifiedAgainstWhatIsKnown) {
  Say({.put = {WheelsOf("app", {"1.0"}), WheelsOf("lib", {"1.0"})},
       .metadata = {Telling("app", "1.0", {"Requires-Dist: lib"}), Telling("lib", "1.0")}});
  const PypiSource known(facts_);
  const metadata::Source* const sources[] = {&known};
  const auto report = Verify(Request({"app"}), sources, {{.name = "app", .version = "1.0"}});
  ASSERT_TRUE(report.ok());
  ASSERT_EQ(report->violations.size(), 1U);
  EXPECT_EQ(report->violations[0].kind, check::ViolationKind::kMissing);
}

TEST_F(PypiSolveTest, FinishSaysWhatThereIs) {
  PypiSolve solve(facts_, {}, Request({"app"}));
  EXPECT_THAT(Run(solve), ElementsAre("app"));
  const auto explained = solve.Finish();
  ASSERT_TRUE(explained.ok()) << Message(explained.status());
  EXPECT_EQ(explained->answer.status, Status::kStopped);
}

}  // namespace
}  // namespace accord::engine
