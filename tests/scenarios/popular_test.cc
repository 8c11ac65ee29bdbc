// The `popular` requests of the shared benchmarks, on the shared snapshot of PyPI: CPython 3.11.7
// on Linux x86-64, names that the snapshot lacks do not exist. Skipped without the shared corpora.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/error.h"
#include "engine/resolve.h"
#include "engine/sources.h"
#include "tests/support/answer_text.h"
#include "tests/support/compiled_file.h"
#include "tests/support/pypi_request.h"
#include "tests/support/shuffled_source.h"

namespace accord::engine {
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr uint64_t kShuffles = 10;
#else
constexpr uint64_t kShuffles = 200;
#endif

// Two requests that the list expects to be satisfiable are not under the policies of semantics.md,
// which differ from those of the one tool that solves them.
const std::map<std::string, std::string>& UnsatHere() {
  static const std::map<std::string, std::string> reasons = {
      {"large_max1236",
       "every pyarrow-stubs requires Python <3.11; upper bounds of Requires-Python are honoured"},
      {"large_ha_loose829",
       "fixerio's only final release pins requests==2.10; pre-releases are admitted before "
       "solving, not when it fails"},
  };
  return reasons;
}

struct PopularRequest {
  std::string name;
  bool sat = false;
  std::vector<std::string> texts;
};

class Popular : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const char* shared = std::getenv("ACCORD_SHARED");
    const std::filesystem::path root = shared != nullptr
                                           ? std::filesystem::path(shared)
                                           : std::filesystem::path(ACCORD_SOURCE_DIR) / "../shared";
    const auto corpus = root / "corpora/pypi-deps-db-2023/pypi-popular-closure.jsonl.zst";
    if (!std::filesystem::exists(corpus)) return;
    auto source = engine::OpenSource(corpus.string(), "pypi");
    ASSERT_TRUE(source.ok()) << Message(source.status());
    source_ = *std::move(source);
    corpus_ = corpus.string();
    requests_ = ReadList(root / "bench/pypi/requests");
  }
  static void TearDownTestSuite() { source_.reset(); }

  void SetUp() override {
    if (source_ == nullptr) GTEST_SKIP() << "skipped: no shared corpora";
  }

  static std::vector<PopularRequest> ReadList(const std::filesystem::path& folder) {
    std::vector<PopularRequest> list;
    std::ifstream table(folder / "requests.tsv");
    std::string line;
    std::getline(table, line);  // the heads of the columns
    while (std::getline(table, line)) {
      std::istringstream fields(line);
      std::string name, corpus, kind, expect;
      fields >> name >> corpus >> kind >> expect;
      if (corpus != "popular") continue;
      list.push_back({.name = name,
                      .sat = expect == "sat" && !UnsatHere().contains(name),
                      .texts = ReadTexts(folder / Cat(name, ".in"))});
    }
    return list;
  }

  static std::vector<std::string> ReadTexts(const std::filesystem::path& path) {
    std::vector<std::string> texts;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      line = line.substr(0, line.find(" #"));
      while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
      if (!line.empty() && line.front() != '#') texts.push_back(line);
    }
    return texts;
  }

  static pypi::ResolveRequest Ask(const std::vector<std::string>& texts) {
    pypi::ResolveRequest request = accord::testing::Request(texts);
    request.absent = pypi::AbsentPolicy::kNonexistent;
    return request;
  }

  static std::unique_ptr<const metadata::Source> source_;
  static std::vector<PopularRequest> requests_;
  static std::string corpus_;
};

std::unique_ptr<const metadata::Source> Popular::source_;
std::vector<PopularRequest> Popular::requests_;
std::string Popular::corpus_;

TEST_F(Popular, ACompiledCorpusGivesTheSameAnswersForAnyNumberOfThreads) {
  const accord::testing::CompiledFile file(corpus_, "popular_test");
  ASSERT_TRUE(file.status().ok()) << Message(file.status());
  const metadata::Source* texts[] = {source_.get()};
  for (const PopularRequest& one : requests_) {
    SCOPED_TRACE(one.name);
    const auto expected = Resolve(Ask(one.texts), texts);
    ASSERT_TRUE(expected.ok()) << Message(expected.status());
    for (const size_t threads : {size_t{1}, size_t{2}, size_t{8}}) {
      const auto compiled = OpenSource(file.path(), "pypi");
      ASSERT_TRUE(compiled.ok()) << Message(compiled.status());
      const metadata::Source* sources[] = {compiled->get()};
      const auto answer = Resolve(Ask(one.texts), sources, {.threads_max = threads});
      ASSERT_TRUE(answer.ok()) << Message(answer.status());
      EXPECT_EQ(accord::testing::AnswerText(*answer), accord::testing::AnswerText(*expected))
          << threads << " threads";
    }
  }
}

TEST_F(Popular, EachRequestEndsAsExpectedWithinLittleWorkWithAnAnswerTheCheckerAccepts) {
  ASSERT_EQ(requests_.size(), 21u);
  const metadata::Source* sources[] = {source_.get()};
  for (const PopularRequest& one : requests_) {
    SCOPED_TRACE(one.name);
    const uint64_t begun_us = SteadyMicros();
    const auto answer = Resolve(Ask(one.texts), sources);
    const uint64_t took_us = SteadyMicros() - begun_us;
    ASSERT_TRUE(answer.ok()) << Message(answer.status());
    EXPECT_EQ(answer->status, one.sat ? Status::kSat : Status::kUnsat);
    EXPECT_EQ(answer->check.ran, one.sat);
    EXPECT_TRUE(answer->check.violations.empty());
    EXPECT_EQ(answer->conflict.empty(), one.sat);
    EXPECT_LT(answer->counters.work, 3'000'000u);
    std::cout << one.name << ": " << (one.sat ? "sat" : "unsat") << ", " << answer->solution.size()
              << " packages, " << took_us / 1000 << " ms, looked at "
              << answer->counters.candidates_looked_at << ", " << answer->counters.conflicts
              << " conflicts\n";
  }
}

TEST_F(Popular, WhatOnlyPoliciesForbidIsThereUnderOthers) {
  const metadata::Source* sources[] = {source_.get()};
  for (const PopularRequest& one : requests_) {
    if (one.name != "large_ha_loose829") continue;
    pypi::ResolveRequest request = Ask(one.texts);
    request.prereleases = pypi::PrereleasePolicy::kAllow;
    const auto answer = Resolve(request, sources);
    ASSERT_TRUE(answer.ok()) << Message(answer.status());
    EXPECT_EQ(answer->status, Status::kSat);
    EXPECT_EQ(answer->solution.size(), 1096u);  // as many as uv has
  }
}

TEST_F(Popular, LibsolvAgreesOnWhetherThereIsASolution) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "libsolv's growing arrays cost the sanitizer two minutes";
#endif
  const metadata::Source* sources[] = {source_.get()};
  for (const PopularRequest& one : requests_) {
    if (one.name.starts_with("large")) continue;  // reads all that can be reached: half a minute
    SCOPED_TRACE(one.name);
    const auto answer = Resolve(Ask(one.texts), sources, {.strategy = StrategyKind::kLibsolv});
    ASSERT_TRUE(answer.ok()) << Message(answer.status());
    EXPECT_EQ(answer->status, one.sat ? Status::kSat : Status::kUnsat);
  }
}

TEST_F(Popular, ShufflesOfTenRequestsGiveOneAnswerEach) {
  const std::set<std::string> chosen = {
      "easy_flask",        "easy_requests",      "med_django_stubs", "med_jupyter",
      "med_pandas_stack",  "med_s3fs_boto3",     "hard_numpy_numba", "hard_pdm_2193",
      "unsat_flask_click", "hard_boto3_urllib3",
  };
  size_t seen = 0;
  std::mt19937_64 random(20230907);
  for (PopularRequest& one : requests_) {
    if (!chosen.contains(one.name)) continue;
    SCOPED_TRACE(one.name);
    ++seen;
    std::set<std::string> answers;
    for (uint64_t i = 0; i < kShuffles; ++i) {
      std::shuffle(one.texts.begin(), one.texts.end(), random);
      const accord::testing::ShuffledSource shuffled(*source_, random());
      const metadata::Source* sources[] = {&shuffled};
      const auto answer = Resolve(Ask(one.texts), sources);
      ASSERT_TRUE(answer.ok()) << Message(answer.status());
      answers.insert(accord::testing::AnswerText(*answer));
    }
    EXPECT_EQ(answers.size(), 1u) << *answers.begin() << "\nand\n" << *answers.rbegin();
  }
  EXPECT_EQ(seen, chosen.size());
}

}  // namespace
}  // namespace accord::engine
