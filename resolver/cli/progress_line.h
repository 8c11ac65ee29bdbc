// How far a long command is: one line on a terminal, drawn anew in its place; on anything else
// nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

namespace accord::cli {

class ProgressLine {
 public:
  using Clock = std::function<int64_t()>;  // milliseconds from some beginning

  ProgressLine(std::ostream& out, bool is_terminal, Clock clock = SteadyMs);
  // Takes the line away.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // "pypi: 8192 of 20000 packages, 41 %, 5120 a second". Drawn ten times a second at most. The rate
  // counts from the first call of a label.
  void Show(std::string_view label, size_t done, size_t of);

  [[nodiscard]] static int64_t SteadyMs();

 private:
  std::ostream& out_;
  const bool is_terminal_;
  const Clock clock_;
  std::string label_;
  size_t first_done_ = 0;
  int64_t begin_ms_ = 0;
  int64_t drawn_ms_ = 0;
  bool drawn_ = false;
};

// The process's so far, of all threads.
[[nodiscard]] int64_t CpuMs();

}  // namespace accord::cli
