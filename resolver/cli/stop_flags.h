// The options that stop a search early: --work and --time-ms.
#pragma once

#include <cstdint>

#include "base/budget.h"

namespace accord::cli {

class Options;

class StopFlags {
 public:
  void AddTo(Options& options);

  // Sets the limits of `budget`, which takes `cancel`; a time that is given begins to run.
  void Apply(CancelFlag& cancel, Budget& budget) const;

 private:
  uint64_t work_ = 0;     // 0: no limit
  uint64_t time_ms_ = 0;  // 0: no limit
};

}  // namespace accord::cli
