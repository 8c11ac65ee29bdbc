#include "engine/why_package.h"

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "engine/members.h"
#include "engine/why_version.h"

namespace accord::engine {
namespace {

// Who asks for a package. The request has no package.
struct Edge {
  PackageId from;
  RequiredBy by;
  friend bool operator==(const Edge&, const Edge&) = default;
};

// Who asks for whom in an answer, extras being packages of their own.
class Requirers {
 public:
  explicit Requirers(const Solved& solved)
      : ecosystem_(solved.ecosystem),
        universe_(ecosystem_.universe()),
        members_(universe_, solved.solution) {
    for (const AskedRequirement& asked : ecosystem_.problem().requirements) {
      const Requirement& requirement = universe_.requirement(asked.requirement);
      if (!members_.Holds(requirement.condition)) continue;
      if (ecosystem_.IsGiven(universe_.set(requirement.alternatives.front()).package)) continue;
      AddEdges(asked.requirement, PackageId(), "request");
    }
    for (const Member& member : solved.solution.members) AddNeedsOf(member.solvable);
    for (auto& [package, edges] : into_) {
      std::ranges::sort(edges, {}, &Edge::by);
      edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    }
    MeasureDistances();
  }

  void Tell(PackageId package, WhyPackage& why) {
    for (const Edge& edge : into_[package]) why.required_by.push_back(edge.by);
    std::vector<RequiredBy> backwards;
    CollectChains(package, backwards, why);
  }

 private:
  void AddNeedsOf(SolvableId bringer) {
    const Solvable& candidate = universe_.solvable(bringer);
    if (candidate.dependencies_known != Knowledge::kKnown) return;
    for (const RequirementId id : universe_.dependency_set(candidate.dependencies).requirements) {
      const ConditionId when = universe_.requirement(id).condition;
      if (!members_.Holds(when)) continue;
      const std::vector<PackageId> extras =
          when.valid() ? ExtrasIn(when) : std::vector<PackageId>();
      if (extras.empty()) AddEdges(id, candidate.package, universe_.Label(bringer));
      for (const PackageId extra : extras) {
        AddEdges(id, extra, Cat(universe_.name(extra), " ", universe_.Text(candidate.version)));
      }
    }
  }

  // The extras that make the condition true; none: it is not about extras.
  std::vector<PackageId> ExtrasIn(ConditionId id) const {
    const Condition& condition = universe_.condition(id);
    if (condition.kind == Condition::Kind::kHas) {
      const PackageId package = universe_.set(condition.set).package;
      if (!members_.Has(condition.set) || ecosystem_.BaseOf(package) == package) return {};
      return {package};
    }
    std::vector<PackageId> extras;
    for (const ConditionId child : condition.children) {
      for (const PackageId extra : ExtrasIn(child)) extras.push_back(extra);
    }
    return extras;
  }

  void AddEdges(RequirementId id, PackageId from, std::string who) {
    const Requirement& requirement = universe_.requirement(id);
    const std::string_view text = universe_.Text(requirement.text);
    // The condition is told by who asks.
    const RequiredBy by{.who = std::move(who),
                        .requirement = std::string(text.substr(0, text.find(" ; has ")))};
    for (const VersionSetId set : requirement.alternatives) {
      if (!members_.Has(set)) continue;
      into_[universe_.set(set).package].push_back({.from = from, .by = by});
    }
  }

  void MeasureDistances() {
    std::map<PackageId, std::vector<PackageId>> out;
    for (const auto& [package, edges] : into_) {
      for (const Edge& edge : edges) out[edge.from].push_back(package);
    }
    std::deque<PackageId> reached = {PackageId()};
    distance_[PackageId()] = 0;
    for (; !reached.empty(); reached.pop_front()) {
      const uint32_t next = distance_[reached.front()] + 1;
      for (const PackageId package : out[reached.front()]) {
        if (distance_.try_emplace(package, next).second) reached.push_back(package);
      }
    }
  }

  void CollectChains(PackageId package, std::vector<RequiredBy>& backwards, WhyPackage& why) {
    if (why.more_chains) return;
    if (!package.valid()) {
      if (why.chains.size() == kChainsMax) {
        why.more_chains = true;
      } else {
        why.chains.emplace_back(backwards.rbegin(), backwards.rend());
      }
      return;
    }
    for (const Edge& edge : into_[package]) {
      if (distance_[edge.from] + 1 != distance_[package]) continue;
      backwards.push_back(edge.by);
      CollectChains(edge.from, backwards, why);
      backwards.pop_back();
    }
  }

  const Ecosystem& ecosystem_;
  const Universe& universe_;
  const Members members_;
  std::map<PackageId, std::vector<Edge>> into_;
  std::map<PackageId, uint32_t> distance_;  // from the request
};

}  // namespace

absl::StatusOr<WhyPackage> WhyIsThere(const Solved& solved, const std::string& name,
                                      const WhyLimits& limits) {
  Ecosystem& ecosystem = solved.ecosystem;
  const absl::StatusOr<Wish> asked = ecosystem.Suppose({.text = name, .place = "--why"});
  if (!asked.ok()) return asked.status();
  if (!asked->is_name || asked->extras.size() > 1) {
    return InvalidInput("--why", Cat("a name with one extra at most is wanted, found ",
                                     Quoted(name), "; --why-not takes versions"));
  }
  const Universe& universe = ecosystem.universe();
  const Members members(universe, solved.solution);
  WhyPackage why{.asked = asked->text, .given = ecosystem.notation().GivenOf(asked->package)};
  const Package& package = universe.package(asked->package);
  if (package.knowledge != Knowledge::kKnown) {
    why.kind = package.knowledge == Knowledge::kNonexistent ? WhyPackageKind::kNonexistent
                                                            : WhyPackageKind::kUnknown;
    return why;
  }
  const SolvableId chosen = members.Of(asked->package);
  if (chosen.valid() && why.given.empty()) why.version = ecosystem.VersionOf(chosen);
  const PackageId target = asked->extras.empty() ? asked->package : asked->extras.front();
  if (members.Of(target).valid()) Requirers(solved).Tell(target, why);
  if (why.required_by.empty()) {  // what the target has too
    why.kind = WhyPackageKind::kNotNeeded;
    if (package.count > 0 && why.given.empty()) {
      why.newest = ecosystem.VersionOf(universe.at(asked->package, package.count - 1));
    }
    return why;
  }
  if (!why.given.empty()) return why;
  absl::StatusOr<std::vector<WhyVersion>> versions = WhyVersions(solved, limits, asked->package);
  if (!versions.ok()) return versions.status();
  why.why_version = std::move(versions->front());
  return why;
}

}  // namespace accord::engine
