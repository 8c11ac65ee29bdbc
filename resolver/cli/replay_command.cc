#include "cli/replay_command.h"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <system_error>
#include <vector>

#include "base/error.h"
#include "base/executor.h"
#include "cli/files.h"
#include "protocol/replay.h"

namespace accord::cli {
namespace {

constexpr const char* kReplayFooter =
    R"(Compared are kinds of errors, handles, revisions, statuses, digests and verdicts; what was
cancelled hangs on time and is not. Files that the conversations opened are opened again.

Example:
  accord serve --record conversations   # a frontend's work, then
  accord replay conversations)";

int64_t ReplayNow() { return std::time(nullptr); }

// The transcripts in it, by name.
absl::StatusOr<std::vector<std::string>> TranscriptsIn(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".transcript") paths.push_back(entry.path().string());
  }
  if (error || paths.empty()) {
    return InvalidInput(folder, "a folder with *.transcript files is wanted, there are none");
  }
  std::ranges::sort(paths);
  return paths;
}

}  // namespace

void ReplayCommand::AddTo(CLI::App& command) {
  command.add_option("folder", folder_, "DIR: where accord serve --record wrote")
      ->type_name("")
      ->required();
  command.footer(kReplayFooter);
}

absl::StatusOr<Reply> ReplayCommand::Run(const Streams& streams) const {
  const absl::StatusOr<std::vector<std::string>> paths = TranscriptsIn(folder_);
  if (!paths.ok()) return paths.status();
  Reply reply;
  size_t answers = 0;
  size_t timed = 0;
  size_t differences = 0;
  for (const std::string& path : *paths) {
    const absl::StatusOr<std::string> text = ReadWhole(path, streams.in);
    if (!text.ok()) return text.status();
    const absl::StatusOr<std::vector<protocol::TranscriptLine>> lines =
        protocol::ReadTranscript(*text, path);
    if (!lines.ok()) return lines.status();
    const protocol::Replayed replayed = protocol::Replay(*lines, {.engine_version = ACCORD_VERSION,
                                                                  .threads = Executor(0).threads(),
                                                                  .limits = {},
                                                                  .now_unix_s = ReplayNow});
    for (const std::string& one : replayed.differences) reply.text += Cat(path, ": ", one, "\n");
    answers += replayed.answers;
    timed += replayed.timed;
    differences += replayed.differences.size();
  }
  reply.text += Cat(paths->size(), " conversations, ", answers, " answers, ", differences,
                    " differences; ", timed, " hang on time\n");
  if (differences > 0) reply.status = ExitStatus::kUnsatisfiable;
  return reply;
}

}  // namespace accord::cli
