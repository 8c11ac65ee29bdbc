// Frames to a descriptor, however slowly the other side reads, and no longer than that matters.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/frame_reader.h"
#include "protocol/stop_event.h"

namespace accord::protocol {

// The frame as it is written: a line, or with its header. `frame` has no line end in it.
[[nodiscard]] std::string Framed(std::string frame, FrameForm form);

// For one thread at a time. The descriptor may block or not: it may be shared with others (a
// terminal, a log), so its flags are left as they are.
class FrameWriter {
 public:
  // Both outlive this. SIGPIPE is expected to be ignored.
  FrameWriter(int out, const StopEvent& stop, uint64_t flush_ms_max)
      : out_(out), stop_(stop), flush_ms_max_(flush_ms_max) {}

  // Waits until all of it is written. False: it never will be. The reader went away, writing
  // failed, or flush_ms_max after `stop` was seen it would still have had to wait. Nothing more is
  // then to be written, for a frame may have been cut off.
  [[nodiscard]] bool Write(std::string_view bytes);

 private:
  using Clock = std::chrono::steady_clock;

  bool WaitForRoom();

  const int out_;
  const StopEvent& stop_;
  const uint64_t flush_ms_max_;
  std::optional<Clock::time_point> end_;  // once `stop` was seen
};

}  // namespace accord::protocol
