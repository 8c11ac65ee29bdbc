// The lazy half of the encoder: packages, candidates and conditional requirements are opened when
// the trail reaches them.
#include <algorithm>

#include "solver/cdcl/encoder.h"

namespace accord::cdcl {

bool Encoder::OpenPackage(PackageId id) {
  if (IsOpen(id)) return true;
  const Package& package = universe_.package(id);
  if (package.knowledge == Knowledge::kPending) return false;
  const DomainIndex domain =
      core_.AddDomain(package.count, package.coexistence == Coexistence::kOne);
  domains_.Write(id) = domain;
  packages_.push_back(id);
  ++counters_.packages;
  counters_.candidates += package.count;
  if (universe_.group_count() > 0) {
    for (uint32_t i = 0; i < package.count; ++i) {
      for (const GroupId group : universe_.groups_of(universe_.at(id, i))) {
        const auto [entry, is_new] = groups_.try_emplace(group, 0);
        if (is_new) entry->second = core_.AddGroup();
        core_.AddToGroup(entry->second, core_.CandidateVar(domain, i));
      }
    }
  }
  if (const auto waiting = unattached_.find(id); waiting != unattached_.end()) {
    for (const auto& [gate, set] : waiting->second) {
      core_.AttachGate(gate, domain, universe_.ranges(set));
    }
    unattached_.erase(waiting);
  }
  ExcludeOpened(id);
  return true;
}

// Between two returns of kNeeds no facts come: what lacks some is not looked at for each literal
// behind it that can be opened, but once more at the end, to name all that is lacking at once.
Encoder::Opened Encoder::Open(Needs& needs) {
  const size_t low_water = core_.TakeLowWater();
  scanned_ = std::min(scanned_, low_water);
  resume_ = std::max(scanned_, std::min(resume_, low_water));
  const bool from_first = resume_ == scanned_;
  const Opened opened = OpenTrail(resume_, needs);
  if (opened == Opened::kMore || scanned_ == core_.trail().size()) return opened;
  if (!from_first) {
    needs = {};
    if (OpenTrail(scanned_, needs) == Opened::kMore) return Opened::kMore;
  }
  resume_ = scanned_;
  return Opened::kNeeds;
}

Encoder::Opened Encoder::OpenTrail(size_t from, Needs& needs) {
  bool more = false;
  // Clauses that are added may lengthen the trail.
  for (size_t at = from; at < core_.trail().size(); ++at) {
    const bool is_open = OpenLiteral(core_.trail()[at], needs, more);
    resume_ = at;
    if (more) return Opened::kMore;
    if (is_open && scanned_ == at) scanned_ = at + 1;
  }
  return scanned_ == core_.trail().size() ? Opened::kNothing : Opened::kNeeds;
}

bool Encoder::OpenLiteral(Lit literal, Needs& needs, bool& more) {
  if (literal.negative()) return true;
  const Var var = literal.var();
  if (const SolvableId solvable = CandidateOf(var); solvable.valid()) {
    if (objects_.size() <= var) objects_.resize(var + 1);
    if (objects_[var].opened) return true;
    if (!OpenCandidate(solvable, needs)) return false;
    objects_[var].opened = true;
    more = true;
    return true;
  }
  const uint32_t last_link = objects_[var].last_link;
  return last_link == kNoIndex || OpenConditionals(last_link, needs, more);
}

// not candidate or dependencies
bool Encoder::OpenCandidate(SolvableId id, Needs& needs) {
  const Solvable& solvable = universe_.solvable(id);
  const Lit absent = Lit::False(CandidateVar(id));
  switch (solvable.dependencies_known) {
    case Knowledge::kPending:
      needs.candidates.push_back(id);
      return false;
    case Knowledge::kUnavailable:
    case Knowledge::kNonexistent:
      used_unavailable_ = true;
      core_.AddClause({&absent, 1},
                      Origin({.kind = Reason::Kind::kDependenciesUnavailable, .solvable = id}));
      ++counters_.clauses_other;
      return true;
    case Knowledge::kKnown:
      break;
  }
  const DependencySetId dependencies = solvable.dependencies;
  const DependencySet& set = universe_.dependency_set(dependencies);
  if (!set.requirements.empty() || !set.constraints.empty()) {
    if (dependency_vars_[dependencies] != kNoVar) ++counters_.candidates_folded;
    if (!OpenDependencies(dependencies, needs)) return false;
    const Lit clause[] = {absent, Lit::True(dependency_vars_[dependencies])};
    core_.AddClause(
        clause,
        Origin({.kind = Reason::Kind::kBrings, .dependencies = dependencies, .solvable = id}));
    ++counters_.clauses_other;
  }
  ++counters_.candidates_looked_at;
  return true;
}

bool Encoder::RuleOutByNeeds(SolvableId id) {
  const Solvable& solvable = universe_.solvable(id);
  if (solvable.dependencies_known != Knowledge::kKnown) return false;
  const Var needs = dependency_vars_[solvable.dependencies];
  if (needs == kNoVar || core_.value(needs) != Value::kFalse) return false;
  const Var var = CandidateVar(id);
  if (objects_.size() <= var) objects_.resize(var + 1);
  objects_[var].opened = true;
  Needs none;
  return OpenCandidate(id, none);
}

bool Encoder::OpenDependencies(DependencySetId id, Needs& needs) {
  if (dependency_vars_[id] != kNoVar) return true;
  const DependencySet& set = universe_.dependency_set(id);
  bool known = true;
  for (const RequirementId requirement : set.requirements) {
    if (universe_.requirement(requirement).condition.valid()) continue;
    known = KnowPackages(requirement, needs) && known;
  }
  if (!known) return false;
  const Var var = Meant(core_.AddVar(), Meaning::kDependencies, id.value());
  dependency_vars_.Write(id) = var;
  for (const RequirementId requirement : set.requirements) {
    const Reason reason{
        .kind = Reason::Kind::kDependency, .requirement = requirement, .dependencies = id};
    if (universe_.requirement(requirement).condition.valid()) {
      AddConditional(var, requirement, reason);
    } else {
      AddRequirement(var, requirement, reason);
    }
  }
  for (const ConstraintId constraint : set.constraints) {
    AddConstraint(
        var, constraint,
        {.kind = Reason::Kind::kConstraint, .constraint = constraint, .dependencies = id});
  }
  return true;
}

bool Encoder::OpenConditionals(uint32_t last_link, Needs& needs, bool& more) {
  bool all = true;
  uint32_t link = last_link;
  do {
    link = links_[link].next;
    all = OpenConditionalOnce(links_[link].conditional, needs, more) && all;
  } while (link != last_link);
  return all;
}

// Encodes it if its bringer and condition are both true.
bool Encoder::OpenConditionalOnce(uint32_t index, Needs& needs, bool& more) {
  const Conditional conditional = conditionals_[index];
  if (conditional.encoded || core_.value(conditional.bringer) != Value::kTrue) return true;
  const ConditionId condition = universe_.requirement(conditional.requirement).condition;
  if (condition.valid() && core_.value(ConditionVar(condition)) != Value::kTrue) return true;
  if (!KnowPackages(conditional.requirement, needs)) return false;
  conditionals_[index].encoded = true;
  AddRequirement(conditional.bringer, conditional.requirement, conditional.reason);
  more = true;
  return true;
}

bool Encoder::KnowPackages(RequirementId requirement, Needs& needs) {
  bool known = true;
  for (const VersionSetId set : universe_.requirement(requirement).alternatives) {
    const PackageId package = universe_.set(set).package;
    if (universe_.package(package).knowledge != Knowledge::kPending) continue;
    needs.packages.push_back(package);
    known = false;
  }
  return known;
}

namespace {

// The group that holds both; two candidates may share several, the first is as good.
GroupId SharedGroup(const Universe& universe, SolvableId a, SolvableId b) {
  for (const GroupId group : universe.groups_of(a)) {
    const auto& members = universe.group(group).members;
    if (std::find(members.begin(), members.end(), b) != members.end()) return group;
  }
  return {};
}

}  // namespace

std::vector<Reason> Encoder::Reasons(const SatCore::Sources& sources) const {
  std::vector<Reason> reasons;
  for (const uint32_t origin : sources.origins) {
    const Reason& reason = reasons_[origin];
    // Clauses that only define a gate or a condition state no fact.
    if (reason.kind == Reason::Kind::kNoCandidate &&
        (!reason.set.valid() || universe_.set(reason.set).count > 0)) {
      continue;
    }
    reasons.push_back(reason);
  }
  for (const DomainIndex domain : sources.exclusive) {
    reasons.push_back({.kind = Reason::Kind::kOnePerPackage, .package = packages_[domain]});
  }
  for (const auto& [a, b] : sources.grouped) {
    reasons.push_back({.kind = Reason::Kind::kGroup,
                       .group = SharedGroup(universe_, CandidateOf(a), CandidateOf(b))});
  }
  std::sort(reasons.begin(), reasons.end());
  reasons.erase(std::unique(reasons.begin(), reasons.end()), reasons.end());
  return reasons;
}

}  // namespace accord::cdcl
