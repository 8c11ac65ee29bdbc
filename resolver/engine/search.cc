#include "engine/search.h"

#include <utility>

#include "base/error.h"
#include "solver/cdcl/cdcl.h"
#include "solver/libsolv/libsolv.h"

namespace accord::engine {

Search::Search(Supplier& supplier, StrategyKind kind, uint64_t (*now_us)())
    : supplier_(supplier), kind_(kind), now_us_(now_us) {}
Search::~Search() = default;

absl::StatusOr<Outcome> Search::Solve(const Problem& problem, const Budget& budget) {
  return Ask(problem, Goal::kCanonical, budget);
}

absl::StatusOr<Outcome> Search::SolveAny(const Problem& problem, const Budget& budget) {
  return Ask(problem, Goal::kAny, budget);
}

absl::StatusOr<Outcome> Search::Ask(const Problem& problem, Goal goal, const Budget& budget) {
  if (asked_ < answered_.size()) return answered_[asked_++].outcome;
  if (!waits_ || goal != goal_ || problem != problem_) Pose(problem, goal);
  absl::StatusOr<Outcome> outcome = Run(budget);
  waits_ = IsWaiting(outcome.status());
  if (!outcome.ok()) return outcome;
  answered_.push_back({.outcome = *outcome, .counters = strategy_->counters()});
  ++asked_;
  return outcome;
}

void Search::Pose(const Problem& problem, Goal goal) {
  problem_ = problem;
  goal_ = goal;
  needs_.reset();
  if (cdcl_ != nullptr) {
    cdcl_->Pose(problem_, goal);
  } else if (kind_ == StrategyKind::kLibsolv) {
    strategy_ = std::make_unique<Libsolv>(supplier_.universe(), problem_);
  } else {
    auto cdcl = std::make_unique<Cdcl>(supplier_.universe(), problem_);
    cdcl_ = cdcl.get();
    strategy_ = std::move(cdcl);
    if (goal != Goal::kCanonical) cdcl_->Pose(problem_, goal);
  }
}

// A cancelled strategy says at once how far it came, so that it is not given what it lacks.
absl::StatusOr<Outcome> Search::Run(const Budget& budget) {
  while (true) {
    const bool is_cancelled = budget.cancel != nullptr && budget.cancel->cancelled();
    if (needs_ && !is_cancelled) {
      const uint64_t begun_us = now_us_();
      ACCORD_RETURN_IF_ERROR(supplier_.Supply(*needs_));
      supply_us_ += now_us_() - begun_us;
      needs_.reset();
    }
    Outcome outcome = strategy_->Run(budget);
    Needs* needs = std::get_if<Needs>(&outcome);
    if (needs == nullptr) return outcome;
    needs_ = std::move(*needs);
  }
}

}  // namespace accord::engine
