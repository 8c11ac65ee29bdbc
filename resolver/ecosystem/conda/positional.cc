// Finds the end of a version specifier, and gives "=V" its meaning.
#include "ecosystem/conda/positional.h"

#include <algorithm>

#include "base/error.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

size_t SkipBlanks(std::string_view text, size_t at) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  return at;
}

bool IsOneOf(char c, std::string_view characters) {
  return characters.find(c) != std::string_view::npos;
}

bool IsEpochMark(std::string_view text, size_t at) {
  return at + 1 < text.size() && text[at] == '!' && text[at + 1] != '=';
}

// "Version expressions SHOULD NOT contain spaces between operators, and MUST be removed and ignored
// if present." In a regular expression they count.
std::string WithoutBlanks(std::string_view version) {
  std::string out(version);
  if (version.find('^') == std::string_view::npos) std::erase_if(out, IsBlank);
  return out;
}

// Behind the operand at `at`: a regular expression, or a version with or without stars.
size_t OperandEnd(std::string_view text, size_t at) {
  if (text[at] == '^') return std::min(text.find('$', at), text.size() - 1) + 1;
  for (; at < text.size(); ++at) {
    if (IsBlank(text[at]) || (IsOneOf(text[at], "=<>!~,|()") && !IsEpochMark(text, at))) break;
  }
  return at;
}

// Behind the version specifier at the beginning of `text`, before what separates it from a build.
size_t VersionEnd(std::string_view text) {
  size_t at = 0;
  bool operand_next = true;
  while (at < text.size()) {
    if (operand_next) {
      if (IsBlank(text[at]) || IsOneOf(text[at], "=<>!~(")) {
        ++at;
        continue;
      }
      const size_t end = OperandEnd(text, at);
      at = std::max(end, at + 1);  // a connector without operand is the specifier's own fault
      operand_next = false;
      continue;
    }
    const size_t next = SkipBlanks(text, at);
    if (next < text.size() && IsOneOf(text[next], ",|)")) {
      operand_next = text[next] != ')';
      at = next + 1;
      continue;
    }
    const bool is_epoch = IsEpochMark(text, next);
    if (!is_epoch && (next != at || text[at] == '=')) return at;
    if (is_epoch) {
      at = next + 1;
      operand_next = true;
      continue;
    }
    ++at;  // "1<2": the specifier's own fault
    operand_next = true;
  }
  return text.size();
}

// Whether a version is "=V" alone, without stars.
bool IsFuzzyLiteral(std::string_view version) {
  return version.starts_with('=') && !version.starts_with("==") &&
         version.find_first_of("=,|(*^", 1) == std::string_view::npos;
}

absl::Status CheckBuild(std::string_view build) {
  if (build.empty()) return InvalidInput("", "expected a build behind '='");
  if (IsBuildText(build) || (build.starts_with('^') && build.ends_with('$'))) {
    return absl::OkStatus();
  }
  return InvalidInput("", Cat("expected a build behind the version, found ", Quoted(build, 80)));
}

}  // namespace

bool IsBuildText(std::string_view text) {
  constexpr Characters kInBuild("_.+-*");
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [&](char c) { return kInBuild.Have(c); });
}

absl::StatusOr<PositionalParts> SplitPositional(std::string_view text, Dialect dialect) {
  PositionalParts parts;
  const bool blank_before = !text.empty() && IsBlank(text.front());
  text = Strip(text);
  if (text.empty()) return parts;
  const size_t end = VersionEnd(text);
  const std::string compact = WithoutBlanks(Strip(text.substr(0, end)));
  std::string_view version = compact;
  std::string_view build = Strip(text.substr(end));
  const bool equals_before_build = build.starts_with('=');
  const bool has_build = end < text.size();
  if (has_build) {
    if (equals_before_build) build = Strip(build.substr(1));
    ACCORD_RETURN_IF_ERROR(CheckBuild(build));
    parts.build = std::string(build);
  }
  const bool fuzzy_literal = IsFuzzyLiteral(version);
  const bool equals_before_version = fuzzy_literal && !blank_before;
  if (dialect == Dialect::kCep && has_build && equals_before_version && !equals_before_build) {
    return InvalidInput("", "expected '=' before the build, as before the version, found a blank");
  }
  if (!version.starts_with("==") && version.starts_with('=') && dialect != Dialect::kLibmamba &&
      version.find_first_of(",|(", 1) == std::string_view::npos) {
    version = version.substr(1);
    // foo=1.8 and foo =1.8 are fuzzy, foo=1.8=b is exact; foo =1.8 b is fuzzy, and exact in conda.
    const bool is_exact =
        has_build && (dialect == Dialect::kConda || equals_before_version || equals_before_build);
    parts.version = fuzzy_literal && !is_exact ? Cat(version, ".*") : std::string(version);
    return parts;
  }
  if (version.starts_with("==") && version.size() > 2 && version[2] != '=') {
    version = version.substr(2);
  }
  parts.version = std::string(version);
  return parts;
}

}  // namespace accord::conda
