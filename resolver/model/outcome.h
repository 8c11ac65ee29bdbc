// What is answered: Solution, Conflict, Needs or Stopped, with counters and typed reasons.
// Reasons are data; words for people are made elsewhere.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "model/ids.h"

namespace accord {

// One fact or wish an answer rests on: what an input clause of the solver says, in the model's ids.
struct Reason {
  enum class Kind : uint8_t {
    kRequirement,         // of the request: requirement
    kRequestConstraint,   // of the request: constraint
    kLock,                // set: of its package nothing outside; restriction = index in Problem
    kExclusion,           // solvable may not be chosen; restriction = index in Problem
    kDependency,          // candidates with `dependencies` need requirement
    kConstraint,          // candidates with `dependencies` allow only constraint
    kBrings,              // solvable has `dependencies`
    kOnePerPackage,       // at most one candidate of package
    kGroup,               // at most one member of group
    kNoCandidate,         // set has no admitted candidate in package
    kNonexistent,         // package does not exist
    kPackageUnavailable,  // package's candidates are not known
    kDependenciesUnavailable,  // solvable's dependencies are not known
  };
  Kind kind = Kind::kRequirement;
  RequirementId requirement;
  ConstraintId constraint;
  DependencySetId dependencies;
  SolvableId solvable;
  PackageId package;
  VersionSetId set;
  GroupId group;
  uint32_t restriction = 0;

  auto operator<=>(const Reason&) const = default;
};

// A candidate of the answer, and which requirement the walk met with it.
struct Member {
  SolvableId solvable;
  RequirementId requirement;
  SolvableId required_by;  // whose requirement it was; invalid = the request's
  uint32_t depth = 0;
};

enum class ClaimKind : uint8_t {
  kCanonical,  // the canonical answer of docs/solver.md
  kFeasible,   // a valid set, nothing more
};

// What an answer states about itself.
struct Claim {
  ClaimKind kind = ClaimKind::kCanonical;
  // Packages and candidates that could not be known and without whose absence the reasoning for
  // this answer (or this unsatisfiability) does not hold. Sufficient, not minimal. Sorted.
  std::vector<PackageId> assuming_packages;
  std::vector<SolvableId> assuming_candidates;
};

struct Solution {
  std::vector<Member> members;       // in the order they entered D
  std::vector<uint32_t> unmet_soft;  // indices into Problem::soft, ascending
  Claim claim;
};

// There is no solution: the reasons, sorted, are unsatisfiable together.
struct Conflict {
  std::vector<Reason> core;
  Claim claim;
};

// The search cannot go on before these are known. Put them into the Universe, run again.
struct Needs {
  std::vector<PackageId> packages;     // candidate lists; sorted by id, each once
  std::vector<SolvableId> candidates;  // dependencies; sorted by id, each once
};

enum class StopReason : uint8_t { kWork, kCancelled };

struct Stopped {
  StopReason reason = StopReason::kWork;
  // The last complete assignment (claim feasible); none if stopped before there was one.
  std::optional<Solution> best;
};

using Outcome = std::variant<Solution, Conflict, Needs, Stopped>;

// Of one problem, since it was posed.
struct Counters {
  uint64_t work = 0;  // the unit of Budget::work_max
  uint64_t decisions = 0;
  uint64_t propagations = 0;
  uint64_t conflicts = 0;
  uint64_t learnt = 0;
  uint64_t learnt_literals = 0;
  uint64_t clauses_requirement = 0;  // of the request and of dependency sets
  uint64_t clauses_gate = 0;         // members of a set
  uint64_t clauses_condition = 0;
  uint64_t clauses_other = 0;         // brings, locks, exclusions, constraints
  uint64_t gates = 0;                 // distinct (package, set, use)
  uint64_t packages = 0;              // whose candidates became variables
  uint64_t candidates = 0;            // that became variables
  uint64_t candidates_looked_at = 0;  // whose dependencies became clauses
  uint64_t candidates_folded = 0;     // of these, who need just what an earlier one does
};

}  // namespace accord
