// What becomes of an environment by an answer: what is kept of it, and the transaction.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/universe_builder.h"
#include "engine/answer.h"
#include "engine/transaction.h"
#include "model/outcome.h"

namespace accord::engine {

// All outlive the call; the request has an environment. The builder's universe learns what the
// installed records need.
struct CondaSolved {
  const conda::ResolveRequest& request;
  conda::UniverseBuilder& builder;
  const Solution& solution;
};

// "installed" asks for what the answer has because it was there.
void TellKept(const CondaSolved& solved, std::vector<ChosenPackage>& chosen);

// `chosen` is the solution's, sorted by name. Errors: Missing for a damaged record.
[[nodiscard]] absl::StatusOr<Transaction> TransactionOf(const CondaSolved& solved,
                                                        const std::vector<ChosenPackage>& chosen);

}  // namespace accord::engine
