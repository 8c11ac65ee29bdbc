// What a file that asks for packages says, whatever its format: texts with their places, and what
// it says about files, hashes and pre-releases. What Accord does not honour becomes a note; nothing
// is dropped in silence.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/request.h"

namespace accord::pypi {

struct Input {
  std::vector<PlacedText> requirements;
  std::vector<PlacedText> constraints;
  std::vector<PlacedText> requires_python;  // specifiers that the target is held against
  std::vector<AllowedHashes> allowed_hashes;
  bool require_hashes = false;
  bool allow_prereleases = false;
  // What the file says of kinds of files; none: nothing.
  std::optional<BinaryPolicy> binaries;
  std::vector<InputNote> notes;
};

// The text of a file. Errors are passed on as they are.
using ReadFile = std::function<absl::StatusOr<std::string>(const std::string& path)>;

// A note for each Requires-Python that excludes the Python of the environment. Errors: InvalidInput
// for one that cannot be read, even when repaired (lenient.h).
[[nodiscard]] absl::StatusOr<std::vector<InputNote>> NotesOnPython(const Input& input,
                                                                   const Environment& environment);

// Whether each Requires-Python of the request admits the Python of the environment. Errors: as
// NotesOnPython.
[[nodiscard]] absl::StatusOr<bool> AdmitsPython(const ResolveRequest& request,
                                                const Environment& environment);

// Adds what the file says to a request, notes too. Where both say something of pre-releases or of
// kinds of files in general, the request keeps its own word if it differs from the default: of
// several files the first counts. What a command line says is put over it afterwards.
void AddTo(ResolveRequest& request, const Input& input);

}  // namespace accord::pypi
