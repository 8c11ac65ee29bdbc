// What would help where there is no solution: changes of the request, each solved before it is
// told. A hint is never a guess.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "engine/answer.h"
#include "engine/ecosystem.h"
#include "engine/resolve.h"
#include "engine/search.h"

namespace accord::engine {

struct Hints {
  std::vector<Hint> told;
  std::vector<UndecidedHint> undecided;  // a limit was reached, or facts cannot be read
};

// The ecosystem has read the request, and the answer's conflict is explained. Changes of what
// filters left out come first, then constraints, locks, exclusions and overrides, then requirements
// of the request. Deterministic; cancelled, the changes not yet tried are left. Errors: Internal,
// as Resolve: that the checker refuses an answer is our bug here too; Waiting. The search
// has the request's universe.
[[nodiscard]] absl::StatusOr<Hints> FindHints(const Ecosystem& ecosystem, Search& search,
                                              const explain::Explanation& explanation,
                                              const ResolveOptions& options);

}  // namespace accord::engine
