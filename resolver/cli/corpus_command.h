// `accord corpus build|merge|info|query|verify|export`: corpora as files.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/cli.h"
#include "cli/reply.h"
#include "engine/corpora.h"

namespace accord::cli {

class CorpusCommand {
 public:
  void AddTo(CLI::App& command);
  [[nodiscard]] absl::StatusOr<Reply> Run(const Streams& streams) const;

 private:
  CLI::App* AddQuestion(CLI::App& command, const char* name, const char* help, const char* footer);
  void AddWriting(CLI::App& question);
  void AddBuild(CLI::App& command);
  void AddReading(CLI::App& command);
  [[nodiscard]] absl::StatusOr<Reply> Write(const Streams& streams) const;
  [[nodiscard]] absl::StatusOr<Reply> Info() const;
  [[nodiscard]] absl::StatusOr<Reply> Query() const;
  [[nodiscard]] absl::StatusOr<Reply> Verify() const;
  [[nodiscard]] absl::StatusOr<Reply> Export() const;

  CLI::App* build_ = nullptr;
  CLI::App* merge_ = nullptr;
  CLI::App* info_ = nullptr;
  CLI::App* query_ = nullptr;
  CLI::App* verify_ = nullptr;
  engine::CorpusWrite write_;
  std::string file_;
  std::vector<std::string> names_;
  std::string ecosystem_;  // of the part that is asked
  std::string built_ecosystem_ = "pypi";
  std::string source_;
  std::string recorded_;
  std::string against_;
  std::string output_;
  bool complete_ = false;
  bool incomplete_ = false;
  bool json_ = false;
};

}  // namespace accord::cli
