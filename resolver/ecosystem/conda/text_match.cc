// Exact texts and globs by comparing bytes, regular expressions by RE2.
#include "ecosystem/conda/text_match.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/error.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

// libmamba: a pattern of these characters alone is a glob, others are regular expressions. None
// begins with a star.
bool IsPlainInLibmamba(std::string_view pattern) {
  return pattern.starts_with('*') || std::all_of(pattern.begin(), pattern.end(), [](char c) {
           return IsAlphanumeric(c) || c == '_' || c == '-' || c == '*';
         });
}

bool IsRegex(std::string_view pattern) {
  return pattern.size() > 1 && pattern.front() == '^' && pattern.back() == '$';
}

// The expression that libmamba makes of a pattern which is no plain glob: one that must fit whole,
// a star at its end being ".*".
std::string LibmambaRegex(std::string_view pattern) {
  std::string regex = "^(?:";
  regex.append(pattern);
  if (pattern.ends_with('*') && !pattern.ends_with(".*")) regex.insert(regex.size() - 1, ".");
  return regex + ")$";
}

absl::StatusOr<std::shared_ptr<const re2::RE2>> Compile(const std::string& expression,
                                                        std::string_view pattern) {
  re2::RE2::Options options;
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  options.set_never_capture(true);
  options.set_max_mem(kRegexMemoryBytesMax);
  auto regex = std::make_shared<const re2::RE2>(expression, options);
  if (regex->ok()) return regex;
  const std::string place = Cat("regular expression ", Quoted(pattern, 80));
  if (regex->error_code() == re2::RE2::ErrorPatternTooLarge) {
    return LimitReached(place, Cat("expected at most ", kRegexMemoryBytesMax,
                                   " bytes when compiled, it needs more"));
  }
  return InvalidInput(place, Cat("expected what RE2 reads: ", regex->error()));
}

std::string OneStarARun(std::string_view pattern) {
  std::string glob;
  for (const char c : pattern) {
    if (c != '*' || !glob.ends_with('*')) glob.push_back(Lower(c));
  }
  return glob;
}

// Where `piece`, which is in lower case, first stands in `text` from `begin` on.
size_t Find(std::string_view text, std::string_view piece, size_t begin) {
  const auto at =
      std::search(text.begin() + static_cast<ptrdiff_t>(begin), text.end(), piece.begin(),
                  piece.end(), [](char x, char y) { return Lower(x) == y; });
  if (at == text.end() && !piece.empty()) return std::string_view::npos;
  return static_cast<size_t>(at - text.begin());
}

// The first piece stands at the beginning, the last one at the end, the others in this order as
// early as they can.
bool GlobMatches(std::string_view glob, std::string_view text) {
  const size_t first = glob.find('*');
  const size_t last = glob.rfind('*');
  const std::string_view tail = glob.substr(last + 1);
  if (text.size() < first + tail.size()) return false;
  if (!EqualIgnoringCase(text.substr(0, first), glob.substr(0, first))) return false;
  if (!EqualIgnoringCase(text.substr(text.size() - tail.size()), tail)) return false;
  text = text.substr(first, text.size() - first - tail.size());
  size_t at = 0;
  for (size_t begin = first + 1; begin <= last;) {
    const size_t end = glob.find('*', begin);
    const size_t found = Find(text, glob.substr(begin, end - begin), at);
    if (found == std::string_view::npos) return false;
    at = found + (end - begin);
    begin = end + 1;
  }
  return true;
}

}  // namespace

absl::StatusOr<TextMatch> TextMatch::Parse(std::string_view pattern, Dialect dialect) {
  if (pattern.size() > kPatternBytesMax) {
    return LimitReached(
        Cat("pattern ", Quoted(pattern, 40)),
        Cat("at most ", kPatternBytesMax, " bytes are read, it has ", pattern.size()));
  }
  TextMatch match;
  match.text_ = std::string(pattern);
  const bool has_star = pattern.find('*') != std::string_view::npos;
  const bool whole =
      dialect == Dialect::kLibmamba && has_star && !IsRegex(pattern) && !IsPlainInLibmamba(pattern);
  if (IsRegex(pattern) || whole) {
    match.kind_ = Kind::kRegex;
    match.canonical_ = whole ? LibmambaRegex(pattern) : match.text_;
    auto regex = Compile(match.canonical_, pattern);
    if (!regex.ok()) return regex.status();
    match.regex_ = *std::move(regex);
    return match;
  }
  match.canonical_ = OneStarARun(pattern);
  match.kind_ = match.canonical_ == "*" ? Kind::kAll : has_star ? Kind::kGlob : Kind::kExact;
  if (match.kind_ == Kind::kAll) match.text_ = "*";
  return match;
}

bool TextMatch::Matches(std::string_view text) const {
  switch (kind_) {
    case Kind::kAll:
      return true;
    case Kind::kExact:
      return EqualIgnoringCase(text, canonical_);
    case Kind::kGlob:
      return GlobMatches(canonical_, text);
    case Kind::kRegex:
      return re2::RE2::PartialMatch({text.data(), text.size()}, *regex_);
  }
  return false;
}

}  // namespace accord::conda
