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

// Something in a file that has no effect, or not the one it seems to have.
struct InputNote {
  std::string place;  // "requirements.txt:7"
  std::string text;   // "--index-url is not honoured: ..."
  friend bool operator==(const InputNote&, const InputNote&) = default;
};

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

// Adds what the file says to a request. Where both say something of pre-releases or of kinds of
// files in general, the request keeps its own word if it differs from the default.
void AddTo(ResolveRequest& request, const Input& input);

}  // namespace accord::pypi
