// A row's JSON as TOML text: rows of the kinds pylock.* and pep735.* hold what a TOML reader made
// of a document, and our readers take the document.
#pragma once

#include <string>

#include "tests/conformance/vectors.h"

namespace accord::conformance {

// Keys with null are left out; {"$": "datetime", "s": "..."} is a date with time.
[[nodiscard]] std::string TomlText(const Json& table);

}  // namespace accord::conformance
