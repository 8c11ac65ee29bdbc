// Environment markers (PEP 508, 685, 751): parsing, canonical text, evaluation, and what a marker
// says about extras. Requirements that carry one are requirement.h.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/environment.h"
#include "ecosystem/pypi/specifier.h"

namespace accord::pypi {

inline constexpr size_t kMarkerBytesMax = 65536;
inline constexpr size_t kMarkerDepthMax = 100;  // of parentheses

enum class MarkerOperator : uint8_t {
  kLess,
  kLessEqual,
  kEqual,
  kNotEqual,
  kGreaterEqual,
  kGreater,
  kCompatible,  // ~=
  kArbitrary,   // ===
  kIn,
  kNotIn,
};
[[nodiscard]] std::string_view OperatorText(MarkerOperator op);

struct MarkerOperand {
  std::optional<MarkerVariable> variable;  // none: a quoted text
  std::string text;                        // the variable's name, or the text between the quotes
};

struct MarkerComparison {
  MarkerOperand left;
  MarkerOperator op = MarkerOperator::kEqual;
  MarkerOperand right;
  // "OP right" if the left side holds a version and this is a specifier.
  std::optional<Specifier> specifier;
};

// A comparison, or a list of nodes joined by "and" and "or" as written ("and" binds tighter).
struct MarkerNode {
  std::optional<MarkerComparison> comparison;
  std::vector<MarkerNode> children;  // empty exactly for comparisons
  std::vector<bool> or_before;       // or_before[i]: "or", not "and", stands before children[i + 1]
};

// Which names besides the environment's are defined, and their values.
struct MarkerScope {
  // The one active extra in normal form, empty for none; nullopt: `extra` is not defined here.
  std::optional<std::string_view> extra = "";
  // Normal names; null: not defined here. Not owned.
  const std::set<std::string>* extras = nullptr;
  const std::set<std::string>* dependency_groups = nullptr;
};

class Marker {
 public:
  // Names in comparisons with extra, extras and dependency_groups are normalised. Errors:
  // InvalidInput with the byte; LimitReached above kMarkerBytesMax or kMarkerDepthMax.
  [[nodiscard]] static absl::StatusOr<Marker> Parse(std::string_view text);
  explicit Marker(MarkerNode root) : root_(std::move(root)) {}

  // As `packaging` prints it: double quotes where possible, one blank, only the parentheses that
  // were written and are not the outermost. Equal texts, equal markers.
  [[nodiscard]] std::string Text() const;
  friend bool operator==(const Marker& a, const Marker& b) { return a.Text() == b.Text(); }
  template <class H>
  friend H AbslHashValue(H h, const Marker& m) {
    return H::combine(std::move(h), m.Text());
  }

  // Version variables compare as versions when OP and the other side make a specifier, pre-releases
  // admitted; all else compares as text, where < and > never hold and <= and >= mean equal.
  // Errors: InvalidInput for a comparison that has no meaning (~= and === on texts, a set that is
  // not right of in), or for a name that the scope does not define; every part is looked at.
  [[nodiscard]] absl::StatusOr<bool> Evaluate(const Environment& environment,
                                              const MarkerScope& scope = {}) const;

  [[nodiscard]] bool MentionsExtra() const;
  // The texts that are compared with extra, in normal form, sorted, each once.
  [[nodiscard]] std::vector<std::string> MentionedExtras() const;

  [[nodiscard]] const MarkerNode& root() const { return root_; }

 private:
  MarkerNode root_;
};

// What is left of the marker where every comparison that does not mention extra holds: nothing, if
// it then always holds. For requirements whose own environment does not count any more.
[[nodiscard]] std::optional<Marker> ExtrasAlone(const Marker& marker);

// When a requirement applies, the environment being settled: always, or iff one of these extras of
// its package is requested (never, if there are none).
struct ExtraCondition {
  bool always = false;
  std::vector<std::string> any_of;  // normal names, sorted; empty if always
  friend bool operator==(const ExtraCondition&, const ExtraCondition&) = default;
};

// pip's rule: the requirement applies if the marker holds with no extra, or with any one of the
// requested extras alone. So `extra != "x"` holds always (it holds with no extra, whatever else is
// requested), `extra == "x" and extra == "y"` never, and the condition is an "or" over names
// without negation: asking for more extras never drops a requirement.
// `provided` are the extras that the package declares, in normal form: the names tried besides the
// mentioned ones, for `extra in "x y"` and its like. Errors: as Evaluate.
[[nodiscard]] absl::StatusOr<ExtraCondition> ConditionOnExtras(
    const Marker& marker, const Environment& environment, std::span<const std::string> provided);

}  // namespace accord::pypi
