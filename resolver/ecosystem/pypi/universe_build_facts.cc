// Facts into the Universe: candidate lists and sets. What candidates need is
// universe_build_needs.cc.
#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.h"
#include "ecosystem/pypi/universe_build.h"

namespace accord::pypi {

using metadata::PackageFacts;

namespace {

// Threads that are woken for less cost more than they bring.
constexpr size_t kReadTogetherMin = 32;
constexpr size_t kReadTaskNames = 8;

}  // namespace

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

StringId UniverseBuilder::Build::TextOf(SpecifierTextId specifiers) {
  set_texts_.GrowTo(specifiers.value() + size_t{1});
  StringId& text = set_texts_[specifiers];
  if (!text.valid()) text = universe_.AddText(specifiers_.text(specifiers));
  return text;
}

VersionSetId UniverseBuilder::Build::AddSet(PackageId package, const SetText& text) {
  StringId spelled = TextOf(text.specifiers);
  if (!text.url.empty()) {
    spelled = universe_.AddText(Cat(universe_.Text(spelled), " @ ", text.url));
  }
  if (text.limit &&
      admission_->PrereleasesOf(universe_.name(package)) == PrereleasePolicy::kPep440) {
    spelled = universe_.AddText(Cat(universe_.Text(spelled), " (pre-releases too)"));
  }
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
  universe_.SetMembers(set, MembersOf(package, text));
}

std::string_view UniverseBuilder::Build::SpelledAt(const PackageState& state, Position position) {
  const AdmittedVersion& version = state.versions.admitted[position];
  return state.facts[version.source]->version(version.version);
}

const Version& UniverseBuilder::Build::VersionAt(PackageState& state, Position position) {
  const AdmittedVersion& version = state.versions.admitted[position];
  state.texts.resize(state.facts.size());
  VersionTexts*& texts = state.texts[version.source];
  if (texts == nullptr) texts = &texts_.VersionsOf(*state.facts[version.source]);
  return (*texts)[version.version];
}

std::vector<PositionRange> UniverseBuilder::Build::MembersOf(PackageId package,
                                                             const SetText& text) {
  const uint32_t count = universe_.package(package).count;
  PackageState& state = State(package);
  if (!text.url.empty()) {
    PositionCollector members;
    for (Position position = 0; state.direct != nullptr && position < count; ++position) {
      const uint32_t version = state.versions.admitted[position].version;
      if (state.direct->UrlOf(version) == text.url) members.Add(position);
    }
    return members.ranges();
  }
  if (count == 0) return {};
  const SpecifierSet& admits = specifiers_.set(text.specifiers);
  const bool filters =
      !text.limit && state.direct == nullptr && !state.base.valid() &&
      admission_->PrereleasesOf(universe_.name(package)) == PrereleasePolicy::kPep440;
  if (filters) {
    std::vector<Candidate> candidates;
    candidates.reserve(count);
    for (Position position = 0; position < count; ++position) {
      candidates.emplace_back(SpelledAt(state, position));
    }
    PositionCollector members;
    for (const size_t position : admits.Filter(candidates, Prereleases::kDefault)) {
      members.Add(static_cast<Position>(position));
    }
    return members.ranges();
  }
  if (admits.empty() || state.base.valid()) return {{0, count - 1}};
  return AdmittedRanges(
      admits,
      {.count = count,
       .version = [&](Position position) -> const Version& { return VersionAt(state, position); },
       .spelled = [&](Position position) { return SpelledAt(state, position); }});
}

RequirementId UniverseBuilder::Build::AddRequirement(VersionSetId set, ConditionId when,
                                                     std::string_view when_text) {
  const VersionSet& of = universe_.set(set);
  written_.assign(universe_.name(of.package)).append(universe_.Text(of.text)).append(when_text);
  return universe_.AddRequirement(
      {.alternatives = {set}, .condition = when, .text = universe_.AddText(written_)});
}

// ---- candidate lists

absl::Status UniverseBuilder::Build::FindFacts(PackageId package) {
  PackageState& state = State(package);
  if (state.direct != nullptr) {
    state.facts.push_back(&state.direct->facts());
    state.sources.push_back(0);
    return absl::OkStatus();
  }
  for (uint32_t i = 0; i < sources_.size(); ++i) {
    const absl::StatusOr<const PackageFacts*> facts = sources_[i]->Find(universe_.name(package));
    if (!facts.ok()) return facts.status();
    if (*facts == nullptr) {
      if (sources_[i] == later_ && IsDenied(package)) break;
      continue;
    }
    state.facts.push_back(*facts);
    state.sources.push_back(i);
    if (request_.indexes == IndexPolicy::kFirstIndex) break;
  }
  return absl::OkStatus();
}

// Sources keep what they found, so that Load finds it there; what is damaged is Load's to tell.
void UniverseBuilder::Build::ReadTogether(std::span<const PackageId> packages) const {
  if (executor_ == nullptr || packages.size() < kReadTogetherMin) return;
  executor_->ForEach((packages.size() + kReadTaskNames - 1) / kReadTaskNames, [&](size_t task) {
    const size_t end = std::min(packages.size(), (task + 1) * kReadTaskNames);
    for (size_t i = task * kReadTaskNames; i < end; ++i) {
      if (universe_.package(packages[i]).knowledge != Knowledge::kPending) continue;
      for (const metadata::Source* source : sources_) {
        const auto facts = source->Find(universe_.name(packages[i]));
        const bool is_there = facts.ok() && *facts != nullptr;
        if (is_there && request_.indexes == IndexPolicy::kFirstIndex) break;
      }
    }
  });
}

absl::Status UniverseBuilder::Build::Load(PackageId package) {
  if (universe_.package(package).knowledge != Knowledge::kPending) return absl::OkStatus();
  ++packages_read_;
  ACCORD_RETURN_IF_ERROR(FindFacts(package));
  PackageState& state = State(package);
  if (state.facts.empty()) {
    SetLacking(package);
  } else if (state.direct != nullptr) {
    state.versions = admission_->AdmitDirect(state.direct->facts());
    SetCandidates(package);
  } else {
    absl::StatusOr<AdmittedPackage> versions = admission_->Admit(state.facts);
    if (!versions.ok()) return versions.status();
    state.versions = *std::move(versions);
    SetCandidates(package);
  }
  for (const auto& [set, text] : std::exchange(State(package).waiting_sets, {})) {
    if (!universe_.set(set).known) GiveMembers(package, set, text);
  }
  return absl::OkStatus();
}

void UniverseBuilder::Build::SetCandidates(PackageId package) {
  PackageState& state = State(package);
  for (const PackageFacts* facts : state.facts) {
    state.of_metadata.emplace_back(facts->metadata_count());
    state.of_requirement.emplace_back();
  }
  std::vector<std::string_view> versions;
  versions.reserve(state.versions.admitted.size());
  for (const AdmittedVersion& version : state.versions.admitted) {
    versions.push_back(state.facts[version.source]->version(version.version));
  }
  universe_.SetCandidates(package, versions);
  SetPreference(package);
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

// As who says facts later says it, else as the sources do.
void UniverseBuilder::Build::SetLacking(PackageId package) {
  using Lack = metadata::LaterSource::Lack;
  const Lack lack = later_ == nullptr ? Lack() : later_->LackOf(universe_.name(package));
  if (lack.kind == Lack::Kind::kNonexistent) {
    universe_.SetNonexistent(package);
  } else if (lack.kind == Lack::Kind::kUnavailable) {
    universe_.SetUnavailable(package, lack.because);
  } else {
    SetAbsent(package);
  }
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
  if (state == nullptr || state->facts.empty()) return nullptr;
  return &state->versions.admitted[universe_.position(solvable)];
}

std::optional<UniverseBuilder::Build::KnownMetadata> UniverseBuilder::Build::MetadataOf(
    SolvableId solvable) const {
  const AdmittedVersion* version = AdmittedOf(solvable);
  if (version == nullptr) return std::nullopt;
  const PackageState* state = FindState(universe_.solvable(solvable).package);
  if (!version->metadata) {
    const Position position = universe_.position(solvable);
    if (position >= state->later.size() || state->later[position].facts == nullptr) {
      return std::nullopt;
    }
    return KnownMetadata{.facts = state->later[position].facts, .metadata = 0};
  }
  return KnownMetadata{.facts = state->facts[version->source], .metadata = *version->metadata};
}

absl::StatusOr<CandidateFacts> UniverseBuilder::Build::FactsOf(SolvableId solvable,
                                                               const AdmittedVersion& version) {
  const PackageState* state = FindState(universe_.solvable(solvable).package);
  const PackageFacts& facts = *state->facts[version.source];
  CandidateFacts told;
  if (const std::optional<KnownMetadata> metadata = MetadataOf(solvable)) {
    told.requires_python = metadata->facts->requires_language(metadata->metadata);
  }
  if (state->direct != nullptr) {
    told.url = state->direct->UrlOf(version.version);
    return told;
  }
  told.source = sources_[state->sources[version.source]];
  if (!facts.has_files()) return told;
  const absl::StatusOr<metadata::PackageFiles> files = facts.ReadFiles(metadata::FileDetail::kAll);
  if (!files.ok()) return files.status();
  const std::span<const metadata::FileRecord> of = files->of(version.version);
  told.files.assign(of.begin(), of.end());
  told.choice = admission_->FilesOf(facts, version.version, told.files);
  return told;
}

absl::Status UniverseBuilder::Build::Supply(const Needs& needs) {
  if (later_ != nullptr) ACCORD_RETURN_IF_ERROR(Await(needs));
  ReadTogether(needs.packages);
  for (const PackageId package : needs.packages) ACCORD_RETURN_IF_ERROR(Load(package));
  for (const SolvableId solvable : needs.candidates) SupplyDependencies(solvable);
  return absl::OkStatus();
}

}  // namespace accord::pypi
