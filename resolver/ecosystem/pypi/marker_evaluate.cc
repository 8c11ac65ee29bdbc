// Evaluation of markers, and their condition on extras.
//
// The variable of a comparison is its left side if that is one, else its right side, whatever that
// is: of two quoted texts the right one is looked up as a name, of two variables the right one's
// name is the text compared with. That is how `packaging` reads PEP 508.
#include <algorithm>

#include "base/error.h"
#include "ecosystem/pypi/marker.h"
#include "ecosystem/pypi/specifier_set.h"

namespace accord::pypi {
namespace {

struct Truth {
  bool holds = false;
  absl::Status status;  // OK, or why there is no answer
};

absl::Status Undefined(const MarkerComparison& comparison, std::string_view what) {
  MarkerNode node;
  node.comparison = comparison;
  return InvalidInput(Cat("marker ", Quoted(Marker(node).Text())), what);
}

// One evaluation against one environment.
class Evaluation {
 public:
  Evaluation(const Environment& environment, const MarkerScope& scope)
      : environment_(environment), scope_(scope) {}

  // Every child is looked at, so that an error does not hide behind a lucky neighbour.
  Truth Node(const MarkerNode& node) const {
    if (node.comparison) return Comparison(*node.comparison);
    bool any = false;
    bool all = true;  // of the "and" run so far
    for (size_t i = 0; i < node.children.size(); ++i) {
      if (i != 0 && node.or_before[i - 1]) {
        any |= all;
        all = true;
      }
      Truth child = Node(node.children[i]);
      if (!child.status.ok()) return child;
      all &= child.holds;
    }
    return {.holds = any || all};
  }

 private:
  Truth Comparison(const MarkerComparison& comparison) const {
    const std::optional<MarkerVariable> left = comparison.left.variable;
    if (left) {
      if (IsSetVariable(*left)) return NoSetHere(comparison);
      if (comparison.specifier) return {.holds = LeftMatches(*left, *comparison.specifier)};
      const std::optional<std::string_view> value = Value(*left, comparison.left.text);
      if (!value) return NotDefined(comparison, comparison.left.text);
      return CompareTexts(comparison, *value, comparison.right.text);
    }
    const std::string& name = comparison.right.text;
    const std::optional<MarkerVariable> right = FindVariable(name);
    if (right && IsSetVariable(*right)) return Membership(comparison, *right);
    const std::optional<std::string_view> value = Value(right, name);
    if (!value) return NotDefined(comparison, name);
    if (right && HoldsVersion(*right)) {
      const auto specifier = Specifier::TryParse(Cat(OperatorText(comparison.op), *value));
      if (specifier) return {.holds = Matches(*specifier, Candidate(comparison.left.text))};
    }
    return CompareTexts(comparison, comparison.left.text, *value);
  }

  static bool IsSetVariable(MarkerVariable variable) {
    return variable == MarkerVariable::kExtras || variable == MarkerVariable::kDependencyGroups;
  }

  std::optional<std::string_view> Value(std::optional<MarkerVariable> variable,
                                        std::string_view name) const {
    if (!variable) {
      const std::string* other = environment_.FindOther(name);
      return other == nullptr ? std::nullopt : std::optional<std::string_view>(*other);
    }
    if (*variable == MarkerVariable::kExtra) return scope_.extra;
    return environment_.Get(*variable);
  }

  bool LeftMatches(MarkerVariable variable, const Specifier& specifier) const {
    if (specifier.op() == SpecifierOperator::kArbitrary) {
      return Matches(specifier, Candidate(environment_.Get(variable)));
    }
    const Version* version = environment_.GetVersion(variable);
    return version != nullptr && Matches(specifier, *version);
  }

  static Truth CompareTexts(const MarkerComparison& comparison, std::string_view left,
                            std::string_view right) {
    switch (comparison.op) {
      case MarkerOperator::kLess:
      case MarkerOperator::kGreater:
        return {.holds = false};
      case MarkerOperator::kEqual:
      case MarkerOperator::kLessEqual:
      case MarkerOperator::kGreaterEqual:
        return {.holds = left == right};
      case MarkerOperator::kNotEqual:
        return {.holds = left != right};
      case MarkerOperator::kIn:
        return {.holds = right.find(left) != std::string_view::npos};
      case MarkerOperator::kNotIn:
        return {.holds = right.find(left) == std::string_view::npos};
      case MarkerOperator::kCompatible:
      case MarkerOperator::kArbitrary:
        break;
    }
    return {.status = Undefined(comparison, Cat("expected versions on both sides of ",
                                                OperatorText(comparison.op), ", found texts"))};
  }

  Truth Membership(const MarkerComparison& comparison, MarkerVariable variable) const {
    const auto* names =
        variable == MarkerVariable::kExtras ? scope_.extras : scope_.dependency_groups;
    if (names == nullptr) return NotDefined(comparison, VariableName(variable));
    const bool member = names->contains(comparison.left.text);
    switch (comparison.op) {
      case MarkerOperator::kIn:
        return {.holds = member};
      case MarkerOperator::kNotIn:
        return {.holds = !member};
      case MarkerOperator::kNotEqual:
        return {.holds = true};  // a text is never a set
      case MarkerOperator::kCompatible:
      case MarkerOperator::kArbitrary:
        return NoSetHere(comparison);
      default:
        return {.holds = false};
    }
  }

  static Truth NoSetHere(const MarkerComparison& comparison) {
    return {.status = Undefined(comparison, "expected a set only right of 'in' or 'not in'")};
  }

  static Truth NotDefined(const MarkerComparison& comparison, std::string_view name) {
    return {.status = Undefined(comparison, Cat(Quoted(name), " is not defined here"))};
  }

  const Environment& environment_;
  const MarkerScope& scope_;
};

// The x of `extra == "x"`, which most markers are, and which needs no trying of names; else null.
const std::string* OnlyExtra(const Marker& marker) {
  const std::optional<MarkerComparison>& comparison = marker.root().comparison;
  if (!comparison || comparison->op != MarkerOperator::kEqual) return nullptr;
  const bool is_one = comparison->left.variable == MarkerVariable::kExtra &&
                      !comparison->right.variable && !comparison->right.text.empty();
  return is_one ? &comparison->right.text : nullptr;
}

}  // namespace

absl::StatusOr<bool> Marker::Evaluate(const Environment& environment,
                                      const MarkerScope& scope) const {
  Truth truth = Evaluation(environment, scope).Node(root_);
  if (!truth.status.ok()) return std::move(truth.status);
  return truth.holds;
}

absl::StatusOr<ExtraCondition> ConditionOnExtras(const Marker& marker,
                                                 const Environment& environment,
                                                 std::span<const std::string> provided) {
  if (const std::string* extra = OnlyExtra(marker)) return ExtraCondition{.any_of = {*extra}};
  const absl::StatusOr<bool> base = marker.Evaluate(environment);
  if (!base.ok()) return base.status();
  if (*base) return ExtraCondition{.always = true};
  if (!marker.MentionsExtra()) return ExtraCondition{};
  std::vector<std::string> names = marker.MentionedExtras();
  names.insert(names.end(), provided.begin(), provided.end());
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  ExtraCondition condition;
  for (std::string& name : names) {
    const absl::StatusOr<bool> holds = marker.Evaluate(environment, {.extra = name});
    if (!holds.ok()) return holds.status();
    if (*holds) condition.any_of.push_back(std::move(name));
  }
  return condition;
}

}  // namespace accord::pypi
