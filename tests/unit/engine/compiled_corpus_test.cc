// An answer from a compiled corpus is the answer from its texts: for any number of threads, and
// whether facts are asked for one by one or all known from the start.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "ecosystem/pypi/universe_builder.h"
#include "engine/resolve.h"
#include "engine/sources.h"
#include "solver/cdcl/cdcl.h"
#include "tests/support/answer_text.h"
#include "tests/support/compiled_file.h"
#include "tests/support/pypi_request.h"

namespace accord::engine {
namespace {

using accord::testing::AnswerText;
using accord::testing::CompiledFile;
using accord::testing::Request;

std::string Embedded() { return ACCORD_SOURCE_DIR "/corpora/pypi-recorded.jsonl.zst"; }

const std::vector<std::vector<std::string>>& Requests() {
  static const std::vector<std::vector<std::string>> requests = {
      {"flask"},
      {"jupyterlab", "boto3", "urllib3<1.25.4"},
      {"django", "celery[redis]", "requests"},
      {"flask>=2.2", "click<8"},
      {"numpy==1.26.0", "pandas"},
      {"requests[socks]", "no-such-name"}};
  return requests;
}

// What AnswerText leaves out: where the answer's files are.
std::string FilesText(const Answer& answer) {
  std::string text;
  for (const ChosenPackage& chosen : answer.solution) {
    for (const ChosenFile& file : chosen.files) {
      text += Cat(file.name, " ", file.url, " ", file.sha256, " ", file.size.value_or(0), " ",
                  file.uploaded, " ", file.fits ? 1 : 0, "\n");
    }
  }
  return text;
}

class CompiledCorpus : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    file_ = std::make_unique<CompiledFile>(Embedded(), "compiled_corpus_test");
    ASSERT_TRUE(file_->status().ok()) << Message(file_->status());
  }
  static void TearDownTestSuite() { file_.reset(); }

  static std::unique_ptr<const metadata::Source> Open(const std::string& path) {
    auto source = OpenSource(path, "pypi");
    EXPECT_TRUE(source.ok()) << Message(source.status());
    return source.ok() ? *std::move(source) : nullptr;
  }
  static Answer Ask(const metadata::Source& source, const std::vector<std::string>& texts,
                    size_t threads) {
    const metadata::Source* sources[] = {&source};
    absl::StatusOr<Answer> answer = Resolve(Request(texts), sources, {.threads_max = threads});
    EXPECT_TRUE(answer.ok()) << Message(answer.status());
    return answer.ok() ? *std::move(answer) : Answer();
  }

  static std::unique_ptr<CompiledFile> file_;
};

std::unique_ptr<CompiledFile> CompiledCorpus::file_;

TEST_F(CompiledCorpus, GivesTheAnswersOfItsTextsForAnyNumberOfThreads) {
  const auto texts = Open(Embedded());
  for (const std::vector<std::string>& request : Requests()) {
    SCOPED_TRACE(request.front());
    const Answer expected = Ask(*texts, request, 1);
    for (const size_t threads : {size_t{1}, size_t{2}, size_t{8}}) {
      const auto compiled = Open(file_->path());
      const Answer answer = Ask(*compiled, request, threads);
      EXPECT_EQ(AnswerText(answer), AnswerText(expected)) << threads << " threads";
      EXPECT_EQ(FilesText(answer), FilesText(expected));
    }
  }
}

// Asks for everything that is pending until nothing is.
void RevealAll(pypi::UniverseBuilder& builder) {
  for (bool more = true; more;) {
    Needs needs;
    const Universe& universe = builder.universe();
    for (PackageId id(0u); id.value() < universe.package_count(); id = PackageId(id.value() + 1)) {
      const Package& package = universe.package(id);
      if (package.knowledge == Knowledge::kPending) needs.packages.push_back(id);
      for (Position position = 0; position < package.count; ++position) {
        const SolvableId solvable = universe.at(id, position);
        if (universe.solvable(solvable).dependencies_known == Knowledge::kPending) {
          needs.candidates.push_back(solvable);
        }
      }
    }
    more = !needs.packages.empty() || !needs.candidates.empty();
    ASSERT_TRUE(builder.Supply(needs).ok());
  }
}

TEST_F(CompiledCorpus, AnswersTheSameWhenEverythingIsKnownFromTheStart) {
  const auto compiled = Open(file_->path());
  const metadata::Source* sources[] = {compiled.get()};
  for (const std::vector<std::string>& texts : Requests()) {
    SCOPED_TRACE(texts.front());
    const Answer lazy = Ask(*compiled, texts, 1);
    const pypi::ResolveRequest request = Request(texts);
    pypi::UniverseBuilder builder(request, sources);
    ASSERT_TRUE(builder.Begin().ok());
    RevealAll(builder);
    Cdcl cdcl(builder.universe(), builder.problem());
    const Outcome outcome = cdcl.Run({});
    const Solution* solution = std::get_if<Solution>(&outcome);
    ASSERT_EQ(solution != nullptr, lazy.status == Status::kSat);
    std::vector<std::string> closed;
    for (size_t i = 0; solution != nullptr && i < solution->members.size(); ++i) {
      const SolvableId member = solution->members[i].solvable;
      const PackageId package = builder.universe().solvable(member).package;
      if (builder.BaseOf(package) == package) closed.push_back(builder.universe().Label(member));
    }
    std::vector<std::string> asked;
    for (const ChosenPackage& chosen : lazy.solution) {
      asked.push_back(Cat(chosen.name, " ", chosen.version));
    }
    std::sort(closed.begin(), closed.end());
    std::sort(asked.begin(), asked.end());
    EXPECT_EQ(closed, asked);
  }
}

}  // namespace
}  // namespace accord::engine
