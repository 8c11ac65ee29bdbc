// The Python that the user's shell would start, asked once what it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "cli/child_output.h"
#include "engine/target.h"

namespace accord::cli {

struct PythonOnPath {
  std::optional<pypi::FoundPython> python;  // none: `why_none`
  std::string why_none;                     // "no Python found on PATH", "/usr/bin/python3: failed"
};

// The first `python3`, else `python`, in an absolute folder of `path` ("/a:/b") that can be run
// and says what it is. It is run isolated (-I -S): what lies in the working folder, in PYTHONPATH
// or in site-packages does not run.
[[nodiscard]] PythonOnPath FindPythonOnPath(std::string_view path, const ChildLimits& limits = {});

// What the program that asks a Python printed. Errors: InvalidInput with the line that is wrong.
[[nodiscard]] absl::StatusOr<pypi::FoundPython> ParsePythonReport(std::string_view report);

}  // namespace accord::cli
