// A file that asks for packages, of whatever format: which one it is, and what it says.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/inputs/input.h"
#include "ecosystem/pypi/inputs/pyproject.h"
#include "ecosystem/pypi/inputs/requirements_txt.h"

namespace accord::pypi {

enum class InputKind : uint8_t {
  kRequirements,  // pip's requirements file
  kPyproject,
  kScript,  // with inline metadata
  kPylock,  // a lock: asks for nothing
};

// By the name: *.py; pylock.toml, pylock.NAME.toml; other *.toml; *.txt and *.in. Of any other
// name, as of standard input, by the text: a script has a block of metadata, a TOML document begins
// with a table or a key, all else is a requirements file.
[[nodiscard]] InputKind KindOfInput(std::string_view path, std::string_view text);

struct InputFile {
  std::string path;
  RequirementsRole role = RequirementsRole::kRequirements;
};

// `choice` is for a pyproject.toml. Errors: as ReadRequirementsTxt, ReadPyproject and ReadScript;
// InvalidInput for a lock, and for constraints in another format than pip's.
struct InputAndKind {
  Input input;
  InputKind kind = InputKind::kRequirements;
};
[[nodiscard]] absl::StatusOr<InputAndKind> ReadInputFile(
    const InputFile& file, const PyprojectChoice& choice,
    const RequirementsSurroundings& surroundings);

}  // namespace accord::pypi
