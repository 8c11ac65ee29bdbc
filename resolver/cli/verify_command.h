// `accord verify`: is somebody's answer a solution of the request?
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/cli.h"
#include "cli/reply.h"
#include "cli/request_options.h"
#include "engine/verify.h"

namespace accord::cli {

class Options;

class VerifyCommand {
 public:
  void AddTo(Options& options);
  [[nodiscard]] absl::StatusOr<Reply> Run(const Streams& streams) const;

 private:
  [[nodiscard]] absl::StatusOr<Reply> RunPypi(const Streams& streams) const;
  [[nodiscard]] absl::StatusOr<Reply> RunConda(const Streams& streams) const;
  [[nodiscard]] Reply Told(const check::CheckReport& report,
                           const std::vector<InputNote>& notes) const;

  RequestOptions request_;
  std::string ecosystem_ = "pypi";
  std::string answer_;
  bool json_ = false;
};

}  // namespace accord::cli
