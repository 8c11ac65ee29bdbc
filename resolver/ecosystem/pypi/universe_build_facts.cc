// Facts into the Universe: candidate lists, sets, and what candidates need.
#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/universe_build.h"

namespace accord::pypi {

using metadata::MetadataRecord;
using metadata::PackageRecord;

PackageId UniverseBuilder::Build::AddExtra(PackageId base, std::string_view extra) {
  const std::string name = Cat(universe_.name(base), "[", extra, "]");
  const PackageId package = universe_.AddPackage(name);
  if (universe_.package(package).knowledge != Knowledge::kPending) return package;
  PackageState& state = State(package);
  state.base = base;
  state.extra = std::string(extra);
  const std::string_view versions[] = {"extra"};
  universe_.SetCandidates(package, versions);
  universe_.SetDependencies(universe_.at(package, 0), universe_.AddDependencySet({}));
  return package;
}

VersionSetId UniverseBuilder::Build::AddSet(PackageId package, SpecifierTextId specifiers) {
  const VersionSetId set = universe_.AddSet(package, specifiers_.text(specifiers));
  if (universe_.set(set).known) return set;
  if (universe_.package(package).knowledge == Knowledge::kPending) {
    State(package).waiting_sets.emplace_back(set, specifiers);
  } else {
    GiveMembers(package, set, specifiers);
  }
  return set;
}

void UniverseBuilder::Build::GiveMembers(PackageId package, VersionSetId set,
                                         SpecifierTextId specifiers) {
  const uint32_t count = universe_.package(package).count;
  const SpecifierSet& admits = specifiers_.set(specifiers);
  if (admits.empty()) {
    const PositionRange all[] = {{0, count - 1}};
    universe_.SetMembers(set, std::span(all).first(count == 0 ? 0 : 1));
    return;
  }
  const std::vector<AdmittedVersion>& versions = State(package).versions.admitted;
  PositionCollector members;
  for (Position position = 0; position < count; ++position) {
    if (admits.Contains(versions[position].candidate, Prereleases::kAllow)) members.Add(position);
  }
  universe_.SetMembers(set, members.ranges());
}

RequirementId UniverseBuilder::Build::AddRequirement(VersionSetId set, ConditionId when,
                                                     std::string_view when_text) {
  std::string text = Cat(universe_.name(universe_.set(set).package),
                         universe_.Text(universe_.set(set).text), when_text);
  return universe_.AddRequirement(
      {.alternatives = {set}, .condition = when, .text = universe_.AddText(text)});
}

// ---- facts

absl::Status UniverseBuilder::Build::Load(PackageId package) {
  if (universe_.package(package).knowledge != Knowledge::kPending) return absl::OkStatus();
  PackageState& state = State(package);
  ++packages_read_;
  for (const metadata::Source* source : sources_) {
    const absl::StatusOr<const PackageRecord*> record = source->Find(universe_.name(package));
    if (!record.ok()) return record.status();
    if ((state.record = *record) != nullptr) break;
  }
  if (state.record == nullptr) {
    SetAbsent(package);
  } else {
    state.versions = admission_.Admit(*state.record);
    state.of_metadata.resize(state.record->metadata.size());
    std::vector<std::string_view> versions;
    versions.reserve(state.versions.admitted.size());
    for (const AdmittedVersion& version : state.versions.admitted) {
      versions.push_back(version.candidate.text());
    }
    universe_.SetCandidates(package, versions);
  }
  for (const auto& [set, specifiers] : std::exchange(state.waiting_sets, {})) {
    if (!universe_.set(set).known) GiveMembers(package, set, specifiers);
  }
  return absl::OkStatus();
}

void UniverseBuilder::Build::SetAbsent(PackageId package) {
  const bool complete = std::all_of(sources_.begin(), sources_.end(),
                                    [](const metadata::Source* s) { return s->complete(); });
  const AbsentPolicy policy = request_.absent;
  if (policy == AbsentPolicy::kNonexistent || (policy == AbsentPolicy::kBySource && complete)) {
    universe_.SetNonexistent(package);
  } else {
    universe_.SetUnavailable(package, "no source has it, and they are not complete");
  }
}

const MetadataRecord* UniverseBuilder::Build::MetadataOf(SolvableId solvable) const {
  const PackageState* state = FindState(universe_.solvable(solvable).package);
  if (state == nullptr || state->record == nullptr) return nullptr;
  const AdmittedVersion& version = state->versions.admitted[universe_.position(solvable)];
  const std::optional<uint32_t> index = state->record->versions[version.in_record].metadata;
  return index ? &state->record->metadata[*index] : nullptr;
}

void UniverseBuilder::Build::SupplyDependencies(SolvableId solvable) {
  if (universe_.solvable(solvable).dependencies_known != Knowledge::kPending) return;
  const PackageId package = universe_.solvable(solvable).package;
  const PackageState& state = State(package);
  const AdmittedVersion& version = state.versions.admitted[universe_.position(solvable)];
  const metadata::VersionRecord& record = state.record->versions[version.in_record];
  if (!record.metadata) {
    universe_.SetDependenciesUnavailable(solvable, record.unknown_because);
    return;
  }
  const uint32_t index = *record.metadata;
  DependencySetId dependencies = state.of_metadata[index];
  if (!dependencies.valid()) {
    dependencies = AddDependencies(package, state.record->metadata[index]);
    State(package).of_metadata[index] = dependencies;
  }
  universe_.SetDependencies(solvable, dependencies);
}

DependencySetId UniverseBuilder::Build::AddDependencies(PackageId package,
                                                        const MetadataRecord& metadata) {
  // Ids follow the texts, not the order in which the source happens to list them.
  std::vector<std::string_view> texts(metadata.requirements.begin(), metadata.requirements.end());
  std::sort(texts.begin(), texts.end());
  std::vector<RequirementId> requirements;
  for (const std::string_view text : texts) {
    const RequirementTextId id = reader_.Read(text);
    AddRequirementsOf(package, id, reader_.WhenOf(id, metadata.extras), requirements);
  }
  std::sort(requirements.begin(), requirements.end());
  requirements.erase(std::unique(requirements.begin(), requirements.end()), requirements.end());
  return universe_.AddDependencySet({.requirements = std::move(requirements), .constraints = {}});
}

// One text of `package`'s metadata: name and specifiers, and each extra, under one condition.
void UniverseBuilder::Build::AddRequirementsOf(PackageId package, RequirementTextId text,
                                               const ExtraCondition& when,
                                               std::vector<RequirementId>& out) {
  if (!when.always && when.any_of.empty()) return;
  const ReadRequirement& read = reader_[text];
  ConditionId condition;
  std::string condition_text;
  if (!when.always) {
    std::vector<ConditionId> any;
    for (const std::string& extra : when.any_of) {
      const PackageId active = AddExtra(package, extra);
      any.push_back(universe_.AddHas(AddSet(active, everything_)));
      condition_text += Cat(any.size() == 1 ? " ; has " : " or has ", universe_.name(active));
    }
    condition = universe_.AddFormula(Condition::Kind::kOr, std::move(any));
  }
  if (read.is_url) {  // under an extra: who asks for the extra cannot have it
    const std::string needs = Cat(read.name, " @ URL", condition_text);
    out.push_back(universe_.AddRequirement(
        {.alternatives = {}, .condition = condition, .text = universe_.AddText(needs)}));
    return;
  }
  const PackageId needed = universe_.AddPackage(read.name);
  out.push_back(AddRequirement(AddSet(needed, read.specifiers), condition, condition_text));
  for (const std::string& extra : read.extras) {
    const VersionSetId set = AddSet(AddExtra(needed, extra), everything_);
    out.push_back(AddRequirement(set, condition, condition_text));
  }
}

absl::Status UniverseBuilder::Build::Supply(const Needs& needs) {
  for (const PackageId package : needs.packages) ACCORD_RETURN_IF_ERROR(Load(package));
  for (const SolvableId solvable : needs.candidates) SupplyDependencies(solvable);
  return absl::OkStatus();
}

}  // namespace accord::pypi
