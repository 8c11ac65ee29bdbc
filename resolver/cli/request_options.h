// The options that say what is asked of PyPI, shared by `resolve` and `verify`: requirements,
// files, limits, the target, policies, and where the facts are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/cli.h"
#include "cli/conda_options.h"
#include "cli/environment_options.h"
#include "cli/input_options.h"
#include "cli/policy_options.h"
#include "cli/target_options.h"
#include "engine/any_python.h"
#include "engine/resolve.h"
#include "engine/sources.h"

namespace accord::cli {

class Options;

// What `--python any` means to a command.
enum class AnyPython : uint8_t { kRefused, kTaken };

class RequestOptions {
 public:
  // `requirements_help` describes the positional arguments.
  void AddTo(Options& options, const std::string& requirements_help);

  // Under `--python any`, if that is taken, for the first of Pythons(). Notes on files go to
  // streams.err. Errors: InvalidInput with the option or the file's line.
  [[nodiscard]] absl::StatusOr<pypi::ResolveRequest> Request(
      const Streams& streams, AnyPython any = AnyPython::kRefused) const;
  // Of conda; leaves of the sources those that are the request's channels. Errors: InvalidInput
  // with the option or the file's line.
  [[nodiscard]] absl::StatusOr<conda::ResolveRequest> CondaRequest(const Streams& streams,
                                                                   engine::Sources& sources) const;

  // `--python any`: those to try, best first. Errors: as engine::AnyPythonChoices.
  [[nodiscard]] bool asks_any_python() const { return target_.asks_any_python(); }
  [[nodiscard]] absl::StatusOr<std::vector<engine::PythonChoice>> Pythons() const;

  // Opens --corpus, or ACCORD_CORPUS. To be called before Request: what accord leaves to
  // accord-full must come before anything is told (start/parts.h). Errors: InvalidInput if neither
  // is given; as Sources::Open.
  [[nodiscard]] absl::StatusOr<engine::Sources> Open(std::string_view ecosystem) const;

  [[nodiscard]] const std::vector<std::string>& positional() const { return requirements_; }
  [[nodiscard]] bool names_corpus() const { return !corpora_.empty(); }

 private:
  std::vector<std::string> requirements_;
  std::vector<std::string> constraints_;
  std::vector<std::string> locked_;
  std::vector<std::string> excluded_;
  std::vector<std::string> favored_;
  std::vector<std::string> corpora_;
  InputOptions inputs_;
  TargetFlags target_;
  PolicyOptions policies_;
  CondaOptions conda_;
  EnvironmentOptions environment_;
};

}  // namespace accord::cli
