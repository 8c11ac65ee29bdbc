// A comma-separated set of specifiers: every one must admit a version. Also the pre-release policy
// of `packaging` for one version (Contains) and for a list (Filter), which are different questions:
// a list falls back to pre-releases only if no final release in it fits.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/specifier.h"

namespace accord::pypi {

inline constexpr size_t kSpecifierSetBytesMax = 65536;

enum class Prereleases : uint8_t {
  kDefault,   // if a specifier names one; else, in a list, if no final release fits
  kAllow,     // like any other version
  kDisallow,  // never
};

// A text that may be no PEP 440 version: only === and the empty set can admit such.
class Candidate {
 public:
  explicit Candidate(std::string_view text) : text_(text), version_(Version::TryParse(text)) {}
  [[nodiscard]] const std::string& text() const { return text_; }  // as spelled
  [[nodiscard]] const Version* version() const { return version_ ? &*version_ : nullptr; }
  [[nodiscard]] bool is_prerelease() const { return version_ && version_->is_prerelease(); }

 private:
  std::string text_;
  std::optional<Version> version_;
};

// As Matches(specifier, version), but === compares the candidate as spelled.
[[nodiscard]] bool Matches(const Specifier& specifier, const Candidate& candidate);

class SpecifierSet {
 public:
  SpecifierSet() = default;  // admits everything
  explicit SpecifierSet(std::vector<Specifier> specifiers);
  // Empty parts between commas are ignored. Errors: as Specifier::Parse, naming the part; the limit
  // is kSpecifierSetBytesMax.
  [[nodiscard]] static absl::StatusOr<SpecifierSet> Parse(std::string_view text);

  // Sorted by text.
  [[nodiscard]] std::span<const Specifier> specifiers() const { return specifiers_; }
  [[nodiscard]] bool empty() const { return specifiers_.empty(); }
  // The specifiers as written, sorted, joined by commas; of equal ones the first.
  [[nodiscard]] std::string Text() const;
  // Equal sets, equal texts.
  [[nodiscard]] std::string Canonical() const;
  [[nodiscard]] bool NamesPrerelease() const;
  friend bool operator==(const SpecifierSet& a, const SpecifierSet& b) {
    return a.Canonical() == b.Canonical();
  }
  template <class H>
  friend H AbslHashValue(H h, const SpecifierSet& s) {
    return H::combine(std::move(h), s.Canonical());
  }

  // The policy that holds when the caller says `asked`: its own word, else kAllow if a specifier
  // names a pre-release.
  [[nodiscard]] Prereleases Resolve(Prereleases asked) const;

  // With kDefault a fitting pre-release is admitted: alone, it is what the fallback would give.
  [[nodiscard]] bool Contains(const Candidate& candidate, Prereleases asked) const;
  // The positions of the admitted candidates, in order.
  [[nodiscard]] std::vector<size_t> Filter(std::span<const Candidate> candidates,
                                           Prereleases asked) const;

 private:
  std::vector<Specifier> specifiers_;
};

// All specifiers admit the version, pre-releases being as good as any other. Allocates nothing.
[[nodiscard]] bool Matches(const SpecifierSet& set, const Version& version);

}  // namespace accord::pypi
