// PEP 508 requirements ("dependency specifiers"): name, extras, version specifiers or a URL, and a
// marker. Parsing, texts and equality; what they mean for a resolve is decided elsewhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/marker.h"
#include "ecosystem/pypi/specifier_set.h"

namespace accord::pypi {

inline constexpr size_t kRequirementBytesMax = 65536;

struct Requirement {
  std::string name;                 // as written
  std::vector<std::string> extras;  // as written, sorted, each spelling once
  SpecifierSet specifiers;          // empty if there is a URL
  std::string url;                  // empty: none
  std::optional<Marker> marker;

  // The specifiers may stand in parentheses and may end in a comma. A URL ends at white space, so a
  // marker behind one needs a blank before its ';'. Errors: InvalidInput with the byte and what was
  // expected there; LimitReached above kRequirementBytesMax.
  [[nodiscard]] static absl::StatusOr<Requirement> Parse(std::string_view text);

  [[nodiscard]] std::string NormalName() const;
  // Normal names, sorted, each once.
  [[nodiscard]] std::vector<std::string> NormalExtras() const;

  // As `packaging` prints it: name and extras as written, everything else in order.
  [[nodiscard]] std::string Text() const;
  // Equal requirements, equal texts: names and versions in normal form.
  [[nodiscard]] std::string Canonical() const;
  friend bool operator==(const Requirement& a, const Requirement& b) {
    return a.Canonical() == b.Canonical();
  }
  template <class H>
  friend H AbslHashValue(H h, const Requirement& r) {
    return H::combine(std::move(h), r.Canonical());
  }
};

}  // namespace accord::pypi
