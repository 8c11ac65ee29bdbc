// packse scenarios: small worlds of PyPI packages as TOML, each with what a resolver must answer.
// Licence and source of the files stand beside them; README.md there says what the fields mean.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tests/scenarios/pypi_case.h"

namespace accord::scenarios {

// One scenario file as a case. Files of a version: a wheel for each of `wheel_tags` (py3-none-any
// without any) unless `wheel = false`, and an sdist unless `sdist = false`. The target is
// resolver_options.python, else environment.python, else 3.12; on python_platform, else Linux.
//
// Policies are those that the scenarios are written for: pre-releases if necessary or explicit
// (`prereleases = true`: allowed), and only the lower bounds of Requires-Python.
//
// `skipped` is set where the answer is for several environments at once: required_environments, or
// universal without packages for one environment. Errors: the file's path and what is wrong with
// it.
[[nodiscard]] absl::StatusOr<PypiCase> ReadPackse(const std::string& path);

}  // namespace accord::scenarios
