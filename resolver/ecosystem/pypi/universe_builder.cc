// Build: what the builder holds. Texts of the request are request_reader.h, of metadata
// requirement_reader.h; who is admitted is admission.h; here their meaning goes into the Universe.
#include "ecosystem/pypi/universe_builder.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/error.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/order.h"
#include "ecosystem/pypi/request_reader.h"
#include "ecosystem/pypi/requirement_reader.h"

namespace accord::pypi {

using metadata::MetadataRecord;
using metadata::PackageRecord;

class UniverseBuilder::Build {
 public:
  Build(const ResolveRequest& request, std::span<const metadata::Source* const> sources)
      : request_(request),
        sources_(sources.begin(), sources.end()),
        reader_(request.environment, specifiers_),
        admission_(request, reader_) {}

  absl::Status Begin();
  absl::Status Supply(const Needs& needs);

  Universe universe_;
  Problem problem_;
  std::vector<RequestedPackage> requested_;
  absl::flat_hash_map<RequirementId, std::vector<std::string>> places_;
  size_t packages_read_ = 0;

  struct PackageState {
    PackageId base;     // valid exactly for extras
    std::string extra;  // normal
    const PackageRecord* record = nullptr;
    AdmittedPackage versions;
    // Sets named before the versions were known; they get their members on arrival.
    std::vector<std::pair<VersionSetId, SpecifierTextId>> waiting_sets;
    std::vector<DependencySetId> of_metadata;  // by index into the record's metadata
  };
  [[nodiscard]] const PackageState* FindState(PackageId package) const {
    return package.value() < states_.size() ? &states_[package] : nullptr;
  }
  [[nodiscard]] const MetadataRecord* MetadataOf(SolvableId solvable) const;

 private:
  PackageState& State(PackageId package) {
    states_.GrowTo(universe_.package_count());
    return states_[package];
  }
  PackageId AddExtra(PackageId base, std::string_view extra);
  VersionSetId AddSet(PackageId package, SpecifierTextId specifiers);
  void GiveMembers(PackageId package, VersionSetId set, SpecifierTextId specifiers);
  RequirementId AddRequirement(VersionSetId set, ConditionId when, std::string_view when_text);

  absl::Status Load(PackageId package);
  void SetAbsent(PackageId package);
  void SupplyDependencies(SolvableId solvable);
  DependencySetId AddDependencies(PackageId package, const MetadataRecord& metadata);
  void AddRequirementsOf(PackageId package, RequirementTextId text, const ExtraCondition& when,
                         std::vector<RequirementId>& out);

  void NoteWishes(const AskedTexts& asked);
  void AddRequested(const AskedTexts& asked);
  void AddLimits(const AskedTexts& asked);
  std::vector<Restriction> AddRestrictions(const std::vector<Asked>& asked);
  absl::Status SetPriorities(const AskedTexts& asked);
  absl::Status AddEdges(uint32_t requirer, std::vector<RequirerEdge>& edges);

  const ResolveRequest& request_;
  const std::vector<const metadata::Source*> sources_;
  SpecifierTexts specifiers_;
  RequirementReader reader_;
  Admission admission_;
  const SpecifierTextId everything_ = specifiers_.Add(SpecifierSet());
  IdVector<PackageId, PackageState> states_;
};

// ---- sets and requirements

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

// ---- the request

absl::Status UniverseBuilder::Build::Begin() {
  const absl::StatusOr<AskedTexts> asked = ReadRequest(request_);
  if (!asked.ok()) return asked.status();
  NoteWishes(*asked);
  AddRequested(*asked);
  AddLimits(*asked);
  return SetPriorities(*asked);
}

void UniverseBuilder::Build::NoteWishes(const AskedTexts& asked) {
  for (const std::vector<Asked>* list : {&asked.requirements, &asked.constraints}) {
    for (const Asked& one : *list) {
      admission_.Note(one.name, one.specifiers, Admission::Wish::kRequirement);
    }
  }
  for (const Asked& one : asked.locked) {
    admission_.Note(one.name, one.specifiers, Admission::Wish::kLock);
  }
}

void UniverseBuilder::Build::AddRequested(const AskedTexts& asked) {
  const auto ask = [&](RequirementId requirement, const Asked& one) {
    const auto [places, is_new] = places_.try_emplace(requirement);
    if (is_new) problem_.requirements.push_back({.requirement = requirement});
    places->second.insert(places->second.end(), one.places.begin(), one.places.end());
  };
  for (const Asked& one : asked.requirements) {
    const PackageId package = universe_.AddPackage(one.name);
    if (requested_.empty() || requested_.back().package != package) {
      requested_.push_back({.package = package});
    }
    RequestedPackage& requested = requested_.back();
    requested.sets.push_back(AddSet(package, specifiers_.Add(one.specifiers)));
    ask(AddRequirement(requested.sets.back(), {}, ""), one);
    for (const std::string& extra : one.extras) {
      ask(AddRequirement(AddSet(AddExtra(package, extra), everything_), {}, ""), one);
      requested.extras.push_back(extra);
    }
  }
  for (RequestedPackage& requested : requested_) {
    std::sort(requested.extras.begin(), requested.extras.end());
    requested.extras.erase(std::unique(requested.extras.begin(), requested.extras.end()),
                           requested.extras.end());
  }
}

void UniverseBuilder::Build::AddLimits(const AskedTexts& asked) {
  for (const Asked& one : asked.constraints) {
    const VersionSetId set =
        AddSet(universe_.AddPackage(one.name), specifiers_.Add(one.specifiers));
    const StringId text = universe_.AddText(Cat(one.name, one.specifier_text));
    problem_.constraints.push_back(universe_.AddConstraint({.set = set, .text = text}));
  }
  problem_.locked = AddRestrictions(asked.locked);
  problem_.favored = AddRestrictions(asked.favored);
  problem_.excluded = AddRestrictions(asked.excluded);
}

std::vector<Restriction> UniverseBuilder::Build::AddRestrictions(const std::vector<Asked>& asked) {
  std::vector<Restriction> restrictions;
  for (const Asked& one : asked) {
    const VersionSetId set =
        AddSet(universe_.AddPackage(one.name), specifiers_.Add(one.specifiers));
    restrictions.push_back({.set = set, .reason = universe_.AddText(one.places.front())});
  }
  return restrictions;
}

absl::Status UniverseBuilder::Build::SetPriorities(const AskedTexts& asked) {
  const auto count = static_cast<uint32_t>(requested_.size());
  std::vector<uint32_t> order(count);  // requested_ is sorted by name
  for (uint32_t i = 0; i < count; ++i) order[i] = i;
  if (request_.order == RequestOrder::kRequirerFirst) {
    std::vector<std::string_view> names;
    std::vector<RequirerEdge> edges;
    for (uint32_t i = 0; i < count; ++i) {
      names.push_back(universe_.name(requested_[i].package));
      ACCORD_RETURN_IF_ERROR(AddEdges(i, edges));
    }
    order = RequirerFirst(names, edges);
  } else if (request_.order == RequestOrder::kAsGiven) {
    absl::flat_hash_map<PackageId, uint32_t> first_given;
    for (const Asked& one : asked.requirements) {
      const PackageId package = universe_.FindPackage(one.name);
      const auto entry = first_given.try_emplace(package, one.first_given).first;
      entry->second = std::min(entry->second, one.first_given);
    }
    std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
      return first_given[requested_[a].package] < first_given[requested_[b].package];
    });
  }
  absl::flat_hash_map<PackageId, int32_t> priorities;
  for (uint32_t i = 0; i < count; ++i) {
    requested_[order[i]].priority = static_cast<int32_t>(i);
    priorities[requested_[order[i]].package] = static_cast<int32_t>(i);
  }
  for (AskedRequirement& one : problem_.requirements) {
    const VersionSetId set = universe_.requirement(one.requirement).alternatives.front();
    const PackageId package = universe_.set(set).package;
    const PackageId base = State(package).base;
    one.priority = priorities[base.valid() ? base : package];
  }
  return absl::OkStatus();
}

// What the requirer's best admitted candidate needs of the other requested packages, at once or
// under an extra that the request asks for.
absl::Status UniverseBuilder::Build::AddEdges(uint32_t requirer, std::vector<RequirerEdge>& edges) {
  const RequestedPackage& requested = requested_[requirer];
  ACCORD_RETURN_IF_ERROR(Load(requested.package));
  const uint32_t count = universe_.package(requested.package).count;
  if (count == 0) return absl::OkStatus();
  const MetadataRecord* metadata = MetadataOf(universe_.at(requested.package, count - 1));
  if (metadata == nullptr) return absl::OkStatus();
  for (const std::string& text : metadata->requirements) {
    const RequirementTextId id = reader_.Read(text);
    const ExtraCondition& when = reader_.WhenOf(id, metadata->extras);
    const bool applies =
        when.always ||
        std::any_of(when.any_of.begin(), when.any_of.end(), [&](const std::string& extra) {
          return std::binary_search(requested.extras.begin(), requested.extras.end(), extra);
        });
    if (!applies) continue;
    const auto needed = std::lower_bound(requested_.begin(), requested_.end(), reader_[id].name,
                                         [&](const RequestedPackage& r, const std::string& name) {
                                           return universe_.name(r.package) < name;
                                         });
    if (needed != requested_.end() && universe_.name(needed->package) == reader_[id].name) {
      edges.emplace_back(requirer, static_cast<uint32_t>(needed - requested_.begin()));
    }
  }
  return absl::OkStatus();
}

// ---- the outside surface

UniverseBuilder::UniverseBuilder(const ResolveRequest& request,
                                 std::span<const metadata::Source* const> sources)
    : build_(std::make_unique<Build>(request, sources)) {}
UniverseBuilder::~UniverseBuilder() = default;

absl::Status UniverseBuilder::Begin() { return build_->Begin(); }
absl::Status UniverseBuilder::Supply(const Needs& needs) { return build_->Supply(needs); }
Universe& UniverseBuilder::universe() { return build_->universe_; }
const Universe& UniverseBuilder::universe() const { return build_->universe_; }
const Problem& UniverseBuilder::problem() const { return build_->problem_; }

std::span<const RequestedPackage> UniverseBuilder::requested() const { return build_->requested_; }

std::string UniverseBuilder::PlacesOf(RequirementId requirement) const {
  std::string joined;
  const auto found = build_->places_.find(requirement);
  if (found == build_->places_.end()) return joined;
  for (const std::string& place : found->second) {
    if (!joined.empty()) joined += ", ";
    joined += place;
  }
  return joined;
}

std::span<const NotAdmitted> UniverseBuilder::not_admitted(PackageId package) const {
  const Build::PackageState* state = build_->FindState(package);
  if (state == nullptr) return {};
  return state->versions.not_admitted;
}

size_t UniverseBuilder::packages_read() const { return build_->packages_read_; }

PackageId UniverseBuilder::BaseOf(PackageId package) const {
  const Build::PackageState* state = build_->FindState(package);
  return state != nullptr && state->base.valid() ? state->base : package;
}

std::string_view UniverseBuilder::ExtraOf(PackageId package) const {
  const Build::PackageState* state = build_->FindState(package);
  return state == nullptr ? std::string_view() : std::string_view(state->extra);
}

bool UniverseBuilder::ProvidesExtra(SolvableId solvable, std::string_view extra) const {
  const MetadataRecord* metadata = build_->MetadataOf(solvable);
  if (metadata == nullptr) return true;  // nobody knows
  const bool declared =
      std::any_of(metadata->extras.begin(), metadata->extras.end(),
                  [&](const std::string& spelled) { return NormalizeName(spelled) == extra; });
  if (declared) return true;
  const Solvable& candidate = build_->universe_.solvable(solvable);
  if (candidate.dependencies_known != Knowledge::kKnown) return false;
  const PackageId package = build_->universe_.FindPackage(
      Cat(build_->universe_.name(candidate.package), "[", extra, "]"));
  // Some requirement of it hangs on the extra.
  const auto mentions = [&](const auto& self, ConditionId id) -> bool {
    const Condition& condition = build_->universe_.condition(id);
    if (condition.kind == Condition::Kind::kHas) {
      return build_->universe_.set(condition.set).package == package;
    }
    return std::any_of(condition.children.begin(), condition.children.end(),
                       [&](ConditionId child) { return self(self, child); });
  };
  const DependencySet& needs = build_->universe_.dependency_set(candidate.dependencies);
  return std::any_of(needs.requirements.begin(), needs.requirements.end(), [&](RequirementId id) {
    const ConditionId when = build_->universe_.requirement(id).condition;
    return when.valid() && mentions(mentions, when);
  });
}

}  // namespace accord::pypi
