// Recursive descent over PEP 508's marker grammar:
//
//   marker  = atom (("and" | "or") atom)*          atom = "(" marker ")" | operand op operand
//   operand = variable | quoted text               op   = <= < != == >= > ~= === in | not in
//
// Blanks and tabs may stand between tokens. Quoted texts know Python's escapes.
#include "ecosystem/pypi/marker_parse.h"

#include <array>

#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/python_string.h"

namespace accord::pypi {
namespace {

struct OldName {
  std::string_view text;
  MarkerVariable variable;
};
// Spellings from before PEP 508.
constexpr std::array<OldName, 6> kOldNames = {{
    {"os.name", MarkerVariable::kOsName},
    {"sys.platform", MarkerVariable::kSysPlatform},
    {"platform.version", MarkerVariable::kPlatformVersion},
    {"platform.machine", MarkerVariable::kPlatformMachine},
    {"platform.python_implementation", MarkerVariable::kPlatformPythonImplementation},
    {"python_implementation", MarkerVariable::kPlatformPythonImplementation},
}};

constexpr std::string_view kOperandWish = "a marker variable or quoted text";
constexpr std::string_view kOperatorWish =
    "a marker operator, one of <= < != == >= > ~= === in not in";

struct OperatorSpelling {
  std::string_view text;
  MarkerOperator op;
};
// The longest that fits is meant.
constexpr std::array<OperatorSpelling, 8> kOperators = {{
    {"===", MarkerOperator::kArbitrary},
    {"==", MarkerOperator::kEqual},
    {"~=", MarkerOperator::kCompatible},
    {"!=", MarkerOperator::kNotEqual},
    {"<=", MarkerOperator::kLessEqual},
    {">=", MarkerOperator::kGreaterEqual},
    {"<", MarkerOperator::kLess},
    {">", MarkerOperator::kGreater},
}};

std::optional<MarkerVariable> SkipVariable(ParseCursor& cursor) {
  for (size_t i = 0; i <= static_cast<size_t>(MarkerVariable::kDependencyGroups); ++i) {
    const auto variable = static_cast<MarkerVariable>(i);
    if (cursor.SkipWord(VariableName(variable))) return variable;
  }
  for (const OldName& old : kOldNames) {
    if (cursor.SkipWord(old.text)) return old.variable;
  }
  return std::nullopt;
}

absl::StatusOr<MarkerOperand> ParseOperand(ParseCursor& cursor) {
  if (const std::optional<MarkerVariable> variable = SkipVariable(cursor)) {
    return MarkerOperand{.variable = variable, .text = std::string(VariableName(*variable))};
  }
  const char quote = cursor.Peek();
  if (quote != '"' && quote != '\'') return cursor.Fail(kOperandWish);
  const size_t end = cursor.Rest().find(quote, 1);
  if (end == std::string_view::npos) return cursor.Fail("a quoted text that ends");
  std::optional<std::string> text = UnescapePython(cursor.Rest().substr(1, end - 1));
  if (!text) return cursor.Fail("a quoted text that Python can read");
  cursor.Take(end + 1);
  return MarkerOperand{.variable = std::nullopt, .text = *std::move(text)};
}

absl::StatusOr<MarkerOperator> ParseOperator(ParseCursor& cursor) {
  if (cursor.SkipWord("in")) return MarkerOperator::kIn;
  if (cursor.SkipWord("not")) {
    if (!cursor.SkipBlanks()) return cursor.Fail("white space after 'not'");
    if (!cursor.SkipWord("in")) return cursor.Fail("'in' after 'not'");
    return MarkerOperator::kNotIn;
  }
  for (const OperatorSpelling& spelling : kOperators) {
    if (cursor.Skip(spelling.text)) return spelling.op;
  }
  return cursor.Fail(kOperatorWish);
}

bool IsSet(const MarkerOperand& operand) {
  return operand.variable == MarkerVariable::kExtras ||
         operand.variable == MarkerVariable::kDependencyGroups;
}

// PEP 685: texts that are compared with names of extras or groups are such names.
void NormalizeNames(MarkerComparison& comparison) {
  if (comparison.left.variable == MarkerVariable::kExtra && !comparison.right.variable) {
    comparison.right.text = NormalizeName(comparison.right.text);
  } else if (!comparison.left.variable &&
             (comparison.right.variable == MarkerVariable::kExtra || IsSet(comparison.right))) {
    comparison.left.text = NormalizeName(comparison.left.text);
  }
}

absl::StatusOr<MarkerComparison> ParseComparison(ParseCursor& cursor) {
  MarkerComparison comparison;
  absl::StatusOr<MarkerOperand> left = ParseOperand(cursor);
  if (!left.ok()) return left.status();
  cursor.SkipBlanks();
  const absl::StatusOr<MarkerOperator> op = ParseOperator(cursor);
  if (!op.ok()) return op.status();
  cursor.SkipBlanks();
  absl::StatusOr<MarkerOperand> right = ParseOperand(cursor);
  if (!right.ok()) return right.status();
  comparison.left = *std::move(left);
  comparison.op = *op;
  comparison.right = *std::move(right);
  NormalizeNames(comparison);
  if (comparison.left.variable && HoldsVersion(*comparison.left.variable)) {
    comparison.specifier =
        Specifier::TryParse(Cat(OperatorText(comparison.op), comparison.right.text));
  }
  return comparison;
}

absl::StatusOr<MarkerNode> ParseList(ParseCursor& cursor, size_t depth);

absl::StatusOr<MarkerNode> ParseAtom(ParseCursor& cursor, size_t depth) {
  cursor.SkipBlanks();
  if (cursor.Skip('(')) {
    if (depth == kMarkerDepthMax) {
      return cursor.Limit(Cat("at most ", kMarkerDepthMax, " parentheses may be open"));
    }
    absl::StatusOr<MarkerNode> inner = ParseList(cursor, depth + 1);
    if (!inner.ok()) return inner;
    if (!cursor.Skip(')')) return cursor.Fail("'and', 'or' or a closing ')'");
    cursor.SkipBlanks();
    return inner;
  }
  absl::StatusOr<MarkerComparison> comparison = ParseComparison(cursor);
  if (!comparison.ok()) return comparison.status();
  cursor.SkipBlanks();
  MarkerNode node;
  node.comparison = *std::move(comparison);
  return node;
}

absl::StatusOr<MarkerNode> ParseList(ParseCursor& cursor, size_t depth) {
  MarkerNode list;
  while (true) {
    absl::StatusOr<MarkerNode> atom = ParseAtom(cursor, depth);
    if (!atom.ok()) return atom;
    list.children.push_back(*std::move(atom));
    if (cursor.SkipWord("and")) {
      list.or_before.push_back(false);
    } else if (cursor.SkipWord("or")) {
      list.or_before.push_back(true);
    } else {
      break;
    }
  }
  if (list.children.size() > 1) return list;
  MarkerNode only = std::move(list.children.front());  // parentheses around one thing say nothing
  return only;
}

}  // namespace

absl::StatusOr<MarkerNode> ParseMarker(ParseCursor& cursor) { return ParseList(cursor, 0); }

absl::StatusOr<Marker> Marker::Parse(std::string_view text) {
  ParseCursor cursor("marker", text);
  if (text.size() > kMarkerBytesMax) {
    return cursor.Limit(Cat("at most ", kMarkerBytesMax, " bytes are read, it has ", text.size()));
  }
  absl::StatusOr<MarkerNode> root = ParseMarker(cursor);
  if (!root.ok()) return root.status();
  if (!cursor.AtEnd()) return cursor.Fail("'and', 'or' or the end of the marker");
  return Marker(*std::move(root));
}

}  // namespace accord::pypi
