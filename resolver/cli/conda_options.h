// The options of a conda request beside those that all ecosystems share: channels, the target and
// its virtual packages, channel priority and dialect.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/choice.h"
#include "engine/conda.h"
#include "engine/inputs.h"

namespace accord::cli {

class Options;

class CondaOptions {
 public:
  void AddTo(Options& options);

  // Errors: InvalidInput with the option.
  [[nodiscard]] absl::StatusOr<conda::Dialect> dialect() const;
  // The subdirs that the request has already stay where no option names one; `overrides` count
  // where the environment does not say. Errors: InvalidInput with the option.
  [[nodiscard]] absl::Status Apply(const conda::TargetVariables& overrides,
                                   conda::ResolveRequest& request) const;

 private:
  std::vector<std::string> subdirs_;
  std::vector<std::string> virtual_packages_;
  std::string channel_priority_;
  std::string dialect_;
};

}  // namespace accord::cli
