// Records into the Universe: candidate lists, their order, and what they need.
#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "ecosystem/conda/needs_of_records.h"
#include "ecosystem/conda/record_words.h"
#include "ecosystem/conda/universe_build.h"

namespace accord::conda {

using metadata::PackageFacts;

namespace {

// Positions that all of two lists have.
std::vector<PositionRange> Common(const std::vector<PositionRange>& a,
                                  const std::vector<PositionRange>& b) {
  PositionCollector common;
  for (const PositionRange& range : a) {
    for (Position position = range.first; position <= range.last; ++position) {
      if (Contains(b, position)) common.Add(position);
    }
  }
  return common.ranges();
}

}  // namespace

// What the records of one package need, for the order among them.
class UniverseBuilder::Build::NeededByRecords final : public NeedsOfRecords {
 public:
  NeededByRecords(Build& build, PackageId package, const Candidates& candidates)
      : NeedsOfRecords(candidates), build_(build), package_(package) {}

  std::optional<std::string_view> NameOf(Position position, uint32_t requirement) override {
    const PackageFacts& facts = FactsOf(position);
    if (!facts.requirement_marker(requirement).empty()) return std::nullopt;
    if (facts.is_plain(requirement)) return facts.requirement_name(requirement);
    const absl::StatusOr<ReadSpec*> spec = Read(position, requirement);
    return spec.ok() ? std::optional(build_.universe_.name((*spec)->package)) : std::nullopt;
  }

  absl::StatusOr<std::optional<uint32_t>> BestOf(Position position,
                                                 std::span<const uint32_t> of_name) override {
    std::optional<std::vector<PositionRange>> common;
    PackageId package;
    for (const uint32_t requirement : of_name) {
      const absl::StatusOr<ReadSpec*> spec = Read(position, requirement);
      if (!spec.ok()) return 0;  // its needs cannot be known
      package = (*spec)->package;
      if ((*spec)->when.valid()) continue;
      ACCORD_RETURN_IF_ERROR(build_.FindCandidates(package));
      const absl::StatusOr<const std::vector<PositionRange>*> members = build_.MembersOf(**spec);
      if (!members.ok()) return members.status();
      common = common ? Common(*common, **members) : **members;
    }
    if (!common) return std::nullopt;
    if (common->empty()) return 0;
    const PackageState& state = build_.State(package);
    if (!state.candidates) return 1;  // virtual
    uint32_t version = state.candidates->admitted()[common->back().last].version;
    while (version > 0 && state.candidates->EqualToNext(version - 1)) --version;
    return version + 1;
  }

 private:
  absl::StatusOr<ReadSpec*> Read(Position position, uint32_t requirement) {
    return build_.ReadRequirement(package_, ChannelOf(position), requirement);
  }

  Build& build_;
  const PackageId package_;
};

absl::Status UniverseBuilder::Build::Supply(const Needs& needs) {
  ACCORD_RETURN_IF_ERROR(AwaitPackages(needs.packages));
  for (const PackageId package : needs.packages) ACCORD_RETURN_IF_ERROR(Load(package));
  for (const SolvableId solvable : needs.candidates) SupplyDependencies(solvable);
  return absl::OkStatus();
}

absl::Status UniverseBuilder::Build::FindCandidates(PackageId package) {
  PackageState& state = State(package);
  const std::string_view name = universe_.name(package);
  if (state.candidates || state.base.valid() || IsVirtualName(name)) return absl::OkStatus();
  ACCORD_CHECK(said_ == nullptr || !said_->IsAwaited(name));
  ++packages_read_;
  absl::StatusOr<Candidates> found = Candidates::Read(name, sources_, request_);
  if (!found.ok()) return found.status();
  State(package).candidates = *std::move(found);
  return absl::OkStatus();
}

absl::Status UniverseBuilder::Build::Load(PackageId package) {
  if (universe_.package(package).knowledge != Knowledge::kPending) return absl::OkStatus();
  if (IsVirtualName(universe_.name(package))) {
    universe_.SetNonexistent(package);
  } else {
    ACCORD_RETURN_IF_ERROR(FindCandidates(package));
    if (State(package).candidates->is_known()) {
      ACCORD_RETURN_IF_ERROR(SetCandidates(package));
    } else {
      SetAbsent(package);
    }
  }
  for (ReadSpec* spec : std::exchange(State(package).waiting_specs, {})) {
    ACCORD_RETURN_IF_ERROR(GiveMembers(*spec));
  }
  return absl::OkStatus();
}

void UniverseBuilder::Build::SetAbsent(PackageId package) {
  if (said_ != nullptr) {
    const std::optional<std::string> because = said_->UnknownBecause(universe_.name(package));
    if (because) return universe_.SetUnavailable(package, *because);
  }
  const bool complete =
      std::ranges::all_of(sources_, [](const metadata::Source* s) { return s->complete(); });
  const AbsentPolicy policy = request_.absent;
  if (policy == AbsentPolicy::kNonexistent || (policy == AbsentPolicy::kBySource && complete)) {
    universe_.SetNonexistent(package);
  } else {
    universe_.SetUnavailable(package, "no source has it, and they are not complete");
  }
}

absl::Status UniverseBuilder::Build::SetCandidates(PackageId package) {
  PackageState& state = State(package);
  const Candidates& candidates = *state.candidates;
  for (const ChannelRecords& channel : candidates.channels()) {
    state.of_requirement.emplace_back(channel.facts->requirement_count(), nullptr);
  }
  const bool lowest =
      request_.resolution == Resolution::kLowest ||
      (request_.resolution == Resolution::kLowestDirect && requested_packages_.contains(package));
  NeededByRecords needed(*this, package, candidates);
  absl::StatusOr<std::vector<Position>> best_first =
      BestFirst(candidates, request_.channel_priority, lowest, needed);
  if (!best_first.ok()) return best_first.status();
  universe_.SetCandidates(package, candidates.MakeLabels()->of);
  if (!best_first->empty()) universe_.SetPreference(package, *std::move(best_first));
  return absl::OkStatus();
}

void UniverseBuilder::Build::SupplyDependencies(SolvableId solvable) {
  if (universe_.solvable(solvable).dependencies_known != Knowledge::kPending) return;
  const PackageId package = universe_.solvable(solvable).package;
  const PackageState& state = State(package);
  const Candidate& candidate = state.candidates->admitted()[universe_.position(solvable)];
  const PackageFacts& facts = *state.candidates->channels()[candidate.channel].facts;
  const std::optional<uint32_t> metadata = facts.metadata_of(candidate.record);
  if (!metadata) {
    universe_.SetDependenciesUnavailable(solvable, facts.unknown_because(candidate.record));
    return;
  }
  const absl::StatusOr<DependencySetId> needs =
      AddDependencies(package, candidate.channel, *metadata);
  // Builds that need the same are known, and refuted, together.
  const std::span<const Candidate> all = state.candidates->admitted();
  for (Position position = 0; position < all.size(); ++position) {
    if (all[position].channel != candidate.channel ||
        facts.metadata_of(all[position].record) != metadata) {
      continue;
    }
    const SolvableId one = universe_.at(package, position);
    if (needs.ok()) {
      universe_.SetDependencies(one, *needs);
    } else {
      universe_.SetDependenciesUnavailable(one, Message(needs.status()));
    }
  }
}

absl::StatusOr<UniverseBuilder::Build::ReadSpec*> UniverseBuilder::Build::ReadRequirement(
    PackageId package, uint32_t channel, uint32_t requirement) {
  PackageState& state = State(package);
  ReadSpec*& known = state.of_requirement[channel][requirement];
  if (known != nullptr) return known;
  const PackageFacts& facts = *state.candidates->channels()[channel].facts;
  const absl::StatusOr<ReadSpec*> read = Read(SplitMarker(facts.RequirementText(requirement)).spec);
  if (read.ok()) known = *read;
  return read;
}

absl::StatusOr<DependencySetId> UniverseBuilder::Build::AddDependencies(PackageId package,
                                                                        uint32_t channel,
                                                                        uint32_t metadata) {
  DependencySet needs;
  if (!request_.no_deps) {
    const PackageFacts& facts = *State(package).candidates->channels()[channel].facts;
    const metadata::Column requirements = facts.requirements_of(metadata);
    for (uint32_t i = 0; i < requirements.size(); ++i) {
      ACCORD_RETURN_IF_ERROR(AddNeed(package, channel, requirements[i], needs));
    }
  }
  const auto keep_each_once = [](auto& ids) {
    std::ranges::sort(ids);
    const auto rest = std::ranges::unique(ids);
    ids.erase(rest.begin(), rest.end());
  };
  keep_each_once(needs.requirements);
  keep_each_once(needs.constraints);
  return universe_.AddDependencySet(std::move(needs));
}

absl::Status UniverseBuilder::Build::AddNeed(PackageId package, uint32_t channel,
                                             uint32_t requirement, DependencySet& needs) {
  const absl::StatusOr<ReadSpec*> spec = ReadRequirement(package, channel, requirement);
  if (!spec.ok()) return spec.status();
  const PackageFacts& facts = *State(package).candidates->channels()[channel].facts;
  // Of a text that was not cut into pieces the name is all.
  const std::string_view marker = facts.is_plain(requirement)
                                      ? facts.requirement_marker(requirement)
                                      : SplitMarker(facts.requirement_name(requirement)).marker;
  if (marker == kConstrainsMarker) {
    needs.constraints.push_back(AddConstraint(**spec));
  } else if (marker.starts_with(kExtraMarker)) {
    const PackageId extra = AddExtra(package, marker.substr(kExtraMarker.size()));
    const VersionSetId all = AddEverything(extra);
    AddRequirements(**spec, universe_.AddHas(all), Cat(" ; has ", universe_.name(extra)),
                    needs.requirements);
  } else {
    AddRequirements(**spec, {}, "", needs.requirements);
  }
  return absl::OkStatus();
}

}  // namespace accord::conda
