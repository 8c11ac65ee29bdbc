// Recursive descent over PEP 508's marker grammar:
//
//   marker  = atom (("and" | "or") atom)*          atom = "(" marker ")" | operand op operand
//   operand = variable | quoted text               op   = <= < != == >= > ~= === in | not in
//
// Blanks and tabs may stand between tokens. Quoted texts know Python's escapes.
#include "ecosystem/pypi/marker_parse.h"

#include <array>
#include <utility>

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

bool IsQuote(char c) { return c == '"' || c == '\''; }

std::optional<MarkerVariable> SkipVariable(ParseCursor& cursor) {
  if (IsQuote(cursor.Peek())) return std::nullopt;
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
  if (!IsQuote(quote)) return cursor.Fail(kOperandWish);
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

// Nodes are large: they are read where they stay.
absl::Status ParseComparison(ParseCursor& cursor, MarkerComparison& comparison) {
  absl::StatusOr<MarkerOperand> left = ParseOperand(cursor);
  if (!left.ok()) return left.status();
  comparison.left = *std::move(left);
  cursor.SkipBlanks();
  const absl::StatusOr<MarkerOperator> op = ParseOperator(cursor);
  if (!op.ok()) return op.status();
  comparison.op = *op;
  cursor.SkipBlanks();
  absl::StatusOr<MarkerOperand> right = ParseOperand(cursor);
  if (!right.ok()) return right.status();
  comparison.right = *std::move(right);
  NormalizeNames(comparison);
  if (comparison.left.variable && HoldsVersion(*comparison.left.variable)) {
    comparison.specifier =
        Specifier::TryParse(Cat(OperatorText(comparison.op), comparison.right.text));
  }
  return absl::OkStatus();
}

absl::Status ParseList(ParseCursor& cursor, size_t depth, MarkerNode& list);

absl::Status ParseAtom(ParseCursor& cursor, size_t depth, MarkerNode& node) {
  cursor.SkipBlanks();
  if (cursor.Skip('(')) {
    if (depth == kMarkerDepthMax) {
      return cursor.Limit(Cat("at most ", kMarkerDepthMax, " parentheses may be open"));
    }
    ACCORD_RETURN_IF_ERROR(ParseList(cursor, depth + 1, node));
    if (!cursor.Skip(')')) return cursor.Fail("'and', 'or' or a closing ')'");
  } else {
    ACCORD_RETURN_IF_ERROR(ParseComparison(cursor, node.comparison.emplace()));
  }
  cursor.SkipBlanks();
  return absl::OkStatus();
}

// Whether "or" stands before the next atom of a list; none if the list ends.
std::optional<bool> SkipJoint(ParseCursor& cursor) {
  if (cursor.SkipWord("and")) return false;
  if (cursor.SkipWord("or")) return true;
  return std::nullopt;
}

// A list of one thing is that thing: parentheses around it say nothing.
absl::Status ParseList(ParseCursor& cursor, size_t depth, MarkerNode& list) {
  ACCORD_RETURN_IF_ERROR(ParseAtom(cursor, depth, list));
  std::optional<bool> joint = SkipJoint(cursor);
  if (!joint) return absl::OkStatus();
  MarkerNode first = std::exchange(list, MarkerNode());
  list.children.push_back(std::move(first));
  for (; joint; joint = SkipJoint(cursor)) {
    list.or_before.push_back(*joint);
    ACCORD_RETURN_IF_ERROR(ParseAtom(cursor, depth, list.children.emplace_back()));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ParseMarker(ParseCursor& cursor, MarkerNode& marker) {
  return ParseList(cursor, 0, marker);
}

absl::StatusOr<Marker> Marker::Parse(std::string_view text) {
  ParseCursor cursor("marker", text);
  if (text.size() > kMarkerBytesMax) {
    return cursor.Limit(Cat("at most ", kMarkerBytesMax, " bytes are read, it has ", text.size()));
  }
  MarkerNode root;
  ACCORD_RETURN_IF_ERROR(ParseMarker(cursor, root));
  if (!cursor.AtEnd()) return cursor.Fail("'and', 'or' or the end of the marker");
  return Marker(std::move(root));
}

}  // namespace accord::pypi
