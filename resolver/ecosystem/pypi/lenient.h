// Texts that no standard admits and that stand on real indexes: `>=1.9.*`, `!=3.0*`, a missing
// comma, stray quotes. What they mean is plain, so they are read as if it stood there, and whoever
// reads one says so with the text that was used.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/requirement.h"
#include "ecosystem/pypi/specifier_set.h"

namespace accord::pypi {

// The breakages that are known, and what is read instead:
//   >=1.9.*  >1.9.*  <1.9.*  <=1.9.*   an order knows no prefix: >=1.9
//   !=3.0*   ==3.0*                    the dot before the star: !=3.0.*
//   !=~5.0                             neither this nor what is compatible: !=5.0.*
//   >dev     >=dev                     every version, however early: >0.0.0dev
//   >=1<2    >=1 <2                    a comma between: >=1,<2
//   >="3.6"  >= '2.7'  <1.4.0',        quotes and commas at the end are dropped
// Everything else of the text stays as it is. nullopt: none of these explains the text, or what
// they make of it is not readable either. For texts that cannot be read; one that can comes back
// as nullopt unless it ends in a comma.
[[nodiscard]] std::optional<std::string> RepairSpecifiers(std::string_view text);
// The same in the specifiers of a requirement; name, extras and marker stay. Never one with a URL.
[[nodiscard]] std::optional<std::string> RepairRequirement(std::string_view text);

struct LenientSpecifiers {
  SpecifierSet set;
  bool repaired = false;
  std::string text;  // what was read
};
// As it stands if it can be read, else repaired; nullopt if neither can be.
[[nodiscard]] std::optional<LenientSpecifiers> ReadSpecifiersLeniently(std::string_view text);

struct LenientRequirement {
  Requirement requirement;
  std::string repaired;  // what was read; empty: the text as it stands
};
// Errors: those of Requirement::Parse for the text as it stands.
[[nodiscard]] absl::StatusOr<LenientRequirement> ReadRequirementLeniently(std::string_view text);

}  // namespace accord::pypi
