// The Universe: one request's dense, finite view of the facts. Admitted candidates, evaluated sets,
// preference. It only grows: a package's candidate list arrives once and whole, dependencies may
// follow per candidate; ids never change. It knows no ecosystem and holds no request (problem.h).
//
// Not thread-safe while it grows; any number of readers when nobody adds. A solver that holds it
// reads between additions only (it returns Needs and is resumed).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/interner.h"
#include "model/ids.h"
#include "model/positions.h"

namespace accord {

// What is known of a package's candidate list, or of a candidate's dependencies.
enum class Knowledge : uint8_t {
  kPending,      // nobody has said yet: a solver that reaches it returns Needs
  kKnown,        // here
  kNonexistent,  // packages only: the source is whole and lacks the name
  kUnavailable,  // cannot be known now, with a reason: counts as not there, and answers that rest
                 // on it say so (Claim::assuming)
};

enum class Coexistence : uint8_t {
  kOne,  // at most one candidate of the package at a time: its own exclusion group
  kAny,  // no group of its own (CUDF); explicit groups may still hold
};

struct Package {
  StringId name;
  Coexistence coexistence = Coexistence::kOne;
  Knowledge knowledge = Knowledge::kPending;
  StringId unavailable_reason;  // valid iff kUnavailable
  SolvableId first;             // candidates are first, first + 1, ... in position order
  uint32_t count = 0;
  std::vector<Position> preference;  // best first; empty = the last position is the best
};

struct Solvable {
  PackageId package;
  StringId version;
  Knowledge dependencies_known = Knowledge::kPending;
  StringId unavailable_reason;   // valid iff kUnavailable
  DependencySetId dependencies;  // valid iff kKnown
};

struct VersionSet {
  PackageId package;
  StringId text;             // as interned: equal (package, text) is the same set
  bool known = false;        // members are set; always before a solver is told of the package
  uint32_t first_range = 0;  // into the Universe's ranges
  uint32_t range_count = 0;
  uint32_t count = 0;         // members
  VersionSetId same_members;  // the first set of the package with these members; gates hang on it
};

// and/or over "has a member of (package, set)"; never a negation: dropping what nobody needs must
// keep a solution valid.
struct Condition {
  static constexpr uint32_t kDepthMax = 256;  // whoever reads formulas refuses deeper ones
  enum class Kind : uint8_t { kHas, kAnd, kOr };
  Kind kind = Kind::kHas;
  VersionSetId set;                   // kHas
  std::vector<ConditionId> children;  // kAnd, kOr: at least one
  uint32_t depth = 1;                 // 1 + the deepest child's; at most kDepthMax
};

// If the condition holds: one option of one alternative must be there. Alternatives are ordered.
struct Requirement {
  std::vector<VersionSetId> alternatives;  // may be empty: cannot be met
  ConditionId condition;
  StringId text;  // canonical text: the ecosystem's normal form with alternatives and condition
};

// If the condition holds: of the set's package nothing outside the set.
struct Constraint {
  VersionSetId set;
  ConditionId condition;
  StringId text;
};

struct DependencySet {
  std::vector<RequirementId> requirements;
  std::vector<ConstraintId> constraints;
};

struct Group {
  StringId name;
  std::vector<SolvableId> members;
};

class Universe {
 public:
  // Packages. Add finds or makes; coexistence must be the same each time.
  PackageId AddPackage(std::string_view name, Coexistence coexistence = Coexistence::kOne);
  [[nodiscard]] PackageId FindPackage(std::string_view name) const;
  // For an ecosystem where a package says it of itself: before its candidates arrive, and before a
  // problem whose requirements, or soft ones, have this package as their one alternative.
  void SetCoexistence(PackageId package, Coexistence coexistence);

  // The one time a package's candidates arrive: versions from position 0 up. Sets of the package
  // that were interned before must get their members before a solver sees the package.
  void SetCandidates(PackageId package, std::span<const std::string_view> versions);
  void SetNonexistent(PackageId package);
  void SetUnavailable(PackageId package, std::string_view reason);
  // A permutation of the package's positions, best first.
  void SetPreference(PackageId package, std::vector<Position> best_first);

  void SetDependencies(SolvableId solvable, DependencySetId dependencies);
  void SetDependenciesUnavailable(SolvableId solvable, std::string_view reason);

  // Sets: interned by (package, text). Members are given once, when the package is known.
  VersionSetId AddSet(PackageId package, std::string_view text) {
    return AddSet(package, AddText(text));
  }
  VersionSetId AddSet(PackageId package, StringId text);
  void SetMembers(VersionSetId set, std::span<const PositionRange> normalized);
  // A set written by its members: for worlds whose sets are positions from the start. May be
  // called before the package's candidates arrive.
  VersionSetId AddSetOf(PackageId package, std::span<const PositionRange> normalized);

  ConditionId AddHas(VersionSetId set);
  ConditionId AddFormula(Condition::Kind kind, std::vector<ConditionId> children);
  RequirementId AddRequirement(Requirement requirement);
  ConstraintId AddConstraint(Constraint constraint);
  DependencySetId AddDependencySet(DependencySet dependencies);

  GroupId AddGroup(std::string_view name);
  void AddToGroup(GroupId group, SolvableId solvable);

  StringId AddText(std::string_view text) { return strings_.Intern(text); }

  // Reading.
  [[nodiscard]] std::string_view Text(StringId id) const { return strings_.Text(id); }
  [[nodiscard]] size_t package_count() const { return packages_.size(); }
  [[nodiscard]] size_t solvable_count() const { return solvables_.size(); }
  [[nodiscard]] size_t set_count() const { return sets_.size(); }
  [[nodiscard]] size_t requirement_count() const { return requirements_.size(); }
  [[nodiscard]] size_t condition_count() const { return conditions_.size(); }
  [[nodiscard]] size_t dependency_set_count() const { return dependency_sets_.size(); }
  [[nodiscard]] size_t group_count() const { return groups_.size(); }
  [[nodiscard]] const Package& package(PackageId id) const { return packages_[id]; }
  [[nodiscard]] const Solvable& solvable(SolvableId id) const { return solvables_[id]; }
  [[nodiscard]] const VersionSet& set(VersionSetId id) const { return sets_[id]; }
  [[nodiscard]] const Condition& condition(ConditionId id) const { return conditions_[id]; }
  [[nodiscard]] const Requirement& requirement(RequirementId id) const { return requirements_[id]; }
  [[nodiscard]] const Constraint& constraint(ConstraintId id) const { return constraints_[id]; }
  [[nodiscard]] const DependencySet& dependency_set(DependencySetId id) const {
    return dependency_sets_[id];
  }
  [[nodiscard]] const Group& group(GroupId id) const { return groups_[id]; }
  // The explicit groups a candidate is in; usually none.
  [[nodiscard]] std::span<const GroupId> groups_of(SolvableId id) const;

  [[nodiscard]] std::span<const PositionRange> ranges(VersionSetId id) const {
    const VersionSet& set = sets_[id];
    return {ranges_.data() + set.first_range, set.range_count};
  }
  [[nodiscard]] bool Contains(VersionSetId set, Position position) const {
    return accord::Contains(ranges(set), position);
  }
  // Is the candidate a member of the set (same package and position inside)?
  [[nodiscard]] bool Contains(VersionSetId set, SolvableId solvable) const {
    return sets_[set].package == solvables_[solvable].package && Contains(set, position(solvable));
  }
  [[nodiscard]] Position position(SolvableId id) const {
    return id.value() - packages_[solvables_[id].package].first.value();
  }
  [[nodiscard]] SolvableId at(PackageId package, Position position) const {
    ACCORD_DCHECK(position < packages_[package].count);
    return SolvableId(packages_[package].first.value() + position);
  }
  [[nodiscard]] std::string_view name(PackageId id) const { return Text(packages_[id].name); }
  // "name version"
  [[nodiscard]] std::string Label(SolvableId id) const;
  // One alternative, of a package declared to admit one candidate at a time.
  [[nodiscard]] bool IsDefinite(RequirementId id) const;

 private:
  VersionSetId NewSet(PackageId package, StringId text);
  void StoreMembers(VersionSetId set, std::span<const PositionRange> normalized);

  Interner strings_;
  Interner keys_;  // byte keys of interned sets, conditions, requirements, ...: see universe.cc
  absl::flat_hash_map<StringId, uint32_t> by_key_;
  // What most requests are made of has maps of its own, without keys to write.
  absl::flat_hash_map<std::tuple<PackageId, StringId>, VersionSetId> sets_by_text_;
  absl::flat_hash_map<std::tuple<VersionSetId, ConditionId, StringId>, RequirementId>
      simple_requirements_;
  IdVector<StringId, PackageId> packages_by_name_;  // none: no package's name; short for later ones
  IdVector<PackageId, Package> packages_;
  IdVector<SolvableId, Solvable> solvables_;
  IdVector<VersionSetId, VersionSet> sets_;
  std::vector<PositionRange> ranges_;
  IdVector<ConditionId, Condition> conditions_;
  IdVector<RequirementId, Requirement> requirements_;
  IdVector<ConstraintId, Constraint> constraints_;
  IdVector<DependencySetId, DependencySet> dependency_sets_;
  IdVector<GroupId, Group> groups_;
  absl::flat_hash_map<SolvableId, std::vector<GroupId>> groups_of_;
};

}  // namespace accord
