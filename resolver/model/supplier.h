// Supplier: the seam through which an ecosystem feeds a search. A strategy says what it needs
// (outcome.h), the supplier adds it to the Universe, the strategy goes on.
#pragma once

#include "absl/status/status.h"
#include "model/outcome.h"
#include "model/universe.h"

namespace accord {

// Not thread-safe.
class Supplier {
 public:
  Supplier() = default;
  Supplier(const Supplier&) = delete;
  Supplier& operator=(const Supplier&) = delete;
  virtual ~Supplier() = default;

  // May be added to by its holder (sets, requirements) between runs of a solver.
  [[nodiscard]] virtual Universe& universe() = 0;
  [[nodiscard]] virtual const Universe& universe() const = 0;

  // Adds candidate lists and dependencies. More than was needed may become known; what is added
  // does not depend on the order of asking. Errors: Missing for a damaged record; Waiting where
  // some of it has still to be said: then nothing is added, so that a search goes the same way
  // whatever was said when.
  [[nodiscard]] virtual absl::Status Supply(const Needs& needs) = 0;
};

}  // namespace accord
