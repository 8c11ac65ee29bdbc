// CPU seconds of this process: what a busy machine does not disturb much.
#pragma once

#include <time.h>

#include <algorithm>
#include <vector>

namespace accord::scenarios {

[[nodiscard]] inline double CpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// Of at least one value.
[[nodiscard]] inline double Median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace accord::scenarios
