// What a check says of an answer. Shared by the ecosystems' checks of this folder.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "check/violation.h"

namespace accord::check {

// What it cost, the same on every machine.
struct CheckCost {
  uint64_t pins = 0;
  uint64_t texts = 0;    // requirement texts read, however often they repeat
  uint64_t markers = 0;  // markers and conditions asked, likewise
  uint64_t matches = 0;  // versions and records held against specifiers

  friend bool operator==(const CheckCost&, const CheckCost&) = default;
};

struct CheckReport {
  std::vector<Violation> violations;  // in the order found; none: the answer is a solution
  CheckCost cost;

  [[nodiscard]] bool accepted() const { return violations.empty(); }
};

}  // namespace accord::check
