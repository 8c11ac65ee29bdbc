// Requests on the embedded corpus, from text to checked answer: what a warm process pays. Records
// are decoded once, before the first round; opening the file is metadata_bench.cc's.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "ecosystem/pypi/universe_builder.h"
#include "engine/resolve.h"
#include "engine/sources.h"
#include "tests/support/pypi_request.h"

namespace accord::engine {
namespace {

const metadata::Source* EmbeddedCorpus() {
  static const auto corpus = OpenSource(
      Cat(std::string_view(ACCORD_SOURCE_DIR), "/corpora/pypi-recorded.jsonl.zst"), "pypi");
  return corpus.ok() ? corpus->get() : nullptr;
}

void Run(benchmark::State& state, const std::vector<std::string>& texts) {
  const metadata::Source* sources[] = {EmbeddedCorpus()};
  if (sources[0] == nullptr) return state.SkipWithError("no embedded corpus");
  const pypi::ResolveRequest request = accord::testing::Request(texts);
  Answer last;
  for (auto _ : state) {
    absl::StatusOr<Answer> answer = Resolve(request, sources, {.explain_behind = false});
    if (!answer.ok()) return state.SkipWithError("no answer");
    last = *std::move(answer);
  }
  state.counters["packages"] = static_cast<double>(last.solution.size());
  state.counters["looked_at"] = static_cast<double>(last.counters.candidates_looked_at);
  state.counters["universe_us"] = static_cast<double>(last.timings.universe_us);
  state.counters["solve_us"] = static_cast<double>(last.timings.solve_us);
  state.counters["check_us"] = static_cast<double>(last.timings.check_us);
}

BENCHMARK_CAPTURE(Run, Requests, std::vector<std::string>{"requests[socks]"})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(Run, Jupyterlab, std::vector<std::string>{"jupyterlab"})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(Run, Backtracking, std::vector<std::string>{"boto3", "urllib3<1.25.4"})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(Run, Unsatisfiable, std::vector<std::string>{"flask>=2.2", "click<8"})
    ->Unit(benchmark::kMicrosecond);

// Candidate list and every candidate's dependencies of one package with 1,400 versions.
void BuildUniverseOfBotocore(benchmark::State& state) {
  const metadata::Source* sources[] = {EmbeddedCorpus()};
  if (sources[0] == nullptr) return state.SkipWithError("no embedded corpus");
  const pypi::ResolveRequest request = accord::testing::Request({"botocore"});
  size_t candidates = 0;
  for (auto _ : state) {
    pypi::UniverseBuilder builder(request, sources);
    if (!builder.Begin().ok()) return state.SkipWithError("no universe");
    const Universe& universe = builder.universe();
    const Package& package = universe.package(universe.FindPackage("botocore"));
    Needs needs;
    candidates = package.count;
    for (uint32_t i = 0; i < package.count; ++i) {
      needs.candidates.emplace_back(package.first.value() + i);
    }
    if (!builder.Supply(needs).ok()) return state.SkipWithError("no dependencies");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(candidates));
}
BENCHMARK(BuildUniverseOfBotocore)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace accord::engine
