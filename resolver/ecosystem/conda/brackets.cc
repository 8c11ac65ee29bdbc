// A small reader of key=value lists with quotes.
#include "ecosystem/conda/brackets.h"

#include <algorithm>

#include "base/error.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

bool IsQuote(char c) { return c == '\'' || c == '"'; }

// Behind the quote that closes the one at text[begin]; text.size() if none does.
size_t QuoteEnd(std::string_view text, size_t begin) {
  for (size_t i = begin + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == text[begin]) {
      return i + 1;
    }
  }
  return text.size();
}

bool OpensQuote(std::string_view text, size_t at) {
  if (!IsQuote(text[at])) return false;
  const char before = at == 0 ? '[' : text[at - 1];
  return IsBlank(before) || before == '=' || before == ',' || before == '[';
}

// A quoted text's content. As in Python, a backslash before anything it has no meaning with stays.
std::string Unquoted(std::string_view quoted) {
  std::string out;
  for (size_t i = 1; i + 1 < quoted.size(); ++i) {
    if (quoted[i] == '\\' && i + 2 < quoted.size() &&
        (IsQuote(quoted[i + 1]) || quoted[i + 1] == '\\')) {
      ++i;
    }
    out.push_back(quoted[i]);
  }
  return out;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  absl::StatusOr<std::vector<BracketEntry>> Run() {
    std::vector<BracketEntry> entries;
    for (SkipSeparators(); at_ < text_.size(); SkipSeparators()) {
      BracketEntry entry;
      const size_t end = std::min(text_.find_first_of("=, \t", at_), text_.size());
      entry.key = LowerText(text_.substr(at_, end - at_));
      at_ = end;
      SkipBlanks();
      if (at_ == text_.size() || text_[at_] != '=') {
        entry.is_bare = true;
      } else {
        ++at_;
        SkipBlanks();
        ACCORD_RETURN_IF_ERROR(ReadValue(entry));
      }
      entries.push_back(std::move(entry));
    }
    return entries;
  }

 private:
  void SkipBlanks() {
    while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
  }
  void SkipSeparators() {
    while (at_ < text_.size() && (IsBlank(text_[at_]) || text_[at_] == ',')) ++at_;
  }

  absl::Status ReadValue(BracketEntry& entry) {
    if (at_ < text_.size() && text_[at_] == '[') return ReadList(entry);
    return ReadItem(entry, ", \t");
  }

  // One value, which an unquoted one ends before one of `ends` outside of its own parentheses.
  absl::Status ReadItem(BracketEntry& entry, std::string_view ends) {
    const std::string place = Cat("key ", Quoted(entry.key, 40));
    if (at_ < text_.size() && IsQuote(text_[at_])) {
      const size_t end = QuoteEnd(text_, at_);
      const std::string_view quoted = text_.substr(at_, end - at_);
      if (quoted.size() < 2 || quoted.back() != quoted.front()) {
        return InvalidInput(place, "expected a closing quote");
      }
      entry.values.push_back(Unquoted(quoted));
      at_ = end;
    } else {
      const size_t begin = at_;
      for (int depth = 0; at_ < text_.size(); ++at_) {
        const char c = text_[at_];
        if (depth == 0 && ends.find(c) != std::string_view::npos) break;
        if (c == '(' || c == '[') ++depth;
        if ((c == ')' || c == ']') && depth > 0) --depth;
      }
      entry.values.emplace_back(Strip(text_.substr(begin, at_ - begin)));
    }
    if (entry.values.back().empty()) return InvalidInput(place, "expected a value");
    return absl::OkStatus();
  }

  absl::Status ReadList(BracketEntry& entry) {
    entry.is_list = true;
    ++at_;
    while (true) {
      SkipSeparators();
      if (at_ == text_.size()) {
        return InvalidInput(Cat("key ", Quoted(entry.key, 40)), "expected ']' behind the list");
      }
      if (text_[at_] == ']') break;
      ACCORD_RETURN_IF_ERROR(ReadItem(entry, ", \t]"));
    }
    ++at_;
    return absl::OkStatus();
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

size_t BracketsEnd(std::string_view text, size_t begin) {
  size_t depth = 0;
  for (size_t i = begin; i < text.size();) {
    if (i != begin && OpensQuote(text, i)) {
      i = QuoteEnd(text, i);
      continue;
    }
    if (text[i] == '[') ++depth;
    if (text[i] == ']' && --depth == 0) return i + 1;
    ++i;
  }
  return std::string_view::npos;
}

absl::StatusOr<std::vector<BracketEntry>> ReadBrackets(std::string_view inside) {
  return Reader(inside).Run();
}

std::string QuotedValue(std::string_view value, std::string_view others) {
  const std::string_view specials = " \t\n\v\f\r,='\"[]()";
  if (value.find_first_of(specials) == std::string_view::npos &&
      value.find_first_of(others) == std::string_view::npos) {
    return std::string(value);
  }
  const char quote = value.find('\'') == std::string_view::npos ? '\'' : '"';
  std::string out(1, quote);
  for (size_t i = 0; i < value.size(); ++i) {
    const bool last = i + 1 == value.size();
    const bool is_escape =
        value[i] == '\\' && (last || IsQuote(value[i + 1]) || value[i + 1] == '\\');
    if (value[i] == quote || is_escape) out.push_back('\\');
    out.push_back(value[i]);
  }
  return out + quote;
}

}  // namespace accord::conda
