// Facts that come one after the other (metadata/later_source.h): what of the needs is still
// awaited, and what is said of a candidate after its list. Admission looks at lists alone, so that
// who is a candidate hangs on nothing that comes later; what metadata say against a candidate makes
// it one that needs what nothing can be.
#include <algorithm>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/universe_build.h"

namespace accord::pypi {

using metadata::LaterSource;

void UniverseBuilder::Build::FindLater() {
  for (uint32_t i = 0; i < sources_.size() && later_ == nullptr; ++i) {
    later_ = sources_[i]->later();
    later_at_ = i;
  }
}

// ---- What is awaited

absl::Status UniverseBuilder::Build::Await(const Needs& needs) {
  awaited_.clear();
  for (const PackageId package : needs.packages) {
    if (IsAwaited(package)) awaited_.try_emplace(std::string(universe_.name(package)));
  }
  for (const SolvableId solvable : needs.candidates) {
    const std::string_view file = LaterFileOf(solvable);
    const std::string_view name = universe_.name(universe_.solvable(solvable).package);
    if (file.empty() || !later_->MetadataOf(name, file).awaited) continue;
    awaited_[std::string(name)].emplace_back(file);
  }
  return awaited_.empty() ? absl::OkStatus() : Waiting();
}

bool UniverseBuilder::Build::IsAwaited(PackageId package) const {
  if (universe_.package(package).knowledge != Knowledge::kPending) return false;
  const PackageState* const state = FindState(package);
  if (state != nullptr && state->direct != nullptr) return false;
  const std::string_view name = universe_.name(package);
  const auto facts = later_->Find(name);
  return facts.ok() && *facts == nullptr &&
         later_->LackOf(name).kind == LaterSource::Lack::Kind::kAwaited;
}

bool UniverseBuilder::Build::IsDenied(PackageId package) const {
  using Kind = LaterSource::Lack::Kind;
  const Kind kind = later_->LackOf(universe_.name(package)).kind;
  return kind == Kind::kNonexistent || kind == Kind::kUnavailable;
}

absl::Status UniverseBuilder::Build::AwaitRequested() {
  Needs needs;
  for (const RequestedPackage& requested : requested_) needs.packages.push_back(requested.package);
  ACCORD_RETURN_IF_ERROR(Await(needs));
  for (const RequestedPackage& requested : requested_) {
    ACCORD_RETURN_IF_ERROR(Load(requested.package));
    const SolvableId best = BestOf(requested.package);
    if (best.valid() && !request_.no_deps) needs.candidates.push_back(best);
  }
  return Await(needs);
}

// ---- What is said after the list

std::string_view UniverseBuilder::Build::LaterFileOf(SolvableId solvable) const {
  const AdmittedVersion* const version = AdmittedOf(solvable);
  if (version == nullptr || version->metadata || !version->best_file) return {};
  const PackageState& state = *FindState(universe_.solvable(solvable).package);
  if (state.direct != nullptr || state.sources[version->source] != later_at_) return {};
  return state.versions.files[version->source].of(version->version)[*version->best_file].name;
}

const UniverseBuilder::Build::LaterMetadata* UniverseBuilder::Build::ReadLater(
    SolvableId solvable) {
  const std::string_view file = LaterFileOf(solvable);
  if (file.empty()) return nullptr;
  const PackageId package = universe_.solvable(solvable).package;
  PackageState& state = State(package);
  state.later.resize(universe_.package(package).count);
  LaterMetadata& later = state.later[universe_.position(solvable)];
  if (std::exchange(later.is_read, true)) return &later;
  const LaterSource::Told told = later_->MetadataOf(universe_.name(package), file);
  later.facts = told.facts;
  later.unknown_because = told.unknown_because;
  if (told.facts != nullptr) later.fault = admission_->FaultOf(*told.facts, 0);
  return &later;
}

// Not of one that is awaited: nothing speaks against it yet.
bool UniverseBuilder::Build::IsFaulty(SolvableId solvable) {
  const std::string_view file = LaterFileOf(solvable);
  if (file.empty()) return false;
  const std::string_view name = universe_.name(universe_.solvable(solvable).package);
  return !later_->MetadataOf(name, file).awaited && ReadLater(solvable)->fault.has_value();
}

DependencySetId UniverseBuilder::Build::AddFault(const VersionFault& fault) {
  std::string text;
  switch (fault.kind) {
    case NotAdmittedKind::kRequiresPython:
      text = Cat("another Python: ", fault.detail);
      break;
    case NotAdmittedKind::kUrlRequirement:
      text = Cat("what stands at a URL: ", fault.detail);
      break;
    default:
      text = Cat("what cannot be read: ", fault.detail);
      break;
  }
  const RequirementId nothing = universe_.AddRequirement(
      {.alternatives = {}, .condition = {}, .text = universe_.AddText(text)});
  return universe_.AddDependencySet({.requirements = {nothing}, .constraints = {}});
}

const std::vector<Position>& UniverseBuilder::Build::LaterFaults(PackageId package) {
  static const std::vector<Position> kNone;
  if (later_ == nullptr || FindState(package) == nullptr) return kNone;
  PackageState& state = State(package);
  if (state.told_faults) return *state.told_faults;
  state.told_faults.emplace();
  for (Position position = 0; position < state.later.size(); ++position) {
    if (state.later[position].fault) state.told_faults->push_back(position);
  }
  return *state.told_faults;
}

}  // namespace accord::pypi
