// Version specifiers (CEP 29, "Version matching"): parsing in three dialects, texts, equality, and
// which versions they admit.
//
// A specifier is a small program over its clauses. All clauses but globs and regular expressions
// are a range of version keys or the outside of one, so that a set over a package's versions in
// order is found by bisection (VersionClause::range).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/dialect.h"
#include "ecosystem/conda/text_match.h"
#include "ecosystem/conda/version.h"

namespace accord::conda {

inline constexpr size_t kVersionSpecBytesMax = 16384;
// Parentheses within each other. Each keeps at most two verdicts waiting: Matches has them in one
// word.
inline constexpr size_t kVersionSpecDepthMax = 30;

enum class VersionOperator : uint8_t {
  kAny,           // *
  kEqual,         // ==V, V
  kNotEqual,      // !=V where it forbids V alone
  kFuzzy,         // =V, V.*, V*
  kNotFuzzy,      // !=V.*, and !=V in CEP's dialect
  kCompatible,    // ~=V
  kLess,          // <V
  kLessEqual,     // <=V
  kGreater,       // >V
  kGreaterEqual,  // >=V
  kText,          // a glob or a regular expression over the version's text
  kNotText,       // != and a glob
};

// One clause: operator and version, or operator and pattern.
class VersionClause {
 public:
  [[nodiscard]] VersionOperator op() const { return op_; }
  // As written, without blanks: "==1.0", but ".*" for a "*" at the end.
  [[nodiscard]] const std::string& Text() const { return text_; }
  // Equal clauses, equal texts: "==1.0", "=1.0" for all fuzzy ones, "!=1.0.*".
  [[nodiscard]] std::string Canonical() const;
  // The version named; none for kAny and patterns.
  [[nodiscard]] const Version* version() const { return version_ ? &*version_ : nullptr; }

  // For all but patterns: the clause admits the versions whose keys the range holds or, if
  // `outside`, those that it does not hold.
  struct Admitted {
    const KeyRange& range;
    bool outside = false;
  };
  [[nodiscard]] std::optional<Admitted> range() const;

  // Allocates nothing for clauses that have a range.
  [[nodiscard]] bool Matches(const Version& version) const;

 private:
  friend class VersionClauseParser;
  friend class VersionSpec;
  VersionClause() = default;

  VersionOperator op_ = VersionOperator::kAny;
  std::string text_ = "*";
  std::optional<Version> version_;
  KeyRange range_;
  TextMatch pattern_;
};

class VersionSpec {
 public:
  // The steps are in postfix order: a clause's verdict is put on a stack, kAnd and kOr take two and
  // put one.
  enum class Step : uint8_t { kClause, kAnd, kOr };

  // Blanks are ignored, as CEP 29 has it, but one between two clauses joins nothing and is an
  // error. Errors: InvalidInput with the byte that is wrong; LimitReached above
  // kVersionSpecBytesMax bytes, kVersionSpecDepthMax parentheses, or the limits of TextMatch.
  [[nodiscard]] static absl::StatusOr<VersionSpec> Parse(std::string_view text,
                                                         Dialect dialect = Dialect::kCep);
  // Admits every version.
  VersionSpec();

  [[nodiscard]] bool Matches(const Version& version) const;

  // As written, without blanks and the parentheses that change nothing.
  [[nodiscard]] std::string Text() const { return Written(false); }
  // Equal specifiers, equal texts, in the clauses' order. In the dialect that it was read in it
  // says the same again.
  [[nodiscard]] std::string Canonical() const { return Written(true); }
  // The only clause; null if there are several.
  [[nodiscard]] const VersionClause* single() const {
    return clauses_.size() == 1 ? &clauses_.front() : nullptr;
  }
  [[nodiscard]] bool admits_all() const {
    return single() != nullptr && single()->op() == VersionOperator::kAny;
  }

  // For sets made in bulk: the program, and its clauses in the order in which it names them.
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  [[nodiscard]] const std::vector<VersionClause>& clauses() const { return clauses_; }

  friend bool operator==(const VersionSpec& a, const VersionSpec& b) {
    return a.Canonical() == b.Canonical();
  }
  template <class H>
  friend H AbslHashValue(H h, const VersionSpec& s) {
    return H::combine(std::move(h), s.Canonical());
  }

 private:
  friend class VersionSpecParser;
  struct Empty {};
  explicit VersionSpec(Empty) {}
  [[nodiscard]] std::string Written(bool canonical) const;

  std::vector<Step> steps_;
  std::vector<VersionClause> clauses_;
  Dialect dialect_ = Dialect::kCep;
};

}  // namespace accord::conda
