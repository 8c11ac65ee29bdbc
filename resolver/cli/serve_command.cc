#include "cli/serve_command.h"

#include <ctime>
#include <memory>
#include <utility>

#include "base/executor.h"
#include "protocol/serve.h"

namespace accord::cli {
namespace {

constexpr const char* kServeFooter =
    R"(A frontend starts it as a child process and writes one JSON-RPC message a line;
docs/protocol.md has the methods. stdout carries the protocol alone; the process ends with its
input, or its parent.

Example:
  echo '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersions":[1]}}' \
    | accord serve)";

constexpr uint32_t kServeThreadsMax = 1024;

int64_t UnixNow() { return std::time(nullptr); }

}  // namespace

void ServeCommand::AddTo(CLI::App& command) {
  command
      .add_option("--threads", threads_,
                  "N: so many requests are worked on at a time; 0: as many as there are cores")
      ->type_name("")
      ->capture_default_str()
      ->check(CLI::Range(uint32_t{0}, kServeThreadsMax));
  command
      .add_option("--record", record_,
                  "DIR: both sides of the conversation go into a file there, for accord replay")
      ->type_name("");
  command.footer(kServeFooter);
}

absl::StatusOr<Reply> ServeCommand::Run() const {
  std::unique_ptr<protocol::Recording> recording;
  if (!record_.empty()) {
    absl::StatusOr<std::unique_ptr<protocol::Recording>> begun =
        protocol::Recording::Begin(record_, UnixNow());
    if (!begun.ok()) return begun.status();
    recording = *std::move(begun);
  }
  const absl::Status ended = protocol::Serve({.engine_version = ACCORD_VERSION,
                                              .threads = Executor(threads_).threads(),
                                              .limits = {},
                                              .now_unix_s = UnixNow},
                                             recording.get());
  if (!ended.ok()) return ended;
  return Reply{};
}

}  // namespace accord::cli
