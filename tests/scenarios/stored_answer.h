// Compares an answer with one that somebody stored, in the order in which the walk decides.
#pragma once

#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "engine/answer.h"
#include "metadata/source.h"
#include "tests/scenarios/pypi_case.h"

namespace accord::scenarios {

enum class StoredVerdict {
  kSame,        // the same pins
  kBetter,      // at the first package where versions differ ours is newer
  kRefuted,     // ours is older there, and with all before it no solution has the stored version
  kOtherNames,  // no version differs: one of them has packages that the other has not
  kWorse,       // ours is older there, and a solution has the stored version: our bug
};

struct StoredComparison {
  StoredVerdict verdict = StoredVerdict::kSame;
  std::string text;  // one line, naming the package and both versions
};

// The packages of the answer in the order of decision: requested ones by priority, then by depth
// (1 + that of the package whose requirement chose it) and name.
[[nodiscard]] std::vector<std::string> DecisionOrder(const engine::Answer& answer);

// `answer` is a solution of the request. To refute a stored version, the request is solved again
// with our versions of all packages before it, and then the stored version, favoured: favoured ones
// are tried first and let nothing in but yanked versions. Errors: the resolver's.
[[nodiscard]] absl::StatusOr<StoredComparison> CompareWithStored(
    const pypi::ResolveRequest& request, std::span<const metadata::Source* const> sources,
    const engine::Answer& answer, const Pins& stored);

}  // namespace accord::scenarios
