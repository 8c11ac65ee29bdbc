#include "model/universe.h"

#include <algorithm>
#include <cstring>

#include "base/error.h"

namespace accord {
namespace {

// What makes two interned things the same, as bytes: a tag and 32-bit words.
class Key {
 public:
  explicit Key(char tag) { bytes_.push_back(tag); }
  template <class IdType>
  Key& Add(IdType id) {
    return AddWord(id.value());
  }
  Key& AddWord(uint32_t word) {
    char buffer[sizeof word];
    std::memcpy(buffer, &word, sizeof word);
    bytes_.append(buffer, sizeof word);
    return *this;
  }
  template <class IdType>
  Key& AddAll(const std::vector<IdType>& ids) {
    AddWord(static_cast<uint32_t>(ids.size()));
    for (const IdType id : ids) Add(id);
    return *this;
  }
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

Key MembersKey(PackageId package, std::span<const PositionRange> ranges) {
  Key key('m');
  key.Add(package);
  for (const PositionRange& range : ranges) key.AddWord(range.first).AddWord(range.last);
  return key;
}

}  // namespace

PackageId Universe::AddPackage(std::string_view name, Coexistence coexistence) {
  const StringId text = strings_.Intern(name);
  packages_by_name_.GrowTo(text.value() + size_t{1});
  PackageId& package = packages_by_name_[text];
  if (!package.valid()) {
    package = packages_.Add({.name = text, .coexistence = coexistence});
  } else {
    ACCORD_CHECK(packages_[package].coexistence == coexistence);
  }
  return package;
}

PackageId Universe::FindPackage(std::string_view name) const {
  const StringId text = strings_.Find(name);
  if (!text.valid() || text.value() >= packages_by_name_.size()) return {};
  return packages_by_name_[text];
}

void Universe::SetCoexistence(PackageId id, Coexistence coexistence) {
  ACCORD_CHECK(packages_[id].knowledge == Knowledge::kPending);
  packages_[id].coexistence = coexistence;
}

void Universe::SetCandidates(PackageId id, std::span<const std::string_view> versions) {
  Package& package = packages_[id];
  ACCORD_CHECK(package.knowledge == Knowledge::kPending);
  package.knowledge = Knowledge::kKnown;
  package.first = solvables_.NextId();
  package.count = static_cast<uint32_t>(versions.size());
  for (const std::string_view version : versions) {
    solvables_.Add({.package = id, .version = strings_.Add(version)});
  }
}

void Universe::SetNonexistent(PackageId id) {
  Package& package = packages_[id];
  ACCORD_CHECK(package.knowledge == Knowledge::kPending);
  package.knowledge = Knowledge::kNonexistent;
  package.first = solvables_.NextId();
}

void Universe::SetUnavailable(PackageId id, std::string_view reason) {
  Package& package = packages_[id];
  ACCORD_CHECK(package.knowledge == Knowledge::kPending);
  package.knowledge = Knowledge::kUnavailable;
  package.unavailable_reason = strings_.Intern(reason);
  package.first = solvables_.NextId();
}

void Universe::SetPreference(PackageId id, std::vector<Position> best_first) {
  ACCORD_CHECK(best_first.size() == packages_[id].count);
  packages_[id].preference = std::move(best_first);
}

void Universe::SetDependencies(SolvableId id, DependencySetId dependencies) {
  Solvable& solvable = solvables_[id];
  ACCORD_CHECK(solvable.dependencies_known == Knowledge::kPending);
  solvable.dependencies_known = Knowledge::kKnown;
  solvable.dependencies = dependencies;
}

void Universe::SetDependenciesUnavailable(SolvableId id, std::string_view reason) {
  Solvable& solvable = solvables_[id];
  ACCORD_CHECK(solvable.dependencies_known == Knowledge::kPending);
  solvable.dependencies_known = Knowledge::kUnavailable;
  solvable.unavailable_reason = strings_.Intern(reason);
}

VersionSetId Universe::NewSet(PackageId package, StringId text) {
  return sets_.Add({.package = package, .text = text, .same_members = sets_.NextId()});
}

void Universe::StoreMembers(VersionSetId id, std::span<const PositionRange> normalized) {
  VersionSet& set = sets_[id];
  ACCORD_CHECK(!set.known);
  const Package& package = packages_[set.package];
  ACCORD_CHECK(package.knowledge == Knowledge::kPending || normalized.empty() ||
               normalized.back().last < package.count);
  const StringId key = keys_.Intern(MembersKey(set.package, normalized).bytes());
  const auto [entry, is_new] = by_key_.try_emplace(key, id.value());
  set.known = true;
  set.count = CountOf(normalized);
  set.range_count = static_cast<uint32_t>(normalized.size());
  set.same_members = VersionSetId(entry->second);
  if (is_new) {
    set.first_range = static_cast<uint32_t>(ranges_.size());
    ranges_.insert(ranges_.end(), normalized.begin(), normalized.end());
  } else {
    set.first_range = sets_[set.same_members].first_range;
  }
}

VersionSetId Universe::AddSet(PackageId package, StringId text) {
  const auto [entry, is_new] = sets_by_text_.try_emplace({package, text}, sets_.NextId());
  return is_new ? NewSet(package, text) : entry->second;
}

void Universe::SetMembers(VersionSetId set, std::span<const PositionRange> normalized) {
  ACCORD_CHECK(packages_[sets_[set].package].knowledge != Knowledge::kPending);
  StoreMembers(set, normalized);
}

VersionSetId Universe::AddSetOf(PackageId package, std::span<const PositionRange> normalized) {
  const StringId key = keys_.Intern(MembersKey(package, normalized).bytes());
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    return VersionSetId(found->second);
  }
  const VersionSetId set = NewSet(package, StringId());
  StoreMembers(set, normalized);
  return set;
}

ConditionId Universe::AddHas(VersionSetId set) {
  const StringId key = keys_.Intern(Key('h').Add(set).bytes());
  const auto [entry, is_new] = by_key_.try_emplace(key, conditions_.NextId().value());
  if (is_new) conditions_.Add({.kind = Condition::Kind::kHas, .set = set, .children = {}});
  return ConditionId(entry->second);
}

ConditionId Universe::AddFormula(Condition::Kind kind, std::vector<ConditionId> children) {
  ACCORD_CHECK(kind != Condition::Kind::kHas && !children.empty());
  if (children.size() == 1) return children.front();
  Key bytes(kind == Condition::Kind::kAnd ? '&' : '|');
  const StringId key = keys_.Intern(bytes.AddAll(children).bytes());
  const auto [entry, is_new] = by_key_.try_emplace(key, conditions_.NextId().value());
  if (!is_new) return ConditionId(entry->second);
  uint32_t depth = 1;
  for (const ConditionId child : children) depth = std::max(depth, conditions_[child].depth + 1);
  ACCORD_CHECK(depth <= Condition::kDepthMax);
  conditions_.Add({.kind = kind, .set = {}, .children = std::move(children), .depth = depth});
  return ConditionId(entry->second);
}

RequirementId Universe::AddRequirement(Requirement requirement) {
  if (requirement.alternatives.size() == 1) {
    const auto [entry, is_new] = simple_requirements_.try_emplace(
        {requirement.alternatives.front(), requirement.condition, requirement.text},
        requirements_.NextId());
    if (is_new) requirements_.Add(std::move(requirement));
    return entry->second;
  }
  Key bytes('r');
  bytes.AddAll(requirement.alternatives).Add(requirement.condition).Add(requirement.text);
  const auto [entry, is_new] =
      by_key_.try_emplace(keys_.Intern(bytes.bytes()), requirements_.NextId().value());
  if (is_new) requirements_.Add(std::move(requirement));
  return RequirementId(entry->second);
}

ConstraintId Universe::AddConstraint(Constraint constraint) {
  Key bytes('c');
  bytes.Add(constraint.set).Add(constraint.condition).Add(constraint.text);
  const auto [entry, is_new] =
      by_key_.try_emplace(keys_.Intern(bytes.bytes()), constraints_.NextId().value());
  if (is_new) constraints_.Add(constraint);
  return ConstraintId(entry->second);
}

DependencySetId Universe::AddDependencySet(DependencySet dependencies) {
  Key bytes('d');
  bytes.AddAll(dependencies.requirements).AddAll(dependencies.constraints);
  const auto [entry, is_new] =
      by_key_.try_emplace(keys_.Intern(bytes.bytes()), dependency_sets_.NextId().value());
  if (is_new) dependency_sets_.Add(std::move(dependencies));
  return DependencySetId(entry->second);
}

GroupId Universe::AddGroup(std::string_view name) {
  return groups_.Add({.name = strings_.Intern(name), .members = {}});
}

void Universe::AddToGroup(GroupId group, SolvableId solvable) {
  groups_[group].members.push_back(solvable);
  groups_of_[solvable].push_back(group);
}

std::span<const GroupId> Universe::groups_of(SolvableId id) const {
  if (groups_of_.empty()) return {};
  const auto found = groups_of_.find(id);
  if (found == groups_of_.end()) return {};
  return found->second;
}

std::string Universe::Label(SolvableId id) const {
  return Cat(name(solvables_[id].package), " ", Text(solvables_[id].version));
}

bool Universe::IsDefinite(RequirementId id) const {
  const Requirement& requirement = requirements_[id];
  return requirement.alternatives.size() == 1 &&
         packages_[sets_[requirement.alternatives.front()].package].coexistence ==
             Coexistence::kOne;
}

}  // namespace accord
