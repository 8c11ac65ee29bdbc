#include "engine/conda_installed.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/installed.h"
#include "ecosystem/conda/text.h"
#include "ecosystem/conda/version.h"
#include "engine/link_order.h"
#include "engine/members.h"

namespace accord::engine {
namespace {

StepKind KindOf(std::string_view from, std::string_view to) {
  const std::optional<conda::Version> before = conda::Version::TryParse(from);
  const std::optional<conda::Version> after = conda::Version::TryParse(to);
  if (!before || !after || *before == *after) return StepKind::kChange;
  return *before < *after ? StepKind::kUpgrade : StepKind::kDowngrade;
}

// Why an installed record is not in the answer: what rules it out there.
class Reasons {
 public:
  explicit Reasons(const CondaSolved& solved)
      : change_(solved.request.change),
        universe_(solved.builder.universe()),
        problem_(solved.builder.problem()),
        solution_(solved.solution),
        members_(universe_, solved.solution) {
    for (const AskedRequirement& one : problem_.requirements) {
      requested_.insert(PackageOf(universe_.requirement(one.requirement)));
    }
    for (const Restriction& one : problem_.excluded) {
      requested_.insert(universe_.set(one.set).package);
    }
    wanted_ = requested_;
    for (const AskedRequirement& one : problem_.soft) {
      wanted_.insert(PackageOf(universe_.requirement(one.requirement)));
    }
  }

  [[nodiscard]] std::string Of(SolvableId was) const {
    const PackageId package = universe_.solvable(was).package;
    const bool is_there = members_.Of(package).valid();
    std::string reason = OfRequest(was);
    if (reason.empty() && (is_there || wanted_.contains(package))) reason = OfOthers(was);
    if (reason.empty() && (is_there || wanted_.contains(package))) reason = OfItself(was);
    if (!reason.empty()) return reason;
    return is_there ? "a better one is there" : "nothing needs it";
  }

 private:
  [[nodiscard]] bool RulesOut(VersionSetId set, SolvableId was) const {
    return universe_.set(set).package == universe_.solvable(was).package &&
           !universe_.Contains(set, was);
  }
  [[nodiscard]] std::string_view TextOf(RequirementId id) const {
    return universe_.Text(universe_.requirement(id).text);
  }
  [[nodiscard]] std::string_view TextOf(ConstraintId id) const {
    return universe_.Text(universe_.constraint(id).text);
  }

  [[nodiscard]] std::string OfRequest(SolvableId was) const {
    for (const Restriction& one : problem_.excluded) {
      if (!universe_.Contains(one.set, was)) continue;
      const std::string_view name = universe_.name(universe_.solvable(was).package);
      const bool removed = std::ranges::any_of(change_.remove, [&](const conda::PlacedText& text) {
        return conda::EqualIgnoringCase(text.text, name);
      });
      return removed ? "you remove it" : "you exclude it";
    }
    for (const AskedRequirement& asked : problem_.requirements) {
      const Requirement& requirement = universe_.requirement(asked.requirement);
      if (members_.Holds(requirement.condition) &&
          RulesOut(requirement.alternatives.front(), was)) {
        return Cat("you ask for ", TextOf(asked.requirement));
      }
    }
    for (const ConstraintId id : problem_.constraints) {
      if (members_.Holds(universe_.constraint(id).condition) &&
          RulesOut(universe_.constraint(id).set, was)) {
        return Cat("you allow only ", TextOf(id));
      }
    }
    return {};
  }

  [[nodiscard]] std::string OfOthers(SolvableId was) const {
    for (const Member& member : solution_.members) {
      const Solvable& other = universe_.solvable(member.solvable);
      if (other.dependencies_known != Knowledge::kKnown) continue;
      const DependencySet& needs = universe_.dependency_set(other.dependencies);
      for (const RequirementId id : needs.requirements) {
        const Requirement& requirement = universe_.requirement(id);
        if (members_.Holds(requirement.condition) &&
            RulesOut(requirement.alternatives.front(), was)) {
          return Cat(universe_.Label(member.solvable), " needs ", TextOf(id));
        }
      }
      for (const ConstraintId id : needs.constraints) {
        const Constraint& constraint = universe_.constraint(id);
        if (members_.Holds(constraint.condition) && RulesOut(constraint.set, was)) {
          return Cat(universe_.Label(member.solvable), " allows only ", TextOf(id));
        }
      }
    }
    return {};
  }

  [[nodiscard]] std::string OfItself(SolvableId was) const {
    const Solvable& itself = universe_.solvable(was);
    if (itself.dependencies_known == Knowledge::kUnavailable) {
      return "what it needs is not known";
    }
    const DependencySet& needs = universe_.dependency_set(itself.dependencies);
    RequirementId unmet;
    for (const RequirementId id : needs.requirements) {
      const Requirement& requirement = universe_.requirement(id);
      if (!members_.Holds(requirement.condition) ||
          members_.Has(requirement.alternatives.front())) {
        continue;
      }
      if (!unmet.valid() || CauseRank(id) < CauseRank(unmet)) unmet = id;
    }
    if (unmet.valid()) {
      return Cat("it needs ", TextOf(unmet), ", and ",
                 Fate(PackageOf(universe_.requirement(unmet))));
    }
    for (const ConstraintId id : needs.constraints) {
      const Constraint& constraint = universe_.constraint(id);
      const PackageId package = universe_.set(constraint.set).package;
      if (!members_.Holds(constraint.condition) || !members_.Of(package).valid() ||
          members_.Has(constraint.set)) {
        continue;
      }
      return Cat("it allows only ", TextOf(id), ", and ", Fate(package));
    }
    return {};
  }

  // What the request itself speaks of comes before what follows from it, and that before what went
  // because nothing needed it.
  [[nodiscard]] int CauseRank(RequirementId unmet) const {
    const PackageId package = PackageOf(universe_.requirement(unmet));
    if (requested_.contains(package)) return 0;
    return members_.Of(package).valid() ? 1 : wanted_.contains(package) ? 2 : 3;
  }

  [[nodiscard]] PackageId PackageOf(const Requirement& requirement) const {
    return universe_.set(requirement.alternatives.front()).package;
  }

  [[nodiscard]] std::string Fate(PackageId package) const {
    const SolvableId now = members_.Of(package);
    return now.valid() ? Cat(universe_.Label(now), " is there")
                       : Cat(universe_.name(package), " is not there");
  }

  const conda::EnvironmentChange& change_;
  const Universe& universe_;
  const Problem& problem_;
  const Solution& solution_;
  const Members members_;
  std::set<PackageId> requested_;  // or excluded
  std::set<PackageId> wanted_;     // those, and soft ones
};

class TransactionMaker {
 public:
  TransactionMaker(const CondaSolved& solved, const std::vector<ChosenPackage>& chosen)
      : solved_(solved), builder_(solved.builder), chosen_(chosen), members_(builder_.universe()) {
    for (const Member& member : solved.solution.members) members_.Add(member.solvable);
  }

  absl::StatusOr<Transaction> Run() {
    ACCORD_RETURN_IF_ERROR(FindInstalled());
    const Reasons reasons(solved_);
    std::map<std::string, TransactionStep> steps;  // by name
    for (const auto& [name, was] : installed_) {
      if (members_.Of(builder_.universe().solvable(was).package) == was) continue;
      const absl::StatusOr<conda::RecordFacts> facts = builder_.FactsOf(was, /*with_file=*/false);
      if (!facts.ok()) return facts.status();
      steps[name] = {.kind = StepKind::kRemove,
                     .name = name,
                     .from = StepRecord{.version = std::string(facts->version),
                                        .build = std::string(facts->build),
                                        .channel = std::string(facts->channel),
                                        .subdir = std::string(facts->subdir)},
                     .reason = reasons.Of(was)};
    }
    for (const ChosenPackage& one : chosen_) AddChosen(one, steps);
    return InOrder(std::move(steps));
  }

 private:
  // The installed records as candidates, and what they need.
  absl::Status FindInstalled() {
    Universe& universe = builder_.universe();
    Needs packages;
    for (const std::string& name : solved_.request.installed->names()) {
      packages.packages.push_back(universe.AddPackage(name));
    }
    ACCORD_RETURN_IF_ERROR(builder_.Supply(packages));
    Needs candidates;
    for (const PackageId package : packages.packages) {
      const Position position = *builder_.CandidatesOf(package)->installed();
      candidates.candidates.push_back(universe.at(package, position));
      installed_.emplace(universe.name(package), candidates.candidates.back());
    }
    return builder_.Supply(candidates);
  }

  void AddChosen(const ChosenPackage& one, std::map<std::string, TransactionStep>& steps) const {
    const bool is_new = !installed_.contains(one.name);
    const auto changed = steps.find(one.name);
    if (!is_new && changed == steps.end()) return;
    TransactionStep& step = is_new ? steps[one.name] : changed->second;
    step.name = one.name;
    step.to = StepRecord{
        .version = one.version, .build = one.build, .channel = one.channel, .subdir = one.subdir};
    if (step.from) {
      step.kind = KindOf(step.from->version, one.version);
    } else if (one.requested) {
      step.reason = Cat("you ask for ", one.reason.requirement);
    } else {
      step.reason = Cat(one.reason.who, " needs ", one.reason.requirement);
    }
  }

  absl::StatusOr<Transaction> InOrder(std::map<std::string, TransactionStep> steps) const {
    Transaction transaction;
    const absl::StatusOr<std::vector<LinkedPackage>> installed = LinkedInstalled();
    if (!installed.ok()) return installed.status();
    std::vector<size_t> old_order = LinkOrder(*installed);
    std::ranges::reverse(old_order);
    for (const size_t i : old_order) {
      const auto step = steps.find((*installed)[i].name);
      if (step == steps.end()) continue;
      transaction.unlink_order.push_back(step->first);
      if (!step->second.to) transaction.steps.push_back(std::move(step->second));
    }
    for (const size_t i : LinkOrder(LinkedPackages(chosen_))) {
      const auto step = steps.find(chosen_[i].name);
      if (step == steps.end()) continue;
      transaction.link_order.push_back(step->first);
      transaction.steps.push_back(std::move(step->second));
    }
    return transaction;
  }

  [[nodiscard]] absl::StatusOr<std::vector<LinkedPackage>> LinkedInstalled() const {
    const Universe& universe = builder_.universe();
    std::vector<LinkedPackage> packages;
    for (const auto& [name, was] : installed_) {
      const absl::StatusOr<conda::RecordFacts> facts = builder_.FactsOf(was, /*with_file=*/false);
      if (!facts.ok()) return facts.status();
      LinkedPackage& package = packages.emplace_back(
          LinkedPackage{.name = name, .needs = {}, .is_python_code = facts->noarch == "python"});
      const Solvable& candidate = universe.solvable(was);
      if (candidate.dependencies_known != Knowledge::kKnown) continue;
      for (const RequirementId id : universe.dependency_set(candidate.dependencies).requirements) {
        const VersionSetId set = universe.requirement(id).alternatives.front();
        package.needs.emplace(universe.name(universe.set(set).package));
      }
    }
    return packages;
  }

  const CondaSolved& solved_;
  conda::UniverseBuilder& builder_;
  const std::vector<ChosenPackage>& chosen_;
  Members members_;
  std::map<std::string, SolvableId> installed_;
};

}  // namespace

void TellKept(const CondaSolved& solved, std::vector<ChosenPackage>& chosen) {
  const Universe& universe = solved.builder.universe();
  for (const AskedRequirement& soft : solved.builder.problem().soft) {
    const std::string name(universe.Text(universe.requirement(soft.requirement).text));
    const auto one = std::ranges::lower_bound(chosen, name, {}, &ChosenPackage::name);
    if (one == chosen.end() || one->name != name) continue;
    RequiredBy by{.who = "installed", .requirement = name};
    if (one->reason.who == "request" && !one->requested) one->reason = by;
    one->required_by.insert(std::ranges::lower_bound(one->required_by, by), by);
  }
}

absl::StatusOr<Transaction> TransactionOf(const CondaSolved& solved,
                                          const std::vector<ChosenPackage>& chosen) {
  return TransactionMaker(solved, chosen).Run();
}

}  // namespace accord::engine
