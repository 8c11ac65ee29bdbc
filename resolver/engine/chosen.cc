#include "engine/chosen.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "engine/members.h"

namespace accord::engine {
namespace {

// Those that are in, best first; then those that another target could use.
std::vector<ChosenFile> FilesOf(const pypi::CandidateFacts& facts) {
  std::vector<uint32_t> order = facts.choice.best_first;
  const size_t fitting = order.size();
  for (uint32_t i = 0; i < facts.choice.verdicts.size(); ++i) {
    const pypi::FileFault fault = facts.choice.verdicts[i].fault;
    if (fault == pypi::FileFault::kTags || fault == pypi::FileFault::kRequiresPython) {
      order.push_back(i);
    }
  }
  const auto begin = order.begin() + static_cast<std::ptrdiff_t>(fitting);
  std::sort(begin, order.end(),
            [&](uint32_t a, uint32_t b) { return facts.files[a].name < facts.files[b].name; });
  std::vector<ChosenFile> files;
  files.reserve(order.size());
  for (const uint32_t i : order) {
    const metadata::FileRecord& file = facts.files[i];
    files.push_back({.name = file.name,
                     .url = file.url,
                     .sha256 = file.sha256,
                     .size = file.size,
                     .uploaded = file.uploaded,
                     .wheel = facts.choice.verdicts[i].wheel,
                     .fits = files.size() < fitting});
  }
  return files;
}

class Folding {
 public:
  Folding(const Universe& universe, const Problem& problem, const Solution& solution,
          const ChosenFacts& facts)
      : universe_(universe),
        problem_(problem),
        solution_(solution),
        facts_(facts),
        members_(universe_, solution) {}

  absl::Status AddMembers() {
    for (const Member& member : solution_.members) {
      const PackageId package = universe_.solvable(member.solvable).package;
      const PackageId base = facts_.BaseOf(package);
      ChosenPackage& chosen = chosen_[base];
      chosen.name = std::string(universe_.name(base));
      if (base != package) {
        chosen.extras.emplace_back(facts_.ExtraOf(package));
        continue;
      }
      chosen.version = std::string(universe_.Text(universe_.solvable(member.solvable).version));
      ACCORD_RETURN_IF_ERROR(facts_.Tell(member.solvable, chosen));
      chosen.reason = {
          .who = member.required_by.valid() ? universe_.Label(member.required_by) : "request",
          .requirement = std::string(TextOf(member.requirement))};
    }
    return absl::OkStatus();
  }

  std::vector<ChosenPackage> Finish() {
    for (const AskedRequirement& asked : problem_.requirements) {
      for (ChosenPackage* met : MetBy(asked.requirement)) {
        met->requested = true;
        met->required_by.push_back(
            {.who = "request", .requirement = std::string(TextOf(asked.requirement))});
      }
    }
    for (const Member& member : solution_.members) AddNeedsOf(member.solvable);
    std::vector<ChosenPackage*> by_name;  // large: sorted where they are, moved once
    by_name.reserve(chosen_.size());
    for (auto& [package, chosen] : chosen_) {
      std::sort(chosen.extras.begin(), chosen.extras.end());
      std::vector<RequiredBy>& by = chosen.required_by;
      std::sort(by.begin(), by.end());
      by.erase(std::unique(by.begin(), by.end()), by.end());
      by_name.push_back(&chosen);
    }
    std::ranges::sort(by_name, {}, &ChosenPackage::name);
    std::vector<ChosenPackage> packages;
    packages.reserve(by_name.size());
    for (ChosenPackage* chosen : by_name) packages.push_back(std::move(*chosen));
    return packages;
  }

 private:
  [[nodiscard]] std::string_view TextOf(RequirementId id) const {
    return universe_.Text(universe_.requirement(id).text);
  }

  void AddNeedsOf(SolvableId solvable) {
    const Solvable& candidate = universe_.solvable(solvable);
    if (candidate.dependencies_known != Knowledge::kKnown) return;
    const DependencySet& needs = universe_.dependency_set(candidate.dependencies);
    for (const RequirementId requirement : needs.requirements) {
      const ConditionId when = universe_.requirement(requirement).condition;
      if (!members_.Holds(when)) continue;
      for (ChosenPackage* met : MetBy(requirement)) {
        met->required_by.push_back(
            {.who = universe_.Label(solvable), .requirement = std::string(TextOf(requirement))});
      }
    }
  }

  std::vector<ChosenPackage*> MetBy(RequirementId requirement) {
    std::vector<ChosenPackage*> met;
    for (const VersionSetId set : universe_.requirement(requirement).alternatives) {
      if (members_.Has(set)) met.push_back(&chosen_.at(facts_.BaseOf(universe_.set(set).package)));
    }
    return met;
  }

  const Universe& universe_;
  const Problem& problem_;
  const Solution& solution_;
  const ChosenFacts& facts_;
  const Members members_;
  std::map<PackageId, ChosenPackage> chosen_;
};

class PypiChosenFacts final : public ChosenFacts {
 public:
  explicit PypiChosenFacts(const pypi::UniverseBuilder& builder) : builder_(builder) {}

  PackageId BaseOf(PackageId package) const override { return builder_.BaseOf(package); }
  std::string_view ExtraOf(PackageId package) const override { return builder_.ExtraOf(package); }
  absl::Status Tell(SolvableId solvable, ChosenPackage& chosen) const override {
    const absl::StatusOr<std::optional<pypi::CandidateFacts>> found = builder_.FactsOf(solvable);
    if (!found.ok()) return found.status();
    if (!*found) return absl::OkStatus();
    const pypi::CandidateFacts& facts = **found;
    chosen.url = std::string(facts.url);
    if (facts.source != nullptr) chosen.index = std::string(facts.source->place());
    chosen.files = FilesOf(facts);
    chosen.requires_python = facts.requires_python;
    if (facts.choice.best_first.empty()) return absl::OkStatus();
    const metadata::FileRecord& best = facts.files[facts.choice.best_first.front()];
    if (!best.requires_language.empty()) chosen.requires_python = best.requires_language;
    return absl::OkStatus();
  }

 private:
  const pypi::UniverseBuilder& builder_;
};

}  // namespace

absl::StatusOr<std::vector<ChosenPackage>> ChosenPackages(const Universe& universe,
                                                          const Problem& problem,
                                                          const Solution& solution,
                                                          const ChosenFacts& facts) {
  Folding folding(universe, problem, solution, facts);
  ACCORD_RETURN_IF_ERROR(folding.AddMembers());
  return folding.Finish();
}

absl::StatusOr<std::vector<ChosenPackage>> ChosenPackages(const pypi::UniverseBuilder& builder,
                                                          const Solution& solution) {
  return ChosenPackages(builder.universe(), builder.problem(), solution, PypiChosenFacts(builder));
}

std::vector<Warning> WarningsOf(const pypi::UniverseBuilder& builder, const Solution& solution) {
  const Universe& universe = builder.universe();
  const Members members(universe, solution);
  std::vector<Warning> warnings;
  for (const Member& member : solution.members) {
    const PackageId package = universe.solvable(member.solvable).package;
    const PackageId base = builder.BaseOf(package);
    if (base != package) {
      const SolvableId chosen = members.Of(base);
      const std::string_view extra = builder.ExtraOf(package);
      if (!chosen.valid() || builder.ProvidesExtra(chosen, extra)) continue;
      warnings.push_back(
          {.kind = WarningKind::kUnknownExtra,
           .package = std::string(universe.name(base)),
           .text = Cat(universe.Label(chosen), " does not provide the extra ", extra)});
      continue;
    }
    for (const pypi::RepairedText& one : builder.RepairedOf(member.solvable)) {
      warnings.push_back({.kind = WarningKind::kRepaired,
                          .package = std::string(universe.name(package)),
                          .text = Cat(universe.Label(member.solvable), " asks for ",
                                      Quoted(one.text), ", read as ", Quoted(one.read))});
    }
    const std::vector<std::string> skipped = builder.invalid_versions(package);
    if (skipped.empty()) continue;
    warnings.push_back(
        {.kind = WarningKind::kInvalidVersion,
         .package = std::string(universe.name(package)),
         .text = Cat(skipped.size(), skipped.size() == 1 ? " version" : " versions", " of ",
                     universe.name(package), " skipped, e.g. ", Quoted(skipped.front()), " ",
                     pypi::Describe(pypi::NotAdmittedKind::kInvalidVersion))});
  }
  std::sort(warnings.begin(), warnings.end(), [](const Warning& a, const Warning& b) {
    return std::tie(a.package, a.text) < std::tie(b.package, b.text);
  });
  return warnings;
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

std::vector<NeedsBuild> NeedsBuildOf(const pypi::UniverseBuilder& builder, const Claim& claim) {
  const Universe& universe = builder.universe();
  std::vector<NeedsBuild> needed;
  for (const SolvableId solvable : claim.assuming_candidates) {
    std::string file = builder.BuildNeededBy(solvable);
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
