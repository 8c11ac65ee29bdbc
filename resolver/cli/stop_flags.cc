#include "cli/stop_flags.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <string>

#include "base/error.h"
#include "cli/option_values.h"
#include "cli/options.h"

namespace accord::cli {
namespace {

constexpr uint64_t kForeverMs = 1'000'000'000'000;  // a clock's range is not much larger

std::string AtLeastOne(const std::string& text) {
  return CLI::Range(uint64_t{1}, std::numeric_limits<uint64_t>::max())(text);
}

}  // namespace

void StopFlags::AddTo(Options& options) {
  const auto limit = [&](std::string_view name, uint64_t& value, std::string_view help) {
    options.Add(name, value, help)
        ->type_name("")
        ->group(kOutputGroup)
        ->check(AtLeastOne, "");  // no words for it behind the option's name
  };
  limit("--work", work_, "N: stop after so much work, the same on every machine");
  limit("--time-ms", time_ms_, "N: stop searching after so many milliseconds");
}

void StopFlags::Apply(CancelFlag& cancel, Budget& budget) const {
  if (time_ms_ > 0) cancel.CancelAfter(std::chrono::milliseconds(std::min(time_ms_, kForeverMs)));
  budget.cancel = &cancel;
  if (work_ > 0) budget.work_max = work_;
}

}  // namespace accord::cli
