// The options that stop a search early: --work and --time-ms.
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "base/budget.h"
#include "cli/deadline.h"

namespace accord::cli {

class Options;

class StopFlags {
 public:
  void AddTo(Options& options);

  // Sets the limits of `budget`; where a time is given, `deadline` starts to run and cancels
  // `cancel`, which outlives it and the budget. Errors: as Deadline::Start.
  [[nodiscard]] absl::Status Apply(CancelFlag& cancel, Deadline& deadline, Budget& budget) const;

 private:
  uint64_t work_ = 0;     // 0: no limit
  uint64_t time_ms_ = 0;  // 0: no limit
};

}  // namespace accord::cli
