// pyproject.toml: what a project asks for (PEP 621), with extras and dependency groups (PEP 735).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/inputs/input.h"

namespace accord::pypi {

inline constexpr size_t kProjectRequirementsMax = 100'000;  // of the extras asked for, in all

struct PyprojectChoice {
  std::vector<std::string> extras;  // any spelling
  bool all_extras = false;
  std::vector<std::string> groups;  // besides the project's own dependencies
  bool all_groups = false;
  bool only_groups = false;  // the project's own dependencies are not asked for
};

// project.dependencies, then those of the extras, then those of the groups;
// project.requires-python. A requirement of an extra on the project itself, `name[other]`, asks for
// that extra too. Errors: InvalidInput with "PLACE:LINE" for what is no TOML, has no [project], has
// dynamic dependencies (only a build knows them), or names an extra or group that is not there, or
// holds what is no requirement; LimitReached.
[[nodiscard]] absl::StatusOr<Input> ReadPyproject(std::string_view text, std::string_view place,
                                                  const PyprojectChoice& choice);

}  // namespace accord::pypi
