// Reads a neutral universe: one JSON document of packages, candidates from oldest to newest and
// dependencies by inclusive index ranges, with the requests to solve over it. The format is that of
// the shared corpus `neutral` (its README); texts come decompressed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "model/problem.h"
#include "model/universe.h"

namespace accord {

struct NeutralCase {
  std::string name;
  Universe universe;
  Problem problem;                      // the case's one request; meaningless if there are roots
  std::vector<SolvableId> roots;        // solve each alone (RootProblem); empty = solve `problem`
  std::optional<bool> satisfiable;      // as the corpus says
  std::vector<SolvableId> stored_pins;  // what the source chose; one valid answer, maybe in part
  std::vector<std::string> unmatched_pins;  // "name version" of those that are not candidates
};

// Offsets into a case are 32-bit; no list in it can be longer than its text.
inline constexpr size_t kNeutralBytesMax = size_t{1} << 31;

// `place` names the text in messages. Names that are used and not listed do not exist.
[[nodiscard]] absl::StatusOr<NeutralCase> ImportNeutral(std::string_view text,
                                                        std::string_view place);

// The problem that asks for exactly this candidate.
[[nodiscard]] Problem RootProblem(Universe& universe, SolvableId root);

}  // namespace accord
