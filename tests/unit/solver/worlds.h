// Small worlds as text for the solver's tests, and answers as text to compare.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/world_file.h"
#include "solver/cdcl/cdcl.h"

namespace accord::testing {

// A world from the inside of its JSON object: R"("packages":{...},"request":{...})".
[[nodiscard]] World WorldOf(std::string_view inside);

// "a 1, b 2; unmet 0" in the order of entry into D; "unsatisfiable"; "needs ..."; "stopped".
[[nodiscard]] std::string TextOf(const Universe& universe, const Outcome& outcome);

// WorldOf, solved by a new Cdcl without limits.
[[nodiscard]] std::string Answer(std::string_view inside);

}  // namespace accord::testing
