// accord_scenarios KIND [DIR]: solves every case of a directory and holds the answers to what the
// cases say and to second opinions. One line a case; last "N passed, N failed[, N skipped]"; exit
// status 0 if none failed, 1 if one did, 2 for wrong usage.

#include <fnmatch.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "tests/scenarios/runner.h"

namespace accord::scenarios {
namespace {

struct Kind {
  const char* name;
  const char* corpus;  // below ../shared/corpora, when no DIR is given
  const char* what;
  Tally (*run)(const Options&);
};

constexpr std::array kKinds = {
    Kind{"neutral", "neutral", "solver problems without an ecosystem", RunNeutral},
    Kind{"packse", "packse", "small PyPI worlds with expected answers", RunPackse},
    Kind{"resolvelib", "resolvelib-functional", "resolvelib's Python cases", RunResolvelib},
    Kind{"pip-benchmarks", "pip-resolver-benchmarks", "pip's hard cases", RunPipBenchmarks},
    Kind{"requests", "pypi-requests", "requests of the snapshot beside DIR", RunRequests},
};

std::filesystem::path SharedCorpora() {
  const char* shared = std::getenv("ACCORD_SHARED");
  if (shared != nullptr) return std::filesystem::path(shared) / "corpora";
  return std::filesystem::path(ACCORD_SOURCE_DIR).parent_path() / "shared" / "corpora";
}

int RunKind(const Kind& kind, Options options) {
  if (options.directory.empty()) {
    options.directory = SharedCorpora() / kind.corpus;
    if (!std::filesystem::is_directory(options.directory)) {
      std::cout << "skipped: no shared corpora\n0 passed, 0 failed\n";
      return 0;
    }
  }
  if (!std::filesystem::is_directory(options.directory)) {
    std::cerr << options.directory << ": a directory is wanted\n";
    return 2;
  }
  const Tally tally = kind.run(options);
  std::cout << tally.passed << " passed, " << tally.failed << " failed";
  if (tally.skipped > 0) std::cout << ", " << tally.skipped << " skipped";
  std::cout << '\n';
  return tally.failed > 0 ? 1 : 0;
}

}  // namespace

bool Wanted(const Options& options, const std::string& name) {
  return std::ranges::any_of(options.cases, [&name](const std::string& glob) {
    return fnmatch(glob.c_str(), name.c_str(), 0) == 0;
  });
}

std::vector<CaseFile> FindCases(const Options& options) {
  std::vector<CaseFile> found;
  for (const auto& entry : std::filesystem::directory_iterator(options.directory)) {
    std::string name = entry.path().filename();
    if (name.ends_with(".zst")) name.resize(name.size() - 4);
    if (!name.ends_with(".json")) continue;
    name.resize(name.size() - 5);
    if (Wanted(options, name)) found.push_back({.name = name, .path = entry.path()});
  }
  std::ranges::sort(found, {}, &CaseFile::name);
  return found;
}

}  // namespace accord::scenarios

int main(int argc, char** argv) {
  using namespace accord::scenarios;
  CLI::App app("Solves every case of a directory and checks the answers.", "accord_scenarios");
  Options options;
  std::string kind_name;
  std::string kinds;
  for (const Kind& kind : kKinds) {
    kinds += std::string(kinds.empty() ? "" : ", ") + kind.name + " (" + kind.what + ")";
  }
  app.add_option("KIND", kind_name, kinds)->required();
  app.add_option("DIR", options.directory, "default: the shared corpus of the kind");
  app.add_option("--cases", options.cases, "globs over case names, joined by commas")
      ->delimiter(',');
  app.add_option("--every", options.every, "of a case's roots only each N-th")
      ->check(CLI::PositiveNumber);
  app.add_option("--sample", options.sample, "roots a case for second opinions");
  app.add_option("--reps", options.repetitions, "repetitions of the timed solves")
      ->check(CLI::PositiveNumber);
  app.add_option("--json", options.json, "writes one JSON line a case: roots and answers");
  app.add_flag("--explanations", options.explanations,
               "prints conflicts beside what the cases say of them, as Markdown");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  for (const Kind& kind : kKinds) {
    if (kind_name == kind.name) return RunKind(kind, options);
  }
  std::cerr << "unknown kind '" << kind_name << "'; known: " << kinds << '\n';
  return 2;
}
