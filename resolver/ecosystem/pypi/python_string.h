// What stands between the quotes of a Python string literal, as its value. Markers are quoted that
// way. Internal to this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace accord::pypi {

// The value of a one-line literal's inside; nothing if Python would refuse it. Escapes by character
// name (\N{...}) are refused.
[[nodiscard]] std::optional<std::string> UnescapePython(std::string_view inside);

}  // namespace accord::pypi
