// The request into the Problem: what the target has, what is asked, what limits it, and in which
// order it is decided.
#include <algorithm>
#include <limits>
#include <utility>

#include "base/error.h"
#include "ecosystem/conda/record_words.h"
#include "ecosystem/conda/spec_text.h"
#include "ecosystem/conda/universe_build.h"

namespace accord::conda {
namespace {

// What the target has is there before anything is asked for.
constexpr int32_t kTargetPriority = std::numeric_limits<int32_t>::min();

// In the order of their texts: which conflict is found hangs on it, and must not hang on the order
// in which they were given.
std::vector<PlacedText> ByText(std::vector<PlacedText> texts) {
  std::ranges::stable_sort(texts, {}, &PlacedText::text);
  return texts;
}

}  // namespace

absl::Status UniverseBuilder::Build::Begin() {
  ACCORD_RETURN_IF_ERROR(AddVirtualPackages());
  ACCORD_RETURN_IF_ERROR(AddSpecs(request_.specs));
  const absl::StatusOr<Wishes> wishes = ReadWishes();
  if (!wishes.ok()) return wishes.status();
  ACCORD_RETURN_IF_ERROR(AddSpecs(wishes->named));
  named_packages_ = requested_packages_;
  ACCORD_RETURN_IF_ERROR(AddSpecs(wishes->earlier));
  SortRequested();
  ACCORD_RETURN_IF_ERROR(AddLimits());
  ACCORD_RETURN_IF_ERROR(AwaitRequest(*wishes));
  ACCORD_RETURN_IF_ERROR(AddLimitsOf(*wishes));
  ACCORD_RETURN_IF_ERROR(SetPriorities());
  return AddKept(wishes->kept);
}

absl::Status UniverseBuilder::Build::AddVirtualPackages() {
  std::vector<const VirtualPackage*> by_name;
  for (const VirtualPackage& one : request_.virtual_packages) by_name.push_back(&one);
  std::ranges::sort(by_name, {},
                    [](const VirtualPackage* v) -> std::string_view { return v->name; });
  for (const VirtualPackage* given : by_name) {
    const VirtualPackage& one = *given;
    const std::string place = Cat("virtual package ", one.name);
    if (!one.name.starts_with("__")) {
      return InvalidInput(place, "a name that begins with '__' is expected");
    }
    if (const auto version = Version::Parse(one.version); !version.ok()) {
      return At(place, version.status());
    }
    const PackageId package = universe_.AddPackage(one.name);
    if (State(package).is_virtual != nullptr) return InvalidInput(place, "it is there twice");
    State(package).is_virtual = &one;
    const std::string label = Cat(one.version, one.build.empty() ? "" : " ", one.build);
    const std::string_view versions[] = {label};
    universe_.SetCandidates(package, versions);
    universe_.SetDependencies(universe_.at(package, 0), universe_.AddDependencySet({}));
    const absl::StatusOr<ReadSpec*> spec = Read(one.name);
    if (!spec.ok()) return At(place, spec.status());
    const RequirementId requirement = universe_.AddRequirement(
        {.alternatives = {(*spec)->set}, .condition = {}, .text = universe_.AddText(one.name)});
    problem_.requirements.push_back({.requirement = requirement, .priority = kTargetPriority});
    places_[requirement] = {"target"};
  }
  return absl::OkStatus();
}

absl::StatusOr<UniverseBuilder::Build::ReadSpec*> UniverseBuilder::Build::ReadPlaced(
    const PlacedText& text) {
  absl::StatusOr<ReadSpec*> spec = Read(text.text);
  if (!spec.ok()) return At(text.place, spec.status());
  return spec;
}

absl::Status UniverseBuilder::Build::AddSpecs(const std::vector<PlacedText>& specs) {
  for (const PlacedText& text : ByText(specs)) {
    const absl::StatusOr<ReadSpec*> spec = ReadPlaced(text);
    if (!spec.ok()) return spec.status();
    const PackageId package = (*spec)->package;
    std::vector<RequirementId> requirements;
    AddRequirements(**spec, {}, "", requirements);
    for (const RequirementId requirement : requirements) {
      const auto [places, is_new] = places_.try_emplace(requirement);
      if (is_new) problem_.requirements.push_back({.requirement = requirement});
      places->second.push_back(text.place);
    }
    if (IsVirtualName(universe_.name(package))) continue;  //, there or not
    if (requested_packages_.insert(package).second) requested_.push_back({.package = package});
    RequestedPackage& requested =
        *std::ranges::find(requested_, package, &RequestedPackage::package);
    if (!(*spec)->when.valid()) requested.sets.push_back((*spec)->set);
    for (const PackageId extra : (*spec)->extras) {
      requested.extras.push_back(State(extra).extra);
    }
  }
  for (const PlacedText& text : specs) {
    const absl::StatusOr<ReadSpec*> spec = ReadPlaced(text);
    if (!spec.ok()) return spec.status();
    given_order_.push_back((*spec)->package);
  }
  return absl::OkStatus();
}

void UniverseBuilder::Build::SortRequested() {
  std::ranges::sort(requested_, {},
                    [&](const RequestedPackage& r) { return universe_.name(r.package); });
  for (RequestedPackage& requested : requested_) {
    std::ranges::sort(requested.extras);
    const auto rest = std::ranges::unique(requested.extras);
    requested.extras.erase(rest.begin(), rest.end());
  }
}

absl::Status UniverseBuilder::Build::AddLimits() {
  for (const PlacedText& text : ByText(request_.constraints)) {
    const absl::StatusOr<ReadSpec*> spec = ReadPlaced(text);
    if (!spec.ok()) return spec.status();
    const ConstraintId constraint = AddConstraint(**spec);
    std::vector<std::string>& places = constraint_places_[constraint];
    if (places.empty()) problem_.constraints.push_back(constraint);
    places.push_back(text.place);
  }
  const auto add = [&](const std::vector<PlacedText>& texts, std::vector<Restriction>& to) {
    for (const PlacedText& text : ByText(texts)) {
      const absl::StatusOr<ReadSpec*> spec = ReadPlaced(text);
      if (!spec.ok()) return spec.status();
      if ((*spec)->when.valid() || !(*spec)->extras.empty()) {
        return InvalidInput(text.place, "a specifier without condition and extras is expected");
      }
      to.push_back({.set = (*spec)->set, .reason = universe_.AddText(text.place)});
    }
    return absl::OkStatus();
  };
  ACCORD_RETURN_IF_ERROR(add(request_.locked, problem_.locked));
  ACCORD_RETURN_IF_ERROR(add(request_.favored, problem_.favored));
  ACCORD_RETURN_IF_ERROR(add(request_.excluded, problem_.excluded));
  // What the target has was not chosen.
  std::erase_if(problem_.excluded, [&](const Restriction& one) {
    return State(universe_.set(one.set).package).is_virtual != nullptr;
  });
  return absl::OkStatus();
}

absl::StatusOr<Supposed> UniverseBuilder::Build::Suppose(const PlacedText& text) {
  const absl::StatusOr<ReadSpec*> spec = ReadPlaced(text);
  if (!spec.ok()) return spec.status();
  if ((*spec)->when.valid()) {
    return InvalidInput(text.place, "a specifier without a condition is expected");
  }
  Supposed supposed{.package = (*spec)->package, .extras = (*spec)->extras};
  ACCORD_RETURN_IF_ERROR(AwaitPackages({&supposed.package, 1}));
  ACCORD_RETURN_IF_ERROR(Load(supposed.package));
  AddRequirements(**spec, {}, "", supposed.requirements);
  const absl::StatusOr<MatchSpec> whole =
      MatchSpec::Parse(text.text, {.dialect = request_.dialect});
  if (!whole.ok()) return whole.status();
  supposed.text = SpecText(*whole);
  return supposed;
}

absl::StatusOr<std::vector<uint32_t>> UniverseBuilder::Build::OrderOf(
    std::span<const RequestedPackage> packages) {
  std::vector<uint32_t> order;
  for (uint32_t i = 0; i < packages.size(); ++i) order.push_back(i);
  if (request_.order == RequestOrder::kAsGiven) {
    std::ranges::stable_sort(order, {}, [&](uint32_t i) {
      return std::ranges::find(given_order_, packages[i].package) - given_order_.begin();
    });
  }
  if (request_.order != RequestOrder::kRequirerFirst) return order;
  std::vector<std::string_view> names;
  IndexOf index_of;
  for (uint32_t i = 0; i < packages.size(); ++i) {
    names.push_back(universe_.name(packages[i].package));
    index_of[packages[i].package] = i;
  }
  std::vector<RequirerEdge> edges;
  for (const RequestedPackage& one : packages) {
    ACCORD_RETURN_IF_ERROR(AddEdges(one, index_of, edges));
  }
  return RequirerFirst(names, edges);
}

absl::Status UniverseBuilder::Build::SetPriorities() {
  absl::StatusOr<std::vector<uint32_t>> order = OrderOf(requested_);  // sorted by name
  if (!order.ok()) return order.status();
  std::ranges::stable_partition(
      *order, [&](uint32_t i) { return named_packages_.contains(requested_[i].package); });
  absl::flat_hash_map<PackageId, int32_t> priorities;
  for (uint32_t i = 0; i < order->size(); ++i) {
    RequestedPackage& requested = requested_[(*order)[i]];
    requested.priority = static_cast<int32_t>(i);
    priorities[requested.package] = requested.priority;
  }
  for (AskedRequirement& one : problem_.requirements) {
    const VersionSetId set = universe_.requirement(one.requirement).alternatives.front();
    const PackageId package = universe_.set(set).package;
    const PackageId base = State(package).base;
    const auto found = priorities.find(base.valid() ? base : package);
    if (found != priorities.end()) one.priority = found->second;
  }
  return absl::OkStatus();
}

// What the requirer's best record needs of the other packages, whatever else holds, or
// under an extra that the request asks for. A text that cannot be read names nothing.
absl::Status UniverseBuilder::Build::AddEdges(const RequestedPackage& requested,
                                              const IndexOf& index_of,
                                              std::vector<RequirerEdge>& edges) {
  ACCORD_RETURN_IF_ERROR(Load(requested.package));
  const Package& package = universe_.package(requested.package);
  if (package.count == 0) return absl::OkStatus();
  const Position best = package.preference.empty() ? package.count - 1 : package.preference.front();
  const Candidates& candidates = *State(requested.package).candidates;
  const metadata::PackageFacts& facts = *candidates.channel_of(best).facts;
  const auto metadata = facts.metadata_of(candidates.admitted()[best].record);
  if (!metadata || request_.no_deps) return absl::OkStatus();
  const auto is_requested = [&](std::string_view name) {
    const PackageId found = universe_.FindPackage(name);
    return found.valid() && index_of.contains(found);
  };
  const auto is_asked_for = [&](std::string_view marker) {
    return marker.empty() ||
           (marker.starts_with(kExtraMarker) &&
            std::ranges::binary_search(requested.extras, marker.substr(kExtraMarker.size())));
  };
  const metadata::Column requirements = facts.requirements_of(*metadata);
  for (uint32_t i = 0; i < requirements.size(); ++i) {
    const uint32_t number = requirements[i];
    if (facts.is_plain(number) && !is_requested(facts.requirement_name(number))) continue;
    const std::string text = facts.RequirementText(number);
    const MarkedText marked = SplitMarker(text);
    if (!is_asked_for(marked.marker)) continue;
    const absl::StatusOr<ReadSpec*> spec = Read(marked.spec);
    if (!spec.ok() || (*spec)->when.valid()) continue;
    const auto found = index_of.find((*spec)->package);
    if (found != index_of.end()) edges.emplace_back(index_of.at(requested.package), found->second);
  }
  return absl::OkStatus();
}

}  // namespace accord::conda
