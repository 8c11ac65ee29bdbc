// PyPI cases that are stored as JSON: resolvelib's functional fixtures, pip's resolver benchmarks,
// and requests without facts of their own.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "metadata/source.h"
#include "tests/scenarios/pypi_case.h"

namespace accord::scenarios {

// A file of resolvelib's inputs/case, with its index from inputs/index: CPython 3.12 on Linux. The
// fixtures' own provider filters versions with `packaging`, hence its policy for pre-releases.
// Errors: the path and what is wrong.
[[nodiscard]] absl::StatusOr<PypiCase> ReadResolvelib(const std::string& path);

// A scenario of pip-resolver-benchmarks: everything stands in it but files.
[[nodiscard]] absl::StatusOr<PypiCase> ReadPipBenchmark(const std::string& path);

// Each line of a file of requests (id, python, requirements, constraints), without facts. Skipped
// are those of which `source` lacks a requested name. Times of the requests are not looked at: the
// snapshot they are asked of has none.
[[nodiscard]] absl::StatusOr<std::vector<PypiCase>> ReadRequests(const std::string& path,
                                                                 const metadata::Source& source);

}  // namespace accord::scenarios
