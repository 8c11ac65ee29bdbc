// `accord replay`: conversations that `accord serve --record` wrote, held with this engine.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "cli/cli.h"
#include "cli/reply.h"

namespace accord::cli {

class ReplayCommand {
 public:
  void AddTo(CLI::App& command);
  // What differs, and how much was compared. Errors: InvalidInput.
  [[nodiscard]] absl::StatusOr<Reply> Run(const Streams& streams) const;

 private:
  std::string folder_;
};

}  // namespace accord::cli
