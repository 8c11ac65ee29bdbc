#include "tests/support/run_cadical.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

#include "base/error.h"

namespace accord::testing {
namespace {

// Runs a program found on PATH with a file as standard input, silent; gives its exit status, or -1
// if it could not be started or did not exit.
int RunSilently(std::vector<std::string> arguments, int input) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  pid_t pid = 0;
  const int error = posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return -1;
  int status = 0;
  while (waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// An anonymous file in memory, closed at the end of its life.
class MemoryFile {
 public:
  MemoryFile() : fd_(memfd_create("accord-cnf", MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (fd_ >= 0) close(fd_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  bool Write(std::string_view text) {
    while (fd_ >= 0 && !text.empty()) {
      const ssize_t written = write(fd_, text.data(), text.size());
      if (written < 0) return false;
      text.remove_prefix(static_cast<size_t>(written));
    }
    return fd_ >= 0;
  }
  bool Rewind() { return fd_ >= 0 && lseek(fd_, 0, SEEK_SET) == 0; }
  [[nodiscard]] int fd() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

bool HasCadical() {
  MemoryFile empty;
  return empty.Rewind() && RunSilently({"cadical", "--version"}, empty.fd()) == 0;
}

absl::StatusOr<bool> RunCadical(CnfSize size, std::initializer_list<std::string_view> clauses) {
  MemoryFile file;
  bool written = file.Write(Cat("p cnf ", size.variable_count, " ", size.clause_count, "\n"));
  for (const std::string_view text : clauses) written = written && file.Write(text);
  if (!written || !file.Rewind()) {
    return Missing("cadical", "its input could not be written to a file in memory");
  }
  constexpr int kSatisfiable = 10;  // the exit statuses of the SAT competitions
  constexpr int kUnsatisfiable = 20;
  const int status = RunSilently({"cadical", "-q", "-n"}, file.fd());
  if (status == kSatisfiable) return true;
  if (status == kUnsatisfiable) return false;
  return Missing("cadical", Cat("expected exit status 10 or 20, got ", status));
}

}  // namespace accord::testing
