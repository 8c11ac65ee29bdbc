// Python's string escapes (Python reference, 2.4.1.1).
#include "ecosystem/pypi/python_string.h"

#include <charconv>
#include <cstdint>

namespace accord::pypi {
namespace {

void AppendUtf8(std::string& out, uint32_t code) {
  const auto byte = [&](uint32_t value) { out.push_back(static_cast<char>(value)); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | code >> 6);
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | code >> 18);
    byte(0x80 | (code >> 12 & 0x3F));
    byte(0x80 | (code >> 6 & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

// The character of a one-letter escape; '\0' for none.
char SimpleEscape(char c) {
  switch (c) {
    case '\\':
    case '\'':
    case '"':
      return c;
    case 'a':
      return '\a';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    default:
      return '\0';
  }
}

class Unescaper {
 public:
  explicit Unescaper(std::string_view inside) : inside_(inside) {}

  std::optional<std::string> Run() {
    while (pos_ < inside_.size()) {
      const char c = inside_[pos_++];
      if (c == '\0' || c == '\n' || c == '\r') return std::nullopt;
      if (c != '\\') {
        out_.push_back(c);
      } else if (!Escape()) {
        return std::nullopt;
      }
    }
    return std::move(out_);
  }

 private:
  // Behind a backslash; false if Python refuses it.
  bool Escape() {
    if (pos_ == inside_.size()) return false;  // it would have escaped the closing quote
    const char c = inside_[pos_];
    if (const char simple = SimpleEscape(c); simple != '\0') {
      ++pos_;
      out_.push_back(simple);
      return true;
    }
    switch (c) {
      case '\0':
      case 'N':
        return false;
      case '\n':
        ++pos_;
        return true;
      case '\r':
        pos_ += inside_.substr(pos_).starts_with("\r\n") ? 2U : 1U;
        return true;
      case 'x':
        return Hex(2);
      case 'u':
        return Hex(4);
      case 'U':
        return Hex(8);
      default:
        break;
    }
    if (c >= '0' && c <= '7') {
      Octal();
    } else {
      out_.push_back('\\');  // an unknown escape stays as it is
    }
    return true;
  }

  bool Hex(size_t digits) {
    const std::string_view text = inside_.substr(pos_ + 1, digits);
    uint32_t code = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), code, 16);
    if (text.size() != digits || read.ec != std::errc() || read.ptr != text.data() + digits) {
      return false;
    }
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (surrogate || code > 0x10FFFF) return false;
    AppendUtf8(out_, code);
    pos_ += 1 + digits;
    return true;
  }

  void Octal() {
    uint32_t code = 0;
    for (int i = 0; i < 3 && pos_ < inside_.size(); ++i) {
      const char c = inside_[pos_];
      if (c < '0' || c > '7') break;
      code = code * 8 + static_cast<uint32_t>(c - '0');
      ++pos_;
    }
    AppendUtf8(out_, code);
  }

  std::string_view inside_;
  size_t pos_ = 0;
  std::string out_;
};

}  // namespace

std::optional<std::string> UnescapePython(std::string_view inside) {
  return Unescaper(inside).Run();
}

}  // namespace accord::pypi
