#include "solver/cdcl/cdcl.h"

#include <algorithm>
#include <utility>

namespace accord {

using cdcl::Encoder;
using cdcl::Lit;
using cdcl::SatCore;
using cdcl::Value;
using cdcl::Walk;

namespace {

template <class Ids>
void SortUnique(Ids& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

Needs Sorted(Needs needs) {
  SortUnique(needs.packages);
  SortUnique(needs.candidates);
  return needs;
}

}  // namespace

Cdcl::Cdcl(const Universe& universe, const Problem& problem, const cdcl::Tuning& tuning)
    : core_(tuning, arena_),
      encoder_(universe, core_, arena_),
      walk_(universe, core_, encoder_, arena_) {
  Pose(problem);
}

void Cdcl::Pose(const Problem& problem, Goal goal) {
  core_.Backtrack(0);
  encoder_.Pose(problem);
  walk_.Begin(problem);
  goal_ = goal;
  mode_ = goal == Goal::kAny ? Walk::Mode::kFeasible : Walk::Mode::kCanonical;
  restart_ = {};
  begun_ = false;
  best_.reset();
  final_.reset();
  at_pose_ = core_.counters();
  UpdateCounters();
}

Outcome Cdcl::Run(const Budget& budget) {
  if (final_.has_value()) return *final_;
  if (!begun_ && budget.work_max != Budget::kUnlimited) mode_ = Walk::Mode::kFeasible;
  begun_ = true;
  SearchSteps told = StepsSoFar();
  while (true) {
    Result result;
    // A step that fails to stop here is bounded by one fixpoint of propagation.
    if (budget.cancel != nullptr && budget.cancel->cancelled()) {
      result = Stop(StopReason::kCancelled);
    } else if (core_.counters().work - at_pose_.work > budget.work_max) {
      result = Stop(StopReason::kWork);
    } else {
      result = Step();
    }
    if (budget.observer != nullptr) TellMore(*budget.observer, told);
    if (!result.has_value()) continue;
    UpdateCounters();
    const bool is_final =
        std::holds_alternative<Solution>(*result) || std::holds_alternative<Conflict>(*result);
    if (!is_final) return *std::move(result);
    final_ = std::move(result);
    return *final_;
  }
}

// One round of the search: a conflict, new clauses, or a step of the walk.
Cdcl::Result Cdcl::Step() {
  if (core_.level() == 0) {
    const Lit posed = Lit::True(encoder_.posed());
    if (core_.value(posed) == Value::kFalse) {
      const Lit refuted = ~posed;
      return Unsatisfiable(core_.TraceLiterals({&refuted, 1}));
    }
    if (core_.value(posed) == Value::kOpen) core_.Decide(posed);
  }
  if (!core_.Propagate()) {
    if (!core_.Learn()) return Unsatisfiable(core_.TraceConflict());
    if (mode_ == Walk::Mode::kFeasible && restart_.Conflict()) core_.Backtrack(1);
    walk_.Follow();
    return std::nullopt;
  }
  Needs needs;
  switch (encoder_.Open(needs)) {
    case Encoder::Opened::kMore:
      return std::nullopt;
    case Encoder::Opened::kNeeds:
      return Sorted(std::move(needs));
    case Encoder::Opened::kNothing:
      return TakeWalkStep();
  }
  return std::nullopt;
}

Cdcl::Result Cdcl::TakeWalkStep() {
  Lit decision;
  Needs needs;
  switch (walk_.Next(mode_, decision, needs)) {
    case Walk::Step::kOpened:
      return std::nullopt;
    case Walk::Step::kDecide:
      core_.Decide(decision);
      return std::nullopt;
    case Walk::Step::kNeeds:
      return Sorted(std::move(needs));
    case Walk::Step::kDone:
      return Finish();
  }
  return std::nullopt;
}

Cdcl::Result Cdcl::Finish() {
  Solution solution = walk_.Answer();
  if (mode_ == Walk::Mode::kFeasible) {
    solution.claim.kind = ClaimKind::kFeasible;
    if (goal_ == Goal::kAny) return solution;
    best_ = std::move(solution);
    mode_ = Walk::Mode::kCanonical;
    core_.Backtrack(1);
    walk_.BeginAnew();  // what entered at level 1 was chosen in another mode
    return std::nullopt;
  }
  solution.claim.assuming_packages = walk_.PassedOverUnknown();
  if (encoder_.used_unavailable()) {
    AddAssumed(core_.TraceLiterals(walk_.Refuted()), solution.claim);
  }
  SortUnique(solution.claim.assuming_packages);
  return solution;
}

Conflict Cdcl::Unsatisfiable(const SatCore::Sources& sources) {
  Conflict conflict{.core = encoder_.Reasons(sources)};
  AddAssumed(sources, conflict.claim);
  return conflict;
}

void Cdcl::AddAssumed(const SatCore::Sources& sources, Claim& claim) const {
  for (const Reason& reason : encoder_.Reasons(sources)) {
    if (reason.kind == Reason::Kind::kPackageUnavailable) {
      claim.assuming_packages.push_back(reason.package);
    } else if (reason.kind == Reason::Kind::kDependenciesUnavailable) {
      claim.assuming_candidates.push_back(reason.solvable);
    }
  }
}

Outcome Cdcl::Stop(StopReason reason) const { return Stopped{.reason = reason, .best = best_}; }

SearchSteps Cdcl::StepsSoFar() const {
  const cdcl::CoreCounters& now = core_.counters();
  return {.work = now.work,
          .packages = encoder_.counters().packages,
          .decisions = now.decisions,
          .conflicts = now.conflicts};
}

void Cdcl::TellMore(SearchObserver& observer, SearchSteps& told) const {
  const SearchSteps now = StepsSoFar();
  observer.Did({.work = now.work - told.work,
                .packages = now.packages - told.packages,
                .decisions = now.decisions - told.decisions,
                .conflicts = now.conflicts - told.conflicts});
  told = now;
}

void Cdcl::UpdateCounters() {
  const cdcl::CoreCounters& now = core_.counters();
  counters_ = encoder_.counters();
  counters_.work = now.work - at_pose_.work;
  counters_.decisions = now.decisions - at_pose_.decisions;
  counters_.propagations = now.propagations - at_pose_.propagations;
  counters_.conflicts = now.conflicts - at_pose_.conflicts;
  counters_.learnt = now.learnt - at_pose_.learnt;
  counters_.learnt_literals = now.learnt_literals - at_pose_.learnt_literals;
}

}  // namespace accord
