// environment.yml (CEP 24): specifiers, channels, and what is left to pip.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "ecosystem/conda/inputs/input.h"

namespace accord::conda {

// Specifiers are not parsed here. Noted: each requirement of `pip:`, selectors in comments, which
// do not count, and every key but name, channels and dependencies. Errors: InvalidInput with
// "PLACE:LINE" for what is no YAML, a file without `dependencies`, a value of another kind, a
// selector `sel(...)`, and the part of an installer that is not pip; LimitReached.
[[nodiscard]] absl::StatusOr<Input> ReadEnvironment(std::string_view text, std::string_view place);

}  // namespace accord::conda
