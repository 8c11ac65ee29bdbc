// White space in UTF-8 and ASCII letter case.
#include "ecosystem/pypi/text.h"

#include <algorithm>
#include <cstdint>

namespace accord::pypi {
namespace {

constexpr size_t kSpaceBytesMax = 3;

// The characters for which Python's str.isspace() holds, beyond ASCII.
bool IsWideSpace(uint32_t code) {
  switch (code) {
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
      return true;
    default:
      return code >= 0x2000 && code <= 0x200A;
  }
}

}  // namespace

size_t WideSpaceBytesAt(std::string_view text, size_t pos) {
  const auto byte = [&](size_t i) -> uint32_t {
    return pos + i < text.size() ? static_cast<unsigned char>(text[pos + i]) : 0;
  };
  if ((byte(0) & 0xE0) == 0xC0 && (byte(1) & 0xC0) == 0x80) {
    return IsWideSpace((byte(0) & 0x1F) << 6 | (byte(1) & 0x3F)) ? 2 : 0;
  }
  if ((byte(0) & 0xF0) == 0xE0 && (byte(1) & 0xC0) == 0x80 && (byte(2) & 0xC0) == 0x80) {
    const uint32_t code = (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    return IsWideSpace(code) ? 3 : 0;
  }
  return 0;
}

std::string_view StripSpace(std::string_view text) {
  while (const size_t bytes = SpaceBytesAt(text, 0)) text.remove_prefix(bytes);
  bool stripped = !text.empty();
  while (stripped) {
    stripped = false;
    // What ends in a byte of ASCII is one byte long.
    const bool ascii = !text.empty() && static_cast<unsigned char>(text.back()) < 0x80;
    const size_t bytes_max = ascii ? 1 : std::min(kSpaceBytesMax, text.size());
    for (size_t bytes = 1; bytes <= bytes_max; ++bytes) {
      if (SpaceBytesAt(text, text.size() - bytes) != bytes) continue;
      text.remove_suffix(bytes);
      stripped = true;
      break;
    }
  }
  return text;
}

std::string LowerText(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = Lower(c);
  return lower;
}

bool EqualIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

}  // namespace accord::pypi
