// `accord version parse|compare|match`: questions about PEP 440 versions alone.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "cli/reply.h"

namespace accord::cli {

class VersionCommand {
 public:
  void AddTo(CLI::App& command);
  [[nodiscard]] absl::StatusOr<Reply> Run() const;

 private:
  CLI::App* AddQuestion(CLI::App& command, const char* name, const char* help);
  [[nodiscard]] absl::StatusOr<Reply> Parse() const;
  [[nodiscard]] absl::StatusOr<Reply> Compare() const;
  [[nodiscard]] absl::StatusOr<Reply> Match() const;

  CLI::App* parse_ = nullptr;
  CLI::App* compare_ = nullptr;
  std::string ecosystem_ = "pypi";
  std::string first_;
  std::string second_;
  bool json_ = false;
};

}  // namespace accord::cli
