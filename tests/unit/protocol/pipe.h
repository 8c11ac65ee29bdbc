// Both ends of a pipe, or of sockets: what stands between an engine and its client.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <string_view>
#include <utility>

namespace accord::protocol {

class Pipe {
 public:
  enum class Kind { kPipe, kSockets };

  explicit Pipe(Kind kind = Kind::kPipe) {
    const int made = kind == Kind::kPipe ? pipe2(ends_.data(), O_CLOEXEC)
                                         : socketpair(AF_UNIX, SOCK_STREAM, 0, ends_.data());
    EXPECT_EQ(made, 0);
  }
  ~Pipe() {
    CloseRead();
    CloseWrite();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  [[nodiscard]] int read_end() const { return ends_[0]; }
  [[nodiscard]] int write_end() const { return ends_[1]; }

  void CloseRead() { Close(ends_[0]); }
  void CloseWrite() { Close(ends_[1]); }

  // Both ends say EAGAIN instead of waiting.
  void NeverWait() {
    for (const int end : ends_) EXPECT_EQ(fcntl(end, F_SETFL, O_NONBLOCK), 0);
  }

  void Write(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t written = write(write_end(), text.data(), text.size());
      if (written < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      ASSERT_GT(written, 0) << errno;
      text.remove_prefix(static_cast<size_t>(written));
    }
  }

  // So many bytes, or all up to the end.
  [[nodiscard]] std::string Read(size_t bytes = std::string::npos) const {
    std::string text;
    std::array<char, 7> piece{};  // slowly
    while (text.size() < bytes) {
      const size_t wanted = std::min(bytes - text.size(), piece.size());
      const ssize_t got = read(read_end(), piece.data(), wanted);
      if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      if (got <= 0) break;
      text.append(piece.data(), static_cast<size_t>(got));
    }
    return text;
  }

 private:
  static void Close(int& end) {
    if (end >= 0) close(std::exchange(end, -1));
  }

  std::array<int, 2> ends_{-1, -1};
};

}  // namespace accord::protocol
