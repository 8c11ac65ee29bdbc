// Reading corpora: opening (decompress and index) and parsing records, apart. The embedded corpus
// always; the popular closure and the universe of pypi-deps-db where ../shared is (ACCORD_SHARED).
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "metadata/corpus.h"
#include "metadata/pypi_deps_db.h"
#include "metadata/zstd_stream.h"

namespace accord::metadata {
namespace {

std::string Embedded() { return ACCORD_SOURCE_DIR "/corpora/pypi-recorded.jsonl.zst"; }

std::string DepsDb(std::string_view file) {
  const char* shared = std::getenv("ACCORD_SHARED");
  const std::string root = shared != nullptr ? shared : ACCORD_SOURCE_DIR "/../shared";
  return Cat(root, "/corpora/pypi-deps-db-2023/", file);
}

void BM_OpenCorpus(benchmark::State& state, const std::string& path) {
  for (auto _ : state) {
    absl::StatusOr<std::unique_ptr<const RecordSource>> source = OpenRecords(path);
    if (!source.ok()) {
      state.SkipWithError(std::string(Message(source.status())).c_str());
      return;
    }
    benchmark::DoNotOptimize(source->get());
  }
}

void BM_Decompress(benchmark::State& state, const std::string& path) {
  absl::StatusOr<std::string> bytes = ReadFileBytes(path, kFileBytesMax);
  if (!bytes.ok()) return state.SkipWithError("skipped: no such corpus");
  size_t size = 0;
  for (auto _ : state) {
    absl::StatusOr<Text> text = Decompress(*bytes, path, kTextBytesMax);
    size = text.ok() ? text->size : 0;
    benchmark::DoNotOptimize(size);
  }
  state.SetBytesProcessed(static_cast<int64_t>(size) * state.iterations());
}

// Every record once; opening is not timed.
void BM_ParseEveryRecord(benchmark::State& state) {
  size_t versions = 0;
  for (auto _ : state) {
    state.PauseTiming();
    absl::StatusOr<std::unique_ptr<const Corpus>> corpus = Corpus::Open(Embedded());
    if (!corpus.ok()) return state.SkipWithError("no embedded corpus");
    state.ResumeTiming();
    versions = 0;
    for (size_t i = 0; i < (*corpus)->package_count(); ++i) {
      versions += (*(*corpus)->Find((*corpus)->NameAt(i)))->versions.size();
    }
    state.PauseTiming();
    corpus->reset();
    state.ResumeTiming();
  }
  state.counters["versions"] = static_cast<double>(versions);
}

// The record with the most versions, 1,412 of boto3.
void BM_ParseOneLongRecord(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    absl::StatusOr<std::unique_ptr<const Corpus>> corpus = Corpus::Open(Embedded());
    if (!corpus.ok()) return state.SkipWithError("no embedded corpus");
    state.ResumeTiming();
    benchmark::DoNotOptimize((*corpus)->Find("boto3").ok());
    state.PauseTiming();
    corpus->reset();
    state.ResumeTiming();
  }
}

void BM_FindKnownRecord(benchmark::State& state) {
  absl::StatusOr<std::unique_ptr<const Corpus>> corpus = Corpus::Open(Embedded());
  if (!corpus.ok()) return state.SkipWithError("no embedded corpus");
  for (auto _ : state) benchmark::DoNotOptimize((*corpus)->Find("numpy").ok());
}

BENCHMARK_CAPTURE(BM_OpenCorpus, embedded, Embedded())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(BM_OpenCorpus, popular, DepsDb("pypi-popular-closure.jsonl.zst"))
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_OpenCorpus, universe, DepsDb("pypi-universe.jsonl.zst"))
    ->Unit(benchmark::kMillisecond)
    ->Iterations(3);
BENCHMARK_CAPTURE(BM_Decompress, popular, DepsDb("pypi-popular-closure.jsonl.zst"))
    ->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ParseEveryRecord)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ParseOneLongRecord)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_FindKnownRecord)->Unit(benchmark::kNanosecond);

}  // namespace
}  // namespace accord::metadata
