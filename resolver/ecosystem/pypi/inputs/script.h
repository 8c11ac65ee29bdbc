// Scripts with inline metadata (PEP 723): a block of comments from "# /// script" to "# ///".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/inputs/input.h"

namespace accord::pypi {

inline constexpr size_t kScriptBytesMax = size_t{64} << 20;

struct ScriptBlock {
  std::string toml;       // without the comment marks
  size_t first_line = 0;  // of `toml` in the file, counted from 1
};

// nullopt: no block, or one that is not closed, which PEP 723 says is none. Errors: InvalidInput if
// there are two; LimitReached.
[[nodiscard]] absl::StatusOr<std::optional<ScriptBlock>> FindScriptBlock(std::string_view text,
                                                                         std::string_view place);

// Its dependencies and requires-python. Errors: InvalidInput with "PLACE:LINE" if there is no
// block, or it is no TOML or asks for what is no requirement; LimitReached.
[[nodiscard]] absl::StatusOr<Input> ReadScript(std::string_view text, std::string_view place);

}  // namespace accord::pypi
