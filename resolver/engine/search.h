// One supplier, one solver, many questions: runs a strategy and supplies what it needs until it has
// an answer. The first question is the request; later ones are variations of it.
#pragma once

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "engine/resolve.h"
#include "model/outcome.h"
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

  // Solution, Conflict or Stopped, never Needs. The problem is used until the next call or the end
  // of the search. Errors: as Supplier::Supply.
  [[nodiscard]] absl::StatusOr<Outcome> Solve(const Problem& problem, const Budget& budget);
  // The same, where only whether there is a solution matters: the first one will do.
  [[nodiscard]] absl::StatusOr<Outcome> SolveAny(const Problem& problem, const Budget& budget);

  // Of the last question.
  [[nodiscard]] const Counters& counters() const { return strategy_->counters(); }
  // Spent in Supply, over all questions.
  [[nodiscard]] uint64_t supply_us() const { return supply_us_; }

 private:
  [[nodiscard]] absl::StatusOr<Outcome> Run(const Problem& problem, Goal goal,
                                            const Budget& budget);

  Supplier& supplier_;
  StrategyKind kind_;
  uint64_t (*now_us_)();
  uint64_t supply_us_ = 0;
  std::unique_ptr<Strategy> strategy_;
  Cdcl* cdcl_ = nullptr;  // strategy_, if it is that one: it keeps what it learnt
};

}  // namespace accord::engine
