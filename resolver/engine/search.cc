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
  return Run(problem, Goal::kCanonical, budget);
}

absl::StatusOr<Outcome> Search::SolveAny(const Problem& problem, const Budget& budget) {
  return Run(problem, Goal::kAny, budget);
}

absl::StatusOr<Outcome> Search::Run(const Problem& problem, Goal goal, const Budget& budget) {
  if (cdcl_ != nullptr) {
    cdcl_->Pose(problem, goal);
  } else if (kind_ == StrategyKind::kLibsolv) {
    strategy_ = std::make_unique<Libsolv>(supplier_.universe(), problem);
  } else {
    auto cdcl = std::make_unique<Cdcl>(supplier_.universe(), problem);
    cdcl_ = cdcl.get();
    strategy_ = std::move(cdcl);
    if (goal != Goal::kCanonical) cdcl_->Pose(problem, goal);
  }
  while (true) {
    Outcome outcome = strategy_->Run(budget);
    const Needs* needs = std::get_if<Needs>(&outcome);
    if (needs == nullptr) return outcome;
    const uint64_t begun_us = now_us_();
    ACCORD_RETURN_IF_ERROR(supplier_.Supply(*needs));
    supply_us_ += now_us_() - begun_us;
  }
}

}  // namespace accord::engine
