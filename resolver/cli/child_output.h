// Runs a program and takes what it prints: no shell, nothing to read, a limit on time and output.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace accord::cli {

struct ChildLimits {
  uint64_t time_ms_max = 5000;
  size_t bytes_max = size_t{64} << 10;
};

// `path` is absolute, `arguments` do not hold the program's name. The program gets our environment
// variables, /dev/null for stdin and stderr, and no other file of ours. Its stdout, if it ended
// with status 0 within the limits; otherwise it and what it started in its process group are
// killed. Errors: InvalidInput (it cannot be run, it failed), LimitReached; both name `path`. Waits
// and reaps; one thread at a time.
[[nodiscard]] absl::StatusOr<std::string> ChildOutput(const std::string& path,
                                                      const std::vector<std::string>& arguments,
                                                      const ChildLimits& limits);

}  // namespace accord::cli
