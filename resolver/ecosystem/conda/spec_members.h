// Which of a package's candidates a specifier admits. What it says of versions is found by
// bisection, and only candidates of those versions are looked at for the rest of it.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/candidates.h"
#include "ecosystem/conda/match_spec.h"
#include "model/positions.h"

namespace accord::conda {

// Equal to asking `Matches` of each record. The specifier's name is that of the candidates. Errors:
// Missing for damaged files, which are read where the specifier asks for a hash, an address, a
// file's name or a time.
[[nodiscard]] absl::StatusOr<std::vector<PositionRange>> MembersOf(const MatchSpec& spec,
                                                                   const Candidates& candidates);

}  // namespace accord::conda
