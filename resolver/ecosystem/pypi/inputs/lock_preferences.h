// Earlier answers as preferences: the versions that a lock names are tried first, and their yanked
// files are admitted, so that a new answer changes no more than the request makes it change.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/inputs/input.h"
#include "ecosystem/pypi/inputs/requirements_txt.h"

namespace accord::pypi {

struct LockedVersion {
  std::string name;       // any spelling
  std::string specifier;  // "==1.0"
  std::string place;
};

struct LockedVersions {
  std::vector<LockedVersion> versions;
  std::vector<InputNote> notes;  // entries that prefer nothing
};

// Of a pylock.toml: the packages whose markers hold in the environment, with every extra and group
// that the file names. Those from a directory, archive or VCS are noted. Errors: as Pylock::Parse
// and PackagesFor.
[[nodiscard]] absl::StatusOr<LockedVersions> ReadPylockVersions(std::string_view text,
                                                                std::string_view place,
                                                                const Environment& environment);

// Of a requirements file: what is one == (without ".*") or === and holds in the environment, of
// requirements and constraints alike. What is no such pin is noted; options mean nothing here.
// Errors: as ReadRequirementsTxt.
[[nodiscard]] absl::StatusOr<LockedVersions> ReadRequirementsVersions(
    const RequirementsFile& file, const RequirementsSurroundings& surroundings,
    const Environment& environment);

// Which locked versions are no preference: those of the names that are to be upgraded.
struct Upgrade {
  bool all = false;
  std::vector<std::string> names;  // any spelling
};

// Adds the versions to what the request favours, and the notes: those of the lock, and one for each
// name to upgrade that it does not have.
void Prefer(ResolveRequest& request, const LockedVersions& lock, const Upgrade& upgrade);

}  // namespace accord::pypi
