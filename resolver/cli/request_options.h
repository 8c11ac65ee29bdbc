// The options that say what is asked of PyPI, shared by `resolve` and `verify`: requirements,
// limits, the target, and where the facts are.
#pragma once

#include <CLI/CLI.hpp>
#include <iosfwd>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/target_options.h"
#include "engine/resolve.h"
#include "engine/sources.h"

namespace accord::cli {

class RequestOptions {
 public:
  // `requirements_help` describes the positional arguments.
  void AddTo(CLI::App& app, const std::string& requirements_help);

  // Errors: InvalidInput with the option or the file's line.
  [[nodiscard]] absl::StatusOr<pypi::ResolveRequest> Request(std::istream& in) const;

  // Opens --corpus, or ACCORD_CORPUS. Errors: InvalidInput if neither is given; as Sources::Open.
  [[nodiscard]] absl::StatusOr<engine::Sources> Open() const;

  [[nodiscard]] const std::vector<std::string>& positional() const { return requirements_; }
  [[nodiscard]] bool names_corpus() const { return !corpora_.empty(); }

 private:
  std::vector<std::string> requirements_;
  std::vector<std::string> requirement_files_;
  std::vector<std::string> constraints_;
  std::vector<std::string> constraint_files_;
  std::vector<std::string> locked_;
  std::vector<std::string> excluded_;
  std::vector<std::string> corpora_;
  TargetFlags target_;
  std::string prereleases_ = "if-necessary-or-explicit";
  std::string absent_ = "by-corpus";
};

// Texts with places "argument 1", "argument 2", ... or "--constraint 1", ...
[[nodiscard]] std::vector<pypi::PlacedText> Placed(const std::vector<std::string>& texts,
                                                   std::string_view place);

// An option that may be repeated and takes one value each time.
CLI::Option* AddRepeated(CLI::App& app, const std::string& name, std::vector<std::string>& values,
                         const std::string& help);

}  // namespace accord::cli
