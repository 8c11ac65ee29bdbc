// Every policy of a request as a flag (docs/policies.md), shared by all commands that take one.
// What the command line does not say leaves the request as it is, so that files which say something
// are read before.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/cli.h"
#include "engine/conda.h"
#include "engine/resolve.h"

namespace accord::cli {

class Options;

class PolicyOptions {
 public:
  void AddTo(Options& options);

  // Errors: InvalidInput with the option, for words and names that are none and for options that
  // contradict each other; those of the files they name.
  [[nodiscard]] absl::Status Apply(const Streams& streams, pypi::ResolveRequest& request) const;
  // Of conda. Errors: also for the policies that it has not.
  [[nodiscard]] absl::Status Apply(const Streams& streams, conda::ResolveRequest& request) const;

 private:
  void AddVersionsTo(Options& options);
  void AddFilesTo(Options& options);
  void AddNeedsTo(Options& options);
  [[nodiscard]] absl::Status ApplyVersions(pypi::ResolveRequest& request) const;
  [[nodiscard]] absl::Status ApplyAge(int64_t now_unix_s, pypi::ExcludeNewer& newer) const;
  [[nodiscard]] absl::Status ApplyAge(int64_t now_unix_s, conda::ExcludeNewer& newer) const;
  [[nodiscard]] absl::Status RefuseWhatCondaHasNot() const;
  [[nodiscard]] absl::Status ApplyBinaries(pypi::BinaryPolicy& binaries) const;
  [[nodiscard]] absl::Status ApplyHashes(pypi::ResolveRequest& request) const;
  [[nodiscard]] absl::Status ApplyOverrides(std::istream& in, pypi::ResolveRequest& request) const;
  [[nodiscard]] absl::Status ApplyMetadata(std::istream& in, pypi::ResolveRequest& request) const;

  // Empty texts and lists: not given.
  std::string prereleases_;
  std::vector<std::string> prereleases_of_;
  std::string resolution_;
  std::string order_;
  std::string exclude_newer_;
  std::vector<std::string> exclude_newer_of_;
  std::vector<std::string> exclude_newer_channels_;
  std::string missing_upload_time_;
  std::vector<std::string> only_binary_;
  std::vector<std::string> no_binary_;
  bool prefer_binary_ = false;
  std::vector<std::string> allowed_hashes_;
  bool require_hashes_ = false;
  std::vector<std::string> overrides_;
  std::vector<std::string> override_files_;
  std::vector<std::string> metadata_;
  bool no_deps_ = false;
  std::string python_bounds_;
  std::string indexes_;
  std::string absent_;
};

}  // namespace accord::cli
