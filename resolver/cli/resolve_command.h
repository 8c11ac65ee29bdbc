// `accord resolve`: from options to an answer, for PyPI requests and for world files.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/answer_table.h"
#include "cli/cli.h"
#include "cli/reply.h"
#include "cli/request_options.h"
#include "cli/stop_flags.h"
#include "engine/resolve.h"
#include "engine/why.h"
#include "wire/answer_json.h"

namespace accord::cli {

class Options;

class ResolveCommand {
 public:
  void AddTo(Options& options);
  [[nodiscard]] absl::StatusOr<Reply> Run(const Streams& streams) const;

 private:
  [[nodiscard]] absl::StatusOr<Reply> RunPypi(const Streams& streams,
                                              engine::ResolveOptions options) const;
  [[nodiscard]] absl::StatusOr<Reply> RunConda(const Streams& streams,
                                               engine::ResolveOptions options) const;
  [[nodiscard]] absl::StatusOr<Reply> RunPlain(const Streams& streams,
                                               engine::ResolveOptions options) const;
  [[nodiscard]] absl::StatusOr<Reply> Answered(const engine::Explained& explained,
                                               wire::AnswerFrame asked, bool colours) const;

  RequestOptions request_;
  std::string ecosystem_ = "pypi";
  std::string world_;
  std::string strategy_ = "cdcl";
  std::string format_ = "table";
  bool json_ = false;
  unsigned threads_ = 1;
  bool explain_all_ = false;
  std::string output_;
  std::string save_problem_;
  StopFlags stop_;
};

}  // namespace accord::cli
