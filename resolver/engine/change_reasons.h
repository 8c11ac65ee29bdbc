// Why a record that was there is not in the answer, in words: the first of what would be amiss if
// it were put back. Internal to this folder.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/conda_installed.h"
#include "engine/members.h"

namespace accord::engine {

// Adds the extra that the requirement asks for, if it is one's and its condition holds. Whether one
// was added.
bool AddAskedExtra(const conda::UniverseBuilder& builder, RequirementId id, Members& members);

class ChangeReasons {
 public:
  explicit ChangeReasons(const CondaSolved& solved);

  // Of an installed candidate, whose needs the universe knows.
  [[nodiscard]] std::string Of(SolvableId was) const;

 private:
  // The answer with the record put back, so that conditions and extras are as they would be.
  struct PutBack {
    SolvableId was;
    PackageId package;
    Members members;
  };

  // What the request (no `who`) or a member says under a condition that does not hold.
  struct Dormant {
    SolvableId who;
    RequirementId requirement;  // either this
    ConstraintId constraint;    // or this
  };
  void AddDormant(SolvableId who, std::span<const RequirementId> requirements,
                  std::span<const ConstraintId> constraints);
  // Whether the record that is put back stands where the one that says so stood.
  [[nodiscard]] bool IsReplaced(const Dormant& one, const PutBack& put) const {
    return one.who.valid() && universe_.solvable(one.who).package == put.package;
  }

  [[nodiscard]] PutBack Put(SolvableId was) const;
  [[nodiscard]] std::string OfRequest(const PutBack& put) const;
  [[nodiscard]] std::string OfOthers(const PutBack& put) const;
  [[nodiscard]] std::string OfItself(const PutBack& put) const;
  // What somebody else needs only where it is there.
  [[nodiscard]] std::string OfConditions(const PutBack& put) const;

  [[nodiscard]] bool RulesOut(VersionSetId set, const PutBack& put) const {
    return universe_.set(set).package == put.package && !universe_.Contains(set, put.was);
  }
  [[nodiscard]] bool IsUnmet(RequirementId id, const PutBack& put) const;
  [[nodiscard]] bool IsUnmet(ConstraintId id, const PutBack& put) const;
  // Of two needs that are not met the one with the lower rank is told.
  [[nodiscard]] int CauseRank(RequirementId unmet) const;
  // What became of a package: "lib 2 0 is there".
  [[nodiscard]] std::string Fate(PackageId package) const;

  [[nodiscard]] PackageId PackageOf(RequirementId id) const {
    return universe_.set(universe_.requirement(id).alternatives.front()).package;
  }
  [[nodiscard]] PackageId PackageOf(ConstraintId id) const {
    return universe_.set(universe_.constraint(id).set).package;
  }
  [[nodiscard]] std::string_view TextOf(RequirementId id) const {
    return universe_.Text(universe_.requirement(id).text);
  }
  [[nodiscard]] std::string_view TextOf(ConstraintId id) const {
    return universe_.Text(universe_.constraint(id).text);
  }

  const conda::EnvironmentChange& change_;
  const conda::UniverseBuilder& builder_;
  const Universe& universe_;
  const Problem& problem_;
  const Solution& solution_;
  const Members members_;
  std::set<PackageId> requested_;  // or excluded
  std::set<PackageId> kept_;       // soft
  std::vector<Dormant> dormant_;   // the request's first
};

}  // namespace accord::engine
