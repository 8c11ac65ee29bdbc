// Which texts are read back as they are printed. `packaging` prints a marker's texts without
// escapes, so one with a backslash or a line break in it comes back as another, or not at all.
#pragma once

#include <string_view>

namespace accord::fuzz {

[[nodiscard]] inline bool IsReadBackAsPrinted(std::string_view text) {
  return text.find_first_of(std::string_view("\\\r\n\0", 4)) == std::string_view::npos;
}

}  // namespace accord::fuzz
