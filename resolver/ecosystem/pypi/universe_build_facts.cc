// Facts into the Universe: candidate lists and sets. What candidates need is
// universe_build_needs.cc.
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

// ---- sets

VersionSetId UniverseBuilder::Build::AddSet(PackageId package, const SetText& text) {
  std::string spelled = specifiers_.text(text.specifiers);
  if (!text.url.empty()) spelled += Cat(" @ ", text.url);
  const bool filters =
      admission_->PrereleasesOf(universe_.name(package)) == PrereleasePolicy::kPep440;
  if (text.limit && filters) spelled += " (pre-releases too)";
  const VersionSetId set = universe_.AddSet(package, spelled);
  if (universe_.set(set).known) return set;
  if (universe_.package(package).knowledge == Knowledge::kPending) {
    State(package).waiting_sets.emplace_back(set, text);
  } else {
    GiveMembers(package, set, text);
  }
  return set;
}

void UniverseBuilder::Build::GiveMembers(PackageId package, VersionSetId set, const SetText& text) {
  universe_.SetMembers(set, MembersOf(package, text).ranges());
}

PositionCollector UniverseBuilder::Build::MembersOf(PackageId package, const SetText& text) {
  PositionCollector members;
  const uint32_t count = universe_.package(package).count;
  const PackageState& state = State(package);
  const std::vector<AdmittedVersion>& versions = state.versions.admitted;
  if (!text.url.empty()) {
    for (Position position = 0; state.direct != nullptr && position < count; ++position) {
      if (state.direct->urls[versions[position].in_record] == text.url) members.Add(position);
    }
    return members;
  }
  const SpecifierSet& admits = specifiers_.set(text.specifiers);
  const bool filters =
      !text.limit && state.direct == nullptr && !state.base.valid() &&
      admission_->PrereleasesOf(universe_.name(package)) == PrereleasePolicy::kPep440;
  if (filters) {
    std::vector<Candidate> candidates;
    candidates.reserve(versions.size());
    for (const AdmittedVersion& version : versions) candidates.push_back(version.candidate);
    for (const size_t position : admits.Filter(candidates, Prereleases::kDefault)) {
      members.Add(static_cast<Position>(position));
    }
    return members;
  }
  for (Position position = 0; position < count; ++position) {
    if (admits.empty() || state.base.valid() ||
        admits.Contains(versions[position].candidate, Prereleases::kAllow)) {
      members.Add(position);
    }
  }
  return members;
}

RequirementId UniverseBuilder::Build::AddRequirement(VersionSetId set, ConditionId when,
                                                     std::string_view when_text) {
  std::string text = Cat(universe_.name(universe_.set(set).package),
                         universe_.Text(universe_.set(set).text), when_text);
  return universe_.AddRequirement(
      {.alternatives = {set}, .condition = when, .text = universe_.AddText(text)});
}

// ---- candidate lists

absl::Status UniverseBuilder::Build::FindRecords(PackageId package) {
  PackageState& state = State(package);
  if (state.direct != nullptr) {
    state.records.push_back(&state.direct->record);
    state.sources.push_back(0);
    return absl::OkStatus();
  }
  for (uint32_t i = 0; i < sources_.size(); ++i) {
    const absl::StatusOr<const PackageRecord*> record = sources_[i]->Find(universe_.name(package));
    if (!record.ok()) return record.status();
    if (*record == nullptr) continue;
    state.records.push_back(*record);
    state.sources.push_back(i);
    if (request_.indexes == IndexPolicy::kFirstIndex) break;
  }
  return absl::OkStatus();
}

absl::Status UniverseBuilder::Build::Load(PackageId package) {
  if (universe_.package(package).knowledge != Knowledge::kPending) return absl::OkStatus();
  ++packages_read_;
  ACCORD_RETURN_IF_ERROR(FindRecords(package));
  PackageState& state = State(package);
  if (state.records.empty()) {
    SetAbsent(package);
  } else {
    state.versions = state.direct != nullptr ? admission_->AdmitDirect(state.direct->record)
                                             : admission_->Admit(state.records);
    for (const PackageRecord* record : state.records) {
      state.of_metadata.emplace_back(record->metadata.size());
    }
    std::vector<std::string_view> versions;
    versions.reserve(state.versions.admitted.size());
    for (const AdmittedVersion& version : state.versions.admitted) {
      versions.push_back(version.candidate.text());
    }
    universe_.SetCandidates(package, versions);
    SetPreference(package);
  }
  for (const auto& [set, text] : std::exchange(state.waiting_sets, {})) {
    if (!universe_.set(set).known) GiveMembers(package, set, text);
  }
  return absl::OkStatus();
}

// The newest first needs no list of its own. The lowest first; and whatever is first, what has a
// wheel before what has none, if that is preferred.
void UniverseBuilder::Build::SetPreference(PackageId package) {
  const std::vector<AdmittedVersion>& versions = State(package).versions.admitted;
  const bool lowest =
      request_.resolution == Resolution::kLowest ||
      (request_.resolution == Resolution::kLowestDirect && requested_packages_.contains(package));
  const bool wheels_first =
      request_.binaries.prefer_binary &&
      std::ranges::any_of(versions, [](const AdmittedVersion& v) { return !v.has_wheel; });
  if (!lowest && !wheels_first) return;
  std::vector<Position> best_first(versions.size());
  for (Position i = 0; i < versions.size(); ++i) {
    best_first[i] = lowest ? i : static_cast<Position>(versions.size()) - 1 - i;
  }
  if (wheels_first) {
    std::ranges::stable_partition(best_first, [&](Position p) { return versions[p].has_wheel; });
  }
  universe_.SetPreference(package, std::move(best_first));
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

// ---- reading

const AdmittedVersion* UniverseBuilder::Build::AdmittedOf(SolvableId solvable) const {
  const PackageState* state = FindState(universe_.solvable(solvable).package);
  if (state == nullptr || state->records.empty()) return nullptr;
  return &state->versions.admitted[universe_.position(solvable)];
}

const MetadataRecord* UniverseBuilder::Build::MetadataOf(SolvableId solvable) const {
  const AdmittedVersion* version = AdmittedOf(solvable);
  if (version == nullptr || !version->metadata) return nullptr;
  const PackageState* state = FindState(universe_.solvable(solvable).package);
  return &state->records[version->source]->metadata[*version->metadata];
}

CandidateFacts UniverseBuilder::Build::FactsOf(SolvableId solvable,
                                               const AdmittedVersion& version) {
  const PackageState* state = FindState(universe_.solvable(solvable).package);
  const PackageRecord& record = *state->records[version.source];
  CandidateFacts facts{.version = &record.versions[version.in_record],
                       .metadata = MetadataOf(solvable),
                       .source = nullptr,
                       .files = {},
                       .url = {}};
  if (state->direct != nullptr) {
    facts.url = state->direct->urls[version.in_record];
  } else {
    facts.source = sources_[state->sources[version.source]];
    facts.files = admission_->FilesOf(record.name, *facts.version);
  }
  return facts;
}

absl::Status UniverseBuilder::Build::Supply(const Needs& needs) {
  for (const PackageId package : needs.packages) ACCORD_RETURN_IF_ERROR(Load(package));
  for (const SolvableId solvable : needs.candidates) SupplyDependencies(solvable);
  return absl::OkStatus();
}

}  // namespace accord::pypi
