#include "engine/chosen.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/container/node_hash_map.h"
#include "base/error.h"
#include "engine/members.h"

namespace accord::engine {
namespace {

class Folding {
 public:
  Folding(const Ecosystem& ecosystem, const Solution& solution, bool tell_requirers)
      : ecosystem_(ecosystem),
        universe_(ecosystem.universe()),
        solution_(solution),
        members_(universe_, solution),
        tell_requirers_(tell_requirers) {}

  absl::Status AddMembers() {
    for (const Member& member : solution_.members) {
      const PackageId package = universe_.solvable(member.solvable).package;
      const PackageId base = ecosystem_.BaseOf(package);
      ChosenPackage& chosen = chosen_[KeyOf(member.solvable)];
      chosen.name = std::string(universe_.name(base));
      if (base != package) {
        chosen.extras.emplace_back(ecosystem_.ExtraOf(package));
        continue;
      }
      chosen.version = std::string(universe_.Text(universe_.solvable(member.solvable).version));
      ACCORD_RETURN_IF_ERROR(ecosystem_.Tell(member.solvable, chosen));
      chosen.reason = {
          .who = member.required_by.valid() ? universe_.Label(member.required_by) : "request",
          .requirement = std::string(TextOf(member.requirement))};
    }
    return absl::OkStatus();
  }

  std::vector<ChosenPackage> Finish() {
    for (const AskedRequirement& asked : ecosystem_.problem().requirements) {
      if (!members_.Holds(universe_.requirement(asked.requirement).condition)) continue;
      ForMetBy(asked.requirement, [&](ChosenPackage& met) {
        met.requested = true;
        met.required_by.push_back(
            {.who = "request", .requirement = std::string(TextOf(asked.requirement))});
      });
    }
    for (size_t i = 0; tell_requirers_ && i < solution_.members.size(); ++i) {
      AddNeedsOf(solution_.members[i].solvable);
    }
    std::vector<std::pair<SolvableId, ChosenPackage*>>
        by_name;  // large: sorted where they are, moved once
    by_name.reserve(chosen_.size());
    for (auto& [candidate, chosen] : chosen_) {
      if (ecosystem_.IsGiven(universe_.solvable(candidate).package)) continue;
      std::sort(chosen.extras.begin(), chosen.extras.end());
      std::vector<RequiredBy>& by = chosen.required_by;
      std::sort(by.begin(), by.end());
      by.erase(std::unique(by.begin(), by.end()), by.end());
      by_name.emplace_back(candidate, &chosen);
    }
    std::ranges::sort(by_name, [](const auto& a, const auto& b) {
      return std::tie(a.second->name, a.first) < std::tie(b.second->name, b.first);
    });
    std::vector<ChosenPackage> packages;
    packages.reserve(by_name.size());
    for (const auto& [candidate, chosen] : by_name) packages.push_back(std::move(*chosen));
    return packages;
  }

 private:
  // What a member is told with: itself, or what it is an extra of.
  [[nodiscard]] SolvableId KeyOf(SolvableId member) const {
    const PackageId package = universe_.solvable(member).package;
    const PackageId base = ecosystem_.BaseOf(package);
    return base == package ? member : members_.Of(base);
  }
  [[nodiscard]] std::string_view TextOf(RequirementId id) const {
    return universe_.Text(universe_.requirement(id).text);
  }

  void AddNeedsOf(SolvableId solvable) {
    const Solvable& candidate = universe_.solvable(solvable);
    if (candidate.dependencies_known != Knowledge::kKnown) return;
    const DependencySet& needs = universe_.dependency_set(candidate.dependencies);
    const std::string who = universe_.Label(solvable);
    for (const RequirementId requirement : needs.requirements) {
      if (!members_.Holds(universe_.requirement(requirement).condition)) continue;
      ForMetBy(requirement, [&](ChosenPackage& met) {
        met.required_by.push_back({.who = who, .requirement = std::string(TextOf(requirement))});
      });
    }
  }

  // The chosen packages, or extras of them, that are asked for.
  template <class Visit>
  void ForMetBy(RequirementId requirement, Visit visit) {
    for (const VersionSetId set : universe_.requirement(requirement).alternatives) {
      members_.ForEachIn(set,
                         [&](SolvableId member) { visit(chosen_.find(KeyOf(member))->second); });
    }
  }

  const Ecosystem& ecosystem_;
  const Universe& universe_;
  const Solution& solution_;
  const Members members_;
  const bool tell_requirers_;
  absl::node_hash_map<SolvableId, ChosenPackage> chosen_;
};

}  // namespace

absl::StatusOr<std::vector<ChosenPackage>> ChosenPackages(const Ecosystem& ecosystem,
                                                          const Solution& solution,
                                                          bool tell_requirers) {
  Folding folding(ecosystem, solution, tell_requirers);
  ACCORD_RETURN_IF_ERROR(folding.AddMembers());
  return folding.Finish();
}

std::vector<std::string> AssumingOf(const Universe& universe, const Claim& claim) {
  std::vector<std::string> assuming;
  for (const PackageId package : claim.assuming_packages) {
    assuming.emplace_back(universe.name(package));
  }
  for (const SolvableId solvable : claim.assuming_candidates) {
    assuming.push_back(universe.Label(solvable));
  }
  std::sort(assuming.begin(), assuming.end());
  return assuming;
}

std::vector<NeedsBuild> NeedsBuildOf(const Ecosystem& ecosystem, const Claim& claim) {
  const Universe& universe = ecosystem.universe();
  std::vector<NeedsBuild> needed;
  for (const SolvableId solvable : claim.assuming_candidates) {
    std::string file = ecosystem.notation().BuildOf(solvable);
    if (file.empty()) continue;
    const Solvable& candidate = universe.solvable(solvable);
    needed.push_back({.name = std::string(universe.name(candidate.package)),
                      .version = std::string(universe.Text(candidate.version)),
                      .file = std::move(file)});
  }
  std::sort(needed.begin(), needed.end(), [](const NeedsBuild& a, const NeedsBuild& b) {
    return std::tie(a.name, a.version) < std::tie(b.name, b.version);
  });
  return needed;
}

}  // namespace accord::engine
