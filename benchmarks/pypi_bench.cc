// PyPI syntax: versions, specifiers, requirements, markers. The package of 3,000 candidates is
// what a resolver meets at worst (botocore has more than 2,000).
#include <benchmark/benchmark.h>

#include <algorithm>
#include <random>

#include "base/error.h"
#include "ecosystem/pypi/requirement.h"

namespace accord::pypi {
namespace {

constexpr size_t kCandidates = 3000;

// 1.0.0 to 29.9.9, every eleventh a pre-release, every seventh a post-release.
std::vector<std::string> CandidateTexts() {
  std::vector<std::string> texts;
  for (size_t i = 0; i < kCandidates; ++i) {
    std::string text = Cat(1 + i / 100, ".", i / 10 % 10, ".", i % 10, i % 11 == 0 ? "rc1" : "",
                           i % 7 == 0 ? ".post1" : "");
    texts.push_back(std::move(text));
  }
  std::shuffle(texts.begin(), texts.end(), std::mt19937(1));
  return texts;
}

std::vector<Version> Candidates() {
  std::vector<Version> versions;
  for (const std::string& text : CandidateTexts()) versions.push_back(*Version::TryParse(text));
  return versions;
}

void Rate(benchmark::State& state, size_t per_iteration) {
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(per_iteration));
}

void VersionParse(benchmark::State& state) {
  const std::vector<std::string> texts = CandidateTexts();
  for (auto _ : state) {
    for (const std::string& text : texts) benchmark::DoNotOptimize(Version::TryParse(text));
  }
  Rate(state, texts.size());
}
BENCHMARK(VersionParse);

void VersionParseLong(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(Version::TryParse("2023.10.31rc1.post2.dev20231031+ubuntu.20.04"));
  }
  Rate(state, 1);
}
BENCHMARK(VersionParseLong);

void VersionCompare(benchmark::State& state) {
  const std::vector<Version> versions = Candidates();
  for (auto _ : state) {
    for (size_t i = 1; i < versions.size(); ++i) {
      benchmark::DoNotOptimize(versions[i - 1] < versions[i]);
    }
  }
  Rate(state, versions.size() - 1);
}
BENCHMARK(VersionCompare);

void VersionSort(benchmark::State& state) {
  const std::vector<Version> versions = Candidates();
  for (auto _ : state) {
    std::vector<const Version*> sorted;
    for (const Version& version : versions) sorted.push_back(&version);
    std::sort(sorted.begin(), sorted.end(),
              [](const Version* a, const Version* b) { return *a < *b; });
    benchmark::DoNotOptimize(sorted.data());
  }
  Rate(state, versions.size());
}
BENCHMARK(VersionSort);

void SpecifierMatch(benchmark::State& state, const char* text) {
  const std::vector<Version> versions = Candidates();
  const SpecifierSet set = *SpecifierSet::Parse(text);
  for (auto _ : state) {
    size_t admitted = 0;
    for (const Version& version : versions) admitted += Matches(set, version) ? 1U : 0U;
    benchmark::DoNotOptimize(admitted);
  }
  Rate(state, versions.size());
}
BENCHMARK_CAPTURE(SpecifierMatch, range, ">=2.1,<12");
BENCHMARK_CAPTURE(SpecifierMatch, prefix, "==7.3.*");
BENCHMARK_CAPTURE(SpecifierMatch, greater, ">7.3");
BENCHMARK_CAPTURE(SpecifierMatch, compatible, "~=7.3.2");
BENCHMARK_CAPTURE(SpecifierMatch, holes, ">=2,!=3.0.*,!=4.1.2,!=5.5.5,<20");

void RequirementParse(benchmark::State& state, const char* text) {
  for (auto _ : state) benchmark::DoNotOptimize(Requirement::Parse(text));
  Rate(state, 1);
}
BENCHMARK_CAPTURE(RequirementParse, plain, "botocore (<1.13.0,>=1.12.4)");
BENCHMARK_CAPTURE(RequirementParse, marker,
                  "urllib3[socks] !=1.25.0,!=1.25.1,<1.26,>=1.21.1 ; "
                  "python_version >= '3.6' and extra == 'security'");

void MarkerEvaluate(benchmark::State& state) {
  const Environment environment = *Environment::CPythonOnLinux("3.11.7");
  const Marker marker = *Marker::Parse(
      "python_version >= '3.6' and python_version < '4' and (sys_platform == 'linux' or os_name == "
      "'nt')");
  for (auto _ : state) benchmark::DoNotOptimize(marker.Evaluate(environment));
  Rate(state, 1);
}
BENCHMARK(MarkerEvaluate);

void MarkerConditionOnExtras(benchmark::State& state) {
  const Environment environment = *Environment::CPythonOnLinux("3.11.7");
  const Marker marker = *Marker::Parse("extra == 'security' and python_version < '3.12'");
  const std::vector<std::string> provided = {"docs", "security", "socks", "test"};
  for (auto _ : state) {
    benchmark::DoNotOptimize(ConditionOnExtras(marker, environment, provided));
  }
  Rate(state, 1);
}
BENCHMARK(MarkerConditionOnExtras);

}  // namespace
}  // namespace accord::pypi
