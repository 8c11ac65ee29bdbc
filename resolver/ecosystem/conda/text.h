// Characters as conda's texts have them: ASCII letters, digits and blanks. Other bytes are never
// part of a name or version; in file names and URLs they stay as they are.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace accord::conda {

[[nodiscard]] constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] constexpr bool IsLetter(char c) { return Lower(c) >= 'a' && Lower(c) <= 'z'; }
[[nodiscard]] constexpr bool IsAlphanumeric(char c) { return IsDigit(c) || IsLetter(c); }
[[nodiscard]] constexpr bool IsBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Letters, digits, and some others, each found at once.
class Characters {
 public:
  constexpr explicit Characters(std::string_view others, bool alphanumeric = true) {
    for (int c = 0; c < 128; ++c) has_[c] = alphanumeric && IsAlphanumeric(static_cast<char>(c));
    for (const char c : others) has_[static_cast<unsigned char>(c)] = true;
  }
  [[nodiscard]] constexpr bool Have(char c) const { return has_[static_cast<unsigned char>(c)]; }

 private:
  bool has_[256] = {};
};

// Without blanks at both ends.
[[nodiscard]] inline std::string_view Strip(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

[[nodiscard]] inline std::string LowerText(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = Lower(c);
  return lower;
}

// Two digits, in lower case, a byte.
[[nodiscard]] inline std::string HexText(const auto& bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const auto byte : bytes) {
    text.push_back(kDigits[static_cast<uint8_t>(byte) / 16]);
    text.push_back(kDigits[static_cast<uint8_t>(byte) % 16]);
  }
  return text;
}

[[nodiscard]] inline bool EqualIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

}  // namespace accord::conda
