#include "cli/progress_line.h"

#include <chrono>
#include <ctime>
#include <ostream>
#include <utility>

#include "base/error.h"

namespace accord::cli {
namespace {

constexpr int64_t kDrawMs = 100;
constexpr std::string_view kBeginAnew = "\r\x1B[K";

}  // namespace

ProgressLine::ProgressLine(std::ostream& out, bool is_terminal, Clock clock)
    : out_(out), is_terminal_(is_terminal), clock_(std::move(clock)) {}

ProgressLine::~ProgressLine() {
  if (drawn_) out_ << kBeginAnew << std::flush;
}

void ProgressLine::Show(std::string_view label, size_t done, size_t of) {
  if (!is_terminal_) return;
  const int64_t now_ms = clock_();
  if (label != label_) {
    label_ = label;
    first_done_ = done;
    begin_ms_ = now_ms;
  } else if (now_ms - drawn_ms_ < kDrawMs && done < of) {
    return;
  }
  drawn_ms_ = now_ms;
  drawn_ = true;
  std::string line = Cat(kBeginAnew, label, ": ", done, " of ", of, " packages");
  if (of > 0) line += Cat(", ", 100 * done / of, " %");
  if (now_ms > begin_ms_) {
    const auto per_second = static_cast<int64_t>(done - first_done_) * 1000 / (now_ms - begin_ms_);
    line += Cat(", ", per_second, " a second");
  }
  out_ << line << std::flush;
}

int64_t ProgressLine::SteadyMs() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

int64_t CpuMs() { return static_cast<int64_t>(std::clock()) * 1000 / CLOCKS_PER_SEC; }

}  // namespace accord::cli
