// `accord serve`: answers requests over JSON on stdin and stdout (docs/protocol.md).
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "cli/reply.h"

namespace accord::cli {

class ServeCommand {
 public:
  void AddTo(CLI::App& command);
  // Returns when the conversation is over. Errors: as protocol::Serve.
  [[nodiscard]] absl::StatusOr<Reply> Run() const;

 private:
  uint32_t threads_ = 0;  // 0: as many as there are cores
  std::string record_;    // a folder; empty: nothing is recorded
};

}  // namespace accord::cli
