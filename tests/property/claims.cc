// Laws about what the solver says beside its answer: learnt clauses, the core of an
// unsatisfiability, what an answer assumes.
#include <algorithm>

#include "base/error.h"
#include "solver/cdcl/cdcl.h"
#include "tests/oracle/world_edits.h"
#include "tests/property/answers.h"
#include "tests/property/laws.h"

namespace accord {
namespace {

// Valid sets that a learnt clause is held against, spread over all of them.
constexpr size_t kValidSetsMax = 40;

class LearntKeeper final : public cdcl::ProofSink {
 public:
  void Learnt(std::span<const cdcl::Lit> clause) override {
    clauses_.emplace_back(clause.begin(), clause.end());
  }
  [[nodiscard]] const std::vector<std::vector<cdcl::Lit>>& clauses() const { return clauses_; }

 private:
  std::vector<std::vector<cdcl::Lit>> clauses_;
};

std::vector<SolvableId> IdsOf(const Universe& universe, const Chosen& chosen) {
  std::vector<SolvableId> ids;
  for (const auto& [package, position] : chosen) {
    ids.push_back(universe.at(universe.FindPackage(package), position));
  }
  return ids;
}

// Keeps of a world what a core speaks of: the rest becomes free, so that the world is unsatisfiable
// still only if the core carries that. Universe and spec are the same world, built in order.
class Reduction {
 public:
  Reduction(const World& world, const Conflict& conflict) : world_(world), core_(conflict.core) {}

  WorldSpec Of(WorldSpec spec) const {
    ReduceRequest(spec);
    for (uint32_t p = 0; p < spec.packages.size(); ++p) {
      PackageSpec& package = spec.packages[p];
      if (!Has(Reason::Kind::kOnePerPackage, &Reason::package, PackageId(p))) {
        package.coexistence = Coexistence::kAny;
      }
      for (Position i = 0; i < package.candidates.size(); ++i) {
        ReduceCandidate(package.candidates[i], world_.universe.at(PackageId(p), i));
      }
    }
    for (uint32_t g = 0; g < spec.groups.size(); ++g) {
      if (!Has(Reason::Kind::kGroup, &Reason::group, GroupId(g))) spec.groups[g].members.clear();
    }
    return spec;
  }

 private:
  template <class Field, class IdType>
  bool Has(Reason::Kind kind, Field field, IdType id) const {
    return std::any_of(core_.begin(), core_.end(), [&](const Reason& reason) {
      return reason.kind == kind && reason.*field == id;
    });
  }

  template <class List, class Ids, class IsKept>
  static void Keep(List& list, const Ids& ids, const IsKept& is_kept) {
    List kept;
    for (size_t i = 0; i < list.size(); ++i) {
      if (is_kept(ids[i], static_cast<uint32_t>(i))) kept.push_back(std::move(list[i]));
    }
    list = std::move(kept);
  }

  void ReduceRequest(WorldSpec& spec) const {
    const Problem& problem = world_.problem;
    Keep(spec.requirements, problem.requirements, [&](const AskedRequirement& asked, uint32_t) {
      return Has(Reason::Kind::kRequirement, &Reason::requirement, asked.requirement);
    });
    Keep(spec.constraints, problem.constraints, [&](ConstraintId constraint, uint32_t) {
      return Has(Reason::Kind::kRequestConstraint, &Reason::constraint, constraint);
    });
    Keep(spec.locked, problem.locked, [&](const Restriction&, uint32_t i) {
      return Has(Reason::Kind::kLock, &Reason::restriction, i);
    });
    Keep(spec.excluded, problem.excluded, [&](const Restriction&, uint32_t i) {
      return Has(Reason::Kind::kExclusion, &Reason::restriction, i);
    });
    spec.soft.clear();
  }

  void ReduceCandidate(CandidateSpec& candidate, SolvableId id) const {
    if (candidate.unknown) {
      if (!Has(Reason::Kind::kDependenciesUnavailable, &Reason::solvable, id)) {
        candidate.unknown.reset();
      }
      return;
    }
    const DependencySetId dependencies = world_.universe.solvable(id).dependencies;
    const DependencySet& set = world_.universe.dependency_set(dependencies);
    const bool brings = std::any_of(core_.begin(), core_.end(), [&](const Reason& reason) {
      return reason.kind == Reason::Kind::kBrings && reason.solvable == id;
    });
    const auto needs = [&](RequirementId requirement, uint32_t) {
      return brings && std::any_of(core_.begin(), core_.end(), [&](const Reason& reason) {
               return reason.kind == Reason::Kind::kDependency &&
                      reason.dependencies == dependencies && reason.requirement == requirement;
             });
    };
    const auto limits = [&](ConstraintId constraint, uint32_t) {
      return brings && std::any_of(core_.begin(), core_.end(), [&](const Reason& reason) {
               return reason.kind == Reason::Kind::kConstraint &&
                      reason.dependencies == dependencies && reason.constraint == constraint;
             });
    };
    Keep(candidate.requirements, set.requirements, needs);
    Keep(candidate.constraints, set.constraints, limits);
  }

  const World& world_;
  const std::vector<Reason>& core_;
};

std::string CoreText(const Universe& universe, const Conflict& conflict) {
  std::string out;
  for (const Reason& reason : conflict.core) {
    out += Cat("\n  kind ", static_cast<int>(reason.kind));
    if (reason.requirement.valid()) {
      out +=
          Cat(" requirement '", universe.Text(universe.requirement(reason.requirement).text), "'");
    }
    if (reason.constraint.valid()) {
      out += Cat(" constraint '", universe.Text(universe.constraint(reason.constraint).text), "'");
    }
    if (reason.solvable.valid()) out += Cat(" candidate ", universe.Label(reason.solvable));
    if (reason.package.valid()) out += Cat(" package ", universe.name(reason.package));
  }
  return out;
}

// Fills in what is unknown and not assumed: a candidate or two, without needs of their own or with
// some that the world already speaks of.
WorldSpec FilledIn(const WorldSpec& spec, const Universe& universe, const Claim& claim, Rng& rng) {
  WorldSpec filled = spec;
  std::vector<RequirementSpec> known;
  ForEachRequirement(filled, [&](RequirementSpec& requirement) { known.push_back(requirement); });
  const auto some_needs = [&] {
    std::vector<RequirementSpec> needs;
    if (!known.empty() && rng.Percent(50)) needs.push_back(known[rng.Below(known.size())]);
    return needs;
  };
  size_t count = universe.solvable_count();
  for (PackageSpec& package : filled.packages) {
    const PackageId id = universe.FindPackage(package.name);
    const auto& packages = claim.assuming_packages;
    if (package.unknown && count + 2 <= kOracleCandidatesMax &&
        std::find(packages.begin(), packages.end(), id) == packages.end()) {
      package.unknown.reset();
      package.candidates.push_back({.version = "1", .requirements = some_needs()});
      if (rng.Percent(50)) package.candidates.push_back({.version = "2"});
      count += package.candidates.size();
      continue;
    }
    for (Position i = 0; i < package.candidates.size(); ++i) {
      const auto& candidates = claim.assuming_candidates;
      CandidateSpec& candidate = package.candidates[i];
      if (candidate.unknown &&
          std::find(candidates.begin(), candidates.end(), universe.at(id, i)) == candidates.end()) {
        candidate.unknown.reset();
        candidate.requirements = some_needs();
      }
    }
  }
  return filled;
}

}  // namespace

Broken LearntClausesHold(const Subject& subject, Rng& rng) {
  const World world = Build(subject.spec);
  Cdcl solver(world.universe, world.problem);
  LearntKeeper keeper;
  solver.set_proof_sink(&keeper);
  (void)solver.Run(rng.Percent(50) ? Budget{} : Budget{.work_max = 1'000'000});
  for (const Chosen& chosen : subject.oracle.SomeValidSets(kValidSetsMax)) {
    const std::vector<SolvableId> ids = IdsOf(world.universe, chosen);
    for (const std::vector<cdcl::Lit>& clause : keeper.clauses()) {
      const bool holds = std::any_of(clause.begin(), clause.end(), [&](cdcl::Lit literal) {
        return solver.HoldsIn(literal, ids);
      });
      if (holds) continue;
      std::string set;
      for (const SolvableId id : ids) set += Cat(" ", world.universe.Label(id));
      return Cat("a learnt clause of ", clause.size(), " literals is false in the valid set", set);
    }
  }
  return std::nullopt;
}

Broken CoreIsUnsatisfiable(const Subject& subject, Rng&) {
  if (subject.answer.satisfiable) return std::nullopt;
  const World world = Build(subject.spec);
  Cdcl solver(world.universe, world.problem);
  const Outcome outcome = solver.Run({});
  const auto* conflict = std::get_if<Conflict>(&outcome);
  if (!conflict) return Cat("expected a conflict, got ", Describe(world.universe, outcome));
  if (!std::is_sorted(conflict->core.begin(), conflict->core.end())) return "core is not sorted";
  const WorldSpec reduced = Reduction(world, *conflict).Of(subject.spec);
  const Oracle oracle(reduced);
  if (!oracle.satisfiable()) return std::nullopt;
  return Cat("what the core names can be met, by ", Describe(reduced, oracle.Canonical()),
             "; the core:", CoreText(world.universe, *conflict));
}

Broken AssumingIsSufficient(const Subject& subject, Rng& rng) {
  const World world = Build(subject.spec);
  Cdcl solver(world.universe, world.problem);
  const Outcome outcome = solver.Run({});
  Claim claim;
  if (const auto* solution = std::get_if<Solution>(&outcome)) claim = solution->claim;
  if (const auto* conflict = std::get_if<Conflict>(&outcome)) claim = conflict->claim;
  for (const PackageId package : claim.assuming_packages) {
    if (world.universe.package(package).knowledge != Knowledge::kUnavailable) {
      return Cat("assumes ", world.universe.name(package), ", which is known");
    }
  }
  for (const SolvableId candidate : claim.assuming_candidates) {
    if (world.universe.solvable(candidate).dependencies_known != Knowledge::kUnavailable) {
      return Cat("assumes ", world.universe.Label(candidate), ", which is known");
    }
  }
  const WorldSpec filled = FilledIn(subject.spec, world.universe, claim, rng);
  if (filled == subject.spec) return std::nullopt;
  const std::string expected = Describe(subject.spec, subject.answer);
  const std::string got = Describe(filled, Oracle(filled).Canonical());
  if (expected == got) return std::nullopt;
  return Cat("with what is not assumed filled in the answer is ", got, "\n     it was ", expected);
}

}  // namespace accord
