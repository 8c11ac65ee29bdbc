// Operator, literal and stars of a clause, in each dialect.
#include "ecosystem/conda/version_clause_parse.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "ecosystem/conda/text.h"

namespace accord::conda {
namespace {

// The longest operator that the text begins with; "" for none.
std::string_view OperatorOf(std::string_view text) {
  constexpr std::array<std::string_view, 8> kOperators = {
      "==", "!=", "~=", "<=", ">=", "=", "<", ">"};
  for (const std::string_view op : kOperators) {
    if (text.starts_with(op)) return text.substr(0, op.size());
  }
  return {};
}

// Without "*" or ".*" at the end. A run of stars is one.
std::string_view WithoutStar(std::string_view literal) {
  while (literal.ends_with('*')) literal.remove_suffix(1);
  if (literal.ends_with('.')) literal.remove_suffix(1);
  return literal;
}

bool IsGlobCharacter(char c) {
  return IsAlphanumeric(c) || std::string_view("._-+!*").find(c) != std::string_view::npos;
}

// A segment that is a star, before the last one.
bool HasStarSegmentInside(std::string_view literal) {
  for (size_t begin = 0; begin < literal.size();) {
    const size_t end = literal.find('.', begin);
    if (end == std::string_view::npos) return false;
    if (literal.substr(begin, end - begin) == "*") return true;
    begin = end + 1;
  }
  return false;
}

// What op says of the versions of a range: those in it, or those outside.
KeyRange RangeOf(VersionOperator op, const Version& version) {
  const std::string key(version.Key());
  // No key begins another: "key, 0" is above `key` and below all that come after it.
  const std::string behind = key + '\0';
  switch (op) {
    case VersionOperator::kEqual:
    case VersionOperator::kNotEqual:
      return {.begin = key, .end = behind};
    case VersionOperator::kFuzzy:
    case VersionOperator::kNotFuzzy:
      return version.BeginningWithThis();
    case VersionOperator::kCompatible:
      return {.begin = key, .end = version.BeginningWithStem().end};
    case VersionOperator::kLess:
      return {.begin = "", .end = key};
    case VersionOperator::kLessEqual:
      return {.begin = "", .end = behind};
    case VersionOperator::kGreater:
      return {.begin = behind, .end = ""};
    case VersionOperator::kGreaterEqual:
      return {.begin = key, .end = ""};
    case VersionOperator::kAny:
    case VersionOperator::kText:
    case VersionOperator::kNotText:
      break;
  }
  return {};
}

}  // namespace

VersionClauseParser::VersionClauseParser(std::string_view text, Dialect dialect)
    : operator_(OperatorOf(text)),
      literal_(Strip(text.substr(operator_.size()))),
      dialect_(dialect) {}

absl::StatusOr<VersionClause> VersionClauseParser::Parse(std::string_view text, Dialect dialect) {
  return VersionClauseParser(text, dialect).Run();
}

absl::StatusOr<VersionClause> VersionClauseParser::Run() {
  if (literal_.empty()) {
    return InvalidInput("", operator_.empty() ? std::string("expected a clause")
                                              : Cat("expected a version behind ", operator_));
  }
  if (literal_.starts_with('^')) {
    if (!literal_.ends_with('$') || literal_.size() < 2) {
      return InvalidInput("", "expected '$' at the end of a regular expression");
    }
    return Pattern(literal_);
  }
  if (operator_.empty() || operator_ == "=" || operator_ == "==" || operator_ == "!=") {
    return EqualOrNot();
  }
  return Ordered();
}

// CEP 29: string matching applies when "the value contains a non-trailing glob".
bool VersionClauseParser::IsPattern() const {
  if (dialect_ == Dialect::kLibmamba) return HasStarSegmentInside(literal_);
  return WithoutStar(literal_).find('*') != std::string_view::npos;
}

absl::StatusOr<VersionClause> VersionClauseParser::Pattern(std::string_view pattern) {
  VersionClause clause;
  if (operator_ == "!=") {
    clause.op_ = VersionOperator::kNotText;
  } else if (operator_.empty() || operator_ == "=" || operator_ == "==") {
    clause.op_ = VersionOperator::kText;
  } else {
    return InvalidInput("", Cat("expected a version behind ", operator_, ", found a pattern"));
  }
  if (pattern.front() != '^' && !std::all_of(pattern.begin(), pattern.end(), IsGlobCharacter)) {
    return InvalidInput("", Cat("expected a version with stars, found ", Quoted(pattern, 80)));
  }
  auto match = TextMatch::Parse(pattern);
  if (!match.ok()) return match.status();
  clause.text_ = Cat(operator_, pattern);
  clause.pattern_ = *std::move(match);
  return clause;
}

absl::StatusOr<VersionClause> VersionClauseParser::EqualOrNot() {
  const bool negated = operator_ == "!=";
  if (dialect_ == Dialect::kLibmamba && literal_.ends_with("*.")) literal_.remove_suffix(1);
  if (literal_.find_first_not_of('*') == std::string_view::npos) {
    if (negated) return InvalidInput("", "expected a version behind !=, found '*'");
    VersionClause any;
    any.text_ = Cat(operator_, "*");
    return any;
  }
  if (IsPattern()) return Pattern(literal_);
  const bool is_libmamba = dialect_ == Dialect::kLibmamba;
  const Stars stars = is_libmamba ? Stars::kRead : Stars::kRefused;
  if (literal_.ends_with('*')) {
    const bool keeps_star = is_libmamba && operator_ == "=" && !literal_.ends_with(".*");
    return Named(negated ? VersionOperator::kNotFuzzy : VersionOperator::kFuzzy,
                 keeps_star ? literal_ : WithoutStar(literal_), stars);
  }
  if (operator_ == "=") return Named(VersionOperator::kFuzzy, literal_, stars);
  if (!negated) return Named(VersionOperator::kEqual, literal_, stars);
  return Named(dialect_ == Dialect::kCep ? VersionOperator::kNotFuzzy : VersionOperator::kNotEqual,
               literal_, stars);
}

absl::StatusOr<VersionClause> VersionClauseParser::Ordered() {
  if (operator_ == "~=") {
    if (literal_.ends_with('*')) {
      return InvalidInput("", "expected a version without '*' behind ~=");
    }
    auto clause = Named(VersionOperator::kCompatible, literal_, Stars::kRefused);
    if (clause.ok() && dialect_ == Dialect::kConda && SegmentsOf(*clause->version()) < 2) {
      return InvalidInput("", "expected two segments or more behind ~=");
    }
    return clause;
  }
  std::string_view version = literal_;
  if (dialect_ == Dialect::kCep) {
    while (version.ends_with('*')) version = WithoutStar(version);
  } else if (version.ends_with(".*")) {
    version = WithoutStar(version);
  }
  const VersionOperator op = operator_ == "<"    ? VersionOperator::kLess
                             : operator_ == "<=" ? VersionOperator::kLessEqual
                             : operator_ == ">"  ? VersionOperator::kGreater
                                                 : VersionOperator::kGreaterEqual;
  return Named(op, version, dialect_ == Dialect::kCep ? Stars::kRefused : Stars::kRead);
}

absl::StatusOr<VersionClause> VersionClauseParser::Named(VersionOperator op,
                                                         std::string_view version, Stars stars) {
  absl::StatusOr<Version> parsed = Version::Parse(version, stars);
  if (!parsed.ok()) return parsed.status();
  VersionClause clause;
  clause.op_ = op;
  const bool star_alone = operator_.empty() && literal_.ends_with('*') && !literal_.ends_with(".*");
  clause.text_ = star_alone ? Cat(version, ".*") : Cat(operator_, literal_);
  clause.range_ = RangeOf(op, *parsed);
  clause.version_ = *std::move(parsed);
  return clause;
}

}  // namespace accord::conda
