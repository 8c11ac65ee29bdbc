// `accord explain`: why a package is in the answer, why a version is not, why each is at its
// version; of a request without a solution, why there is none.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "cli/cli.h"
#include "cli/reply.h"
#include "cli/request_options.h"
#include "cli/stop_flags.h"
#include "engine/why.h"

namespace accord::cli {

class Options;

class ExplainCommand {
 public:
  void AddTo(Options& options);
  [[nodiscard]] absl::StatusOr<Reply> Run(const Streams& streams) const;

 private:
  [[nodiscard]] Reply Answered(const engine::Explained& explained,
                               const pypi::ResolveRequest& request, bool colours) const;

  RequestOptions request_;
  engine::WhyQuestions questions_;
  bool json_ = false;
  std::string output_;
  StopFlags stop_;
};

}  // namespace accord::cli
