// The positional version and build of a match specifier, behind its name: which of blanks and equal
// signs are separators (CEP 29, "Version expression parsing").
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ecosystem/conda/dialect.h"

namespace accord::conda {

struct PositionalParts {
  std::string version;  // a version specifier; a single "=V" as "V" where it is exact, else "V.*"
  std::string build;    // a pattern
};

// Letters, digits, '_', '.', '+' (CEP 26), '-' and stars: a build that may stand behind a version.
[[nodiscard]] bool IsBuildText(std::string_view text);

// `text` begins right behind the name: "=1.8=py*", " >=1.8,<2 py*", "". Errors: InvalidInput with
// what was expected.
[[nodiscard]] absl::StatusOr<PositionalParts> SplitPositional(std::string_view text,
                                                              Dialect dialect);

}  // namespace accord::conda
