// Names of projects and extras: which texts are names (PEP 508), and their one normal form
// (PEP 503, and PEP 685 for extras and dependency groups).
#pragma once

#include <string>
#include <string_view>

namespace accord::pypi {

// ASCII letters, digits, '-', '_' and '.', first and last a letter or a digit.
[[nodiscard]] bool IsValidName(std::string_view text);

// Lower case, each run of '-', '_' and '.' one '-'. Takes any text: bytes that no valid name holds
// stay as they are, as PEP 503's formula leaves them.
[[nodiscard]] std::string NormalizeName(std::string_view text);

// A valid name that is its own normal form.
[[nodiscard]] bool IsNormalizedName(std::string_view text);

}  // namespace accord::pypi
