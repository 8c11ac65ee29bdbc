// A Problem with its Universe as plain values: names and positions instead of ids. What the world
// file reads and writes, and what tests generate, shrink, shuffle and reveal piece by piece.
// Not for speed: a request from real facts builds its Universe directly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "model/positions.h"
#include "model/problem.h"
#include "model/universe.h"

namespace accord {

// A set of candidates of one package. No ranges = all candidates, however many there are.
struct SetSpec {
  std::string package;
  std::optional<std::vector<PositionRange>> allowed;  // normalized (positions.h)
  bool operator==(const SetSpec&) const = default;
};

struct ConditionSpec {
  Condition::Kind kind = Condition::Kind::kHas;
  SetSpec has;                          // kHas
  std::vector<ConditionSpec> children;  // kAnd, kOr: at least one
  bool operator==(const ConditionSpec&) const = default;
};

// An empty text stands for the derived one (DerivedText).
struct RequirementSpec {
  std::vector<SetSpec> alternatives;
  std::optional<ConditionSpec> when;
  std::string text;
  bool operator==(const RequirementSpec&) const = default;
};

struct ConstraintSpec {
  SetSpec set;
  std::optional<ConditionSpec> when;
  std::string text;
  bool operator==(const ConstraintSpec&) const = default;
};

struct CandidateSpec {
  std::string version;
  std::vector<RequirementSpec> requirements;
  std::vector<ConstraintSpec> constraints;
  std::optional<std::string> unknown;  // why its dependencies cannot be known; then it lists none
  bool pending = false;                // nobody has said yet what they are; never in a WorldSpec
  bool operator==(const CandidateSpec&) const = default;
};

struct PackageSpec {
  std::string name;
  Coexistence coexistence = Coexistence::kOne;
  std::vector<CandidateSpec> candidates;  // oldest first
  std::vector<Position> preference;       // best first, a permutation; empty = the last is the best
  std::optional<std::string> unknown;     // why its candidates cannot be known; then it lists none
  bool nonexistent = false;               // as a name that is used and not listed; lists none
  bool operator==(const PackageSpec&) const = default;
};

struct GroupSpec {
  std::string name;
  std::vector<std::pair<std::string, Position>> members;
  bool operator==(const GroupSpec&) const = default;
};

struct AskedSpec {
  RequirementSpec requirement;
  int32_t priority = 0;
  bool operator==(const AskedSpec&) const = default;
};

struct RestrictionSpec {
  SetSpec set;
  std::string reason;
  bool operator==(const RestrictionSpec&) const = default;
};

struct RequestSpec {
  std::vector<AskedSpec> requirements;
  std::vector<AskedSpec> soft;
  std::vector<ConstraintSpec> constraints;
  std::vector<RestrictionSpec> locked;
  std::vector<RestrictionSpec> favored;
  std::vector<RestrictionSpec> excluded;
  bool operator==(const RequestSpec&) const = default;
};

// Well-formed when each package is listed once, each set, preference and group stays within its
// package's candidates (a name that is not listed has none), each formula has children, and what
// is unknown lists nothing. ParseWorldSpec gives well-formed specs only.
struct WorldSpec : RequestSpec {
  std::vector<PackageSpec> packages;
  std::vector<GroupSpec> groups;
  bool operator==(const WorldSpec&) const = default;
};

struct World {
  Universe universe;
  Problem problem;
};

// Ids follow the order of the spec. A spec that is not well-formed is a broken contract.
[[nodiscard]] World Build(const WorldSpec& spec);

// The same world as values: packages and what a candidate needs sorted by bytes, texts left out
// where the derived one says the same, what is still pending as unknown ("not read"). Building it
// again gives an equal world, whose spec is equal.
[[nodiscard]] WorldSpec SpecOf(const Universe& universe, const Problem& problem);

// The packages of a spec by name. Looks into the spec, which must outlive it and keep its packages.
class SpecIndex {
 public:
  explicit SpecIndex(const WorldSpec& spec);
  // None if the spec does not list the package.
  [[nodiscard]] const PackageSpec* Find(std::string_view package) const;

 private:
  absl::flat_hash_map<std::string_view, const PackageSpec*, TextHash, TextEqual> packages_;
};

// The canonical text of a requirement or constraint that has none of its own: versions by name,
// never positions. `q`, `q {1.0..2.0, 3.0}`, `q {1.0} | r {}`, `q if a {1.0} and (b or c)`.
[[nodiscard]] std::string DerivedText(const RequirementSpec& requirement, const SpecIndex& index);
[[nodiscard]] std::string DerivedText(const ConstraintSpec& constraint, const SpecIndex& index);

// The same where a set's package may not be known yet: with positions in place of versions, so that
// the text does not hang on what is known. `q`, `q [1..2, 4]`, `q [1] | r []`.
[[nodiscard]] std::string PositionText(const SetSpec& set);
[[nodiscard]] std::string PositionText(const RequirementSpec& requirement);
[[nodiscard]] std::string PositionText(const ConstraintSpec& constraint);

}  // namespace accord
