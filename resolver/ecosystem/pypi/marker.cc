// A marker's text, and the names it compares with extra.
#include "ecosystem/pypi/marker.h"

#include <algorithm>
#include <array>

namespace accord::pypi {
namespace {

constexpr std::array<std::string_view, 10> kOperatorTexts = {
    "<", "<=", "==", "!=", ">=", ">", "~=", "===", "in", "not in",
};

void AppendOperand(std::string& out, const MarkerOperand& operand) {
  if (operand.variable) {
    out += operand.text;
    return;
  }
  const bool has_double = operand.text.find('"') != std::string::npos;
  const bool has_single = operand.text.find('\'') != std::string::npos;
  const char quote = has_double && !has_single ? '\'' : '"';
  out.push_back(quote);
  for (const char c : operand.text) {
    if (c == quote) {
      out += "\\x22";  // both quotes occur: the grammar ends a text at the first one
    } else {
      out.push_back(c);
    }
  }
  out.push_back(quote);
}

void AppendNode(std::string& out, const MarkerNode& node, bool outermost) {
  if (node.comparison) {
    AppendOperand(out, node.comparison->left);
    out.append(" ").append(OperatorText(node.comparison->op)).append(" ");
    AppendOperand(out, node.comparison->right);
    return;
  }
  if (!outermost) out.push_back('(');
  for (size_t i = 0; i < node.children.size(); ++i) {
    if (i != 0) out += node.or_before[i - 1] ? " or " : " and ";
    AppendNode(out, node.children[i], false);
  }
  if (!outermost) out.push_back(')');
}

// Calls each(comparison). Depth is bounded by the parser.
template <class Each>
void ForEachComparison(const MarkerNode& node, const Each& each) {
  if (node.comparison) each(*node.comparison);
  for (const MarkerNode& child : node.children) ForEachComparison(child, each);
}

bool MentionsExtraItself(const MarkerComparison& comparison) {
  return comparison.left.variable == MarkerVariable::kExtra ||
         comparison.right.variable == MarkerVariable::kExtra;
}

// nullopt: it always holds. A marker is an "or" of rows of nodes joined by "and": what always holds
// leaves its row, and a row without nodes makes the whole hold.
std::optional<MarkerNode> NodeOfExtras(const MarkerNode& node) {
  if (node.comparison) {
    return MentionsExtraItself(*node.comparison) ? std::optional(node) : std::nullopt;
  }
  MarkerNode kept;
  size_t row_begin = 0;
  for (size_t i = 0; i < node.children.size(); ++i) {
    const bool new_row = i > 0 && node.or_before[i - 1];
    if (new_row) {
      if (kept.children.size() == row_begin) return std::nullopt;
      row_begin = kept.children.size();
    }
    std::optional<MarkerNode> child = NodeOfExtras(node.children[i]);
    if (!child) continue;
    if (!kept.children.empty()) kept.or_before.push_back(kept.children.size() == row_begin);
    kept.children.push_back(*std::move(child));
  }
  if (kept.children.size() == row_begin) return std::nullopt;
  return kept;
}

}  // namespace

std::optional<Marker> ExtrasAlone(const Marker& marker) {
  std::optional<MarkerNode> root = NodeOfExtras(marker.root());
  if (!root) return std::nullopt;
  return Marker(*std::move(root));
}

std::string_view OperatorText(MarkerOperator op) { return kOperatorTexts[static_cast<size_t>(op)]; }

std::string Marker::Text() const {
  std::string text;
  AppendNode(text, root_, /*outermost=*/true);
  return text;
}

bool Marker::MentionsExtra() const {
  bool mentions = false;
  ForEachComparison(root_, [&](const MarkerComparison& comparison) {
    mentions |= MentionsExtraItself(comparison);
  });
  return mentions;
}

std::vector<std::string> Marker::MentionedExtras() const {
  std::vector<std::string> names;
  ForEachComparison(root_, [&](const MarkerComparison& comparison) {
    if (comparison.left.variable == MarkerVariable::kExtra) {
      names.push_back(comparison.right.text);
    } else if (comparison.right.variable == MarkerVariable::kExtra) {
      names.push_back(comparison.left.text);
    }
  });
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::erase(names, "");
  return names;
}

}  // namespace accord::pypi
