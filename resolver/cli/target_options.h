// The options that say what to resolve for: --python, --platform, --implementation, --abi, --tag.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "engine/target.h"

namespace accord::cli {

class Options;

class TargetFlags {
 public:
  void AddTo(Options& options);

  // "--python any": the request asks for the Python too. Make() then takes the default's.
  [[nodiscard]] bool asks_any_python() const { return options_.python == "any"; }

  // Without --python, asks the Python on `path` (the variable PATH): its version, and all of it if
  // no other option is given. The text says where a target that nobody named came from. Errors: as
  // pypi::MakeTarget.
  [[nodiscard]] absl::StatusOr<pypi::Target> Make(std::string_view path) const;

  // For the same target with another version: --python any tries several.
  [[nodiscard]] const pypi::TargetOptions& options() const { return options_; }

 private:
  [[nodiscard]] absl::StatusOr<pypi::Target> OfPythonOnPath(std::string_view path) const;

  pypi::TargetOptions options_;
};

}  // namespace accord::cli
