// `accord mock`: an engine for the tests of clients, which says what a transcript says.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "cli/cli.h"
#include "cli/reply.h"

namespace accord::cli {

class MockCommand {
 public:
  void AddTo(CLI::App& command);
  // Returns when the conversation is over; not to the letter: ExitStatus::kUnsatisfiable, and why
  // on stderr. Errors: InvalidInput (a file that is no transcript).
  [[nodiscard]] absl::StatusOr<Reply> Run(const Streams& streams) const;

 private:
  std::string transcript_;
};

}  // namespace accord::cli
