// A solution's members as the packages of an answer: extras folded into their base, who asked, why;
// and what the claim rests on.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/answer.h"
#include "engine/ecosystem.h"
#include "model/outcome.h"

namespace accord::engine {

// Sorted by name, then position; without what the target has; without `tell_requirers` only the
// request is among those who ask for a package. Errors: as Ecosystem::Tell.
[[nodiscard]] absl::StatusOr<std::vector<ChosenPackage>> ChosenPackages(const Ecosystem& ecosystem,
                                                                        const Solution& solution,
                                                                        bool tell_requirers);

// Names and "name version" that the claim rests on. Sorted.
[[nodiscard]] std::vector<std::string> AssumingOf(const Universe& universe, const Claim& claim);

// The candidates that the claim assumes away and that a build would make known, sorted.
[[nodiscard]] std::vector<NeedsBuild> NeedsBuildOf(const Ecosystem& ecosystem, const Claim& claim);

}  // namespace accord::engine
