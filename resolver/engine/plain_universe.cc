#include "engine/plain_universe.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.h"

namespace accord::engine {
namespace {

constexpr PositionRange kAll{0, UINT32_MAX - 1};

const CandidateSpec& SpecOfCandidate(const PlainPackage& package, Position position) {
  return *package.candidates[position];
}

}  // namespace

// ---- Sets

VersionSetId PlainUniverse::AddSet(const SetSpec& spec) {
  const PackageId package = AddPackage(spec.package);
  const VersionSetId set = universe_.AddSet(package, PositionText(spec));
  std::vector<PositionRange> allowed = spec.allowed.value_or(std::vector{kAll});
  if (universe_.package(package).knowledge != Knowledge::kPending) {
    SetMembersOf(set, allowed);
  } else {
    awaiting_[package].push_back({.set = set, .allowed = std::move(allowed)});
  }
  return set;
}

// Positions that the package has not are nobody's.
void PlainUniverse::SetMembersOf(VersionSetId set, const std::vector<PositionRange>& allowed) {
  if (universe_.set(set).known) return;
  const uint32_t count = universe_.package(universe_.set(set).package).count;
  std::vector<PositionRange> members;
  for (const PositionRange& range : allowed) {
    if (range.first < count) members.push_back({range.first, std::min(range.last, count - 1)});
  }
  universe_.SetMembers(set, members);
}

// ---- What is needed

absl::Status PlainUniverse::Supply(const Needs& needs) {
  std::map<std::string_view, Wanted> missing;
  const auto want = [&](PackageId package) -> Wanted& {
    const std::string_view name = universe_.name(package);
    return missing.try_emplace(name, Wanted{.package = std::string(name)}).first->second;
  };
  for (const PackageId package : needs.packages) {
    if (!IsSaid(package)) want(package);
  }
  for (const SolvableId candidate : needs.candidates) {
    if (IsSaid(candidate)) continue;
    want(universe_.solvable(candidate).package).candidates.push_back(universe_.position(candidate));
  }
  wanted_.clear();
  for (auto& [name, wanted] : missing) wanted_.push_back(std::move(wanted));
  if (!wanted_.empty()) return Waiting();
  for (const PackageId package : needs.packages) ReadPackage(package);
  for (const SolvableId candidate : needs.candidates) ReadNeeds(candidate);
  return absl::OkStatus();
}

bool PlainUniverse::IsSaid(PackageId package) const {
  const PlainPackage* said = Said(package);
  return closed_ || (said != nullptr && said->knowledge != Knowledge::kPending);
}

bool PlainUniverse::IsSaid(SolvableId candidate) const {
  return !SpecOfCandidate(*Said(universe_.solvable(candidate).package),
                          universe_.position(candidate))
              .pending;
}

std::vector<Wanted> PlainUniverse::Hints() const {
  std::vector<Wanted> hints;
  for (uint32_t i = 0; i < universe_.package_count() && hints.size() < kHintsMax; ++i) {
    const std::optional<Position> next = NextUnsaid(PackageId(i));
    if (!next) continue;
    hints.push_back({.package = std::string(universe_.name(PackageId(i))), .candidates = {*next}});
  }
  std::ranges::sort(hints, {}, &Wanted::package);
  return hints;
}

std::optional<Position> PlainUniverse::NextUnsaid(PackageId id) const {
  const Package& package = universe_.package(id);
  if (package.knowledge != Knowledge::kKnown) return std::nullopt;
  const auto wanted = std::ranges::find(wanted_, universe_.name(id), &Wanted::package);
  for (Position rank = 0; rank < package.count; ++rank) {
    const Position position =
        package.preference.empty() ? package.count - 1 - rank : package.preference[rank];
    const SolvableId candidate = universe_.at(id, position);
    if (universe_.solvable(candidate).dependencies_known != Knowledge::kPending) continue;
    const bool is_wanted =
        wanted != wanted_.end() &&
        std::ranges::find(wanted->candidates, position) != wanted->candidates.end();
    if (is_wanted) continue;
    return IsSaid(candidate) ? std::nullopt : std::optional(position);
  }
  return std::nullopt;
}

void PlainUniverse::ReadPackage(PackageId id) {
  read_.GrowTo(id.value() + size_t{1});
  read_[id] = facts_->Share(universe_.name(id));
  ++packages_read_;
  const PlainPackage nothing;
  const PlainPackage& package = read_[id] != nullptr ? *read_[id] : nothing;
  universe_.SetCoexistence(id, package.coexistence);
  if (package.knowledge == Knowledge::kKnown) {
    std::vector<std::string_view> versions;
    for (const auto& candidate : package.candidates) versions.push_back(candidate->version);
    universe_.SetCandidates(id, versions);
    if (!package.preference.empty()) universe_.SetPreference(id, package.preference);
  } else if (package.knowledge == Knowledge::kUnavailable) {
    universe_.SetUnavailable(id, package.reason);
  } else {
    universe_.SetNonexistent(id);
  }
  for (const auto& [group, position] : package.groups) {
    if (position >= universe_.package(id).count) continue;
    universe_.AddToGroup(GroupOf(group), universe_.at(id, position));
  }
  for (const Awaiting& one : awaiting_[id]) SetMembersOf(one.set, one.allowed);
  awaiting_.erase(id);
}

void PlainUniverse::ReadNeeds(SolvableId candidate) {
  const PlainPackage& package = *Said(universe_.solvable(candidate).package);
  const CandidateSpec& spec = SpecOfCandidate(package, universe_.position(candidate));
  if (spec.unknown) return universe_.SetDependenciesUnavailable(candidate, *spec.unknown);
  universe_.SetDependencies(candidate, AddNeeds(spec));
}

GroupId PlainUniverse::GroupOf(const std::string& name) {
  const auto found = groups_.find(name);
  if (found != groups_.end()) return found->second;
  return groups_.emplace(name, universe_.AddGroup(name)).first->second;
}

// ---- Other facts

bool PlainUniverse::SetFacts(std::shared_ptr<const PlainFacts> facts) {
  std::vector<PackageId> read;
  for (uint32_t i = 0; i < universe_.package_count(); ++i) {
    const PackageId id(i);
    if (universe_.package(id).knowledge == Knowledge::kPending) continue;
    if (!IsAsRead(id, facts->Find(universe_.name(id)))) return false;
    read.push_back(id);
  }
  // What is read from now on is held against these.
  for (const PackageId id : read) read_[id] = facts->Share(universe_.name(id));
  facts_ = std::move(facts);
  return true;
}

bool PlainUniverse::IsAsRead(PackageId id, const PlainPackage* now) const {
  const PlainPackage nothing;
  const PlainPackage& old = read_[id] != nullptr ? *read_[id] : nothing;
  const PlainPackage& other = now != nullptr ? *now : nothing;
  if (&old == &other) return true;
  // What nobody spoke of is read as absent where the world is closed.
  const auto knowledge = [](const PlainPackage& package) {
    return package.knowledge == Knowledge::kPending ? Knowledge::kNonexistent : package.knowledge;
  };
  if (knowledge(old) != knowledge(other) || (!closed_ && other.knowledge == Knowledge::kPending) ||
      old.reason != other.reason || old.coexistence != other.coexistence ||
      old.preference != other.preference || old.groups != other.groups ||
      old.candidates.size() != other.candidates.size()) {
    return false;
  }
  for (Position i = 0; i < old.candidates.size(); ++i) {
    const CandidateSpec& a = SpecOfCandidate(old, i);
    const CandidateSpec& b = SpecOfCandidate(other, i);
    const bool is_read =
        universe_.solvable(universe_.at(id, i)).dependencies_known != Knowledge::kPending;
    if (a.version != b.version || (is_read && a != b)) return false;
  }
  return true;
}

}  // namespace accord::engine
