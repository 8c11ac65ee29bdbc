// The options that name files which a request is read from: what asks (-r), what limits (-c), what
// is asked for of a project, and an earlier answer that is to change as little as it must.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/cli.h"
#include "engine/inputs.h"

namespace accord::cli {

class Options;

class InputOptions {
 public:
  void AddTo(Options& options);

  // Adds what the files say to the request, and notes on what of them has no effect. Where its
  // Python is settled, a project that excludes it is noted too. Errors: InvalidInput with the
  // option or the file's line, LimitReached.
  [[nodiscard]] absl::Status Apply(const Streams& streams, bool is_python_settled,
                                   pypi::ResolveRequest& request) const;

 private:
  [[nodiscard]] pypi::PyprojectChoice Choice() const;
  [[nodiscard]] absl::Status ApplyLock(const pypi::RequirementsSurroundings& surroundings,
                                       pypi::ResolveRequest& request) const;

  std::vector<std::string> files_;
  std::vector<std::string> constraint_files_;
  std::vector<std::string> extras_;
  bool all_extras_ = false;
  std::vector<std::string> groups_;
  std::vector<std::string> only_groups_;
  bool all_groups_ = false;
  std::string lock_file_;
  bool upgrade_ = false;
  std::vector<std::string> upgraded_;
};

}  // namespace accord::cli
