// One supplier, one solver, many questions: runs a strategy and supplies what it needs until it has
// an answer. The first question is the request; later ones are variations of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/resolve.h"
#include "model/outcome.h"
#include "model/problem.h"
#include "model/supplier.h"
#include "solver/strategy.h"

namespace accord {
class Cdcl;
enum class Goal : uint8_t;
}  // namespace accord

namespace accord::engine {

class Search {
 public:
  // The supplier outlives the search.
  Search(Supplier& supplier, StrategyKind kind, uint64_t (*now_us)());
  ~Search();
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;

  // Solution, Conflict or Stopped, never Needs. Errors: as Supplier::Supply. After Waiting the same
  // question goes on where it was, and another one begins anew; where the budget is cancelled it is
  // Stopped instead.
  [[nodiscard]] absl::StatusOr<Outcome> Solve(const Problem& problem, const Budget& budget);
  // The same, where only whether there is a solution matters: the first one will do.
  [[nodiscard]] absl::StatusOr<Outcome> SolveAny(const Problem& problem, const Budget& budget);

  // All questions will be asked again, in their order: those that have an answer get it at once,
  // with its counters.
  void Rewind() { asked_ = 0; }

  // Of the last question that was answered.
  [[nodiscard]] const Counters& counters() const { return answered_[asked_ - 1].counters; }
  // Spent in Supply, over all questions.
  [[nodiscard]] uint64_t supply_us() const { return supply_us_; }

 private:
  struct Answered {
    Outcome outcome;
    Counters counters;
  };

  [[nodiscard]] absl::StatusOr<Outcome> Ask(const Problem& problem, Goal goal,
                                            const Budget& budget);
  void Pose(const Problem& problem, Goal goal);
  [[nodiscard]] absl::StatusOr<Outcome> Run(const Budget& budget);

  Supplier& supplier_;
  StrategyKind kind_;
  uint64_t (*now_us_)();
  uint64_t supply_us_ = 0;
  std::vector<Answered> answered_;
  size_t asked_ = 0;  // of them since the last rewind
  // The question that was posed last, and what it lacks.
  Problem problem_;
  Goal goal_ = {};
  bool waits_ = false;
  std::optional<Needs> needs_;
  std::unique_ptr<Strategy> strategy_;
  Cdcl* cdcl_ = nullptr;  // strategy_, if it is that one: it keeps what it learnt
};

}  // namespace accord::engine
