#include "tests/property/run_laws.h"

#include <algorithm>
#include <mutex>

#include "base/error.h"
#include "base/executor.h"
#include "model/world_file.h"
#include "tests/oracle/generator.h"
#include "tests/oracle/shrinker.h"

namespace accord {
namespace {

constexpr uint64_t kWorldsPerTask = 64;
// A shrunk world need not break the law with the same random choices.
constexpr uint64_t kTriesToBreak = 12;

uint64_t Mixed(uint64_t a, uint64_t b) {
  Rng rng(a * 0x9E3779B97F4A7C15 + b);
  return rng.Next();
}

uint64_t WorldSeed(const LawRun& run, uint64_t world) { return Mixed(run.seed, world); }

Broken Check(const Law& law, const Subject& subject, uint64_t seed) {
  Rng rng(seed);
  return law.check(subject, rng);
}

std::string ShrunkWorld(const Law& law, const WorldSpec& spec, uint64_t seed) {
  const auto fails = [&](const WorldSpec& tried) {
    const Subject subject(tried);
    for (uint64_t i = 0; i < kTriesToBreak; ++i) {
      if (Check(law, subject, seed + i)) return true;
    }
    return false;
  };
  const WorldSpec small = Shrink(spec, fails);
  const Subject subject(small);
  for (uint64_t i = 0; i < kTriesToBreak; ++i) {
    if (const Broken broken = Check(law, subject, seed + i)) {
      return Cat(*broken, "\n", WriteWorldSpec(small));
    }
  }
  return WriteWorldSpec(small);
}

// What one task found, before it is put together in order.
struct Part {
  uint64_t failed = 0;
  uint64_t satisfiable = 0;
  std::vector<LawCount> counts;
  std::vector<LawFailure> failures;
};

class Runner {
 public:
  Runner(const LawRun& run, const std::function<void(uint64_t)>& progress)
      : run_(run), progress_(progress) {
    for (const Law& law : Laws()) {
      if (run.law.empty() || law.name == run.law) laws_.push_back(&law);
    }
  }

  LawReport Run() {
    std::vector<Part> parts((run_.worlds + kWorldsPerTask - 1) / kWorldsPerTask);
    Executor(run_.jobs).ForEach(parts.size(), [&](size_t task) {
      const uint64_t begin = task * kWorldsPerTask;
      const uint64_t end = std::min(run_.worlds, begin + kWorldsPerTask);
      parts[task] = RunWorlds(run_.first + begin, run_.first + end);
      const std::lock_guard lock(progress_mutex_);
      done_ += end - begin;
      progress_(done_);
    });
    return PutTogether(parts);
  }

 private:
  Part RunWorlds(uint64_t begin, uint64_t end) const {
    Part part;
    for (const Law* law : laws_) part.counts.push_back({.law = law->name});
    for (uint64_t world = begin; world < end; ++world) {
      const uint64_t seed = WorldSeed(run_, world);
      const WorldSpec spec = GenerateWorld(seed);
      const Subject subject(spec);
      part.satisfiable += subject.answer.satisfiable ? 1u : 0u;
      bool failed = false;
      for (size_t i = 0; i < laws_.size(); ++i) {
        Broken broken = Check(*laws_[i], subject, Mixed(seed, i));
        ++(broken ? part.counts[i].broken : part.counts[i].held);
        failed = failed || broken;
        if (broken && part.failures.size() < kFailuresMax) {
          part.failures.push_back({.law = laws_[i]->name, .world = world, .why = *broken});
        }
      }
      part.failed += failed ? 1u : 0u;
    }
    return part;
  }

  LawReport PutTogether(const std::vector<Part>& parts) const {
    LawReport report;
    for (const Law* law : laws_) report.counts.push_back({.law = law->name});
    for (const Part& part : parts) {
      report.worlds_failed += part.failed;
      report.satisfiable += part.satisfiable;
      for (size_t i = 0; i < laws_.size(); ++i) {
        report.counts[i].held += part.counts[i].held;
        report.counts[i].broken += part.counts[i].broken;
      }
      for (const LawFailure& failure : part.failures) {
        if (report.failures.size() < kFailuresMax) report.failures.push_back(failure);
      }
    }
    report.worlds_passed = run_.worlds - report.worlds_failed;
    ShrinkSome(report.failures);
    return report;
  }

  void ShrinkSome(std::vector<LawFailure>& failures) const {
    for (size_t i = 0; i < laws_.size(); ++i) {
      size_t shrunk = 0;
      for (LawFailure& failure : failures) {
        if (failure.law != laws_[i]->name || shrunk == kShrunkPerLawMax) continue;
        const uint64_t seed = WorldSeed(run_, failure.world);
        failure.shrunk = ShrunkWorld(*laws_[i], GenerateWorld(seed), Mixed(seed, i));
        ++shrunk;
      }
    }
  }

  const LawRun& run_;
  const std::function<void(uint64_t)>& progress_;
  std::vector<const Law*> laws_;
  std::mutex progress_mutex_;
  uint64_t done_ = 0;
};

}  // namespace

LawReport RunLaws(const LawRun& run, const std::function<void(uint64_t)>& progress) {
  return Runner(run, progress).Run();
}

std::string ReportText(const LawRun& run, const LawReport& report) {
  std::string out;
  for (const LawFailure& failure : report.failures) {
    out += Cat("BROKEN ", failure.law, " in world ", failure.world, " of seed ", run.seed,
               " (again: --seed ", run.seed, " --first ", failure.world, " --worlds 1 --law ",
               failure.law, ")\n");
    if (failure.shrunk.empty()) continue;
    out += Cat(failure.why, "\nshrunk: ", failure.shrunk, "\n");
  }
  for (const LawCount& count : report.counts) {
    out += Cat(count.law, ": held ", count.held, ", broken ", count.broken, "\n");
  }
  out +=
      Cat("seed ", run.seed, ": ", report.satisfiable, " of ", run.worlds, " worlds satisfiable\n");
  return Cat(out, report.worlds_passed, " passed, ", report.worlds_failed, " failed\n");
}

}  // namespace accord
