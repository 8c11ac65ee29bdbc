// Which of a package's versions, in PEP 440's order, a specifier set admits, without asking each:
// every specifier but === admits one run of neighbours, or all but one, and its ends are found by
// bisection. So a set of a package with a thousand versions looks at a few dozen.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "ecosystem/pypi/specifier_set.h"
#include "model/positions.h"

namespace accord::pypi {

// A package's versions by position, ascending strictly; each may be asked for more than once.
struct VersionsInOrder {
  uint32_t count = 0;
  absl::FunctionRef<const Version&(Position)> version;
  absl::FunctionRef<std::string_view(Position)> spelled;  // for ===
};

// Equal to asking `Matches` of each. Pre-releases are as good as any other.
[[nodiscard]] std::vector<PositionRange> AdmittedRanges(const SpecifierSet& set,
                                                        const VersionsInOrder& versions);

}  // namespace accord::pypi
