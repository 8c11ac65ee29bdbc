// An answer as a lock file that installers take: PEP 751, pylock.toml, for one environment.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "engine/answer.h"
#include "engine/resolve.h"

namespace accord::wire {

// lock-version, created-by, environments (one: the target's Python, implementation and platform),
// requires-python (the target's Python or newer), and for each package its name, version,
// requires-python, dependencies, index (if it is a URL), and either sdist and wheels with URL,
// size, upload-time and hashes, or the archive that a direct reference names. Files for other
// targets that the policies admit are there too. A Requires-Python that nobody can read is left
// out. Errors: Missing, with names, if of a package no file that the target can use is known with
// URL and SHA-256: the format demands both.
[[nodiscard]] absl::StatusOr<std::string> PylockText(const engine::Answer& answer,
                                                     const pypi::ResolveRequest& request);

}  // namespace accord::wire
