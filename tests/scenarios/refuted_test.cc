// Real requests where the answer is not the best at first sight: cadical, given the plain CNF of
// everything that can be reached, agrees that each better option is impossible after what was
// chosen before it. Requests of the shared list are skipped without the shared corpora.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "base/error.h"
#include "ecosystem/pypi/universe_builder.h"
#include "engine/sources.h"
#include "solver/cdcl/cdcl.h"
#include "solver/libsolv/reach.h"
#include "tests/support/pypi_request.h"
#include "tests/support/run_cadical.h"
#include "tests/support/skipped_options.h"

namespace accord::testing {
namespace {

using Requirements = std::vector<std::string>;

// Solves over everything reachable, so that no option that was passed over is unknown.
SkippedOptions Refute(const metadata::Source& source, const Requirements& texts) {
  pypi::ResolveRequest request = Request(texts);
  request.absent = pypi::AbsentPolicy::kNonexistent;
  const metadata::Source* sources[] = {&source};
  pypi::UniverseBuilder builder(request, sources);
  EXPECT_TRUE(builder.Begin().ok());
  Reach reach = ReachOf(builder.universe(), builder.problem());
  while (!reach.needs.packages.empty() || !reach.needs.candidates.empty()) {
    EXPECT_TRUE(builder.Supply(reach.needs).ok());
    reach = ReachOf(builder.universe(), builder.problem());
  }
  const Outcome outcome = Cdcl(builder.universe(), builder.problem()).Run({});
  const auto* solution = std::get_if<Solution>(&outcome);
  EXPECT_NE(solution, nullptr) << "no solution";
  if (solution == nullptr) return {};
  const auto refuted = RefuteSkippedOptions(builder.universe(), builder.problem(), *solution);
  EXPECT_TRUE(refuted.ok()) << Message(refuted.status());
  if (!refuted.ok()) return {};
  std::cout << "[ ANSWER   ] " << texts.front() << " ...: " << solution->members.size()
            << " members, " << refuted->members << " not the first option, " << refuted->options
            << " options refuted\n";
  return *refuted;
}

size_t RefuteAll(const std::filesystem::path& corpus, const std::vector<Requirements>& requests) {
  const auto source = engine::OpenSource(corpus.string(), "pypi");
  EXPECT_TRUE(source.ok()) << Message(source.status());
  size_t options = 0;
  for (const Requirements& texts : requests) {
    SCOPED_TRACE(texts.front());
    options += Refute(**source, texts).options;
  }
  return options;
}

TEST(Refuted, EachBetterOptionOfTheRecordedRequestsIsImpossible) {
  const size_t options =
      RefuteAll(std::filesystem::path(ACCORD_SOURCE_DIR) / "corpora/pypi-recorded.jsonl.zst",
                {{"jupyterlab", "boto3", "urllib3<1.25.4"},
                 {"django", "celery[redis]", "requests"},
                 {"s3fs", "boto3"},
                 {"fastapi", "pydantic<2"},
                 {"flask", "werkzeug<2.3"},
                 {"pandas", "numpy<1.26"}});
  EXPECT_GT(options, 700U) << "boto3 has 746 newer versions that do not fit";
}

TEST(Refuted, EachBetterOptionOfThePopularRequestsIsImpossible) {
  const char* shared = std::getenv("ACCORD_SHARED");
  const std::filesystem::path root = shared != nullptr
                                         ? std::filesystem::path(shared)
                                         : std::filesystem::path(ACCORD_SOURCE_DIR) / "../shared";
  const auto corpus = root / "corpora/pypi-deps-db-2023/pypi-popular-closure.jsonl.zst";
  if (!std::filesystem::exists(corpus)) GTEST_SKIP() << "skipped: no shared corpora";
  const size_t options =
      RefuteAll(corpus, {{"django"},
                         {"flask"},
                         {"requests"},
                         {"django-stubs", "djangorestframework-stubs>=3", "mypy<1.5"},
                         {"jupyter"},
                         {"jupyterlab", "notebook", "ipywidgets", "nbconvert"},
                         {"pandas", "numpy", "scipy", "matplotlib", "sqlalchemy", "openpyxl",
                          "xlsxwriter", "lxml", "psycopg2-binary"},
                         {"s3fs", "boto3", "fsspec>=2022"},
                         {"urllib3<1.25.4", "boto3"},
                         {"numpy>=1.25,<1.26", "numba<=0.58"},
                         {"pandas", "pystac", "pystac-client", "sat-stac>=0.4"},
                         {"prefect"},
                         {"s3fs", "boto3"},
                         {"pandas<2", "numpy"},
                         {"aiobotocore", "boto3"}});
  EXPECT_GT(options, 900U);
}

}  // namespace
}  // namespace accord::testing
