// One pass over a version's text. Each optional part is tried greedily: no later part can start
// where an earlier one would have stopped sooner, so nothing is ever taken back.
#include "ecosystem/pypi/version_scan.h"

#include <array>
#include <string_view>

#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

struct PreWord {
  std::string_view word;
  PreKind kind;
};
// A word stands before each of its own beginnings.
constexpr std::array<PreWord, 8> kPreWords = {{
    {"alpha", PreKind::kAlpha},
    {"a", PreKind::kAlpha},
    {"beta", PreKind::kBeta},
    {"b", PreKind::kBeta},
    {"preview", PreKind::kCandidate},
    {"pre", PreKind::kCandidate},
    {"rc", PreKind::kCandidate},
    {"c", PreKind::kCandidate},
}};
constexpr std::array<std::string_view, 3> kPostWords = {"post", "rev", "r"};

class Scanner {
 public:
  Scanner(std::string_view text, size_t begin) : text_(text), pos_(begin) {}

  std::optional<VersionParts> Scan() {
    if (pos_ < text_.size() && Lower(text_[pos_]) == 'v') ++pos_;
    if (!IsDigit(Peek())) return std::nullopt;
    ScanEpoch();
    if (!IsDigit(Peek())) return std::nullopt;
    ScanRelease();
    if (pos_ < text_.size()) {
      ScanPre();
      ScanPost();
      ScanDev();
      ScanLocal();
    }
    parts_.end = pos_;
    return parts_;
  }

 private:
  char Peek(size_t ahead = 0) const {
    return pos_ + ahead < text_.size() ? text_[pos_ + ahead] : '\0';
  }
  static bool IsSeparator(char c) { return c == '.' || c == '-' || c == '_'; }

  std::string_view Digits() {
    const size_t begin = pos_;
    while (pos_ < text_.size() && IsDigit(text_[pos_])) ++pos_;
    return text_.substr(begin, pos_ - begin);
  }

  bool SkipWord(std::string_view word) {
    if (text_.size() - pos_ < word.size()) return false;
    if (!EqualIgnoringCase(text_.substr(pos_, word.size()), word)) return false;
    pos_ += word.size();
    return true;
  }

  void SkipSeparator() {
    if (IsSeparator(Peek())) ++pos_;
  }

  void ScanEpoch() {
    const size_t begin = pos_;
    const std::string_view digits = Digits();
    if (Peek() == '!') {
      parts_.epoch = digits;
      ++pos_;
    } else {
      pos_ = begin;
    }
  }

  void ScanRelease() {
    const size_t begin = pos_;
    Digits();
    while (Peek() == '.' && IsDigit(Peek(1))) {
      ++pos_;
      Digits();
    }
    parts_.release = text_.substr(begin, pos_ - begin);
  }

  void ScanPre() {
    const size_t begin = pos_;
    SkipSeparator();
    for (const PreWord& word : kPreWords) {
      if (!SkipWord(word.word)) continue;
      parts_.pre = word.kind;
      SkipSeparator();
      parts_.pre_number = Digits();
      return;
    }
    pos_ = begin;
  }

  void ScanPost() {
    if (Peek() == '-' && IsDigit(Peek(1))) {
      ++pos_;
      parts_.has_post = true;
      parts_.post_number = Digits();
      return;
    }
    const size_t begin = pos_;
    SkipSeparator();
    for (const std::string_view word : kPostWords) {
      if (!SkipWord(word)) continue;
      parts_.has_post = true;
      SkipSeparator();
      parts_.post_number = Digits();
      return;
    }
    pos_ = begin;
  }

  void ScanDev() {
    const size_t begin = pos_;
    SkipSeparator();
    if (!SkipWord("dev")) {
      pos_ = begin;
      return;
    }
    parts_.has_dev = true;
    SkipSeparator();
    parts_.dev_number = Digits();
  }

  void ScanLocal() {
    if (Peek() != '+' || !IsAlphanumeric(Peek(1))) return;
    ++pos_;
    const size_t begin = pos_;
    while (IsAlphanumeric(Peek()) || (IsSeparator(Peek()) && IsAlphanumeric(Peek(1)))) ++pos_;
    parts_.local = text_.substr(begin, pos_ - begin);
  }

  std::string_view text_;
  size_t pos_;
  VersionParts parts_;
};

}  // namespace

std::optional<VersionParts> ScanVersion(std::string_view text, size_t begin) {
  return Scanner(text, begin).Scan();
}

}  // namespace accord::pypi
