#include "cli/mock_command.h"

#include <utility>
#include <vector>

#include "base/error.h"
#include "cli/files.h"
#include "protocol/serve.h"

namespace accord::cli {
namespace {

constexpr const char* kMockFooter =
    R"(A transcript has lines '> MESSAGE', which a client sends, and '< MESSAGE', which are answered
when all before them has come. Exit status 1, and why on stderr, when anything else comes.

Example:
  accord mock conversation.transcript)";

}  // namespace

void MockCommand::AddTo(CLI::App& command) {
  command.add_option("transcript", transcript_, "FILE: what is to be said")
      ->type_name("")
      ->required();
  command.footer(kMockFooter);
}

absl::StatusOr<Reply> MockCommand::Run(const Streams& streams) const {
  const absl::StatusOr<std::string> text = ReadWhole(transcript_, streams.in);
  if (!text.ok()) return text.status();
  absl::StatusOr<std::vector<protocol::TranscriptLine>> lines =
      protocol::ReadTranscript(*text, transcript_);
  if (!lines.ok()) return lines.status();
  protocol::Mock mock(*std::move(lines), transcript_);
  const absl::Status ended = protocol::ServeMock(mock);
  if (ended.ok()) return Reply{};
  streams.err << "accord: " << Message(ended) << std::endl;
  return Reply{.status = ExitStatus::kUnsatisfiable, .text = {}};
}

}  // namespace accord::cli
