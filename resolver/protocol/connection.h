// One client over two descriptors: frames in, frames out, and the end. Knows no messages.
//
// The engine must not outlive the program that started it. Three things tell that it went:
//   - stdin ends. The usual case; but another child of the parent may hold the other end open.
//   - The process's parent is another than before. Looked at several times a second.
//   - Writing fails with EPIPE.
// prctl(PR_SET_PDEATHSIG) is not used: its signal comes when the *thread* that started us ends, and
// a client that starts programs from a pool of threads would lose its engine while it lives well.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>

#include "protocol/frame_reader.h"
#include "protocol/output_queue.h"
#include "protocol/stop_event.h"

namespace accord::protocol {

enum class ConnectionEnd {
  kInputEnded,  // or cannot be read any more
  kStopped,     // stop() was set
  kParentGone,
  kOutputGone,  // what is written reaches nobody
  kOverflown,   // nobody reads what is written (OutputQueue)
};

class Connection {
 public:
  struct Options {
    int in = -1;  // both are wanted; neither is closed here, nor are their flags changed
    int out = -1;
    // getppid(), asked as early as possible: a parent that died before is known by stdin's end
    // alone. Nothing: not watched.
    std::optional<pid_t> parent;
    size_t frame_bytes_max = kFrameBytesMax;
    OutputQueue::Limits output;
    // How long what is owed may wait for room at the end, from the end of the input or from stop().
    uint64_t flush_ms_max = 700;
  };

  explicit Connection(const Options& options);

  // Reads until one of the ends above, and gives every frame to `take`; then calls `ended` once,
  // which may still push what is owed and returns when all is pushed; then closes output(), waits
  // for the writer and returns why it ended. Called once.
  //
  // Both are called by the thread that calls this, which waits for nothing else: never for the
  // writer, and `take` must not wait either. An end is noticed within a quarter of a second (at
  // once, but for kParentGone and kOverflown); `ended` apart, this returns within 1 s of it. What
  // could not be written by then is lost. Frames are written in the form of the input.
  ConnectionEnd Run(const FrameReader::Take& take, const std::function<void(ConnectionEnd)>& ended);

  // From any thread, like all that follows, as long as the connection lives. As output().Push; it
  // is written by the thread that calls where that does not have to wait: of what `take` sends, the
  // reader's, once it returns.
  size_t Send(std::string frame, OutputKind kind);
  [[nodiscard]] OutputQueue& output() { return output_; }
  [[nodiscard]] StopEvent& stop() { return stop_; }

 private:
  ConnectionEnd Read(const FrameReader::Take& take);
  [[nodiscard]] std::optional<ConnectionEnd> EndFromOutside() const;
  void WriteAll();
  void WriteNow();
  // Bytes that can be written without a wait.
  [[nodiscard]] size_t RoomInPipe() const;

  const Options options_;
  OutputQueue output_;
  StopEvent stop_;
  std::atomic<FrameForm> form_{FrameForm::kLines};
  std::atomic<bool> output_gone_{false};
  const size_t pipe_bytes_;  // 0: what is written to is no pipe, and may take a part of a frame
};

}  // namespace accord::protocol
