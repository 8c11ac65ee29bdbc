// A connection over real pipes: both forms, readers that are slow or gone, and every way to end.
#include "protocol/connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "base/error.h"
#include "base/task_pool.h"
#include "protocol/frame_writer.h"
#include "tests/unit/protocol/pipe.h"

namespace accord::protocol {
namespace {

// An engine that sends every frame back; the test is its client.
class Echo {
 public:
  explicit Echo(Pipe::Kind kind = Pipe::Kind::kPipe) : to_engine(kind), from_engine(kind) {
    (void)std::signal(SIGPIPE, SIG_IGN);
  }
  ~Echo() {
    if (connection_ != nullptr) connection_->stop().Set();
  }

  void Start(Connection::Options options = {}) {
    if (options.in < 0) options.in = to_engine.read_end();
    options.out = from_engine.write_end();
    connection_ = std::make_unique<Connection>(options);
    engine_.emplace(1);
    engine_->Post([this] {
      end_ = connection_->Run([this](Frame frame) { Take(std::move(frame)); },
                              [this](ConnectionEnd end) {
                                ended_with_ = end;
                                if (at_the_end) at_the_end();
                              });
    });
  }

  // Waits for it.
  ConnectionEnd End() {
    engine_.reset();
    EXPECT_EQ(end_, ended_with_);
    return *end_;
  }

  void WaitUntilTaken(size_t frames) {
    for (size_t now = taken; now < frames; now = taken) taken.wait(now);
  }

  Connection& connection() { return *connection_; }

  Pipe to_engine;
  Pipe from_engine;
  std::atomic<size_t> taken{0};
  std::function<void()> at_the_end;

 private:
  void Take(Frame frame) {
    const std::string text = frame.kind == Frame::Kind::kText ? std::move(frame.text) : "wrong";
    connection_->output().Push(text, OutputKind::kResult);
    ++taken;
    taken.notify_all();
  }

  std::unique_ptr<Connection> connection_;
  std::optional<ConnectionEnd> end_;
  std::optional<ConnectionEnd> ended_with_;
  std::optional<TaskPool> engine_;  // last: it ends before what it uses
};

// More than pipes and sockets hold, each frame another; all of them of one length.
constexpr size_t kMany = 300;
std::string ManyLines() {
  std::string lines;
  for (size_t i = 0; i < kMany; ++i) lines += Cat(1000 + i, std::string(5000, '.'), '\n');
  return lines;
}

TEST(Connection, AnswersInTheFormOfTheInput) {
  for (const FrameForm form : {FrameForm::kLines, FrameForm::kHeaders}) {
    Echo echo;
    echo.Start();
    const std::string sent = Framed("{}", form) + Framed("[1]", form);
    echo.to_engine.Write(sent);
    EXPECT_EQ(echo.from_engine.Read(sent.size()), sent);
    echo.to_engine.CloseWrite();
    EXPECT_EQ(echo.End(), ConnectionEnd::kInputEnded);
  }
}

TEST(Connection, ReadsOnWhileNobodyReadsWhatItWrites) {
  for (const Pipe::Kind kind : {Pipe::Kind::kPipe, Pipe::Kind::kSockets}) {
    Echo echo(kind);
    echo.Start({.flush_ms_max = 0});  // which is for the end alone
    const std::string lines = ManyLines();
    echo.to_engine.Write(lines);
    echo.WaitUntilTaken(kMany);
    EXPECT_GT(echo.connection().output().waiting_bytes(), lines.size() / 2);
    EXPECT_EQ(echo.from_engine.Read(lines.size()), lines) << "all of it, slowly";
  }
}

// Each has room for its frame when it looks; the pipe has not for all of them.
TEST(Connection, NobodyWhoSendsWaitsForARead) {
  constexpr size_t kSenders = 4;
  constexpr size_t kRounds = 100;
  for (size_t round = 0; round < kRounds; ++round) {
    Echo echo;
    echo.Start();
    std::atomic<size_t> sent{0};
    std::latch all_there(kSenders);
    TaskPool senders(kSenders);
    for (size_t i = 0; i < kSenders; ++i) {
      senders.Post([&] {
        all_there.arrive_and_wait();
        echo.connection().Send(std::string(60'000, 'x'), OutputKind::kResult);
        ++sent;
      });
    }
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (sent < kSenders && std::chrono::steady_clock::now() < patience) {
      std::this_thread::yield();
    }
    EXPECT_EQ(sent, kSenders);
    const std::string read = echo.from_engine.Read(kSenders * 60'001);
    EXPECT_EQ(std::ranges::count(read, '\n'), ptrdiff_t{kSenders});
    if (sent < kSenders) break;
  }
}

TEST(Connection, DescriptorsThatNeverWaitAreGoodToo) {
  Echo echo;
  echo.to_engine.NeverWait();
  echo.from_engine.NeverWait();
  echo.Start();
  const std::string lines = ManyLines();
  echo.to_engine.Write(lines);
  EXPECT_EQ(echo.from_engine.Read(lines.size()), lines);
}

TEST(Connection, WhatIsOwedAtTheEndIsWritten) {
  constexpr size_t kOwed = size_t{100} * 10'001;  // with line ends
  Echo echo;
  echo.at_the_end = [&] {
    for (int i = 0; i < 100; ++i) {
      echo.connection().output().Push(std::string(10'000, 'x'), OutputKind::kResult);
    }
  };
  echo.Start({.flush_ms_max = 60'000});
  echo.to_engine.CloseWrite();
  EXPECT_EQ(echo.from_engine.Read(kOwed).size(), kOwed);
  EXPECT_EQ(echo.End(), ConnectionEnd::kInputEnded);
}

TEST(Connection, ABlockedWriterDoesNotOutliveTheEnd) {
  for (const Pipe::Kind kind : {Pipe::Kind::kPipe, Pipe::Kind::kSockets}) {
    Echo echo(kind);
    echo.Start({.flush_ms_max = 20});
    echo.to_engine.Write(ManyLines());
    echo.WaitUntilTaken(kMany);
    echo.to_engine.CloseWrite();
    EXPECT_EQ(echo.End(), ConnectionEnd::kInputEnded);
  }
}

TEST(Connection, TheEndInsideAFrameIsToldAndAnswered) {
  Echo echo;
  echo.Start();
  echo.to_engine.Write("{}\n{");
  echo.to_engine.CloseWrite();
  EXPECT_EQ(echo.End(), ConnectionEnd::kInputEnded);
  echo.from_engine.CloseWrite();
  EXPECT_EQ(echo.from_engine.Read(), "{}\nwrong\n");
}

TEST(Connection, EndsWhenTheReaderOfItsOutputWentAway) {
  for (const Pipe::Kind kind : {Pipe::Kind::kPipe, Pipe::Kind::kSockets}) {
    Echo echo(kind);
    echo.Start();
    echo.from_engine.CloseRead();
    echo.to_engine.Write("{}\n");
    EXPECT_EQ(echo.End(), ConnectionEnd::kOutputGone);
  }
}

TEST(Connection, EndsWhenTheReaderGoesAwayInTheMiddleOfAFrame) {
  Echo echo;
  echo.Start();
  const std::string lines = ManyLines();
  echo.to_engine.Write(lines);
  EXPECT_EQ(echo.from_engine.Read(100), lines.substr(0, 100));
  echo.from_engine.CloseRead();
  EXPECT_EQ(echo.End(), ConnectionEnd::kOutputGone);
}

TEST(Connection, EndsWhenTooMuchIsOwedToAReaderThatNeverReads) {
  Echo echo;
  echo.Start({.output = {.owed_bytes_max = 100'000}, .flush_ms_max = 20});
  for (int i = 0; i < 50; ++i) {
    echo.connection().output().Push(std::string(10'000, 'x'), OutputKind::kResult);
  }
  EXPECT_EQ(echo.End(), ConnectionEnd::kOverflown);
}

TEST(Connection, EndsWhenAnotherThreadStopsIt) {
  Echo echo;
  echo.Start();
  echo.to_engine.Write("{}\n");
  echo.WaitUntilTaken(1);
  echo.connection().stop().Set();
  EXPECT_EQ(echo.End(), ConnectionEnd::kStopped);
  echo.from_engine.CloseWrite();
  EXPECT_EQ(echo.from_engine.Read(), "{}\n") << "what was owed was written";
}

TEST(Connection, EndsWhenItsInputCannotBeRead) {
  const int folder = open("/", O_RDONLY | O_CLOEXEC);
  Echo echo;
  echo.Start({.in = folder});
  EXPECT_EQ(echo.End(), ConnectionEnd::kInputEnded);
  close(folder);
}

TEST(Connection, EndsWhenItsParentIsAnother) {
  Echo echo;
  echo.Start({.parent = getppid() + 1});
  EXPECT_EQ(echo.End(), ConnectionEnd::kParentGone);
}

TEST(ConnectionDeathTest, OneWithoutDescriptorsIsOurBug) {
  EXPECT_DEATH(Connection({.in = 0}), "options_.out >= 0");
  EXPECT_DEATH(Connection({.out = 1}), "options_.in >= 0");
}

}  // namespace
}  // namespace accord::protocol
