// String matching (CEP 29): a pattern is a text, a glob with '*', or a regular expression between
// '^' and '$'. Letter case never counts.
//
// Regular expressions are RE2's: time linear in the text, no lookaround and no backreferences,
// which CEP 29 says should not be allowed. Both they and globs have limits of size.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "ecosystem/conda/dialect.h"

namespace re2 {
class RE2;
}

namespace accord::conda {

inline constexpr size_t kPatternBytesMax = 1024;
inline constexpr int64_t kRegexMemoryBytesMax = 1 << 20;

class TextMatch {
 public:
  enum class Kind : uint8_t { kAll, kExact, kGlob, kRegex };

  // "*" and runs of it match everything. In kLibmamba see dialect.h. Errors: InvalidInput for what
  // is no regular expression; LimitReached above kPatternBytesMax bytes, or for an expression that
  // needs more than kRegexMemoryBytesMax when compiled.
  [[nodiscard]] static absl::StatusOr<TextMatch> Parse(std::string_view pattern,
                                                       Dialect dialect = Dialect::kCep);
  // Matches everything.
  TextMatch() = default;

  [[nodiscard]] Kind kind() const { return kind_; }
  // As written; "*" for one that matches everything.
  [[nodiscard]] const std::string& Text() const { return text_; }
  // Equal patterns, equal texts: in lower case but for regular expressions, each run of stars one.
  [[nodiscard]] const std::string& Canonical() const { return canonical_; }

  // A glob takes time up to the product of both lengths, but for its stars; a regular expression
  // what RE2 promises. Allocates nothing but what RE2 keeps for itself.
  [[nodiscard]] bool Matches(std::string_view text) const;

  friend bool operator==(const TextMatch& a, const TextMatch& b) {
    return a.kind_ == b.kind_ && a.canonical_ == b.canonical_;
  }
  template <class H>
  friend H AbslHashValue(H h, const TextMatch& m) {
    return H::combine(std::move(h), std::hash<std::string_view>()(m.canonical_));
  }

 private:
  Kind kind_ = Kind::kAll;
  std::string text_ = "*";
  std::string canonical_ = "*";
  std::shared_ptr<const re2::RE2> regex_;  // immutable, and safe to share between threads
};

}  // namespace accord::conda
