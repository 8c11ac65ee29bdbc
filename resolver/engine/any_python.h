// Python itself as a candidate: the newest for which the request holds. Each Python is a question
// of its own, because who is a candidate hangs on it (docs/decisions/004); the first that has a
// solution is the answer, and it is the answer that asking for that Python alone gives.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/request.h"
#include "ecosystem/pypi/target.h"
#include "engine/answer.h"
#include "engine/resolve.h"
#include "metadata/source.h"

namespace accord::engine {

// A Python to resolve for, in place of the request's own target.
struct PythonChoice {
  std::string python;  // "3.12"
  pypi::Environment environment;
  pypi::SupportedTags tags;
  std::string target;
};

// One for each of pypi::PythonsOf, as if it were named, best first: the target's other options
// stand for each. Errors: as pypi::MakeTarget.
[[nodiscard]] absl::StatusOr<std::vector<PythonChoice>> AnyPythonChoices(
    const pypi::TargetOptions& options);

struct AnyPythonAnswer {
  Answer answer;      // pythons_tried says why newer ones were passed over
  size_t chosen = 0;  // index into the choices; of an unsatisfiable answer 0
};

// Choices are in order of preference and not empty. If none has a solution the answer is that of
// the first choice, with all of them tried; of those that are passed over there are lines and no
// sentences. Stopped ends the search: what an older Python would
// give means nothing while a newer one is open. The work budget is for each Python. Errors: as
// Resolve.
[[nodiscard]] absl::StatusOr<AnyPythonAnswer> ResolveAnyPython(
    const pypi::ResolveRequest& request, std::span<const PythonChoice> choices,
    std::span<const metadata::Source* const> sources, const ResolveOptions& options = {});

}  // namespace accord::engine
