#include "tests/unit/solver/tiny_world.h"

#include <algorithm>
#include <array>
#include <bit>
#include <random>
#include <string>

#include "base/error.h"

namespace accord::testing {
namespace {

constexpr uint32_t kPackagesMax = 4;
constexpr uint32_t kCandidatesMax = 10;  // of the world

class Maker {
 public:
  explicit Maker(uint64_t seed) : random_(seed) {}

  std::unique_ptr<TinyWorld> Make() {
    const uint32_t count = 2 + Below(kPackagesMax - 1);
    uint32_t left = kCandidatesMax;
    for (uint32_t i = 0; i < count; ++i) {
      const bool any = Chance(15);
      packages_.push_back(
          universe().AddPackage(Cat("p", i), any ? Coexistence::kAny : Coexistence::kOne));
    }
    for (const PackageId package : packages_) left -= AddCandidates(package, left);
    for (uint32_t i = 0; i < universe().solvable_count(); ++i) AddDependencies(SolvableId(i));
    for (uint32_t i = Below(3); i > 0; --i) AddGroup(i);
    Ask();
    return std::move(world_);
  }

 private:
  Universe& universe() { return world_->universe; }
  uint32_t Below(uint32_t bound) { return static_cast<uint32_t>(random_() % bound); }
  bool Chance(uint32_t percent) { return Below(100) < percent; }

  uint32_t AddCandidates(PackageId package, uint32_t left) {
    if (Chance(5)) {
      universe().SetNonexistent(package);
      return 0;
    }
    if (Chance(5)) {
      universe().SetUnavailable(package, "not read");
      return 0;
    }
    constexpr std::array<std::string_view, 6> kVersions = {"1", "2", "3", "4", "5", "6"};
    const uint32_t wanted = Chance(10) ? 6 : 1 + Below(3);
    const uint32_t count = std::min(left, wanted);
    universe().SetCandidates(package, std::span(kVersions).first(count));
    if (Chance(20)) {
      std::vector<Position> best_first(count);
      for (uint32_t i = 0; i < count; ++i) best_first[i] = i;
      for (uint32_t i = count; i > 1; --i) std::swap(best_first[i - 1], best_first[Below(i)]);
      universe().SetPreference(package, std::move(best_first));
    }
    return count;
  }

  VersionSetId RandomSet() {
    const PackageId package = packages_[Below(static_cast<uint32_t>(packages_.size()))];
    PositionCollector members;
    for (Position at = 0; at < universe().package(package).count; ++at) {
      if (Chance(60)) members.Add(at);
    }
    return universe().AddSetOf(package, members.ranges());
  }

  ConditionId RandomCondition(uint32_t depth) {
    if (depth == 0 || Chance(50)) return universe().AddHas(RandomSet());
    std::vector<ConditionId> children;
    for (uint32_t i = 1 + Below(3); i > 0; --i) children.push_back(RandomCondition(depth - 1));
    const auto kind = Chance(50) ? Condition::Kind::kAnd : Condition::Kind::kOr;
    return universe().AddFormula(kind, std::move(children));
  }

  RequirementId RandomRequirement() {
    Requirement requirement;
    const uint32_t alternatives = Chance(5) ? 0 : Chance(30) ? 2 + Below(2) : 1;
    for (uint32_t i = 0; i < alternatives; ++i) requirement.alternatives.push_back(RandomSet());
    if (Chance(30)) requirement.condition = RandomCondition(2);
    requirement.text = universe().AddText(Cat("r", universe().requirement_count()));
    return universe().AddRequirement(std::move(requirement));
  }

  ConstraintId RandomConstraint() {
    Constraint constraint = {.set = RandomSet()};
    if (Chance(30)) constraint.condition = RandomCondition(2);
    constraint.text = universe().AddText("c");
    return universe().AddConstraint(constraint);
  }

  void AddDependencies(SolvableId id) {
    if (Chance(5)) return universe().SetDependenciesUnavailable(id, "not read");
    DependencySet dependencies;
    for (uint32_t i = Below(3); i > 0; --i)
      dependencies.requirements.push_back(RandomRequirement());
    if (Chance(25)) dependencies.constraints.push_back(RandomConstraint());
    universe().SetDependencies(id, universe().AddDependencySet(std::move(dependencies)));
  }

  void AddGroup(uint32_t number) {
    const GroupId group = universe().AddGroup(Cat("g", number));
    const uint32_t percent = 20 + Below(60);
    for (uint32_t i = 0; i < universe().solvable_count(); ++i) {
      if (Chance(percent)) universe().AddToGroup(group, SolvableId(i));
    }
  }

  void Ask() {
    Problem& problem = world_->problem;
    for (uint32_t i = 1 + Below(3); i > 0; --i) {
      problem.requirements.push_back({.requirement = RandomRequirement()});
    }
    if (Chance(20)) problem.soft.push_back({.requirement = RandomRequirement()});
    if (Chance(20)) problem.constraints.push_back(RandomConstraint());
    if (Chance(15)) problem.locked.push_back({.set = RandomSet()});
    if (Chance(15)) problem.favored.push_back({.set = RandomSet()});
    if (Chance(15)) problem.excluded.push_back({.set = RandomSet()});
  }

  std::mt19937_64 random_;
  std::unique_ptr<TinyWorld> world_ = std::make_unique<TinyWorld>();
  std::vector<PackageId> packages_;
};

class Chosen {
 public:
  Chosen(const Universe& universe, CandidateMask mask) : universe_(universe), mask_(mask) {}

  [[nodiscard]] bool Has(SolvableId id) const { return (mask_ >> id.value() & 1) != 0; }
  [[nodiscard]] bool HasMember(VersionSetId set, bool inside) const {
    for (uint32_t i = 0; i < universe_.solvable_count(); ++i) {
      const SolvableId id(i);
      const bool same = universe_.solvable(id).package == universe_.set(set).package;
      if (Has(id) && same && universe_.Contains(set, id) == inside) return true;
    }
    return false;
  }
  [[nodiscard]] bool Holds(ConditionId id) const {
    if (!id.valid()) return true;
    const Condition& condition = universe_.condition(id);
    if (condition.kind == Condition::Kind::kHas) return HasMember(condition.set, true);
    for (const ConditionId child : condition.children) {
      if (Holds(child) == (condition.kind == Condition::Kind::kOr)) return Holds(child);
    }
    return condition.kind == Condition::Kind::kAnd;
  }
  [[nodiscard]] bool Meets(RequirementId id) const {
    const Requirement& requirement = universe_.requirement(id);
    return !Holds(requirement.condition) ||
           std::ranges::any_of(requirement.alternatives,
                               [this](VersionSetId set) { return HasMember(set, true); });
  }
  [[nodiscard]] bool Respects(ConstraintId id) const {
    const Constraint& constraint = universe_.constraint(id);
    return !Holds(constraint.condition) || !HasMember(constraint.set, false);
  }

 private:
  const Universe& universe_;
  CandidateMask mask_;
};

bool MeetsRequest(const Problem& problem, const Chosen& chosen) {
  for (const AskedRequirement& asked : problem.requirements) {
    if (!chosen.Meets(asked.requirement)) return false;
  }
  for (const ConstraintId id : problem.constraints) {
    if (!chosen.Respects(id)) return false;
  }
  for (const Restriction& locked : problem.locked) {
    if (chosen.HasMember(locked.set, false)) return false;
  }
  for (const Restriction& excluded : problem.excluded) {
    if (chosen.HasMember(excluded.set, true)) return false;
  }
  return true;
}

bool MeetsMember(const Universe& universe, const Chosen& chosen, SolvableId id) {
  const Solvable& solvable = universe.solvable(id);
  if (solvable.dependencies_known != Knowledge::kKnown) return false;
  const DependencySet& dependencies = universe.dependency_set(solvable.dependencies);
  for (const RequirementId requirement : dependencies.requirements) {
    if (!chosen.Meets(requirement)) return false;
  }
  for (const ConstraintId constraint : dependencies.constraints) {
    if (!chosen.Respects(constraint)) return false;
  }
  return true;
}

bool GroupsHold(const Universe& universe, CandidateMask mask) {
  for (uint32_t i = 0; i < universe.package_count(); ++i) {
    const Package& package = universe.package(PackageId(i));
    if (package.coexistence == Coexistence::kAny || package.count == 0) continue;
    const CandidateMask own = ((CandidateMask{1} << package.count) - 1) << package.first.value();
    if (std::popcount(mask & own) > 1) return false;
  }
  for (uint32_t i = 0; i < universe.group_count(); ++i) {
    CandidateMask members = 0;
    for (const SolvableId id : universe.group(GroupId(i)).members) {
      members |= CandidateMask{1} << id.value();
    }
    if (std::popcount(mask & members) > 1) return false;
  }
  return true;
}

}  // namespace

std::unique_ptr<TinyWorld> MakeTinyWorld(uint64_t seed) { return Maker(seed).Make(); }

bool IsValidSet(const TinyWorld& world, CandidateMask mask) {
  const Chosen chosen(world.universe, mask);
  if (!GroupsHold(world.universe, mask) || !MeetsRequest(world.problem, chosen)) return false;
  for (uint32_t i = 0; i < world.universe.solvable_count(); ++i) {
    const SolvableId id(i);
    if (chosen.Has(id) && !MeetsMember(world.universe, chosen, id)) return false;
  }
  return true;
}

bool HasValidSet(const TinyWorld& world) {
  const CandidateMask end = CandidateMask{1} << world.universe.solvable_count();
  for (CandidateMask mask = 0; mask < end; ++mask) {
    if (IsValidSet(world, mask)) return true;
  }
  return false;
}

}  // namespace accord::testing
