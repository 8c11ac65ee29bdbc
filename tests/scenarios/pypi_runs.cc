// Runs cases whose packages are real: each must end within a bar of CPU time, as the case says if
// it says so, and must be no worse than a stored answer where one stands in the case. The engine's
// own checker accepts every solution before it is given out; with --json each answer becomes a line
// for tools/compare/check_pins. Of small indexes libsolv is asked too whether there is a solution.
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>

#include "base/error.h"
#include "engine/resolve.h"
#include "engine/sources.h"
#include "tests/scenarios/cpu_clock.h"
#include "tests/scenarios/json_cases.h"
#include "tests/scenarios/runner.h"
#include "tests/scenarios/stored_answer.h"

namespace accord::scenarios {
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr double kCpuSecondsMax = 40;
#else
constexpr double kCpuSecondsMax = 2;
#endif
constexpr std::string_view kSnapshot = "pypi-deps-db-2023/pypi-universe.jsonl.zst";

struct Run {
  const Options& options;
  Tally tally;
  bool second_opinion = false;  // libsolv reads all that can be reached: for small indexes
  double longest = 0;
  std::ofstream json;
};

// What is wrong with how the case ended; empty if nothing. `note` says what was compared.
std::string Fault(const PypiCase& one, std::span<const metadata::Source* const> sources,
                  const engine::Answer& answer, std::string& note) {
  const bool sat = answer.status == engine::Status::kSat;
  if (answer.status == engine::Status::kStopped) return "stopped";
  if (one.satisfiable && sat != *one.satisfiable) return sat ? "stored: unsat" : "stored: sat";
  for (const std::string& name : one.conflicted) {
    const bool named = std::ranges::any_of(answer.conflict, [&name](const auto& line) {
      return line.text.find(name) != std::string::npos;
    });
    if (!named) return Cat("the conflict does not speak of ", name);
  }
  if (!sat || one.packages.empty()) return {};
  const auto compared = CompareWithStored(one.request, sources, answer, one.packages);
  if (!compared.ok()) return std::string(Message(compared.status()));
  if (compared->verdict == StoredVerdict::kWorse) return compared->text;
  note = compared->text;
  return {};
}

// What libsolv says of whether there is a solution, if it does not agree.
std::string Dissent(const PypiCase& one, std::span<const metadata::Source* const> sources,
                    const engine::Answer& answer) {
  const auto other =
      engine::Resolve(one.request, sources, {.strategy = engine::StrategyKind::kLibsolv});
  if (!other.ok()) return std::string(Message(other.status()));
  if (other->status == answer.status) return {};
  return other->status == engine::Status::kSat ? "libsolv: sat" : "libsolv: not sat";
}

void RunCase(const PypiCase& one, std::span<const metadata::Source* const> sources, Run& run) {
  if (!one.skipped.empty()) {
    ++run.tally.skipped;
    std::cout << "skipped " << one.name << ": " << one.skipped << '\n';
    return;
  }
  const double begun = CpuSeconds();
  const auto answer = engine::Resolve(one.request, sources);
  const double took = CpuSeconds() - begun;
  run.longest = std::max(run.longest, took);
  std::string note;
  std::string fault =
      answer.ok() ? Fault(one, sources, *answer, note) : std::string(Message(answer.status()));
  if (fault.empty() && run.second_opinion) fault = Dissent(one, sources, *answer);
  if (took > kCpuSecondsMax) fault += Cat(fault.empty() ? "" : "; ", "too slow");
  ++(fault.empty() ? run.tally.passed : run.tally.failed);
  std::cout << (fault.empty() ? "ok      " : "FAILED  ") << one.name << ": ";
  if (answer.ok()) {
    const bool sat = answer->status == engine::Status::kSat;
    std::cout << (sat ? "sat" : "unsat") << ", " << answer->solution.size() << " packages, "
              << answer->counters.candidates_looked_at << " candidates looked at, "
              << answer->counters.conflicts << " conflicts, ";
    if (run.json.is_open())
      run.json << CheckPinsLine(one.name, one.request, sources, *answer) << '\n';
  }
  std::cout << std::fixed << std::setprecision(3) << took << " s" << (note.empty() ? "" : "; ")
            << note << (fault.empty() ? "" : "; ") << fault << std::endl;
}

Tally End(Run& run) {
  std::cout << "longest: " << std::fixed << std::setprecision(3) << run.longest << " s of CPU, bar "
            << kCpuSecondsMax << " s\n";
  return run.tally;
}

// Reads and solves each case file of a directory.
Tally RunFiles(const Options& options, absl::StatusOr<PypiCase> (*read)(const std::string&)) {
  Run run{.options = options, .second_opinion = true};
  if (!options.json.empty()) run.json.open(options.json);
  for (const CaseFile& file : FindCases(options)) {
    const auto one = read(file.path);
    if (!one.ok()) {
      ++run.tally.failed;
      std::cout << "FAILED  " << Message(one.status()) << '\n';
      continue;
    }
    const metadata::Source* sources[] = {&one->source};
    RunCase(*one, sources, run);
  }
  return End(run);
}

// The folder below `directory`, or `directory` itself if there is no such one.
Options Below(const Options& options, const std::filesystem::path& folder) {
  Options below = options;
  const auto wanted = std::filesystem::path(options.directory) / folder;
  if (std::filesystem::is_directory(wanted)) below.directory = wanted;
  return below;
}

}  // namespace

Tally RunResolvelib(const Options& options) {
  // DIR may be the corpus or any folder on the way to the cases.
  Options below = Below(options, "tests/functional/python/inputs/case");
  below = Below(below, "inputs/case");
  return RunFiles(Below(below, "case"), ReadResolvelib);
}

Tally RunPipBenchmarks(const Options& options) {
  return RunFiles(Below(options, "scenarios"), ReadPipBenchmark);
}

Tally RunRequests(const Options& options) {
  Run run{.options = options};
  if (!options.json.empty()) run.json.open(options.json);
  const std::filesystem::path folder(options.directory);
  const auto source = engine::OpenSource((folder.parent_path() / kSnapshot).string(), "pypi");
  auto cases = source.ok() ? ReadRequests((folder / "hard.jsonl").string(), **source)
                           : absl::StatusOr<std::vector<PypiCase>>(source.status());
  if (!cases.ok()) {
    std::cout << Message(cases.status()) << '\n';
    return {.failed = 1};
  }
  const metadata::Source* sources[] = {source->get()};
  for (const PypiCase& one : *cases) {
    if (Wanted(options, one.name)) RunCase(one, sources, run);
  }
  return End(run);
}

}  // namespace accord::scenarios
