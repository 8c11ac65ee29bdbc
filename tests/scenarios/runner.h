// What every kind of scenario shares: options of the command line, the tally, the files of a
// directory. A kind is one function; main.cc has the table of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace accord::scenarios {

struct Options {
  std::string directory;
  std::vector<std::string> cases = {"*"};  // globs over case names
  uint32_t every = 1;                      // of a case's many roots only each so many-th
  uint32_t sample = 200;                   // roots a case that second opinions are asked about
  uint32_t repetitions = 1;                // of the timed solves; the median is shown
  std::string json;                        // file for one JSON line a case; empty = none
  bool explanations = false;               // conflicts beside what the cases say of them
};

struct Tally {
  size_t passed = 0;
  size_t failed = 0;
  size_t skipped = 0;
};

struct CaseFile {
  std::string name;  // without directory and extensions
  std::string path;
};

// One of the globs matches.
[[nodiscard]] bool Wanted(const Options& options, const std::string& name);
// The *.json and *.json.zst files of the directory whose names match, sorted by name.
[[nodiscard]] std::vector<CaseFile> FindCases(const Options& options);

// Solves each case of a directory of neutral universes; see neutral.cc.
[[nodiscard]] Tally RunNeutral(const Options& options);
// Solves each packse scenario below the directory; see packse.cc.
[[nodiscard]] Tally RunPackse(const Options& options);
// Real packages, with stored answers or without; see pypi_runs.cc.
[[nodiscard]] Tally RunResolvelib(const Options& options);
[[nodiscard]] Tally RunPipBenchmarks(const Options& options);
[[nodiscard]] Tally RunRequests(const Options& options);

}  // namespace accord::scenarios
