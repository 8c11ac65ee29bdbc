// Characters as the packaging standards read them: the white space that Python's str.strip() and
// \s know, in UTF-8, and ASCII letters and digits. Knows nothing about versions or requirements.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace accord::pypi {

[[nodiscard]] constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] constexpr bool IsAlphanumeric(char c) {
  return IsDigit(c) || (Lower(c) >= 'a' && Lower(c) <= 'z');
}

[[nodiscard]] constexpr bool IsAsciiSpace(char c) {
  return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
}
// The same of a character beyond ASCII that starts with the byte at `pos`.
[[nodiscard]] size_t WideSpaceBytesAt(std::string_view text, size_t pos);
// Bytes of the white-space character that starts at `pos`; 0 if none does.
[[nodiscard]] inline size_t SpaceBytesAt(std::string_view text, size_t pos) {
  if (pos >= text.size()) return 0;
  if (static_cast<unsigned char>(text[pos]) < 0x80) return IsAsciiSpace(text[pos]) ? 1 : 0;
  return WideSpaceBytesAt(text, pos);
}
// Without white space at both ends.
[[nodiscard]] std::string_view StripSpace(std::string_view text);

// ASCII letters in lower case, other bytes as they are.
[[nodiscard]] std::string LowerText(std::string_view text);
[[nodiscard]] bool EqualIgnoringCase(std::string_view a, std::string_view b);

}  // namespace accord::pypi
