#include "protocol/serve.h"

#include <unistd.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "base/error.h"
#include "protocol/claimed_stdout.h"
#include "protocol/connection.h"
#include "protocol/stop_event.h"

namespace accord::protocol {
namespace {

// What is wrong with a frame that is no text.
std::string WhatIsWrong(const Frame& frame, size_t frame_bytes_max) {
  switch (frame.kind) {
    case Frame::Kind::kText:
      break;
    case Frame::Kind::kBadUtf8:
      return Cat("UTF-8 is wanted, byte ", frame.fault_at, " is none");
    case Frame::Kind::kTooLarge:
      return Cat("a frame has at most ", frame_bytes_max, " bytes");
    case Frame::Kind::kBadHeader:
      return "headers with one Content-Length are wanted, found none";
    case Frame::Kind::kCutOff:
      return "the input ended inside a frame";
  }
  return {};
}

void Give(const Frame& frame, size_t frame_bytes_max, Session& session, Recording* recording) {
  if (frame.kind == Frame::Kind::kText) {
    if (recording != nullptr) recording->Sent(frame.text);
    return session.Take(frame.text);
  }
  std::string what = WhatIsWrong(frame, frame_bytes_max);
  if (recording != nullptr) recording->Unreadable(what);
  session.Refuse(
      frame.kind == Frame::Kind::kTooLarge ? FaultKind::kMessageTooLarge : FaultKind::kParseError,
      std::move(what));
}

Connection::Options ConnectionOptions(int out, pid_t parent, size_t frame_bytes_max) {
  return {.in = STDIN_FILENO,
          .out = out,
          .parent = parent,
          .frame_bytes_max = frame_bytes_max,
          .output = {}};
}

}  // namespace

absl::Status Serve(const SessionOptions& options, Recording* recording) {
  const pid_t parent = getppid();
  const absl::StatusOr<int> out = ClaimStdout();
  if (!out.ok()) return out.status();
  Connection connection(ConnectionOptions(*out, parent, options.limits.frame_bytes));
  const StopOnSignals signals(connection.stop());
  std::optional<Session> session;
  session.emplace(
      options,
      [&](std::string frame, OutputKind kind) {
        if (recording != nullptr) recording->Answered(frame);
        return connection.Send(std::move(frame), kind);
      },
      [&] { connection.stop().Set(); });
  connection.Run(
      [&](const Frame& frame) { Give(frame, options.limits.frame_bytes, *session, recording); },
      [&](ConnectionEnd) { session.reset(); });
  return absl::OkStatus();
}

absl::Status ServeMock(Mock& mock) {
  const pid_t parent = getppid();
  const absl::StatusOr<int> out = ClaimStdout();
  if (!out.ok()) return out.status();
  Connection connection(ConnectionOptions(*out, parent, kFrameBytesMax));
  const StopOnSignals signals(connection.stop());
  absl::Status status;
  const auto take = [&](const Frame& frame) {
    if (!status.ok()) return;
    absl::StatusOr<std::vector<std::string>> answers = mock.Take(
        frame.kind == Frame::Kind::kText ? frame.text : WhatIsWrong(frame, kFrameBytesMax));
    if (!answers.ok()) {
      status = answers.status();
      return connection.stop().Set();
    }
    for (std::string& answer : *answers) {
      connection.Send(std::move(answer), OutputKind::kResult);
    }
  };
  connection.Run(take, [](ConnectionEnd) {});
  return status.ok() ? mock.Finish() : status;
}

}  // namespace accord::protocol
