// A Universe and a Problem as a plain CNF for a SAT solver from outside: one variable a candidate,
// each sentence of the model's definition of a valid set written out, no gates, no laziness.
// Shares nothing with resolver/solver: it is the third opinion on satisfiable or not.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "model/problem.h"
#include "model/universe.h"

namespace accord::testing {

class PlainCnf {
 public:
  // Only candidates that chains of requirements lead to get variables: the others can be dropped
  // from any valid set. What is pending or unavailable is not there.
  PlainCnf(const Universe& universe, const Problem& problem);

  // Runs Debian's `cadical` on the clauses as DIMACS, and for each entry of `asked`: one of these.
  [[nodiscard]] absl::StatusOr<bool> Satisfiable(
      const std::vector<std::vector<SolvableId>>& asked = {}) const;

 private:
  void Reach(RequirementId id);
  [[nodiscard]] std::vector<int> Variables(VersionSetId set, bool inside) const;
  void Clause(const std::vector<int>& literals);
  void AtMostOne(const std::vector<int>& members);
  int Holds(ConditionId id);
  void Require(int bearer, RequirementId id);
  void Restrict(int bearer, ConstraintId id);

  const Universe& universe_;
  IdVector<SolvableId, int> variable_;  // 0 = none: false
  std::vector<SolvableId> reached_;
  IdVector<RequirementId, char> is_reached_;
  IdVector<ConditionId, int> holds_;  // 0 = not made yet
  int variable_count_ = 0;
  size_t clause_count_ = 0;
  std::string text_;
};

}  // namespace accord::testing
