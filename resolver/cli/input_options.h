// The options that name files which a request is read from: what asks (-r), what limits (-c), what
// is asked for of a project, an earlier answer that is to change as little as it must; and of conda
// a configuration and the channels that count.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/cli.h"
#include "engine/inputs.h"
#include "engine/sources.h"

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

  // The same of conda, before its target is known: the dialect is. Leaves of the sources those that
  // are the listed channels, in their order. What comes back counts for the target where the
  // environment does not say.
  [[nodiscard]] absl::StatusOr<conda::TargetVariables> Apply(const Streams& streams,
                                                             engine::Sources& sources,
                                                             conda::ResolveRequest& request) const;

 private:
  class CondaFiles;

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
  std::string condarc_;
  std::vector<std::string> channels_;
};

}  // namespace accord::cli
