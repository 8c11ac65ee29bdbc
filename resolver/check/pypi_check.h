// Is this list of pins a solution of a PyPI request? Decided from the request's texts and from the
// records' own requirement texts, by a walk from the request that knows no Universe, no admission
// and no solver: of ecosystem/pypi it uses the parsers, the specifiers and the marker evaluation.
// It does not say whether the answer is the canonical one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "check/violation.h"
#include "ecosystem/pypi/environment.h"
#include "ecosystem/pypi/request.h"
#include "metadata/source.h"

namespace accord::check {

struct PypiPin {
  std::string name;
  std::string version;  // as spelled, or any equal spelling
  // The active ones; none: the answer does not say, and what the request leads to counts.
  std::optional<std::vector<std::string>> extras;
};

// Each list is of requirement texts. Of constraints, locks and exclusions the extras mean nothing.
// A text whose marker does not hold says nothing.
struct PypiQuestion {
  absl::Span<const std::string> requirements;
  absl::Span<const std::string> constraints;  // the version is in each of its name
  absl::Span<const std::string> locked;       // the same; its versions may be yanked
  absl::Span<const std::string> excluded;     // the version is in none of its name
  pypi::PrereleasePolicy prereleases = pypi::PrereleasePolicy::kIfNecessaryOrExplicit;
  const pypi::Environment* environment = nullptr;     // not owned; never null
  absl::Span<const metadata::Source* const> sources;  // the first that has a name counts
};

// What it cost, the same on every machine.
struct CheckCost {
  uint64_t pins = 0;
  uint64_t texts = 0;    // requirement texts parsed
  uint64_t markers = 0;  // markers evaluated
  uint64_t matches = 0;  // versions held against specifiers

  friend bool operator==(const CheckCost&, const CheckCost&) = default;
};

struct CheckReport {
  std::vector<Violation> violations;  // in the order found; none: the answer is a solution
  CheckCost cost;

  [[nodiscard]] bool accepted() const { return violations.empty(); }
};

// A solution:
// - each requirement that applies (its marker holds with no extra, or with one requested extra of
//   its package alone) has its name pinned inside its specifiers, with its extras active;
// - each name is pinned once, to a version that its source has, whose needs are known and readable,
//   and whose Requires-Python (and that of a file, if it has files) admits the environment's
//   Python;
// - nothing is yanked unless pinned by the request, and nothing a pre-release that the policy does
//   not admit: "the request names one" and "no final release is left", as in request.h;
// - constraints, locks and exclusions hold, and nothing is there unneeded.
// Errors: InvalidInput if a text of the request cannot be read ("/requirements/0: ..."); what a
// source's Find says.
[[nodiscard]] absl::StatusOr<CheckReport> CheckPypi(const PypiQuestion& question,
                                                    absl::Span<const PypiPin> pins);

}  // namespace accord::check
