// What a subcommand answers: the text for stdout (or -o FILE) and the exit status. The one table of
// exit statuses.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/answer.h"

namespace accord::cli {

enum class ExitStatus : uint8_t {
  kSolved = 0,         // or: valid, matches
  kUnsatisfiable = 1,  // or: not valid, does not match, is not there
  kBadInput = 2,       // usage, or input that cannot be read
  kStopped = 3,        // a limit was reached, or it was cancelled
  kMetadata = 4,       // metadata is missing or damaged
  kOurBug = 70,
};

[[nodiscard]] inline ExitStatus ExitStatusOf(const absl::Status& error) {
  switch (error.code()) {
    case absl::StatusCode::kInvalidArgument:
      return ExitStatus::kBadInput;
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kCancelled:
      return ExitStatus::kStopped;
    case absl::StatusCode::kNotFound:
      return ExitStatus::kMetadata;
    default:
      return ExitStatus::kOurBug;
  }
}

[[nodiscard]] inline ExitStatus ExitStatusOf(engine::Status status) {
  switch (status) {
    case engine::Status::kSat:
      return ExitStatus::kSolved;
    case engine::Status::kUnsat:
      return ExitStatus::kUnsatisfiable;
    case engine::Status::kStopped:
      return ExitStatus::kStopped;
  }
  return ExitStatus::kOurBug;
}

struct Reply {
  ExitStatus status = ExitStatus::kSolved;
  std::string text;
};

// With its text in the file `output`, unless that is empty. Errors: as WriteWhole.
[[nodiscard]] absl::StatusOr<Reply> Delivered(Reply reply, const std::string& output);

}  // namespace accord::cli
