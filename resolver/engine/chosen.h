// A solution's members as the packages of an answer: extras folded into their base, who asked, why;
// and what is worth a warning.
#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/pypi/universe_builder.h"
#include "engine/answer.h"
#include "model/outcome.h"

namespace accord::engine {

// What an ecosystem knows of candidates.
class ChosenFacts {
 public:
  virtual ~ChosenFacts() = default;
  // a for `a[x]`; the package itself otherwise.
  [[nodiscard]] virtual PackageId BaseOf(PackageId package) const = 0;
  // x for `a[x]`.
  [[nodiscard]] virtual std::string_view ExtraOf(PackageId package) const = 0;
  // What stands behind a candidate of a package that is no extra. Errors: Missing for damaged
  // files.
  [[nodiscard]] virtual absl::Status Tell(SolvableId solvable, ChosenPackage& chosen) const = 0;
};

// Sorted by name. Errors: as ChosenFacts::Tell.
[[nodiscard]] absl::StatusOr<std::vector<ChosenPackage>> ChosenPackages(const Universe& universe,
                                                                        const Problem& problem,
                                                                        const Solution& solution,
                                                                        const ChosenFacts& facts);
// The same of PyPI.
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
