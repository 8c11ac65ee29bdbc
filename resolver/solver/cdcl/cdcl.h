// Accord's own strategy: CDCL with the canonical walk as decision order. docs/solver.md has the
// formulas; the pieces are sat_core.h (search), encoder.h (meaning), walk.h (choice).
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "solver/cdcl/encoder.h"
#include "solver/cdcl/restart.h"
#include "solver/cdcl/walk.h"
#include "solver/strategy.h"

namespace accord {

// What is asked of a problem.
enum class Goal : uint8_t {
  kCanonical,  // the canonical answer
  kAny,        // whether there is one: the first solution will do, and its claim is feasible
};

class Cdcl final : public Strategy {
 public:
  // Neither is owned; both outlive the solver, and the problem does not change while it is posed.
  Cdcl(const Universe& universe, const Problem& problem, const cdcl::Tuning& tuning = {});

  // Another problem over the same universe. What was learnt of the universe is kept, and the
  // answer is the one that a new solver would give. Counters and budget begin anew.
  void Pose(const Problem& problem, Goal goal = Goal::kCanonical);

  // With a budget for work, a plain satisfying run precedes the walk, so that Stopped has a best
  // answer as soon as there is one.
  [[nodiscard]] Outcome Run(const Budget& budget) override;
  [[nodiscard]] const Counters& counters() const override { return counters_; }
  [[nodiscard]] ClaimKind claim() const override { return ClaimKind::kCanonical; }

  // Not owned; null = none. Set before the first Run.
  void set_proof_sink(cdcl::ProofSink* sink) { core_.set_proof_sink(sink); }
  // What a literal that a ProofSink saw says of a valid set: see Encoder::IsTrueIn.
  [[nodiscard]] bool HoldsIn(cdcl::Lit literal, std::span<const SolvableId> chosen) const {
    return encoder_.IsTrueIn(literal.var(), chosen) != literal.negative();
  }

 private:
  // What a step of the search leads to: an outcome, or nothing yet.
  using Result = std::optional<Outcome>;
  [[nodiscard]] Result Step();
  [[nodiscard]] Result TakeWalkStep();
  [[nodiscard]] Result Finish();
  [[nodiscard]] Conflict Unsatisfiable(const cdcl::SatCore::Sources& sources);
  [[nodiscard]] Outcome Stop(StopReason reason) const;
  void AddAssumed(const cdcl::SatCore::Sources& sources, Claim& claim) const;
  void UpdateCounters();
  [[nodiscard]] SearchSteps StepsSoFar() const;
  void TellMore(SearchObserver& observer, SearchSteps& told) const;  // than was told

  cdcl::Arena arena_;  // of all that follows
  cdcl::SatCore core_;
  cdcl::Encoder encoder_;
  cdcl::Walk walk_;
  cdcl::Walk::Mode mode_ = cdcl::Walk::Mode::kCanonical;
  Goal goal_ = Goal::kCanonical;
  cdcl::Luby restart_;
  bool begun_ = false;
  std::optional<Solution> best_;
  std::optional<Outcome> final_;
  cdcl::CoreCounters at_pose_;
  Counters counters_;
};

}  // namespace accord
