// What candidates need, into the Universe: metadata's texts, with the request's overrides in place
// of what they override.
#include <algorithm>
#include <iterator>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/file_name.h"
#include "ecosystem/pypi/universe_build.h"

namespace accord::pypi {

void UniverseBuilder::Build::SupplyDependencies(SolvableId solvable) {
  if (universe_.solvable(solvable).dependencies_known != Knowledge::kPending) return;
  const PackageId package = universe_.solvable(solvable).package;
  const PackageState& state = State(package);
  const AdmittedVersion& version = state.versions.admitted[universe_.position(solvable)];
  const metadata::PackageFacts& facts = *state.facts[version.source];
  if (!version.metadata) {
    const LaterMetadata* const later = later_ == nullptr ? nullptr : ReadLater(solvable);
    if (later != nullptr && later->facts != nullptr) {
      universe_.SetDependencies(
          solvable,
          later->fault ? AddFault(*later->fault)
                       : AddDependencies(package, {.facts = later->facts, .metadata = 0}, nullptr));
      return;
    }
    const std::string build = BuildNeededBy(solvable);
    const bool says_why = later != nullptr && !later->unknown_because.empty();
    universe_.SetDependenciesUnavailable(
        solvable, says_why        ? std::string(later->unknown_because)
                  : build.empty() ? std::string(facts.unknown_because(version.version))
                                  : Cat("it must be built first, from ", build));
    return;
  }
  DependencySetId dependencies = state.of_metadata[version.source][*version.metadata];
  if (!dependencies.valid()) {
    dependencies = AddDependencies(package, {.facts = &facts, .metadata = *version.metadata},
                                   &State(package).of_requirement[version.source]);
    State(package).of_metadata[version.source][*version.metadata] = dependencies;
  }
  universe_.SetDependencies(solvable, dependencies);
}

std::string UniverseBuilder::Build::BuildNeededBy(SolvableId solvable) const {
  const AdmittedVersion* version = AdmittedOf(solvable);
  if (version == nullptr || !version->best_file || MetadataOf(solvable)) return {};
  const PackageState* state = FindState(universe_.solvable(solvable).package);
  const metadata::FileRecord& file =
      state->versions.files[version->source].of(version->version)[*version->best_file];
  return KindOfFile(file.name) == FileKind::kSdist ? file.name : std::string();
}

DependencySetId UniverseBuilder::Build::AddDependencies(PackageId package,
                                                        const KnownMetadata& metadata,
                                                        std::vector<uint32_t>* known) {
  std::vector<RequirementId> requirements;
  if (!request_.no_deps) {
    const metadata::Column asked = metadata.facts->requirements_of(metadata.metadata);
    requirements.reserve(asked.size());
    for (uint32_t i = 0; i < asked.size(); ++i) {
      uint32_t at = NeededOf(package, metadata, asked[i], known);
      for (; needed_[at].valid(); ++at) requirements.push_back(needed_[at]);
    }
  }
  std::sort(requirements.begin(), requirements.end());
  requirements.erase(std::unique(requirements.begin(), requirements.end()), requirements.end());
  return universe_.AddDependencySet({.requirements = std::move(requirements), .constraints = {}});
}

uint32_t UniverseBuilder::Build::NeededOf(PackageId package, const KnownMetadata& metadata,
                                          uint32_t requirement, std::vector<uint32_t>* known) {
  if (known != nullptr) {
    if (known->empty()) known->resize(metadata.facts->requirement_count(), 0);
    if ((*known)[requirement] != 0) return (*known)[requirement] - 1;
  }
  const auto begin = static_cast<uint32_t>(needed_.size());
  const bool repeats = ForEachNeedOf(
      package, metadata, requirement,
      [&](const Need& need, const ExtraCondition& when) { AddNeed(package, need, when); });
  needed_.emplace_back();
  if (repeats && known != nullptr) (*known)[requirement] = begin + 1;
  return begin;
}

std::vector<UniverseBuilder::Build::NeedOverride> UniverseBuilder::Build::OverridesOf(
    std::string_view dependant, std::string_view needed) const {
  std::vector<NeedOverride> all;
  const auto found = overrides_.find(needed);
  if (found == overrides_.end()) return all;
  const bool scoped = std::ranges::any_of(
      found->second, [&](const NeedOverride& o) { return o.from->dependant == dependant; });
  const auto counts = [&](const NeedOverride& one) {
    return one.from->dependant == (scoped ? dependant : std::string_view());
  };
  std::ranges::copy_if(found->second, std::back_inserter(all), counts);
  return all;
}

// An override replaces a requirement wholly, its marker's environment too, and stays under the
// extras that the requirement was under. Facts have the requirements in the order of their texts,
// so ids do not follow the order in which the source happens to list them.
bool UniverseBuilder::Build::ForEachNeedOf(PackageId package, const KnownMetadata& metadata,
                                           uint32_t requirement, VisitNeed visit) {
  const ReadRequirement read = reader_.Read(*metadata.facts, requirement);
  std::vector<NeedOverride> overrides;
  if (!overrides_.empty()) overrides = OverridesOf(universe_.name(package), read.name);
  for (const NeedOverride& one : overrides) {
    if (!one.from->holds) continue;
    visit({.name = read.name,
           .specifiers = one.specifiers,
           .extras = one.from->asked.extras,
           .url = one.from->asked.url},
          reader_.WhenOverridden(read));
  }
  if (!overrides.empty()) return true;
  const ExtraCondition& when = reader_.WhenOf(read, *metadata.facts, metadata.metadata);
  if (when.always || !when.any_of.empty()) {
    visit(
        {.name = read.name, .specifiers = read.specifiers, .extras = read.extras, .url = read.url},
        when);
  }
  return !read.marker->asks_declared_extras;
}

bool UniverseBuilder::Build::IsRequestedUrl(PackageId package, std::string_view url) {
  const DirectPackage* direct = State(package).direct;
  return direct != nullptr && direct->Has(url);
}

// Many requirements of a package stand under the same extras. Conditions of markers stay where they
// are, so that one is known by its address.
const UniverseBuilder::Build::UnderExtras& UniverseBuilder::Build::UnderExtrasOf(
    PackageId package, const ExtraCondition& when) {
  const auto [entry, is_new] = under_extras_.try_emplace({package, &when});
  UnderExtras& under = entry->second;
  if (!is_new) return under;
  std::vector<ConditionId> any;
  any.reserve(when.any_of.size());
  for (const std::string& extra : when.any_of) {
    const PackageId active = AddExtra(package, extra);
    any.push_back(universe_.AddHas(AddEverything(active)));
    under.text.append(any.size() == 1 ? " ; has " : " or has ").append(universe_.name(active));
  }
  under.condition = universe_.AddFormula(Condition::Kind::kOr, std::move(any));
  return under;
}

// Name and specifiers, and each extra, under one condition.
void UniverseBuilder::Build::AddNeed(PackageId package, const Need& need,
                                     const ExtraCondition& when) {
  static const UnderExtras kAlways;
  const auto& [condition, condition_text] = when.always ? kAlways : UnderExtrasOf(package, when);
  const PackageId needed = universe_.AddPackage(need.name);
  if (!need.url.empty() && !IsRequestedUrl(needed, need.url)) {
    // Nothing can meet it: no index has what stands at a URL.
    const std::string text = Cat(need.name, " @ ", need.url, condition_text);
    needed_.push_back(universe_.AddRequirement(
        {.alternatives = {}, .condition = condition, .text = universe_.AddText(text)}));
    return;
  }
  const VersionSetId set = AddSet(needed, {.specifiers = need.specifiers, .url = need.url});
  needed_.push_back(AddRequirement(set, condition, condition_text));
  for (const std::string& extra : need.extras) {
    const VersionSetId extra_set = AddEverything(AddExtra(needed, extra));
    needed_.push_back(AddRequirement(extra_set, condition, condition_text));
  }
}

}  // namespace accord::pypi
