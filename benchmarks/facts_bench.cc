// Compiled facts: a block decompressed, a record read, a set's ends found, a marker decided, and a
// whole request from opening the file to the checked answer. On the corpus that ships.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "ecosystem/pypi/grammar.h"
#include "ecosystem/pypi/marker.h"
#include "ecosystem/pypi/version_ranges.h"
#include "engine/resolve.h"
#include "engine/sources.h"
#include "metadata/acx_file.h"
#include "metadata/acx_part.h"
#include "metadata/corpus.h"
#include "metadata/facts_encode.h"
#include "tests/support/compiled_file.h"
#include "tests/support/pypi_request.h"

namespace accord {
namespace {

using metadata::AcxKind;
using metadata::AcxTable;

std::string Texts() { return ACCORD_SOURCE_DIR "/corpora/pypi-recorded.jsonl.zst"; }

const testing::CompiledFile& Compiled() {
  static const testing::CompiledFile file(Texts(), "facts_bench");
  return file;
}

std::unique_ptr<const metadata::AcxFile> Opened() {
  auto file = metadata::AcxFile::Open(Compiled().path());
  return file.ok() ? *std::move(file) : nullptr;
}

void BM_Open(benchmark::State& state) {
  if (!Compiled().status().ok()) return state.SkipWithError("no compiled corpus");
  for (auto _ : state) benchmark::DoNotOptimize(Opened().get());
}

// Every block of one table, one after the other.
void BM_DecodeBlocks(benchmark::State& state, AcxKind kind) {
  const auto file = Opened();
  if (file == nullptr) return state.SkipWithError("no compiled corpus");
  const AcxTable& table = file->part(0).table(kind);
  int64_t bytes = 0;
  for (auto _ : state) {
    for (uint32_t block = 0; block < table.index().block_count(); ++block) {
      const absl::StatusOr<metadata::IndexedBlock> at = table.index().At(block);
      if (!at.ok()) return state.SkipWithError("a damaged index");
      benchmark::DoNotOptimize(table.ReadBlock(*at).ok());
      bytes += static_cast<int64_t>(table.RawBytes(*at).value_or(0));
    }
  }
  state.SetBytesProcessed(bytes);
  state.counters["blocks"] = table.index().block_count();
}

void BM_CompileRecord(benchmark::State& state, const std::string& name) {
  const auto records = metadata::OpenRecords(Texts());
  if (!records.ok()) return state.SkipWithError("no corpus");
  const metadata::PackageRecord& record = **(*records)->Find(name);
  const pypi::PypiGrammar grammar;
  size_t bytes = 0;
  for (auto _ : state) bytes = metadata::EncodeFacts(record, grammar).facts.size();
  state.counters["bytes"] = static_cast<double>(bytes);
}

void BM_ReadFacts(benchmark::State& state, const std::string& name) {
  const auto records = metadata::OpenRecords(Texts());
  if (!records.ok()) return state.SkipWithError("no corpus");
  const auto encoded = metadata::EncodeFacts(**(*records)->Find(name), pypi::PypiGrammar());
  const metadata::PackageFacts::FilesSource* no_files = nullptr;
  for (auto _ : state) {
    benchmark::DoNotOptimize(metadata::PackageFacts::Read(name, encoded.facts, no_files).ok());
  }
  state.counters["versions"] = static_cast<double>(encoded.version_order.size());
}

std::vector<pypi::Candidate> VersionsInOrder(size_t count) {
  std::vector<pypi::Candidate> versions;
  for (size_t i = 0; i < count; ++i) versions.emplace_back(Cat("1.", i / 100, ".", i % 100));
  return versions;
}

void BM_SetByItsEnds(benchmark::State& state, const std::string& text) {
  const auto versions = VersionsInOrder(static_cast<size_t>(state.range(0)));
  const auto set = pypi::SpecifierSet::Parse(text);
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        pypi::AdmittedRanges(
            *set,
            {.count = static_cast<uint32_t>(versions.size()),
             .version = [&](Position p) -> const pypi::Version& { return *versions[p].version(); },
             .spelled = [&](Position p) { return std::string_view(versions[p].text()); }})
            .size());
  }
}

// What is defined: each version asked.
void BM_SetOneByOne(benchmark::State& state, const std::string& text) {
  const auto versions = VersionsInOrder(static_cast<size_t>(state.range(0)));
  const auto set = pypi::SpecifierSet::Parse(text);
  for (auto _ : state) {
    PositionCollector members;
    for (Position p = 0; p < versions.size(); ++p) {
      if (set->Contains(versions[p], pypi::Prereleases::kAllow)) members.Add(p);
    }
    benchmark::DoNotOptimize(members.ranges().size());
  }
}

void BM_Marker(benchmark::State& state, const std::string& text) {
  const auto marker = pypi::Marker::Parse(text);
  const auto environment = pypi::Environment::CPythonOnLinux("3.11.7");
  for (auto _ : state) {
    benchmark::DoNotOptimize(pypi::ConditionOnExtras(*marker, *environment, {}).ok());
  }
}

// A process that has nothing yet: the file is opened anew in each round.
void BM_WholeRequest(benchmark::State& state, const std::vector<std::string>& texts) {
  const pypi::ResolveRequest request = testing::Request(texts);
  engine::Answer last;
  for (auto _ : state) {
    const auto source = engine::OpenSource(Compiled().path(), "pypi");
    if (!source.ok()) return state.SkipWithError("no compiled corpus");
    const metadata::Source* sources[] = {source->get()};
    auto answer = engine::Resolve(request, sources, {.explain_behind = false});
    if (!answer.ok()) return state.SkipWithError("no answer");
    last = *std::move(answer);
  }
  state.counters["packages"] = static_cast<double>(last.solution.size());
  state.counters["packages_read"] = static_cast<double>(last.packages_read);
}

BENCHMARK(BM_Open)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(BM_DecodeBlocks, facts, AcxKind::kFacts)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(BM_DecodeBlocks, files, AcxKind::kFiles)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(BM_CompileRecord, boto3, "boto3")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(BM_ReadFacts, flask, "flask");
BENCHMARK_CAPTURE(BM_ReadFacts, boto3, "boto3");
BENCHMARK_CAPTURE(BM_SetByItsEnds, lower, ">=1.3")->Arg(20)->Arg(1400);
BENCHMARK_CAPTURE(BM_SetOneByOne, lower, ">=1.3")->Arg(20)->Arg(1400);
BENCHMARK_CAPTURE(BM_SetByItsEnds, three, ">=1.3,<1.9,!=1.5.*")->Arg(20)->Arg(1400);
BENCHMARK_CAPTURE(BM_SetOneByOne, three, ">=1.3,<1.9,!=1.5.*")->Arg(20)->Arg(1400);
BENCHMARK_CAPTURE(BM_Marker, environment, "python_version < '3.8' and sys_platform != 'win32'");
BENCHMARK_CAPTURE(BM_Marker, extra, "extra == 'test' and python_version >= '3.8'");
BENCHMARK_CAPTURE(BM_WholeRequest, flask, {"flask"})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(BM_WholeRequest, notebook, {"jupyterlab", "boto3", "urllib3<1.25.4"})
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace accord

BENCHMARK_MAIN();
