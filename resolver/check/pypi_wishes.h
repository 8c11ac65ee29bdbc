// The texts of a PyPI request as the check reads them: parsed, those whose marker does not hold
// left out, overrides in place of what they replace. Internal to this folder.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/error.h"
#include "check/pypi_check.h"
#include "ecosystem/pypi/requirement.h"
#include "ecosystem/pypi/specifier_set.h"

namespace accord::check {

// A text of the request, parsed, whose marker holds. The request outlives it.
struct Wish {
  std::string_view list;  // of the request, "constraints"
  size_t at = 0;
  std::string_view text;
  pypi::Requirement parsed;
  std::string name = parsed.NormalName();

  [[nodiscard]] std::string Where() const { return Cat("/", list, "/", at); }
};

struct OverrideWish {
  std::string dependant;  // normal name; empty: of everything
  bool holds = false;     // its marker; if not, what it replaces is dropped
  Wish wish;
};

struct Wishes {
  std::vector<Wish> requirements;  // overridden ones are replaced
  std::vector<Wish> constraints;
  std::vector<Wish> locked;
  std::vector<Wish> favored;
  std::vector<Wish> excluded;
  std::map<std::string, std::vector<OverrideWish>> overrides;               // by normal name
  std::map<std::string, const pypi::DirectReference*, std::less<>> direct;  // by URL
  // Of requirements and overrides, by normal name: what the name may be, instead of any version.
  std::map<std::string, std::set<std::string>, std::less<>> urls;
};

// Errors: InvalidInput with the place of the text that cannot be read.
[[nodiscard]] absl::StatusOr<Wishes> ReadWishes(const pypi::ResolveRequest& request,
                                                CheckCost& cost);

// What replaces a requirement that `dependant` (a normal name; empty: the request) has on `name`:
// the overrides for this dependant, else the global ones; none: it stands as it is.
[[nodiscard]] std::vector<const OverrideWish*> OverridesOf(const Wishes& wishes,
                                                           std::string_view dependant,
                                                           const std::string& name);

// Whether an overridden requirement's marker holds for this extra (empty: none) with everything
// taken as true that does not ask for an extra: of the marker that is replaced, only "under extra
// x" stays.
[[nodiscard]] absl::StatusOr<bool> HoldsByExtraAlone(const pypi::Marker& marker,
                                                     const pypi::Environment& environment,
                                                     std::string_view extra);

// Whether any wish of the list on this name has specifiers of which the predicate holds.
[[nodiscard]] bool AnyOfName(const std::vector<Wish>& wishes, std::string_view name,
                             auto predicate) {
  for (const Wish& wish : wishes) {
    if (wish.name == name && predicate(wish.parsed.specifiers)) return true;
  }
  return false;
}

// The same for all that the request says of the name's versions, but for favours and exclusions.
[[nodiscard]] bool RequestNames(const Wishes& wishes, const std::string& name, auto predicate) {
  if (AnyOfName(wishes.requirements, name, predicate) ||
      AnyOfName(wishes.constraints, name, predicate) || AnyOfName(wishes.locked, name, predicate)) {
    return true;
  }
  const auto found = wishes.overrides.find(name);
  if (found == wishes.overrides.end()) return false;
  for (const OverrideWish& one : found->second) {
    if (one.holds && predicate(one.wish.parsed.specifiers)) return true;
  }
  return false;
}

}  // namespace accord::check
