// The request into the Problem: what is asked, what limits it, and in which order it is decided.
#include <algorithm>

#include "base/error.h"
#include "ecosystem/pypi/universe_build.h"

namespace accord::pypi {

using metadata::MetadataRecord;

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

}  // namespace accord::pypi
