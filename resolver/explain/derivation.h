// A conflict as a derivation: from its reasons step by step to "there is no solution", so that a
// person can check each step with what stands before it.
//
// What is kept of a package is which candidates are left and whether one of them must be chosen.
// Steps take candidates away or say that one must be chosen; where no step is left, the candidates
// of one package are supposed in turn. Words are made by explanation.h.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/outcome.h"
#include "model/positions.h"
#include "model/problem.h"
#include "model/universe.h"

namespace accord::explain {

inline constexpr size_t kStepsMax = 20'000;
inline constexpr uint64_t kWorkMax = 20'000'000;  // candidates and positions looked at
inline constexpr uint32_t kSupposedMax = 24;      // inside one another

struct DerivationLimits {
  size_t steps_max = kStepsMax;
  uint64_t work_max = kWorkMax;
  uint32_t supposed_max = kSupposedMax;
};

using StepId = uint32_t;

enum class StepKind : uint8_t {
  // Given.
  kAsk,           // the request requires `set`
  kConstraint,    // the request allows only `set`
  kLock,          // the same, by a lock
  kExclusion,     // the request excludes `some`
  kNonexistent,   // `package` does not exist
  kUnknown,       // nothing is known of `package`
  kUnknownNeeds,  // what the one candidate in `some` needs is not known
  kNoVersion,     // `set` has no admitted candidate
  kSuppose,       // one of `some` is chosen
  // Derived.
  kNeed,    // one of `some`, all that are left of `package`, is chosen, and each needs one of
            // `options` of `needed`
  kDrop,    // `some` of `package` need `needed` in a way that nothing is left for, or `unmet`
            // Of both a need may be a constraint on what must be chosen anyway.
  kRefute,  // supposing `some` ended in `because`
  kEnd,     // one of `package` must be chosen, and none is left
};

struct Step {
  StepKind kind = StepKind::kAsk;
  PackageId package;
  VersionSetId set;                 // of a request's text; of kNeed if all need the same
  std::vector<PositionRange> some;  // of package
  PackageId needed;
  std::vector<VersionSetId> needed_sets;  // kNeed, kDrop: the different ones; sorted
  std::vector<ConditionId> conditions;    // of these needs, likewise; invalid: none
  std::vector<RequirementId> unmet;       // kDrop: needs that no candidate of anything meets
  bool needs = false;                     // kNeed, kDrop: some of these are needs
  bool limits = false;                    // likewise: some are constraints
  std::vector<PositionRange> options;     // kNeed: of needed, together
  Reason reason;                          // of what is given
  std::vector<StepId> because;            // earlier steps, sorted, each once
};

struct Derivation {
  std::vector<Step> steps;  // each is used by a later one, the last is kEnd
};

// Nothing if a limit is reached, or the reasons hold what this form cannot say: requirements with
// several alternatives, groups that span packages.
[[nodiscard]] std::optional<Derivation> Derive(const Universe& universe, const Problem& problem,
                                               const Conflict& conflict,
                                               const DerivationLimits& limits = {});

}  // namespace accord::explain
