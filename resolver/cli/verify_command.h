// `accord verify`: is somebody's answer a solution of the request?
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "cli/cli.h"
#include "cli/reply.h"
#include "cli/request_options.h"

namespace accord::cli {

class Options;

class VerifyCommand {
 public:
  void AddTo(Options& options);
  [[nodiscard]] absl::StatusOr<Reply> Run(const Streams& streams) const;

 private:
  RequestOptions request_;
  std::string answer_;
  bool json_ = false;
};

}  // namespace accord::cli
