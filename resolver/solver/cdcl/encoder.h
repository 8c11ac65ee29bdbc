// From the Universe and the Problem to variables and clauses, lazily: a package becomes a domain
// when a requirement first names it, a candidate a variable when the search comes to it, its
// dependencies become clauses when it is first true, a conditional requirement when bringer and
// condition are true.
//
// Each clause carries the index of a typed Reason. The formulas stand above the code that adds
// them.
#pragma once

#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "model/outcome.h"
#include "model/problem.h"
#include "model/universe.h"
#include "solver/cdcl/sat_core.h"
#include "solver/cdcl/sparse.h"

namespace accord::cdcl {

class Encoder {
 public:
  Encoder(const Universe& universe, SatCore& core, Arena& arena)
      : universe_(universe), core_(core), arena_(arena) {}

  // Begins a problem at level 0: a new variable stands for "this problem is posed"; the one before
  // is retired. Nothing of a problem holds without its variable.
  void Pose(const Problem& problem);
  [[nodiscard]] Var posed() const { return posed_; }

  // After propagation without conflict: turns what became true into clauses. kMore: something was
  // added, propagate again. kNeeds: `needs` (emptied first) must be known before the search goes
  // on.
  enum class Opened { kNothing, kMore, kNeeds };
  [[nodiscard]] Opened Open(Needs& needs);

  // Makes the package's candidates a domain. False: they are not known yet.
  [[nodiscard]] bool OpenPackage(PackageId package);
  [[nodiscard]] bool IsOpen(PackageId package) const { return domains_[package] != kNoIndex; }
  // Of an open package; kNoIndex of others.
  [[nodiscard]] DomainIndex DomainOf(PackageId package) const { return domains_[package]; }
  // The candidate's variable, made now if it has none; its package is open.
  Var CandidateVar(SolvableId solvable);
  // A candidate that is open: false if its needs are those of one that was looked at, and refuted.
  // True: it is ruled out now, without having been decided.
  [[nodiscard]] bool RuleOutByNeeds(SolvableId solvable);
  // The variable as a candidate; invalid for other variables.
  [[nodiscard]] SolvableId CandidateOf(Var var) const;

  // Would a model of the clauses that chooses exactly these candidates set the variable? A learnt
  // clause holds in each valid set of the posed problem.
  [[nodiscard]] bool IsTrueIn(Var var, std::span<const SolvableId> chosen) const;

  // Typed reasons, sorted, each once.
  [[nodiscard]] std::vector<Reason> Reasons(const SatCore::Sources& sources) const;
  // Have facts been used that could not be known?
  [[nodiscard]] bool used_unavailable() const { return used_unavailable_; }
  // Adds clause, gate, package and candidate counts since the problem was posed.
  [[nodiscard]] const Counters& counters() const { return counters_; }

 private:
  // Candidates are known by their domain, see CandidateOf.
  enum class Meaning : uint8_t { kPosed, kGate, kDependencies, kCondition };
  struct Object {
    Meaning meaning = Meaning::kGate;
    bool opened = false;  // of a candidate: its dependencies are clauses
    uint32_t id = 0;
    uint32_t last_link = kNoIndex;  // of the ring of conditionals that wait for the variable
  };
  // A conditional requirement of a bringer (a dependency set, or the problem).
  struct Conditional {
    Var bringer = kNoVar;
    RequirementId requirement;
    Reason reason;
    bool encoded = false;
  };

  [[nodiscard]] bool Meets(ConditionId condition, std::span<const SolvableId> chosen) const;
  Var Meant(Var var, Meaning meaning, uint32_t id);
  uint32_t Origin(const Reason& reason);
  void AddRequirement(Var bringer, RequirementId requirement, const Reason& reason);
  void LinkConditional(Var var, uint32_t conditional);
  void AddConditional(Var bringer, RequirementId requirement, const Reason& reason);
  void AddConstraint(Var bringer, ConstraintId constraint, const Reason& reason);
  void ExcludeOpened(PackageId package);
  void Exclude(const Restriction& restriction, uint32_t index);

  Lit NeedsLiteral(VersionSetId set);
  void AddMembers(Var gate, VersionSetId set);
  void SayWhyEmpty(Var gate, VersionSetId set);
  Var SetGate(VersionSetId set, GateUse use);
  Var ConditionVar(ConditionId condition);

  // Each returns true if done; false if `needs` got what is missing.
  bool OpenCandidate(SolvableId solvable, Needs& needs);
  bool OpenDependencies(DependencySetId dependencies, Needs& needs);
  bool OpenConditionals(uint32_t last_link, Needs& needs, bool& more);
  bool OpenConditionalOnce(uint32_t index, Needs& needs, bool& more);
  bool KnowPackages(RequirementId requirement, Needs& needs);
  bool OpenLiteral(Lit literal, Needs& needs, bool& more);
  Opened OpenTrail(size_t from, Needs& needs);

  const Universe& universe_;
  SatCore& core_;
  Arena& arena_;
  const Problem* problem_ = nullptr;
  Var posed_ = kNoVar;

  ArenaVector<Object> objects_{arena_, 64};  // by variable
  Sparse<PackageId, DomainIndex> domains_{kNoIndex, arena_};
  ArenaVector<PackageId> packages_{arena_};  // by domain
  Sparse<DependencySetId, Var> dependency_vars_{kNoVar, arena_};
  Sparse<ConditionId, Var> condition_vars_{kNoVar, arena_};
  struct Gates {
    Var of_use[3] = {kNoVar, kNoVar, kNoVar};
  };
  Sparse<VersionSetId, Gates> gates_{Gates(), arena_};
  absl::flat_hash_map<PackageId, std::vector<std::pair<GateIndex, VersionSetId>>> unattached_;
  absl::flat_hash_map<GroupId, uint32_t> groups_;

  ArenaVector<Conditional> conditionals_{arena_};
  struct Link {
    uint32_t conditional = 0;
    uint32_t next = 0;  // the last one's is the first
  };
  ArenaVector<Link> links_{arena_};
  ArenaVector<Reason> reasons_{arena_, 64};  // by clause origin
  size_t scanned_ = 0;                       // trail literals before this one are open
  size_t resume_ = 0;  // those from scanned_ to this one were looked at, and some lack facts
  ArenaVector<Lit> scratch_{arena_};  // AddRequirement
  bool used_unavailable_ = false;
  Counters counters_;
};

}  // namespace accord::cdcl
