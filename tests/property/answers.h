// Outcomes as texts that can be compared across universes: names and versions, no ids.
#pragma once

#include <string>

#include "model/outcome.h"
#include "model/world_spec.h"
#include "tests/oracle/oracle.h"

namespace accord {

// "a 2 (depth 0, for 'a #1'), ...; unmet soft: 0, 2", or "unsatisfiable", "needs", "stopped".
// Claims are left out.
[[nodiscard]] std::string Describe(const Universe& universe, const Outcome& outcome);
[[nodiscard]] std::string Describe(const WorldSpec& spec, const OracleAnswer& answer);

[[nodiscard]] Chosen ChosenOf(const Universe& universe, const Solution& solution);

// What the solver under test says of a closed world, run without a budget.
[[nodiscard]] std::string SolveToText(const WorldSpec& spec);

}  // namespace accord
