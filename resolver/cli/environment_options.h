// The options of a conda request that are about an environment which is there: where it is, and
// what is to become of it.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "engine/conda.h"

namespace accord::cli {

class Options;

class EnvironmentOptions {
 public:
  void AddTo(Options& options);

  // Reads the environment, if there is one. Errors: InvalidInput with the option; those of
  // engine::OpenInstalled.
  [[nodiscard]] absl::Status Apply(conda::ResolveRequest& request) const;

  // Of another ecosystem's request. Errors: InvalidInput if one was given.
  [[nodiscard]] absl::Status RefuseAll() const;

  // Whether something is asked for without a requirement.
  [[nodiscard]] bool asks() const { return !update_.empty() || update_all_ || !remove_.empty(); }

 private:
  std::string prefix_;
  std::vector<std::string> update_;
  bool update_all_ = false;
  std::vector<std::string> remove_;
  bool freeze_ = false;
  bool prune_ = false;
};

}  // namespace accord::cli
