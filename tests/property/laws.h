// The laws that a tiny world can test, each a named function. A law looks at
// one world and says why it is broken there, or nothing. docs/testing.md says what each is for.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tests/oracle/oracle.h"
#include "tests/oracle/random.h"

namespace accord {

// A world with what the oracle says of it.
struct Subject {
  explicit Subject(const WorldSpec& world)
      : spec(world), oracle(world), answer(oracle.Canonical()) {}

  const WorldSpec& spec;
  Oracle oracle;
  OracleAnswer answer;
};

using Broken = std::optional<std::string>;

struct Law {
  std::string_view name;
  Broken (*check)(const Subject&, Rng&);
};

// In a fixed order; names are stable.
[[nodiscard]] std::span<const Law> Laws();

// Laws over one run of the solver and what it says beside the answer (claims.cc).
[[nodiscard]] Broken LearntClausesHold(const Subject& subject, Rng& rng);
[[nodiscard]] Broken CoreIsUnsatisfiable(const Subject& subject, Rng& rng);
[[nodiscard]] Broken AssumingIsSufficient(const Subject& subject, Rng& rng);

// Laws over several runs (runs.cc).
[[nodiscard]] Broken LazyEqualsClosed(const Subject& subject, Rng& rng);
[[nodiscard]] Broken CancelledIsResumed(const Subject& subject, Rng& rng);
[[nodiscard]] Broken BudgetStopsAlike(const Subject& subject, Rng& rng);
[[nodiscard]] Broken BestIsValid(const Subject& subject, Rng& rng);
[[nodiscard]] Broken PosedInTurn(const Subject& subject, Rng& rng);

}  // namespace accord
