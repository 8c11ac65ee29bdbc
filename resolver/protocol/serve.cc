#include "protocol/serve.h"

#include <unistd.h>

#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "base/error.h"
#include "protocol/claimed_stdout.h"
#include "protocol/connection.h"
#include "protocol/stop_event.h"

namespace accord::protocol {
namespace {

void Give(Frame& frame, size_t frame_bytes_max, Session& session) {
  switch (frame.kind) {
    case Frame::Kind::kText:
      return session.Take(frame.text);
    case Frame::Kind::kBadUtf8:
      return session.Refuse(FaultKind::kParseError,
                            Cat("UTF-8 is wanted, byte ", frame.fault_at, " is none"));
    case Frame::Kind::kTooLarge:
      return session.Refuse(FaultKind::kMessageTooLarge,
                            Cat("a frame has at most ", frame_bytes_max, " bytes"));
    case Frame::Kind::kBadHeader:
      return session.Refuse(FaultKind::kParseError,
                            "headers with one Content-Length are wanted, found none");
    case Frame::Kind::kCutOff:
      return session.Refuse(FaultKind::kParseError, "the input ended inside a frame");
  }
}

}  // namespace

absl::Status Serve(const SessionOptions& options) {
  const pid_t parent = getppid();
  const absl::StatusOr<int> out = ClaimStdout();
  if (!out.ok()) return out.status();
  Connection connection({.in = STDIN_FILENO,
                         .out = *out,
                         .parent = parent,
                         .frame_bytes_max = options.limits.frame_bytes,
                         .output = {}});
  const StopOnSignals signals(connection.stop());
  std::optional<Session> session;
  session.emplace(
      options,
      [&](std::string frame, OutputKind kind) { connection.output().Push(std::move(frame), kind); },
      [&] { connection.stop().Set(); });
  connection.Run([&](Frame frame) { Give(frame, options.limits.frame_bytes, *session); },
                 [&](ConnectionEnd) { session.reset(); });
  return absl::OkStatus();
}

}  // namespace accord::protocol
