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
#include "wire/answer_json.h"

namespace accord::cli {

class Options;

class ExplainCommand {
 public:
  void AddTo(Options& options);
  [[nodiscard]] absl::StatusOr<Reply> Run(const Streams& streams) const;

 private:
  [[nodiscard]] absl::StatusOr<Reply> RunPypi(const Streams& streams,
                                              const engine::ResolveOptions& options) const;
  [[nodiscard]] absl::StatusOr<Reply> RunConda(const Streams& streams,
                                               const engine::ResolveOptions& options) const;
  [[nodiscard]] engine::WhyQuestions Questions() const;
  [[nodiscard]] absl::StatusOr<Reply> Answered(const engine::Explained& explained,
                                               wire::AnswerFrame asked,
                                               const Streams& streams) const;

  RequestOptions request_;
  engine::WhyQuestions questions_;
  std::string ecosystem_ = "pypi";
  bool json_ = false;
  std::string output_;
  StopFlags stop_;
};

}  // namespace accord::cli
