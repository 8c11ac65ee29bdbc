// Holds every law against many generated worlds.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/property/laws.h"

namespace accord {

struct LawRun {
  uint64_t seed = 1;
  uint64_t first = 0;  // worlds `first` .. `first + worlds - 1` of the seed
  uint64_t worlds = 0;
  std::string law;  // only this one; empty = all
  size_t jobs = 0;  // 0 = as many as the machine has cores
};

struct LawFailure {
  std::string_view law;
  uint64_t world = 0;
  std::string why;
  std::string shrunk;  // a world file; empty if the law has enough of them already
};

struct LawCount {
  std::string_view law;
  uint64_t held = 0;
  uint64_t broken = 0;
};

struct LawReport {
  uint64_t worlds_passed = 0;
  uint64_t worlds_failed = 0;
  uint64_t satisfiable = 0;
  std::vector<LawCount> counts;      // in the order of Laws()
  std::vector<LawFailure> failures;  // sorted by world, at most kFailuresMax
};

inline constexpr size_t kFailuresMax = 50;
inline constexpr size_t kShrunkPerLawMax = 2;

// `progress` is called now and then, from any thread but never twice at once, with the number of
// worlds done. The report does not depend on jobs.
[[nodiscard]] LawReport RunLaws(const LawRun& run, const std::function<void(uint64_t)>& progress);

// Lines for people, ending with "N passed, N failed".
[[nodiscard]] std::string ReportText(const LawRun& run, const LawReport& report);

}  // namespace accord
