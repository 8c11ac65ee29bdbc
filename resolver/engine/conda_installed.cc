#include "engine/conda_installed.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/installed.h"
#include "ecosystem/conda/match_spec.h"
#include "ecosystem/conda/version.h"
#include "engine/change_reasons.h"
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

class TransactionMaker {
 public:
  TransactionMaker(const CondaSolved& solved, const std::vector<ChosenPackage>& chosen)
      : solved_(solved), builder_(solved.builder), chosen_(chosen), members_(builder_.universe()) {
    for (const Member& member : solved.solution.members) members_.Add(member.solvable);
  }

  absl::StatusOr<Transaction> Run() {
    ACCORD_RETURN_IF_ERROR(FindInstalled());
    const ChangeReasons reasons(solved_);
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
    } else if (one.reason.who == "request") {
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
    const Members before = MembersBefore();
    std::vector<LinkedPackage> packages;
    for (const auto& [name, was] : installed_) {
      const absl::StatusOr<conda::RecordFacts> facts = builder_.FactsOf(was, /*with_file=*/false);
      if (!facts.ok()) return facts.status();
      LinkedPackage& package = packages.emplace_back(
          LinkedPackage{.name = name, .needs = {}, .is_python_code = facts->noarch == "python"});
      const Solvable& candidate = universe.solvable(was);
      if (candidate.dependencies_known != Knowledge::kKnown) continue;
      for (const RequirementId id : universe.dependency_set(candidate.dependencies).requirements) {
        const Requirement& requirement = universe.requirement(id);
        if (!before.Holds(requirement.condition)) continue;
        const VersionSetId set = requirement.alternatives.front();
        package.needs.emplace(universe.name(universe.set(set).package));
      }
    }
    return packages;
  }

  // Where conditions are held to that the environment met as it was: what the target has, the
  // installed records, and the extras that they and what was asked for ask for.
  [[nodiscard]] Members MembersBefore() const {
    const Universe& universe = builder_.universe();
    Members before(universe);
    for (const Member& member : solved_.solution.members) {
      if (builder_.IsVirtual(universe.solvable(member.solvable).package)) {
        before.Add(member.solvable);
      }
    }
    for (const auto& [name, was] : installed_) before.Add(was);
    for (const conda::AskedSpec& asked : solved_.request.installed->asked()) {
      const auto spec = conda::MatchSpec::Parse(asked.spec.text, {.dialect = builder_.dialect()});
      if (!spec.ok() || spec->when != nullptr) continue;
      for (const std::string& extra : spec->extras) {
        const PackageId package = universe.FindPackage(Cat(asked.name, "[", extra, "]"));
        if (package.valid()) before.Add(universe.at(package, 0));
      }
    }
    while (AddExtrasOfNeeds(before)) {
    }
    return before;
  }
  bool AddExtrasOfNeeds(Members& before) const {
    const Universe& universe = builder_.universe();
    bool added = false;
    for (const auto& [name, was] : installed_) {
      const Solvable& candidate = universe.solvable(was);
      if (candidate.dependencies_known != Knowledge::kKnown) continue;
      for (const RequirementId id : universe.dependency_set(candidate.dependencies).requirements) {
        added |= AddAskedExtra(builder_, id, before);
      }
    }
    return added;
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
