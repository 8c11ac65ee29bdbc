// The parts that accord leaves to accord-full, under the names of their headers: the linker takes
// these instead of the real ones, and with them everything that only those need.
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/executor.h"
#include "engine/inputs.h"
#include "engine/open_installed.h"
#include "engine/record_sources.h"
#include "protocol/recording.h"
#include "protocol/replay.h"
#include "protocol/serve.h"
#include "protocol/transcript.h"
#include "solver/libsolv/libsolv.h"
#include "start/hand_over.h"

namespace accord {

// oneTBB.
void Executor::ForEachOnThreads(size_t /*count*/,
                                const std::function<void(size_t)>& /*task*/) const {
  start::HandOver();
}

// libsolv.
Outcome Libsolv::Run(const Budget& /*budget*/) { start::HandOver(); }

// simdjson.
absl::StatusOr<engine::OpenedRecords> engine::OpenRecordSource(const std::string& /*path*/,
                                                               const std::string& /*channel*/) {
  start::HandOver();
}
absl::StatusOr<std::unique_ptr<const conda::Installed>> engine::OpenInstalled(
    const std::string& /*prefix*/) {
  start::HandOver();
}

// Threads, and all of the protocol.
absl::Status protocol::Serve(const SessionOptions& /*options*/, Recording* /*recording*/) {
  start::HandOver();
}
absl::Status protocol::ServeMock(Mock& /*mock*/) { start::HandOver(); }
protocol::Replayed protocol::Replay(std::span<const TranscriptLine> /*lines*/,
                                    const SessionOptions& /*options*/) {
  start::HandOver();
}
absl::StatusOr<std::unique_ptr<protocol::Recording>> protocol::Recording::Begin(
    const std::string& /*folder*/, int64_t /*now_unix_s*/) {
  start::HandOver();
}
absl::StatusOr<std::vector<protocol::TranscriptLine>> protocol::ReadTranscript(
    std::string_view /*text*/, std::string_view /*place*/) {
  start::HandOver();
}

// yaml-cpp.
absl::StatusOr<conda::Input> conda::ReadEnvironment(std::string_view /*text*/,
                                                    std::string_view /*place*/) {
  start::HandOver();
}
absl::StatusOr<conda::Condarc> conda::ReadCondarc(std::string_view /*text*/,
                                                  std::string_view /*place*/) {
  start::HandOver();
}

}  // namespace accord
