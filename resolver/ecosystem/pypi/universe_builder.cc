// The outside surface of universe_build.h.
#include "ecosystem/pypi/universe_builder.h"

#include <algorithm>

#include "base/error.h"
#include "ecosystem/pypi/name.h"
#include "ecosystem/pypi/universe_build.h"

namespace accord::pypi {

UniverseBuilder::UniverseBuilder(const ResolveRequest& request,
                                 std::span<const metadata::Source* const> sources,
                                 const BuilderOptions& options)
    : build_(std::make_unique<Build>(request, sources, options)) {}
UniverseBuilder::~UniverseBuilder() = default;

absl::Status UniverseBuilder::Begin() { return build_->Begin(); }
absl::Status UniverseBuilder::Supply(const Needs& needs) { return build_->Supply(needs); }
absl::StatusOr<Supposed> UniverseBuilder::Suppose(const PlacedText& text) {
  return build_->Suppose(text);
}
Universe& UniverseBuilder::universe() { return build_->universe_; }
const Universe& UniverseBuilder::universe() const { return build_->universe_; }
const Problem& UniverseBuilder::problem() const { return build_->problem_; }

FactTexts& UniverseBuilder::texts() const { return build_->texts_; }

std::span<const RequestedPackage> UniverseBuilder::requested() const { return build_->requested_; }

namespace {

template <class IdType>
std::string Joined(const absl::flat_hash_map<IdType, std::vector<std::string>>& places, IdType id) {
  std::string joined;
  const auto found = places.find(id);
  if (found == places.end()) return joined;
  for (const std::string& place : found->second) {
    if (!joined.empty()) joined += ", ";
    joined += place;
  }
  return joined;
}

}  // namespace

std::string UniverseBuilder::PlacesOf(RequirementId requirement) const {
  return Joined(build_->places_, requirement);
}
std::string UniverseBuilder::PlacesOf(ConstraintId constraint) const {
  return Joined(build_->constraint_places_, constraint);
}

std::vector<PlacedText> UniverseBuilder::OverridesOf(PackageId dependant, PackageId needed) const {
  std::vector<PlacedText> all;
  const Universe& universe = build_->universe_;
  const std::string_view name = universe.name(BaseOf(needed));
  for (const auto& one : build_->OverridesOf(universe.name(dependant), name)) {
    if (!one.from->holds) continue;
    const Asked& asked = one.from->asked;
    all.push_back({.text = Cat(asked.name, asked.specifier_text), .place = asked.places.front()});
  }
  return all;
}

std::vector<NotAdmitted> UniverseBuilder::not_admitted(PackageId package) const {
  const Build::PackageState* state = build_->FindState(package);
  if (state == nullptr) return {};
  std::vector<NotAdmitted> all = state->versions.NotAdmittedOf(state->facts);
  for (LaterFault& fault : LaterFaults(package)) all.push_back(std::move(fault.version));
  return all;
}

bool UniverseBuilder::is_later() const { return build_->later_ != nullptr; }

const std::map<std::string, std::vector<std::string>>& UniverseBuilder::awaited() const {
  return build_->awaited_;
}

std::vector<LaterFault> UniverseBuilder::LaterFaults(PackageId package) const {
  std::vector<LaterFault> all;
  const Build::PackageState* const state = build_->FindState(package);
  for (const Position position : build_->LaterFaults(package)) {
    const VersionFault& fault = *state->later[position].fault;
    all.push_back({.position = position,
                   .version = {.version = std::string(Build::SpelledAt(*state, position)),
                               .kind = fault.kind,
                               .detail = fault.detail}});
  }
  return all;
}

std::vector<std::string> UniverseBuilder::invalid_versions(PackageId package) const {
  const Build::PackageState* state = build_->FindState(package);
  if (state == nullptr) return {};
  return AdmittedPackage::InvalidOf(state->facts);
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

absl::StatusOr<std::optional<CandidateFacts>> UniverseBuilder::FactsOf(SolvableId solvable) const {
  const AdmittedVersion* version = build_->AdmittedOf(solvable);
  if (version == nullptr) return std::optional<CandidateFacts>();
  absl::StatusOr<CandidateFacts> facts = build_->FactsOf(solvable, *version);
  if (!facts.ok()) return facts.status();
  return std::optional(*std::move(facts));
}

std::vector<RepairedText> UniverseBuilder::RepairedOf(SolvableId solvable) const {
  std::vector<RepairedText> repaired;
  const std::optional<Build::KnownMetadata> metadata = build_->MetadataOf(solvable);
  if (!metadata || metadata->facts->is_plain_metadata(metadata->metadata)) return repaired;
  const metadata::PackageFacts& facts = *metadata->facts;
  const metadata::Column requirements = facts.requirements_of(metadata->metadata);
  for (uint32_t i = 0; i < requirements.size(); ++i) {
    if (facts.is_plain(requirements[i])) continue;
    const std::string_view read = build_->reader_.Read(facts, requirements[i]).repaired;
    if (read.empty()) continue;
    repaired.push_back({.text = facts.RequirementText(requirements[i]), .read = std::string(read)});
  }
  return repaired;
}

std::string UniverseBuilder::BuildNeededBy(SolvableId solvable) const {
  return build_->BuildNeededBy(solvable);
}

bool UniverseBuilder::ProvidesExtra(SolvableId solvable, std::string_view extra) const {
  const std::optional<Build::KnownMetadata> metadata = build_->MetadataOf(solvable);
  if (!metadata) return true;  // nobody knows
  const metadata::Column declared = metadata->facts->extras_of(metadata->metadata);
  for (uint32_t i = 0; i < declared.size(); ++i) {
    if (NormalizeName(metadata->facts->extra(declared[i])) == extra) return true;
  }
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
