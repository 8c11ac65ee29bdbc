// accord_meter: runs one program and says what it took.
//
//   accord_meter RESULT TIMEOUT_S PROGRAM [ARGS...]
//
// RESULT gets one line, "status cpu_us rss_kib wall_us": the program's exit status (128 + N if
// signal N ended it, -1 if it was killed after TIMEOUT_S seconds), user and system time in
// microseconds, the peak of resident memory in KiB, and wall time. The program keeps our streams.
// Exit status: 0 it was run, 2 wrong usage, 70 it could not be started or RESULT not written.
//
// A program's peak counts what its parent held when it was started, since the parent's memory is
// the child's until exec. So the parent must be small, which no interpreter is; this one is linked
// statically and uses nothing of the C++ library. CPU time is the kernel's own sum of what ran
// (Linux scales its ticks to that sum: user and system apart are coarse, their sum is not).

#include <spawn.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>

extern char** environ;

namespace {

constexpr int kUsage = 2;
constexpr int kFailed = 70;
constexpr long kTimeoutMaxS = 86'400;
constexpr int kSignalBase = 128;
constexpr int kTimedOut = -1;

volatile sig_atomic_t group = 0;  // the child's process group; 0: not started
volatile sig_atomic_t timed_out = 0;

void KillGroup(int) {
  timed_out = 1;
  if (group != 0) kill(-group, SIGKILL);
}

void PassOn(int number) {
  if (group != 0) kill(-group, number);
}

long MicrosecondsOf(const timeval& time) { return time.tv_sec * 1'000'000 + time.tv_usec; }

long Now() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1'000'000 + now.tv_nsec / 1'000;
}

// Starts the program in a process group of its own; its id, or 0.
pid_t Start(char** words) {
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  pid_t child = 0;
  const int error = posix_spawnp(&child, words[0], nullptr, &attributes, words, environ);
  posix_spawnattr_destroy(&attributes);
  return error == 0 ? child : 0;
}

void Watch(long timeout_s) {
  struct sigaction kill_group {};
  kill_group.sa_handler = KillGroup;
  kill_group.sa_flags = SA_RESTART;
  sigaction(SIGALRM, &kill_group, nullptr);
  struct sigaction pass_on {};
  pass_on.sa_handler = PassOn;
  pass_on.sa_flags = SA_RESTART;
  sigaction(SIGTERM, &pass_on, nullptr);
  sigaction(SIGINT, &pass_on, nullptr);
  itimerval timer{};
  timer.it_value.tv_sec = timeout_s;
  setitimer(ITIMER_REAL, &timer, nullptr);
}

int StatusWord(int status) {
  if (timed_out != 0) return kTimedOut;
  return WIFEXITED(status) ? WEXITSTATUS(status) : kSignalBase + WTERMSIG(status);
}

}  // namespace

int main(int count, char** words) {
  const long timeout_s = count < 4 ? 0 : strtol(words[2], nullptr, 10);
  if (timeout_s <= 0 || timeout_s > kTimeoutMaxS) {
    fputs("usage: accord_meter RESULT TIMEOUT_S PROGRAM [ARGS...]\n", stderr);
    return kUsage;
  }
  const long started = Now();
  const pid_t child = Start(words + 3);
  if (child == 0) {
    fprintf(stderr, "accord_meter: %s: cannot be started\n", words[3]);
    return kFailed;
  }
  group = child;
  Watch(timeout_s);
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) != child) return kFailed;
  const long wall_us = Now() - started;
  FILE* result = fopen(words[1], "w");
  if (result == nullptr) {
    fprintf(stderr, "accord_meter: %s: cannot be written\n", words[1]);
    return kFailed;
  }
  fprintf(result, "%d %ld %ld %ld\n", StatusWord(status),
          MicrosecondsOf(usage.ru_utime) + MicrosecondsOf(usage.ru_stime), usage.ru_maxrss,
          wall_us);
  return fclose(result) == 0 ? 0 : kFailed;
}
