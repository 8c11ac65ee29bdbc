#include "solver/libsolv/libsolv.h"

#include <algorithm>
#include <deque>

#include "solver/libsolv/encoding.h"
#include "solver/libsolv/members.h"
#include "solver/libsolv/reach.h"

namespace accord {
namespace {

// Walks from the request through a valid set: drops what nobody needs and notes who asked.
class Needed {
 public:
  Needed(const Universe& universe, const std::vector<SolvableId>& valid)
      : universe_(universe), in_(universe.solvable_count(), kOut) {
    for (const SolvableId id : valid) in_[id] = kValid;
  }

  std::vector<Member> Walk(const Problem& problem) {
    for (const AskedRequirement& asked : problem.requirements) {
      open_.push_back({.requirement = asked.requirement});
    }
    for (const AskedRequirement& asked : problem.soft) {
      const bool may_be_met = OptionOf(asked.requirement, kValid).valid();
      if (may_be_met) open_.push_back({.requirement = asked.requirement});
    }
    // Conditions look at what is taken: each round may make more of them true.
    while (!open_.empty()) {
      std::vector<Member> waiting;
      while (!open_.empty()) {
        const Member next = open_.front();
        open_.pop_front();
        if (!Holds(universe_.requirement(next.requirement).condition)) {
          waiting.push_back(next);
        } else if (!IsMet(next.requirement)) {
          Take(next);
        }
      }
      std::erase_if(waiting, [this](const Member& next) {
        if (!Holds(universe_.requirement(next.requirement).condition)) return false;
        open_.push_back(next);
        return true;
      });
      if (open_.empty()) break;
      open_.insert(open_.end(), waiting.begin(), waiting.end());
    }
    return std::move(taken_);
  }

  // Of a requirement whose condition holds.
  [[nodiscard]] bool IsMet(RequirementId id) const { return OptionOf(id, kTaken).valid(); }
  [[nodiscard]] bool Holds(ConditionId id) const {
    if (!id.valid()) return true;
    const Condition& condition = universe_.condition(id);
    const auto holds = [this](ConditionId child) { return Holds(child); };
    switch (condition.kind) {
      case Condition::Kind::kHas:
        return MemberOf(condition.set, kTaken).valid();
      case Condition::Kind::kAnd:
        return std::ranges::all_of(condition.children, holds);
      case Condition::Kind::kOr:
        return std::ranges::any_of(condition.children, holds);
    }
    return false;
  }

 private:
  enum State : char { kOut, kValid, kTaken };

  [[nodiscard]] SolvableId MemberOf(VersionSetId set, State least) const {
    SolvableId found;
    ForEachMember(universe_, set, [&](SolvableId id) {
      if (!found.valid() && in_[id] >= least) found = id;
    });
    return found;
  }
  [[nodiscard]] SolvableId OptionOf(RequirementId id, State least) const {
    for (const VersionSetId set : universe_.requirement(id).alternatives) {
      if (const SolvableId option = MemberOf(set, least); option.valid()) return option;
    }
    return {};
  }

  void Take(Member member) {
    member.solvable = OptionOf(member.requirement, kValid);
    ACCORD_CHECK(member.solvable.valid());  // libsolv's set would not be valid
    in_[member.solvable] = kTaken;
    taken_.push_back(member);
    const DependencySetId dependencies = universe_.solvable(member.solvable).dependencies;
    for (const RequirementId requirement : universe_.dependency_set(dependencies).requirements) {
      open_.push_back(
          {.requirement = requirement, .required_by = member.solvable, .depth = member.depth + 1});
    }
  }

  const Universe& universe_;
  IdVector<SolvableId, State> in_;
  std::deque<Member> open_;  // solvable not yet known
  std::vector<Member> taken_;
};

Claim ClaimOf(const Reach& reach) {
  return {.kind = ClaimKind::kFeasible,
          .assuming_packages = reach.unavailable_packages,
          .assuming_candidates = reach.unavailable_candidates};
}

Solution SolutionOf(const Universe& universe, const Problem& problem,
                    const std::vector<SolvableId>& valid) {
  Needed needed(universe, valid);
  Solution solution;
  solution.members = needed.Walk(problem);
  std::ranges::sort(solution.members, [&universe](const Member& a, const Member& b) {
    const auto key = [&universe](const Member& member) {
      return std::pair(universe.name(universe.solvable(member.solvable).package), member.solvable);
    };
    return key(a) < key(b);
  });
  for (uint32_t i = 0; i < problem.soft.size(); ++i) {
    const RequirementId soft = problem.soft[i].requirement;
    if (needed.Holds(universe.requirement(soft).condition) && !needed.IsMet(soft)) {
      solution.unmet_soft.push_back(i);
    }
  }
  return solution;
}

// Everything that the request itself says.
std::vector<Reason> CoarseCore(const Problem& problem, const Universe& universe) {
  std::vector<Reason> core;
  for (const AskedRequirement& asked : problem.requirements) {
    core.push_back({.kind = Reason::Kind::kRequirement, .requirement = asked.requirement});
  }
  for (const ConstraintId id : problem.constraints) {
    core.push_back({.kind = Reason::Kind::kRequestConstraint, .constraint = id});
  }
  for (uint32_t i = 0; i < problem.locked.size(); ++i) {
    core.push_back({.kind = Reason::Kind::kLock, .set = problem.locked[i].set, .restriction = i});
  }
  for (uint32_t i = 0; i < problem.excluded.size(); ++i) {
    ForEachMember(universe, problem.excluded[i].set, [&](SolvableId id) {
      core.push_back({.kind = Reason::Kind::kExclusion, .solvable = id, .restriction = i});
    });
  }
  std::ranges::sort(core);
  core.erase(std::unique(core.begin(), core.end()), core.end());
  return core;
}

}  // namespace

Outcome Libsolv::Run(const Budget& budget) {
  if (answer_) return *answer_;
  if (budget.cancel != nullptr && budget.cancel->cancelled()) {
    return Stopped{.reason = StopReason::kCancelled, .best = std::nullopt};
  }
  Reach reach = ReachOf(universe_, problem_);
  if (!reach.needs.packages.empty() || !reach.needs.candidates.empty()) return reach.needs;
  Encoding encoding(universe_, problem_, reach);
  const std::optional<std::vector<SolvableId>> valid = encoding.Solve();
  counters_ = encoding.counters();
  if (valid) {
    Solution solution = SolutionOf(universe_, problem_, *valid);
    solution.claim = ClaimOf(reach);
    answer_ = std::move(solution);
  } else {
    answer_ = Conflict{.core = CoarseCore(problem_, universe_), .claim = ClaimOf(reach)};
  }
  return *answer_;
}

}  // namespace accord
