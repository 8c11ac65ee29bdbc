// accord_neutral_bench FILE [--reps N] [--limit-ms MS] [--every N]: Accord's side of peers/core.
// Solves the request of a neutral universe, or each of its roots alone, N times over, and prints
// one JSON line with the keys that the rivals' drivers print.
//
// What is timed, honestly: solve_* is the CPU time of making a new solver over the universe that
// was read, running it and destroying it, for every root anew. incremental_* is one solver that
// poses the roots one after the other. Reading (parse_s: decompressing, JSON, building the
// Universe) is apart. Answers are checked outside the timed part.

#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "metadata/zstd_stream.h"
#include "model/neutral_import.h"
#include "solver/cdcl/cdcl.h"
#include "tests/scenarios/cpu_clock.h"
#include "tests/support/valid_set.h"

namespace accord {
namespace {

using scenarios::CpuSeconds;

struct Settings {
  std::string file;
  uint32_t repetitions = 11;
  double limit_ms = 60'000;
  uint32_t every = 1;
};

struct Found {
  size_t satisfiable = 0;
  size_t unsatisfiable = 0;
  size_t invalid = 0;
  size_t members = 0;
};

struct Usage {
  double user_s = 0;
  double system_s = 0;
  int64_t rss_kb = 0;
};

Usage UsageNow() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return {seconds(usage.ru_utime), seconds(usage.ru_stime), usage.ru_maxrss};
}

std::vector<Problem> ProblemsOf(NeutralCase& neutral, uint32_t every) {
  if (neutral.roots.empty()) return {neutral.problem};
  std::vector<Problem> problems;
  for (size_t i = 0; i < neutral.roots.size(); i += every) {
    problems.push_back(RootProblem(neutral.universe, neutral.roots[i]));
  }
  return problems;
}

Found CheckAll(const Universe& universe, const std::vector<Problem>& problems) {
  Found found;
  for (const Problem& problem : problems) {
    const Outcome outcome = Cdcl(universe, problem).Run({});
    const auto* solution = std::get_if<Solution>(&outcome);
    if (solution == nullptr) {
      ++found.unsatisfiable;
      continue;
    }
    ++found.satisfiable;
    found.members += solution->members.size();
    std::vector<SolvableId> chosen;
    for (const Member& member : solution->members) chosen.push_back(member.solvable);
    if (testing::WhyInvalid(universe, problem, chosen)) ++found.invalid;
  }
  return found;
}

struct Times {
  std::vector<double> totals;  // CPU seconds over all problems, one a repetition
  double slowest = 0;          // wall seconds of one problem in all repetitions
};

// Until the repetitions are done or the limit is passed; at least one repetition.
template <class SolveOne>
Times Repeat(const Settings& settings, size_t problem_count, SolveOne solve_one) {
  Times times;
  double spent = 0;
  while (times.totals.size() < settings.repetitions && spent * 1e3 <= settings.limit_ms) {
    const double start = CpuSeconds();
    for (size_t i = 0; i < problem_count; ++i) {
      // A CPU clock is a system call, which would be a tenth of a small root's time.
      const auto begun = std::chrono::steady_clock::now();
      solve_one(i);
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
      times.slowest = std::max(times.slowest, took.count());
    }
    const double total = CpuSeconds() - start;
    times.totals.push_back(total);
    spent += total;
  }
  return times;
}

int Run(const Settings& settings) {
  constexpr size_t kBytesMax = size_t{1} << 30;
  const double start = CpuSeconds();
  const auto bytes = metadata::ReadFileBytes(settings.file, kBytesMax);
  const auto text = bytes.ok() ? metadata::Decompress(*bytes, settings.file, kBytesMax)
                               : absl::StatusOr<metadata::Text>(bytes.status());
  absl::StatusOr<NeutralCase> neutral =
      text.ok() ? ImportNeutral(text->view(), settings.file) : text.status();
  if (!neutral.ok()) {
    std::cerr << Message(neutral.status()) << '\n';
    return 4;
  }
  const double parse_s = CpuSeconds() - start;
  const std::vector<Problem> problems = ProblemsOf(*neutral, settings.every);
  const Universe& universe = neutral->universe;

  const Usage before = UsageNow();
  const Times fresh = Repeat(settings, problems.size(), [&](size_t i) {
    Cdcl cdcl(universe, problems[i]);
    const Outcome outcome = cdcl.Run({});
  });
  const Usage after = UsageNow();
  std::unique_ptr<Cdcl> kept;
  const Times incremental = Repeat(settings, problems.size(), [&](size_t i) {
    if (i == 0) {
      kept = std::make_unique<Cdcl>(universe, problems[i]);
    } else {
      kept->Pose(problems[i]);
    }
    const Outcome outcome = kept->Run({});
  });
  const Found found = CheckAll(universe, problems);
  const auto repetitions = static_cast<double>(fresh.totals.size());
  const nlohmann::ordered_json line = {
      {"tool", "accord"},
      {"version", "0.1.0"},
      {"file", settings.file},
      {"parse_s", parse_s},
      {"build_s", 0.0},
      {"solve_s", scenarios::Median(fresh.totals)},
      {"solve_min_s", std::ranges::min(fresh.totals)},
      {"slowest_root_s", fresh.slowest},
      {"incremental_s", scenarios::Median(incremental.totals)},
      {"incremental_slowest_s", incremental.slowest},
      {"reps", fresh.totals.size()},
      {"roots", problems.size()},
      {"sat", found.satisfiable},
      {"unsat", found.unsatisfiable},
      {"invalid", found.invalid},
      {"size", found.members},
      {"user_s", (after.user_s - before.user_s) / repetitions},
      {"sys_s", (after.system_s - before.system_s) / repetitions},
      {"rss_kb", UsageNow().rss_kb},
  };
  std::cout << line.dump() << '\n';
  return 0;
}

}  // namespace
}  // namespace accord

int main(int argc, char** argv) {
  accord::Settings settings;
  CLI::App app("Solves a neutral universe repeatedly; prints one JSON line.",
               "accord_neutral_bench");
  app.add_option("FILE", settings.file, "*.json or *.json.zst")->required();
  app.add_option("--reps", settings.repetitions, "repetitions")->check(CLI::PositiveNumber);
  app.add_option("--limit-ms", settings.limit_ms, "no new repetition after this CPU time");
  app.add_option("--every", settings.every, "of the roots only each N-th")
      ->check(CLI::PositiveNumber);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return accord::Run(settings);
}
