#include "engine/resolve_world.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.h"
#include "check/world_check.h"
#include "engine/chosen.h"
#include "engine/world_lines.h"
#include "model/world_file.h"
#include "solver/cdcl/cdcl.h"
#include "solver/libsolv/libsolv.h"

namespace accord::engine {
namespace {

class WorldRun {
 public:
  WorldRun(const World& world, const ResolveOptions& options)
      : universe_(world.universe), problem_(world.problem), options_(options) {}

  absl::StatusOr<Answer> Run() {
    if (options_.save_problem) answer_.saved_problem = WriteWorld(universe_, problem_);
    TellPriorities();
    Tell(Solve());
    if (!answer_.check.violations.empty()) {
      std::string message = "our bug: the checker refuses the answer";
      for (const std::string& violation : answer_.check.violations) message += "; " + violation;
      return absl::InternalError(message);
    }
    return std::move(answer_);
  }

 private:
  Outcome Solve() {
    std::unique_ptr<Strategy> strategy;
    if (options_.strategy == StrategyKind::kLibsolv) {
      strategy = std::make_unique<Libsolv>(universe_, problem_);
    } else {
      strategy = std::make_unique<Cdcl>(universe_, problem_);
    }
    const uint64_t begun_us = options_.now_us();
    Outcome outcome = strategy->Run(options_.budget);
    answer_.timings.solve_us = options_.now_us() - begun_us;
    answer_.counters = strategy->counters();
    return outcome;
  }

  void Tell(const Outcome& outcome) {
    if (const auto* solution = std::get_if<Solution>(&outcome)) {
      answer_.status = Status::kSat;
      TellSolution(*solution);
    } else if (const auto* conflict = std::get_if<Conflict>(&outcome)) {
      answer_.status = Status::kUnsat;
      answer_.conflict = WorldLines(universe_, problem_, *conflict);
      answer_.claim.assuming = AssumingOf(universe_, conflict->claim);
    } else {
      const auto& stopped = std::get<Stopped>(outcome);
      answer_.status = Status::kStopped;
      answer_.stop_reason = stopped.reason;
      answer_.claim.kind = ClaimKind::kFeasible;
      if (stopped.best) TellSolution(*stopped.best);
    }
  }

  void TellSolution(const Solution& solution) {
    answer_.has_solution = true;
    answer_.claim = {.kind = solution.claim.kind,
                     .assuming = AssumingOf(universe_, solution.claim)};
    answer_.solution = WorldMembers(universe_, problem_, solution);
    answer_.warnings = UnmetSoft(universe_, problem_, solution);
    const uint64_t begun_us = options_.now_us();
    answer_.check.ran = true;
    for (const check::Violation& violation : check::CheckWorld(universe_, problem_, solution)) {
      answer_.check.violations.push_back(check::Sentence(violation));
    }
    answer_.check.cost.pins = solution.members.size();
    answer_.timings.check_us = options_.now_us() - begun_us;
  }

  // Each requested package with the first priority it is asked for with.
  void TellPriorities() {
    std::map<std::string, int32_t> first;
    for (const AskedRequirement& asked : problem_.requirements) {
      const Requirement& requirement = universe_.requirement(asked.requirement);
      if (requirement.alternatives.empty()) continue;
      const PackageId package = universe_.set(requirement.alternatives.front()).package;
      const auto [entry, is_new] =
          first.try_emplace(std::string(universe_.name(package)), asked.priority);
      if (!is_new) entry->second = std::min(entry->second, asked.priority);
    }
    for (const auto& [name, priority] : first) {
      answer_.priorities.push_back({.name = name, .priority = priority});
    }
    std::ranges::stable_sort(answer_.priorities, {}, &PackagePriority::priority);
  }

  const Universe& universe_;
  const Problem& problem_;
  const ResolveOptions& options_;
  Answer answer_;
};

}  // namespace

absl::StatusOr<Answer> ResolveWorld(const World& world, const ResolveOptions& options) {
  return WorldRun(world, options).Run();
}

}  // namespace accord::engine
