#include "protocol/connection.h"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
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

// The connection whose reader this thread is.
thread_local const Connection* t_reads = nullptr;

bool IsPipe(int fd) {
  struct stat status {};
  return fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode);
}

}  // namespace

Connection::Connection(const Options& options)
    : options_(options), output_(options.output), writes_at_once_(IsPipe(options.out)) {
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
    const int ready = poll(polled.data(), polled.size(), kLookMs);
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

void Connection::Send(std::string frame, OutputKind kind) {
  using Wakes = OutputQueue::Wakes;
  output_.Push(std::move(frame), kind, t_reads == this ? Wakes::kNobody : Wakes::kWriter);
}

// Waking another thread takes longer than an answer to a small question.
void Connection::WriteNow() {
  while (writes_at_once_ && HasRoom()) {
    std::optional<std::string> frame = output_.TakeNow(PIPE_BUF - kFrameAroundMax);
    if (!frame) break;
    const std::string bytes = Framed(*frame, form_);
    if (write(options_.out, bytes.data(), bytes.size()) < 0) {  // else it is all of it
      output_.GiveBack(*std::move(frame));  // what is wrong, the writer will see
      break;
    }
    output_.Done();
  }
  output_.Wake();
}

bool Connection::HasRoom() const {
  pollfd polled{.fd = options_.out, .events = POLLOUT};
  return poll(&polled, 1, 0) == 1 && (polled.revents & POLLOUT) != 0;
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
