// The outside surface of universe_build.h.
#include "ecosystem/conda/universe_builder.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/installed.h"
#include "ecosystem/conda/record_words.h"
#include "ecosystem/conda/spec_members.h"
#include "ecosystem/conda/universe_build.h"

namespace accord::conda {

UniverseBuilder::UniverseBuilder(const ResolveRequest& request,
                                 std::span<const metadata::Source* const> sources, SaidNames* said)
    : build_(std::make_unique<Build>(request, sources, said)) {}
UniverseBuilder::~UniverseBuilder() = default;

absl::Status UniverseBuilder::Begin() {
  const absl::Status begun = build_->Begin();
  if (IsWaiting(begun)) {
    build_ = std::make_unique<Build>(build_->request_, build_->sources_, build_->said_);
  }
  return begun;
}
absl::Status UniverseBuilder::Supply(const Needs& needs) { return build_->Supply(needs); }
absl::StatusOr<Supposed> UniverseBuilder::Suppose(const PlacedText& text) {
  return build_->Suppose(text);
}
Universe& UniverseBuilder::universe() { return build_->universe_; }
const Universe& UniverseBuilder::universe() const { return build_->universe_; }
const Problem& UniverseBuilder::problem() const { return build_->problem_; }
std::span<const RequestedPackage> UniverseBuilder::requested() const { return build_->requested_; }
Dialect UniverseBuilder::dialect() const { return build_->request_.dialect; }
size_t UniverseBuilder::packages_read() const { return build_->packages_read_; }

namespace {

template <class IdType>
std::string JoinedPlaces(const absl::flat_hash_map<IdType, std::vector<std::string>>& places,
                         IdType id) {
  std::string joined;
  const auto found = places.find(id);
  if (found == places.end()) return joined;
  for (const std::string& place : found->second) joined += Cat(joined.empty() ? "" : ", ", place);
  return joined;
}

// "2.0 h1_0"
std::string RecordText(const Candidates& candidates, Position position) {
  return Cat(candidates.version_text(candidates.admitted()[position].version), " ",
             candidates.build(position));
}

}  // namespace

std::string UniverseBuilder::PlacesOf(RequirementId requirement) const {
  return JoinedPlaces(build_->places_, requirement);
}
std::string UniverseBuilder::PlacesOf(ConstraintId constraint) const {
  return JoinedPlaces(build_->constraint_places_, constraint);
}

const Candidates* UniverseBuilder::CandidatesOf(PackageId package) const {
  const Build::PackageState* state = build_->FindState(package);
  return state != nullptr && state->candidates ? &*state->candidates : nullptr;
}

bool UniverseBuilder::IsVirtual(PackageId package) const {
  const Build::PackageState* state = build_->FindState(package);
  return state != nullptr && state->is_virtual != nullptr;
}

PackageId UniverseBuilder::BaseOf(PackageId package) const {
  const Build::PackageState* state = build_->FindState(package);
  return state != nullptr && state->base.valid() ? state->base : package;
}

std::string_view UniverseBuilder::ExtraOf(PackageId package) const {
  const Build::PackageState* state = build_->FindState(package);
  return state == nullptr ? std::string_view() : std::string_view(state->extra);
}

std::optional<Problem> UniverseBuilder::ProblemWithout(
    std::vector<PlacedText> ResolveRequest::*part, std::span<const size_t> texts) const {
  const std::vector<PlacedText>& all = build_->request_.*part;
  absl::flat_hash_set<std::string_view> places;
  for (const size_t text : texts) places.insert(all[text].place);
  const auto is_left_out = [&](std::string_view place) { return places.contains(place); };
  size_t with_such_places = 0;
  for (const auto of_part : {&ResolveRequest::specs, &ResolveRequest::constraints,
                             &ResolveRequest::locked, &ResolveRequest::excluded}) {
    with_such_places += static_cast<size_t>(
        std::ranges::count_if(build_->request_.*of_part, is_left_out, &PlacedText::place));
  }
  if (with_such_places != texts.size() || build_->request_.installed != nullptr) {
    return std::nullopt;
  }
  const auto all_left_out = [&](const auto& places_of, auto id) {
    const auto found = places_of.find(id);
    return found != places_of.end() && std::ranges::all_of(found->second, is_left_out);
  };
  Problem problem = build_->problem_;
  std::erase_if(problem.requirements, [&](const AskedRequirement& one) {
    return all_left_out(build_->places_, one.requirement);
  });
  std::erase_if(problem.constraints, [&](ConstraintId constraint) {
    return all_left_out(build_->constraint_places_, constraint);
  });
  for (auto* restrictions : {&problem.locked, &problem.excluded}) {
    std::erase_if(*restrictions, [&](const Restriction& one) {
      return is_left_out(build_->universe_.Text(one.reason));
    });
  }
  return problem;
}

std::optional<HiddenRecords> UniverseBuilder::HiddenOf(PackageId package,
                                                       std::string_view specifier) const {
  const Candidates* candidates = CandidatesOf(package);
  const ResolveRequest& request = build_->request_;
  if (candidates == nullptr || !candidates->is_known() ||
      request.channel_priority != ChannelPriority::kStrict) {
    return std::nullopt;
  }
  const ChannelRecords& first = candidates->channels().front();
  if (first.source == ChannelRecords::kInstalled) return std::nullopt;
  ResolveRequest of_all = request;
  of_all.channel_priority = ChannelPriority::kFlexible;
  of_all.installed = nullptr;
  absl::StatusOr<MatchSpec> spec = MatchSpec::Parse(specifier, {.dialect = request.dialect});
  const absl::StatusOr<Candidates> hidden =
      Candidates::Read(build_->universe_.name(package),
                       std::span(build_->sources_).subspan(first.source + 1), of_all);
  if (!spec.ok() || !hidden.ok()) return std::nullopt;
  const absl::StatusOr<std::vector<PositionRange>> members =
      MembersOf(AskedOfRecords(*std::move(spec)), *hidden);
  if (!members.ok() || members->empty()) return std::nullopt;
  const Position best = members->back().last;
  const Candidate& example = hidden->admitted()[best];
  const auto channel_of = [](const ChannelRecords& records, uint32_t record) {
    return std::string(records.channel[record]);
  };
  return HiddenRecords{
      .count = CountOf(*members),
      .example = RecordText(*hidden, best),
      .channel = channel_of(hidden->channel_of(best), example.record),
      .by = channel_of(first,
                       candidates->admitted().empty() ? 0 : candidates->admitted().front().record)};
}

std::optional<RecordsElsewhere> UniverseBuilder::ElsewhereOf(PackageId package,
                                                             std::string_view specifier) const {
  const Candidates* candidates = CandidatesOf(package);
  const ResolveRequest& request = build_->request_;
  if (candidates == nullptr || request.subdirs.empty()) return std::nullopt;
  std::span<const metadata::Source* const> sources = build_->sources_;
  if (candidates->is_known() && request.channel_priority == ChannelPriority::kStrict) {
    const uint32_t first = candidates->channels().front().source;
    if (first != ChannelRecords::kInstalled) sources = sources.subspan(first, 1);
  }
  ResolveRequest of_all = request;
  of_all.subdirs.clear();
  of_all.installed = nullptr;
  absl::StatusOr<MatchSpec> spec = MatchSpec::Parse(specifier, {.dialect = request.dialect});
  const absl::StatusOr<Candidates> everywhere =
      Candidates::Read(build_->universe_.name(package), sources, of_all);
  if (!spec.ok() || !everywhere.ok()) return std::nullopt;
  const absl::StatusOr<std::vector<PositionRange>> members =
      MembersOf(AskedOfRecords(*std::move(spec)), *everywhere);
  if (!members.ok()) return std::nullopt;
  RecordsElsewhere elsewhere;
  for (const PositionRange& range : *members) {
    for (Position position = range.first; position <= range.last; ++position) {
      const std::string_view subdir = everywhere->subdir(position);
      if (std::ranges::find(request.subdirs, subdir) != request.subdirs.end()) continue;
      ++elsewhere.count;
      elsewhere.example = RecordText(*everywhere, position);
      elsewhere.subdir = std::string(subdir);
    }
  }
  return elsewhere.count == 0 ? std::nullopt : std::optional(std::move(elsewhere));
}

absl::StatusOr<RecordFacts> UniverseBuilder::FactsOf(SolvableId solvable, bool with_file) const {
  const Universe& universe = build_->universe_;
  const Candidates& candidates = *CandidatesOf(universe.solvable(solvable).package);
  const Position position = universe.position(solvable);
  const Candidate& candidate = candidates.admitted()[position];
  const ChannelRecords& records = candidates.channel_of(position);
  const bool of_channel = records.source != ChannelRecords::kInstalled;
  const metadata::Source* source =
      of_channel ? build_->sources_[records.source] : build_->request_.installed.get();
  RecordFacts facts{.source = source,
                    .version = candidates.version_text(candidate.version),
                    .build = candidates.build(position),
                    .build_number = candidate.build_number,
                    .channel = records.channel[candidate.record],
                    .subdir = candidates.subdir(position),
                    .noarch = records.facts->attribute(attribute::kNoarch)[candidate.record]};
  if (!with_file || !records.facts->has_files()) return facts;
  const absl::StatusOr<metadata::PackageFiles> files =
      records.facts->ReadFiles({.detail = metadata::FileDetail::kAll, .version = candidate.record});
  if (!files.ok()) return files.status();
  const std::span<const metadata::FileRecord> of = files->of(candidate.record);
  if (!of.empty()) facts.file = of.front();
  return facts;
}

}  // namespace accord::conda
