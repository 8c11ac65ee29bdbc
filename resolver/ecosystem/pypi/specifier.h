// One PEP 440 version specifier, e.g. ">=1.0" or "==2.*": parsing, texts, equality, and which
// versions it admits. Sets of them and pre-release policy are specifier_set.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/version.h"

namespace accord::pypi {

enum class SpecifierOperator : uint8_t {
  kCompatible,      // ~=
  kEqual,           // ==V
  kEqualPrefix,     // ==V.*
  kNotEqual,        // !=V
  kNotEqualPrefix,  // !=V.*
  kLessEqual,       // <=
  kGreaterEqual,    // >=
  kLess,            // <
  kGreater,         // >
  kArbitrary,       // ===
};

// Where a text stops being a specifier, and what was expected there.
struct SpecifierFault {
  size_t byte = 0;
  std::string_view wish;  // lives forever
};

class Specifier {
 public:
  // Errors: InvalidInput with the byte that is wrong; LimitReached above kVersionBytesMax bytes.
  [[nodiscard]] static absl::StatusOr<Specifier> Parse(std::string_view text);
  // The same without a status; where `fault` is given, it says what is wrong.
  [[nodiscard]] static std::optional<Specifier> TryParse(std::string_view text,
                                                         SpecifierFault* fault = nullptr);

  [[nodiscard]] SpecifierOperator op() const { return op_; }
  // As written, without white space: ">=1.0.0".
  [[nodiscard]] const std::string& Text() const { return text_; }
  // Equal specifiers, equal texts: the version in normal form and, but for ~=, without trailing
  // zeros. Behind === and before ".*" the version stays as written.
  [[nodiscard]] std::string Canonical() const;
  // Whether the specifier names a pre-release and so, in a set, admits pre-releases. != and ".*"
  // never do.
  [[nodiscard]] bool NamesPrerelease() const { return names_prerelease_; }
  // The version text behind ===.
  [[nodiscard]] std::string_view ArbitraryText() const;
  // The version named; none for === of what is no version, and for ".*".
  [[nodiscard]] const Version* version() const { return version_ ? &*version_ : nullptr; }

  friend bool operator==(const Specifier& a, const Specifier& b) {
    return a.op_ == b.op_ && a.Canonical() == b.Canonical();
  }
  template <class H>
  friend H AbslHashValue(H h, const Specifier& s) {
    return H::combine(std::move(h), s.Canonical());
  }

  // Where the versions it is about begin, in PEP 440's order: V; for <V the earliest that is not
  // admitted; for V.* the earliest of that prefix. None for ===.
  [[nodiscard]] const Version* begin() const {
    return below_ ? &*below_ : op_ == SpecifierOperator::kArbitrary ? nullptr : version();
  }

  // Whether the specifier admits the version, pre-releases being as good as any other. === compares
  // the version's normal form. Allocates nothing.
  friend bool Matches(const Specifier& specifier, const Version& version);

 private:
  Specifier() = default;

  SpecifierOperator op_ = SpecifierOperator::kArbitrary;
  bool names_prerelease_ = false;
  std::string text_;
  std::optional<Version> version_;
  std::optional<Version> below_;  // see begin(), where it is not V
  ReleasePrefix prefix_;          // ".*" and ~=
};

bool Matches(const Specifier& specifier, const Version& version);

}  // namespace accord::pypi
