// A place in a text that a recursive-descent parser stands at, with the few tokens that markers and
// requirements share, and errors that name the byte. Internal to this folder.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "base/error.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {

class ParseCursor {
 public:
  // `what` names the text in errors: "marker", "requirement".
  ParseCursor(std::string_view what, std::string_view text) : what_(what), text_(text) {}

  [[nodiscard]] size_t pos() const { return pos_; }
  [[nodiscard]] bool AtEnd() const { return pos_ == text_.size(); }
  [[nodiscard]] char Peek() const { return AtEnd() ? '\0' : text_[pos_]; }
  [[nodiscard]] std::string_view Rest() const { return text_.substr(pos_); }

  // The next `bytes` bytes, which become read.
  std::string_view Take(size_t bytes) {
    const std::string_view taken = text_.substr(pos_, bytes);
    pos_ += taken.size();
    return taken;
  }
  bool Skip(char c) {
    if (AtEnd() || text_[pos_] != c) return false;
    ++pos_;
    return true;
  }
  // Blanks and tabs; whether there was one.
  bool SkipBlanks() {
    const size_t begin = pos_;
    while (Peek() == ' ' || Peek() == '\t') ++pos_;
    return pos_ != begin;
  }
  bool Skip(std::string_view token) {
    if (!Rest().starts_with(token)) return false;
    pos_ += token.size();
    return true;
  }
  // A whole word: no letter, digit or '_' beside it.
  bool SkipWord(std::string_view word) {
    if (!Rest().starts_with(word)) return false;
    if (pos_ != 0 && IsWordByte(text_[pos_ - 1])) return false;
    const size_t end = pos_ + word.size();
    if (end < text_.size() && IsWordByte(text_[end])) return false;
    pos_ = end;
    return true;
  }

  // "marker 'x y': byte 2: expected WISH, found 'y'".
  [[nodiscard]] absl::Status Fail(std::string_view wish) const {
    const std::string fact = AtEnd() ? "the end" : Quoted(Rest(), 40);
    return InvalidInput(Cat(what_, " ", Quoted(text_)),
                        Cat("byte ", pos_, ": expected ", wish, ", found ", fact));
  }
  [[nodiscard]] absl::Status Limit(std::string_view limit) const {
    return LimitReached(Cat(what_, " ", Quoted(text_, 40)), Cat("byte ", pos_, ": ", limit));
  }

 private:
  static bool IsWordByte(char c) {
    return IsAlphanumeric(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  }

  std::string_view what_;
  std::string_view text_;
  size_t pos_ = 0;
};

}  // namespace accord::pypi
