// Specifiers are taken apart into operators and versions, each is mended, and they are put together
// again with what stood between them.
#include "ecosystem/pypi/lenient.h"

#include <algorithm>

#include "base/error.h"
#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

constexpr std::string_view kOperatorBytes = "<>=!~";
constexpr std::string_view kQuotes = "'\"";

bool IsOneOf(char c, std::string_view bytes) { return bytes.find(c) != std::string_view::npos; }
bool IsOperatorByte(char c) { return IsOneOf(c, kOperatorBytes); }
bool IsBetween(char c) { return IsOneOf(c, " \t,") || IsOneOf(c, kQuotes); }

template <class Accepts>
std::string_view TakeWhile(std::string_view& rest, Accepts accepts) {
  const auto end = std::find_if_not(rest.begin(), rest.end(), accepts);
  const std::string_view taken = rest.substr(0, static_cast<size_t>(end - rest.begin()));
  rest.remove_prefix(taken.size());
  return taken;
}

std::string WithoutQuotes(std::string_view text) {
  std::string kept(text);
  std::erase_if(kept, [](char c) { return IsOneOf(c, kQuotes); });
  return kept;
}

struct Part {
  std::string before;  // what stands between it and the one before
  std::string op;
  std::string gap;
  std::string version;
};

bool IsOrder(std::string_view op) { return op == "<" || op == "<=" || op == ">" || op == ">="; }

void Mend(Part& part) {
  if (part.op == "!=~") {
    part.op = "!=";
    if (!part.version.ends_with('*')) part.version += ".*";
  }
  if (IsOrder(part.op) && part.version.ends_with(".*")) {
    part.version.resize(part.version.size() - 2);
    part.gap.clear();
  }
  if (part.op.starts_with('>') && part.version == "dev") part.version = "0.0.0dev";
  if ((part.op == "!=" || part.op == "==") && part.version.size() >= 2 &&
      part.version.ends_with('*') && IsDigit(part.version[part.version.size() - 2])) {
    part.version.insert(part.version.size() - 1, ".");
  }
}

// nullopt: not a row of operators with versions.
std::optional<std::string> MendSpecifiers(std::string_view rest) {
  std::string mended;
  for (bool is_first = true;; is_first = false) {
    Part part;
    part.before = WithoutQuotes(TakeWhile(rest, IsBetween));
    if (rest.empty()) return is_first ? std::nullopt : std::optional(mended);
    part.op = TakeWhile(rest, IsOperatorByte);
    part.gap = WithoutQuotes(TakeWhile(rest, [](char c) { return IsBetween(c) && c != ','; }));
    part.version = TakeWhile(rest, [](char c) { return !IsBetween(c) && !IsOperatorByte(c); });
    if (part.op.empty() || part.version.empty()) return std::nullopt;
    if (!is_first && part.before.find(',') == std::string::npos) part.before.insert(0, ",");
    Mend(part);
    mended += part.before + part.op + part.gap + part.version;
  }
}

struct RequirementParts {
  std::string_view head;        // name and extras, with the blanks behind them
  std::string_view specifiers;  // without parentheses
  bool in_parentheses = false;
  std::string_view tail;  // from the blanks before ';' on
};

std::optional<RequirementParts> TakeApart(std::string_view text) {
  RequirementParts parts;
  const size_t semicolon = std::min(text.find(';'), text.size());
  std::string_view rest = text.substr(0, semicolon);
  while (!rest.empty() && (rest.back() == ' ' || rest.back() == '\t')) rest.remove_suffix(1);
  parts.tail = text.substr(rest.size());
  size_t begin = rest.find_first_of(Cat(kOperatorBytes, kQuotes, "("));
  const size_t bracket = rest.find(']');
  if (bracket != std::string_view::npos && begin < bracket) return std::nullopt;
  if (begin == std::string_view::npos || rest.find('@') < begin) return std::nullopt;
  parts.head = rest.substr(0, begin);
  parts.specifiers = rest.substr(begin);
  if (parts.specifiers.front() != '(') return parts;
  const size_t close = parts.specifiers.find(')');
  if (close == std::string_view::npos) return std::nullopt;
  const std::string_view behind = parts.specifiers.substr(close + 1);
  if (!std::all_of(behind.begin(), behind.end(), IsBetween)) return std::nullopt;
  parts.specifiers = parts.specifiers.substr(1, close - 1);
  parts.in_parentheses = true;
  return parts;
}

}  // namespace

std::optional<std::string> RepairSpecifiers(std::string_view text) {
  if (text.size() > kSpecifierSetBytesMax) return std::nullopt;
  std::optional<std::string> mended = MendSpecifiers(text);
  if (!mended || *mended == text || !SpecifierSet::Parse(*mended).ok()) return std::nullopt;
  return mended;
}

std::optional<std::string> RepairRequirement(std::string_view text) {
  if (text.size() > kRequirementBytesMax) return std::nullopt;
  const std::optional<RequirementParts> parts = TakeApart(text);
  if (!parts) return std::nullopt;
  const std::optional<std::string> mended = MendSpecifiers(parts->specifiers);
  if (!mended) return std::nullopt;
  std::string whole = Cat(parts->head, parts->in_parentheses ? "(" : "", *mended,
                          parts->in_parentheses ? ")" : "", parts->tail);
  if (whole == text || !Requirement::Parse(whole).ok()) return std::nullopt;
  return whole;
}

std::optional<LenientSpecifiers> ReadSpecifiersLeniently(std::string_view text) {
  absl::StatusOr<SpecifierSet> set = SpecifierSet::Parse(text);
  if (set.ok()) return LenientSpecifiers{.set = *std::move(set), .text = std::string(text)};
  std::optional<std::string> repaired = RepairSpecifiers(text);
  if (!repaired) return std::nullopt;
  return LenientSpecifiers{
      .set = *SpecifierSet::Parse(*repaired), .repaired = true, .text = *std::move(repaired)};
}

absl::StatusOr<LenientRequirement> ReadRequirementLeniently(std::string_view text) {
  absl::StatusOr<Requirement> parsed = Requirement::Parse(text);
  if (parsed.ok()) return LenientRequirement{.requirement = *std::move(parsed)};
  std::optional<std::string> repaired = RepairRequirement(text);
  if (!repaired) return parsed.status();
  return LenientRequirement{.requirement = *Requirement::Parse(*repaired),
                            .repaired = *std::move(repaired)};
}

}  // namespace accord::pypi
