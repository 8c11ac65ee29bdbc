#include "protocol/connection.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <climits>
#include <span>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/task_pool.h"
#include "protocol/frame_writer.h"

namespace accord::protocol {
namespace {

constexpr int kLookMs = 250;  // between looks at what cannot be polled
constexpr size_t kPieceBytes = size_t{64} << 10;
constexpr size_t kFrameAroundMax = 64;  // bytes around a message
// Who has just asked may ask again at once, and a core that sleeps takes as long as this to wake.
constexpr std::chrono::microseconds kStaysAwake{50};

// The connection whose reader this thread is.
thread_local const Connection* t_reads = nullptr;

// As poll, but for a while it does not sleep: it lets others run. Not where they have no other
// core.
int PollAwake(std::span<pollfd> polled) {
  static const bool has_cores = sysconf(_SC_NPROCESSORS_ONLN) > 1;
  const auto end = std::chrono::steady_clock::now() + kStaysAwake;
  int ready = poll(polled.data(), polled.size(), 0);
  while (ready == 0 && has_cores && std::chrono::steady_clock::now() < end) {
    sched_yield();
    ready = poll(polled.data(), polled.size(), 0);
  }
  return ready != 0 ? ready : poll(polled.data(), polled.size(), kLookMs);
}

// What fits into a pipe that is empty, all at once; 0: it is no pipe. Where writing does not wait
// only small frames are written whole or not at all.
size_t PipeBytes(int fd) {
  struct stat status {};
  if (fstat(fd, &status) != 0 || !S_ISFIFO(status.st_mode)) return 0;
  const int flags = fcntl(fd, F_GETFL);
  const int bytes = fcntl(fd, F_GETPIPE_SZ);
  if (flags < 0 || (flags & O_NONBLOCK) != 0 || bytes < PIPE_BUF) return PIPE_BUF;
  return static_cast<size_t>(bytes);
}

}  // namespace

Connection::Connection(const Options& options)
    : options_(options), output_(options.output), pipe_bytes_(PipeBytes(options.out)) {
  ACCORD_CHECK(options_.in >= 0 && options_.out >= 0);  // poll() passes over others in silence
}

ConnectionEnd Connection::Run(const FrameReader::Take& take,
                              const std::function<void(ConnectionEnd)>& ended) {
  TaskPool writer(1);
  writer.Post([this] { WriteAll(); });
  t_reads = this;
  const ConnectionEnd end = Read(take);
  t_reads = nullptr;
  stop_.Set();  // from here on the writer is in a hurry
  ended(end);
  output_.Close();
  return end;
}

ConnectionEnd Connection::Read(const FrameReader::Take& take) {
  FrameReader reader(options_.frame_bytes_max);
  const FrameReader::Take take_in_form = [&](Frame frame) {
    form_ = reader.form();
    take(std::move(frame));
    WriteNow();
  };
  std::string piece(kPieceBytes, '\0');
  while (true) {
    std::array<pollfd, 2> polled = {pollfd{.fd = options_.in, .events = POLLIN},
                                    pollfd{.fd = stop_.fd(), .events = POLLIN}};
    const int ready = PollAwake(polled);
    if (const auto end = EndFromOutside()) return *end;
    if (ready <= 0) continue;  // EINTR, or time for a look
    if (polled[1].revents != 0) {
      return output_gone_ ? ConnectionEnd::kOutputGone : ConnectionEnd::kStopped;
    }
    const ssize_t got = read(options_.in, piece.data(), piece.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got <= 0) {
      reader.Finish(take_in_form);
      return ConnectionEnd::kInputEnded;
    }
    reader.Feed(std::string_view(piece).substr(0, static_cast<size_t>(got)), take_in_form);
  }
}

std::optional<ConnectionEnd> Connection::EndFromOutside() const {
  if (options_.parent && getppid() != *options_.parent) return ConnectionEnd::kParentGone;
  if (output_.overflown()) return ConnectionEnd::kOverflown;
  return std::nullopt;
}

size_t Connection::Send(std::string frame, OutputKind kind) {
  const size_t dropped = output_.Push(std::move(frame), kind, OutputQueue::Wakes::kNobody);
  if (t_reads != this) WriteNow();
  return dropped;
}

// Waking another thread takes longer than an answer to a small question.
void Connection::WriteNow() {
  const auto frame_bytes_max = [this] {
    const size_t room = RoomInPipe();
    return room > kFrameAroundMax ? room - kFrameAroundMax : 0;
  };
  while (pipe_bytes_ > 0) {
    std::optional<std::string> frame = output_.TakeNow(frame_bytes_max);
    if (!frame) break;
    const std::string bytes = Framed(*frame, form_);
    // All of it or nothing: there is room, and nobody else writes.
    if (write(options_.out, bytes.data(), bytes.size()) < 0) {
      output_.GiveBack(*std::move(frame));  // what is wrong, the writer will see
      break;
    }
    output_.Done();
  }
  output_.Wake();
}

size_t Connection::RoomInPipe() const {
  int unread = 0;
  if (pipe_bytes_ > PIPE_BUF && ioctl(options_.out, FIONREAD, &unread) == 0 && unread == 0) {
    return pipe_bytes_;
  }
  pollfd polled{.fd = options_.out, .events = POLLOUT};
  const bool has_room = poll(&polled, 1, 0) == 1 && (polled.revents & POLLOUT) != 0;
  return has_room ? PIPE_BUF : 0;
}

void Connection::WriteAll() {
  FrameWriter writer(options_.out, stop_, options_.flush_ms_max);
  while (std::optional<std::string> frame = output_.Pop()) {
    if (writer.Write(Framed(std::move(*frame), form_))) continue;
    output_gone_ = true;
    stop_.Set();
    return;
  }
}

}  // namespace accord::protocol
