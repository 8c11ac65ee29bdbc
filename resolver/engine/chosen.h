// A solution's members as the packages of an answer: extras folded into their base, who asked, why;
// and what is worth a warning.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/universe_builder.h"
#include "engine/answer.h"
#include "model/outcome.h"

namespace accord::engine {

// Sorted by name. Errors: Missing for damaged files.
[[nodiscard]] absl::StatusOr<std::vector<ChosenPackage>> ChosenPackages(
    const pypi::UniverseBuilder& builder, const Solution& solution);

// Sorted by package, then text.
[[nodiscard]] std::vector<Warning> WarningsOf(const pypi::UniverseBuilder& builder,
                                              const Solution& solution);

// Names and "name version" that the claim rests on. Sorted.
[[nodiscard]] std::vector<std::string> AssumingOf(const Universe& universe, const Claim& claim);

// The candidates that the claim assumes away and that a build would make known, sorted.
[[nodiscard]] std::vector<NeedsBuild> NeedsBuildOf(const pypi::UniverseBuilder& builder,
                                                   const Claim& claim);

}  // namespace accord::engine
