// Lock files of PEP 751 (pylock.toml): their packages, which of them a target asks for, and from
// which file each comes. Nothing is resolved here, and nothing installed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/environment.h"
#include "ecosystem/pypi/inputs/input.h"
#include "ecosystem/pypi/marker.h"
#include "ecosystem/pypi/tag.h"

namespace accord::pypi {

inline constexpr size_t kPylockPackagesMax = 50'000;
inline constexpr size_t kPylockFilesMax = 200'000;  // of all packages

struct PylockFile {
  std::string name;  // as given, else the end of the path or URL; of directories and VCS empty
  std::string url;   // empty: none
  std::string path;  // empty: none
  std::vector<std::string> hashes;  // "sha256:...", sorted by algorithm
};

enum class PylockSource : uint8_t { kIndex, kVcs, kDirectory, kArchive };

struct PylockPackage {
  std::string name;     // normal
  std::string version;  // as written; empty: not said
  std::optional<Marker> marker;
  std::string requires_python;  // empty: none
  PylockSource source = PylockSource::kIndex;
  std::vector<PylockFile> wheels;   // of kIndex
  std::optional<PylockFile> sdist;  // of kIndex
  std::optional<PylockFile> other;  // of the other sources
  std::string place;
};

struct Pylock {
  std::string place;
  std::vector<Marker> environments;  // empty: any
  std::string requires_python;       // empty: none
  std::vector<std::string> extras;   // these and the groups: normal names
  std::vector<std::string> groups;
  std::vector<std::string> default_groups;
  std::vector<PylockPackage> packages;
  std::vector<InputNote> notes;  // a newer minor version of the format

  // Errors: InvalidInput with "PLACE:LINE" for what is no TOML, lacks a key that PEP 751 requires,
  // has a value of another kind or form, a package without or with two sources, or a file whose
  // name speaks of another package; LimitReached.
  [[nodiscard]] static absl::StatusOr<Pylock> Parse(std::string_view text, std::string_view place);
};

struct PylockChoice {
  std::vector<std::string> extras;                 // any spelling
  std::optional<std::vector<std::string>> groups;  // none: the lock file's default groups
};

// The packages whose markers hold, in the file's order. Errors: InvalidInput for an extra or group
// that the file does not name, a marker without meaning, or two entries of one name that both hold:
// then the file does not say which is meant.
[[nodiscard]] absl::StatusOr<std::vector<const PylockPackage*>> PackagesFor(
    const Pylock& lock, const Environment& environment, const PylockChoice& choice);

struct PylockPick {
  const PylockPackage* package;
  const PylockFile* file;
};

enum class PylockPreference : uint8_t { kWheels, kSdists };

// What an installer would install: PackagesFor, each with its best wheel for the tags, or its
// sdist. Errors: as PackagesFor; InvalidInput if the file or a package excludes the environment or
// its Python, or a package has no file for it.
[[nodiscard]] absl::StatusOr<std::vector<PylockPick>> SelectFiles(
    const Pylock& lock, const Environment& environment, const SupportedTags& tags,
    const PylockChoice& choice, PylockPreference preference = PylockPreference::kWheels);

}  // namespace accord::pypi
