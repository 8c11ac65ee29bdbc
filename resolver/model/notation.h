// How an ecosystem writes packages, sets and what it left out: the seam through which neutral code
// makes sentences. Implementations read a Universe and add nothing to it; not thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/ids.h"
#include "model/positions.h"

namespace accord {

// Versions that would be in a set, were it not for one filter of the request.
struct FilteredVersions {
  std::string_view filter;  // a word for machines: "requiresPython"
  uint32_t count = 0;
  std::string sentence;  // names the filter and the switch that sets it; without a full stop
};

class Notation {
 public:
  Notation() = default;
  Notation(const Notation&) = delete;
  Notation& operator=(const Notation&) = delete;
  virtual ~Notation() = default;

  // The package and all of a set: "flask>=2.2"; of the package alone: "flask"; "a[x]".
  [[nodiscard]] virtual std::string OfSet(VersionSetId set) const = 0;
  // The package and some of its candidates, in the ecosystem's notation: "flask>=2.2,<=2.3". All
  // of them: "flask". The ranges are normalized and not empty.
  [[nodiscard]] virtual std::string OfRanges(PackageId package,
                                             std::span<const PositionRange> ranges) const = 0;
  // What the request's filters left out of the set. By filter, each once.
  [[nodiscard]] virtual std::vector<FilteredVersions> LeftOutOf(VersionSetId set) const = 0;
  // What the request's filters have against some candidates, which are there and cannot be chosen:
  // it was not known of them when they were let in. By filter, each once.
  [[nodiscard]] virtual std::vector<FilteredVersions> FilteredAmong(
      PackageId, std::span<const PositionRange>) const {
    return {};
  }
  // Said of a package that the target decides, instead of which versions there are: "the target has
  // glibc 2.17", "the target has no cuda". Empty: an ordinary package.
  [[nodiscard]] virtual std::string GivenOf(PackageId) const { return {}; }
  // Where a requirement or a constraint of the request was written; empty: not known.
  [[nodiscard]] virtual std::string PlaceOf(RequirementId requirement) const = 0;
  [[nodiscard]] virtual std::string PlaceOf(ConstraintId constraint) const = 0;
  // What the request puts in place of what the dependant's candidates say of a package.
  struct Placed {
    std::string text;
    std::string place;
  };
  [[nodiscard]] virtual std::vector<Placed> OverridesOf(PackageId dependant,
                                                        PackageId needed) const = 0;
  // What must be built before the candidate's needs are known; empty: a build would not help.
  [[nodiscard]] virtual std::string BuildOf(SolvableId solvable) const = 0;
};

}  // namespace accord
