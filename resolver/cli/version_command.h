// `accord version parse|compare|match`: questions about version texts alone, of PyPI (PEP 440) and
// of conda (CEP 29, CEP 33).
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
  [[nodiscard]] absl::StatusOr<Reply> Parse(bool is_conda) const;
  [[nodiscard]] absl::StatusOr<Reply> Compare(bool is_conda) const;
  [[nodiscard]] absl::StatusOr<Reply> Match(bool is_conda) const;
  [[nodiscard]] absl::StatusOr<bool> Matches(bool is_conda) const;

  CLI::App* parse_ = nullptr;
  CLI::App* compare_ = nullptr;
  std::string ecosystem_ = "pypi";
  std::string dialect_;  // empty: not given
  std::string first_;
  std::string second_;
  bool json_ = false;
};

}  // namespace accord::cli
