// What the rest of the process and other processes do to a connection: signals, a parent that is
// killed, libraries that print.
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>

#include "protocol/claimed_stdout.h"
#include "protocol/connection.h"
#include "tests/unit/protocol/pipe.h"

namespace accord::protocol {
namespace {

constexpr unsigned kSecondsMax = 60;  // of a child that would otherwise be left behind

// Runs `body` in a process of its own, which ends with its result.
template <class Body>
pid_t InChild(const Body& body) {
  const pid_t child = fork();
  if (child != 0) return child;
  alarm(kSecondsMax);
  _exit(body());
}

int ExitStatus(pid_t child) {
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::string Letter(ConnectionEnd end) { return {static_cast<char>('a' + static_cast<int>(end))}; }

TEST(Signals, EachOfTwoEndsTheConnection) {
  for (const int signal : {SIGTERM, SIGINT}) {
    const Pipe in;
    const Pipe out;
    Connection connection({.in = in.read_end(), .out = out.write_end()});
    const StopOnSignals signals(connection.stop());
    in.Write("{}\n");
    const ConnectionEnd end =
        connection.Run([&](const Frame&) { kill(getpid(), signal); }, [](ConnectionEnd) {});
    EXPECT_EQ(end, ConnectionEnd::kStopped);
  }
}

TEST(Signals, AreAsBeforeAtTheEnd) {
  for (const int signal : {SIGTERM, SIGINT, SIGPIPE}) (void)std::signal(signal, SIG_DFL);
  const auto handlers = [] {
    std::array<void (*)(int), 3> found{};
    std::array<int, 3> signals = {SIGTERM, SIGINT, SIGPIPE};
    for (size_t i = 0; i < signals.size(); ++i) {
      struct sigaction action {};
      sigaction(signals[i], nullptr, &action);
      found[i] = action.sa_handler;
    }
    return found;
  };
  const auto before = handlers();
  {
    const StopEvent stop;
    const StopOnSignals signals(stop);
    EXPECT_NE(handlers(), before);
    EXPECT_EQ(handlers().back(), SIG_IGN) << "a write to nobody says so";
  }
  EXPECT_EQ(handlers(), before);
}

TEST(Signals, ASecondOneEndsAProcessThatDoesNotEnd) {
  const pid_t child = InChild([] {
    const StopEvent stop;
    const StopOnSignals signals(stop);
    kill(getpid(), SIGTERM);
    kill(getpid(), SIGTERM);
    return 0;
  });
  EXPECT_EQ(ExitStatus(child), -SIGTERM);
}

// The test holds the other end of stdin all the while: its end cannot tell.
TEST(Parent, AnEngineWhoseParentIsKilledEnds) {
  ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
  const Pipe in;
  const Pipe out;
  const Pipe told;
  const pid_t parent = InChild([&] {
    const pid_t own = getpid();
    const pid_t engine = InChild([&] {
      Connection connection({.in = in.read_end(), .out = out.write_end(), .parent = own});
      const ConnectionEnd end =
          connection.Run([&](const Frame&) { told.Write("+"); }, [](ConnectionEnd) {});
      told.Write(Letter(end));
      return 0;
    });
    if (engine > 0) pause();
    return 1;
  });
  in.Write("{}\n");
  ASSERT_EQ(told.Read(1), "+");
  kill(parent, SIGKILL);
  EXPECT_EQ(ExitStatus(parent), -SIGKILL);
  EXPECT_EQ(told.Read(1), Letter(ConnectionEnd::kParentGone));
  EXPECT_GT(waitpid(-1, nullptr, 0), 0) << "the engine, now ours";
}

TEST(ClaimStdout, WhatIsPrintedCannotGetIntoTheProtocol) {
  Pipe out;
  Pipe err;
  const pid_t child = InChild([&] {
    dup2(out.write_end(), STDOUT_FILENO);
    dup2(err.write_end(), STDERR_FILENO);
    const auto claimed = ClaimStdout();
    if (!claimed.ok()) return 1;
    std::printf("a library\n");
    std::fflush(stdout);
    return write(*claimed, "frame\n", 6) == 6 ? 0 : 2;
  });
  EXPECT_EQ(ExitStatus(child), 0);
  out.CloseWrite();
  err.CloseWrite();
  EXPECT_EQ(out.Read(), "frame\n");
  EXPECT_EQ(err.Read(), "a library\n");
}

TEST(ClaimStdout, StreamsThatAreNotOpenAreTold) {
  for (const int closed : {STDOUT_FILENO, STDERR_FILENO}) {
    const pid_t child = InChild([&] {
      close(closed);
      return ClaimStdout().ok() ? 1 : 0;
    });
    EXPECT_EQ(ExitStatus(child), 0) << closed;
  }
}

}  // namespace
}  // namespace accord::protocol
