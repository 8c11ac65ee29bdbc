#include "solver/libsolv/reach.h"

#include <algorithm>

#include "solver/libsolv/members.h"

namespace accord {
namespace {

class Walk {
 public:
  Walk(const Universe& universe, const Problem& problem)
      : universe_(universe),
        barred_(universe.solvable_count(), false),
        candidate_seen_(universe.solvable_count(), false),
        package_seen_(universe.package_count(), false),
        requirement_seen_(universe.requirement_count(), false),
        dependencies_seen_(universe.dependency_set_count(), false) {
    for (const Restriction& excluded : problem.excluded) Bar(excluded.set, /*inside=*/true);
    for (const Restriction& locked : problem.locked) Bar(locked.set, /*inside=*/false);
    for (const AskedRequirement& asked : problem.requirements) Require(asked.requirement);
    for (const AskedRequirement& asked : problem.soft) Require(asked.requirement);
    while (!to_expand_.empty()) {
      const DependencySetId id = to_expand_.back();
      to_expand_.pop_back();
      for (const RequirementId requirement : universe_.dependency_set(id).requirements) {
        Require(requirement);
      }
    }
  }

  Reach Finish() {
    std::ranges::sort(reach_.candidates);
    std::ranges::sort(reach_.needs.packages);
    std::ranges::sort(reach_.needs.candidates);
    std::ranges::sort(reach_.unavailable_packages);
    std::ranges::sort(reach_.unavailable_candidates);
    return std::move(reach_);
  }

 private:
  void Bar(VersionSetId set, bool inside) {
    const PackageId id = universe_.set(set).package;
    const Package& package = universe_.package(id);
    for (Position position = 0; position < package.count; ++position) {
      if (universe_.Contains(set, position) == inside) barred_[universe_.at(id, position)] = true;
    }
  }

  void Require(RequirementId id) {
    if (requirement_seen_[id]) return;
    requirement_seen_[id] = true;
    for (const VersionSetId set : universe_.requirement(id).alternatives) {
      Reveal(universe_.set(set).package);
      ForEachMember(universe_, set, [this](SolvableId option) { Visit(option); });
    }
  }

  void Reveal(PackageId id) {
    if (package_seen_[id]) return;
    package_seen_[id] = true;
    const Knowledge knowledge = universe_.package(id).knowledge;
    if (knowledge == Knowledge::kPending) reach_.needs.packages.push_back(id);
    if (knowledge == Knowledge::kUnavailable) reach_.unavailable_packages.push_back(id);
  }

  void Visit(SolvableId id) {
    if (candidate_seen_[id] || barred_[id]) return;
    candidate_seen_[id] = true;
    const Solvable& solvable = universe_.solvable(id);
    switch (solvable.dependencies_known) {
      case Knowledge::kPending:
        reach_.needs.candidates.push_back(id);
        return;
      case Knowledge::kUnavailable:
      case Knowledge::kNonexistent:
        reach_.unavailable_candidates.push_back(id);
        return;
      case Knowledge::kKnown:
        break;
    }
    reach_.candidates.push_back(id);
    if (dependencies_seen_[solvable.dependencies]) return;
    dependencies_seen_[solvable.dependencies] = true;
    to_expand_.push_back(solvable.dependencies);
  }

  const Universe& universe_;
  IdVector<SolvableId, char> barred_;
  IdVector<SolvableId, char> candidate_seen_;
  IdVector<PackageId, char> package_seen_;
  IdVector<RequirementId, char> requirement_seen_;
  IdVector<DependencySetId, char> dependencies_seen_;
  std::vector<DependencySetId> to_expand_;
  Reach reach_;
};

}  // namespace

Reach ReachOf(const Universe& universe, const Problem& problem) {
  return Walk(universe, problem).Finish();
}

}  // namespace accord
