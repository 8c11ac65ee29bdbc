// posix_spawn into a process group of its own, poll until a time, kill the group.
#include "cli/child_output.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>

#include "base/error.h"

namespace accord::cli {
namespace {

constexpr uint64_t kNanosPerMs = 1000000;
constexpr long kReapNanos = 1000000;  // between looks at a child that closed its stdout

uint64_t NowMs() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1000 +
         static_cast<uint64_t>(now.tv_nsec) / kNanosPerMs;
}

// Closes at the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { Close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }
  void Close() {
    if (number_ >= 0) close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

// A started program. Killed with its group and reaped at the end, whatever happened.
class Child {
 public:
  explicit Child(pid_t id) : id_(id) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    kill(-id_, SIGKILL);
    if (reaped_) return;
    while (waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }

  // Whether it ended before `end_ms`; `status` is then that of waitpid.
  bool Wait(uint64_t end_ms, int& status) {
    while (true) {
      const pid_t got = waitpid(id_, &status, WNOHANG);
      if (got == id_) return reaped_ = true;
      if (got < 0 && errno != EINTR) return false;
      if (NowMs() >= end_ms) return false;
      const timespec pause{.tv_sec = 0, .tv_nsec = kReapNanos};
      nanosleep(&pause, nullptr);
    }
  }

 private:
  pid_t id_;
  bool reaped_ = false;
};

// What a child is started with; freed at the end.
class SpawnPlan {
 public:
  explicit SpawnPlan(int output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    // Our main program ignores SIGPIPE, which a child would inherit.
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setsigdefault(&attributes_, &defaults);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  // 0, or an errno.
  int Start(const std::string& path, const std::vector<std::string>& arguments, pid_t& id) const {
    std::string name = path;
    std::vector<std::string> copies = arguments;
    std::vector<char*> words = {name.data()};
    for (std::string& copy : copies) words.push_back(copy.data());
    words.push_back(nullptr);
    return posix_spawn(&id, path.c_str(), &actions_, &attributes_, words.data(), environ);
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

// Until the other side is closed.
absl::StatusOr<std::string> ReadAll(const std::string& path, int input, uint64_t end_ms,
                                    const ChildLimits& limits) {
  std::string text;
  std::array<char, 4096> buffer;
  while (true) {
    const uint64_t now_ms = NowMs();
    pollfd ready{.fd = input, .events = POLLIN, .revents = 0};
    const int wait_ms = now_ms < end_ms ? static_cast<int>(end_ms - now_ms) : 0;
    const int polled = poll(&ready, 1, wait_ms);
    if (polled < 0 && errno == EINTR) continue;
    if (polled == 0) {
      return LimitReached(Quoted(path), Cat("did not end within ", limits.time_ms_max, " ms"));
    }
    const ssize_t got = polled < 0 ? -1 : read(input, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      return InvalidInput(Quoted(path), Cat("its output cannot be read: ", strerror(errno)));
    if (got == 0) return text;
    text.append(buffer.data(), static_cast<size_t>(got));
    if (text.size() > limits.bytes_max) {
      return LimitReached(Quoted(path), Cat("printed more than ", limits.bytes_max, " bytes"));
    }
  }
}

}  // namespace

absl::StatusOr<std::string> ChildOutput(const std::string& path,
                                        const std::vector<std::string>& arguments,
                                        const ChildLimits& limits) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    return InvalidInput(Quoted(path), Cat("cannot be run: ", strerror(errno)));
  }
  const Descriptor input(ends[0]);
  Descriptor output(ends[1]);
  pid_t id = 0;
  const int error = SpawnPlan(output.number()).Start(path, arguments, id);
  output.Close();
  if (error != 0) return InvalidInput(Quoted(path), Cat("cannot be run: ", strerror(error)));
  Child child(id);
  const uint64_t end_ms = NowMs() + limits.time_ms_max;
  absl::StatusOr<std::string> text = ReadAll(path, input.number(), end_ms, limits);
  if (!text.ok()) return text;
  int status = 0;
  if (!child.Wait(end_ms, status)) {
    return LimitReached(Quoted(path), Cat("did not end within ", limits.time_ms_max, " ms"));
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return InvalidInput(Quoted(path), "failed");
  return text;
}

}  // namespace accord::cli
