// Questions about conda's texts alone, as versions.h has them for PyPI's.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ecosystem/conda/dialect.h"
#include "ecosystem/conda/version.h"

namespace accord::engine {

struct CondaVersionAnswer {
  std::string normal;  // "1!2.0_rc": in lower case, with '_' for '-'; equal versions may differ
  conda::VersionParts parts;
};

// Errors of all three: InvalidInput with the byte that is wrong; LimitReached. All dialects read
// versions alike.
[[nodiscard]] absl::StatusOr<CondaVersionAnswer> ParseCondaVersion(std::string_view version);

[[nodiscard]] absl::StatusOr<std::strong_ordering> CompareCondaVersions(std::string_view left,
                                                                        std::string_view right);

// Whether a version specifier (">=1.0,<2|3.*") admits a version ("1.5") or, where that has two
// words or three, whether a match specifier ("numpy >=1.20 py39*") means the record of that name,
// version and build ("numpy 1.21 py39_0"). What a record's words do not say (channel, hashes, ...)
// it does not meet. Errors: also InvalidInput for a specifier with build_number or timestamp, which
// every record has and no word says.
[[nodiscard]] absl::StatusOr<bool> MatchCondaVersion(std::string_view version_or_record,
                                                     std::string_view specifier,
                                                     conda::Dialect dialect);

}  // namespace accord::engine
