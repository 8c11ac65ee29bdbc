// pip's requirements files: requirements, files they include, constraints, hashes and options.
// Source: pip's documentation of the requirements file format; where that is silent, what pip does.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/inputs/input.h"

namespace accord::pypi {

inline constexpr size_t kIncludeDepthMax = 32;
inline constexpr size_t kIncludedFilesMax = 1000;  // files read in all, each as often as included

enum class RequirementsRole : uint8_t { kRequirements, kConstraints };

struct RequirementsFile {
  std::string path;  // where its includes are looked for; places begin with it
  RequirementsRole role = RequirementsRole::kRequirements;
  std::optional<std::string> text;  // where it was read already: standard input is read once
};

struct RequirementsSurroundings {
  ReadFile read;  // for the file itself and what it includes
  std::map<std::string, std::string, std::less<>> variables;  // ${NAME}
};

// Includes (-r, -c) are relative to the including file; what a constraints file includes with -r is
// constraints too. --pre, --only-binary, --no-binary, --prefer-binary, --require-hashes and --hash
// become what they mean; one --hash asks for hashes of everything, as with pip. Noted and without
// effect: -e, paths and URLs without a name, options that say where files come from or how they are
// built (--index-url, --find-links, --config-settings, ...). "name @ URL" is passed on.
// Errors: InvalidInput with "PATH:LINE" for an unknown option, a missing value, a text that is no
// requirement, a hash of no known form, an include by URL, a file that includes itself;
// LimitReached; those of `read`, at the including line.
[[nodiscard]] absl::StatusOr<Input> ReadRequirementsTxt(
    const RequirementsFile& file, const RequirementsSurroundings& surroundings);

}  // namespace accord::pypi
