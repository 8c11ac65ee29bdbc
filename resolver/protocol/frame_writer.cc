#include "protocol/frame_writer.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>

#include "base/error.h"

namespace accord::protocol {

std::string Framed(std::string frame, FrameForm form) {
  if (form == FrameForm::kHeaders) {
    return Cat("Content-Length: ", frame.size(), "\r\n\r\n", frame);
  }
  frame += '\n';
  return frame;
}

bool FrameWriter::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!WaitForRoom()) return false;
    // A pipe with any room has room for PIPE_BUF bytes: a write of no more does not block, so this
    // thread waits in poll() alone, where `stop` and the time can reach it.
    const ssize_t written = write(out_, bytes.data(), std::min<size_t>(bytes.size(), PIPE_BUF));
    if (written >= 0) {
      bytes.remove_prefix(static_cast<size_t>(written));
    } else if (errno != EINTR && errno != EAGAIN) {
      return false;
    }
  }
  return true;
}

bool FrameWriter::WaitForRoom() {
  while (true) {
    // Once `stop` is set it would end every wait: then only the time does.
    std::array<pollfd, 2> polled = {pollfd{.fd = out_, .events = POLLOUT},
                                    pollfd{.fd = end_ ? -1 : stop_.fd(), .events = POLLIN}};
    int wait_ms = -1;
    if (end_) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(*end_ - Clock::now());
      wait_ms = static_cast<int>(std::max<int64_t>(left.count(), 0));
    }
    const int ready = poll(polled.data(), polled.size(), wait_ms);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    if (polled[1].revents != 0) end_ = Clock::now() + std::chrono::milliseconds(flush_ms_max_);
    if (polled[0].revents != 0) return true;  // or an error, which the write will tell
  }
}

}  // namespace accord::protocol
