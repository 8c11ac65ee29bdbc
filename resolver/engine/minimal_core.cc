#include "engine/minimal_core.h"

#include <algorithm>
#include <utility>

namespace accord::engine {
namespace {

// The requirements that the conflict rests on.
std::vector<AskedRequirement> AskedIn(const Conflict& conflict,
                                      const std::vector<AskedRequirement>& asked) {
  std::vector<AskedRequirement> in;
  for (const AskedRequirement& one : asked) {
    const bool is_in =
        std::any_of(conflict.core.begin(), conflict.core.end(), [&](const Reason& reason) {
          return reason.kind == Reason::Kind::kRequirement && reason.requirement == one.requirement;
        });
    if (is_in) in.push_back(one);
  }
  return in;
}

}  // namespace

absl::StatusOr<Core> MinimalCore(Search& search, const Problem& posed, const Conflict& conflict,
                                 const Budget& budget, const CoreLimits& limits) {
  Core core{.problem = posed, .conflict = conflict};
  core.problem.soft.clear();
  core.problem.requirements = AskedIn(conflict, posed.requirements);
  size_t questions = 0;
  for (size_t i = 0; i < core.problem.requirements.size() && questions < limits.questions_max;) {
    if (core.problem.requirements.size() == 1 || core.work >= limits.all_work_max) break;
    Problem without = core.problem;
    without.requirements.erase(without.requirements.begin() + static_cast<std::ptrdiff_t>(i));
    ++questions;
    absl::StatusOr<Outcome> outcome = search.SolveAny(without, budget.WithWork(limits.work_max));
    if (!outcome.ok()) return outcome.status();
    core.work += search.counters().work;
    Conflict* smaller = std::get_if<Conflict>(&*outcome);
    if (smaller == nullptr) {
      ++i;
      continue;
    }
    // Those before i are needed by this conflict too: without them there are solutions.
    core.problem.requirements = AskedIn(*smaller, without.requirements);
    core.conflict = std::move(*smaller);
  }
  return core;
}

}  // namespace accord::engine
