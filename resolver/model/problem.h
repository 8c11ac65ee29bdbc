// What is asked of a Universe. Sets in it may belong to packages whose candidates are still
// pending; they take effect when those arrive.
#pragma once

#include <cstdint>
#include <vector>

#include "model/ids.h"

namespace accord {

// One of the request's own requirements. Priority is data, computed before solving; a lower number
// is taken first. Soft: tried when its turn comes, recorded when it cannot be met, never a reason
// for a conflict.
struct AskedRequirement {
  RequirementId requirement;
  int32_t priority = 0;
  bool operator==(const AskedRequirement&) const = default;
};

// Why the request limits candidates of one package beyond its constraints.
struct Restriction {
  VersionSetId set;
  StringId reason;  // for people: "pinned by lock.txt"
  bool operator==(const Restriction&) const = default;
};

struct Problem {
  std::vector<AskedRequirement> requirements;
  std::vector<AskedRequirement> soft;
  std::vector<ConstraintId> constraints;
  std::vector<Restriction>
      locked;  // of the set's package no candidate outside it; requests nothing
  std::vector<Restriction> favored;   // tried first among the options of a requirement
  std::vector<Restriction> excluded;  // these candidates may not be chosen
  bool operator==(const Problem&) const = default;
};

}  // namespace accord
