#include "explain/derivation.h"

#include <algorithm>
#include <map>
#include <utility>

namespace accord::explain {
namespace {

constexpr StepId kStays = ~StepId{0};

struct NeedOf {
  VersionSetId set;  // invalid: nothing meets it, whatever is chosen
  ConditionId condition;
  RequirementId requirement;
  // A constraint: of the package nothing outside the set. Where one of the package must be chosen,
  // that is a need.
  bool limits = false;
  auto operator<=>(const NeedOf&) const = default;
};
using Needs = std::vector<NeedOf>;

// One of these options must be chosen, says the step.
struct Demand {
  StepId step = 0;
  std::vector<PositionRange> options;
};

struct PackageState {
  std::vector<StepId> removed_by;  // by position; kStays: it is left
  uint32_t left = 0;
  std::vector<Demand> demands;
};
using State = std::map<PackageId, PackageState>;

template <class Visit>
void ForEachPosition(std::span<const PositionRange> ranges, const Visit& visit) {
  for (const PositionRange& range : ranges) {
    for (Position position = range.first; position <= range.last; ++position) visit(position);
  }
}

template <class IdType>
void SortIds(std::vector<IdType>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

// Both normalized.
bool IsWithin(std::span<const PositionRange> inner, std::span<const PositionRange> outer) {
  return std::all_of(inner.begin(), inner.end(), [&](const PositionRange& one) {
    return std::any_of(outer.begin(), outer.end(), [&](const PositionRange& other) {
      return other.first <= one.first && one.last <= other.last;
    });
  });
}

// Whether a demand for these options says more than is known.
bool IsNews(const PackageState& of, std::span<const PositionRange> options) {
  if (of.demands.empty()) return true;
  for (Position position = 0; position < of.removed_by.size(); ++position) {
    if (of.removed_by[position] == kStays && !Contains(options, position)) return true;
  }
  return false;
}

class Deriver {
 public:
  Deriver(const Universe& universe, const Problem& problem, const DerivationLimits& limits)
      : universe_(universe), problem_(problem), limits_(limits) {}

  std::optional<Derivation> Run(const Conflict& conflict) {
    State state;
    if (!Read(conflict, state)) return std::nullopt;
    const std::optional<StepId> end = Close(state, 0);
    if (!end.has_value()) return std::nullopt;
    return Slice(*end);
  }

 private:
  bool Read(const Conflict& conflict, State& state);
  bool ReadReason(const Reason& reason, State& state);
  bool ReadNeeds(const Conflict& conflict);
  bool Ask(const Reason& reason, State& state);
  void Limit(StepKind kind, const Reason& reason, VersionSetId set, State& state);
  void Exclude(StepKind kind, const Reason& reason, SolvableId solvable, State& state);

  // The step that ends it; none: a limit is reached, or there is nothing left to do.
  std::optional<StepId> Close(State& state, uint32_t supposed);
  std::optional<StepId> Suppose(State& state, uint32_t supposed);
  bool Forward(State& state);
  bool ForwardFrom(State& state, PackageId package);
  bool ForwardTo(State& state, PackageId package, PackageId needed);
  bool Backward(State& state);
  void Drop(State& state, PackageId package, PackageId needed, std::span<const Position> some);
  std::optional<StepId> End(State& state);

  struct Candidate {
    PackageId package;
    Position position = 0;
  };
  const NeedOf* NeedOn(State& state, const Candidate& candidate, PackageId needed,
                       const std::vector<PositionRange>* options, std::vector<StepId>& because);

  StepId Add(Step step) {
    SortIds(step.because);
    steps_.push_back(std::move(step));
    return static_cast<StepId>(steps_.size() - 1);
  }
  PackageState& StateOf(State& state, PackageId package);
  void KeepOnly(PackageState& of, std::span<const PositionRange> ranges, StepId step);
  void Remove(PackageState& of, Position position, StepId step);
  StepId FactOf(VersionSetId set);
  // Why nothing of the set is left.
  void WhyGone(State& state, VersionSetId set, std::vector<StepId>& because);
  [[nodiscard]] bool IsGone(State& state, VersionSetId set);
  [[nodiscard]] PackageId NeededBy(const NeedOf& need) const {
    return need.set.valid() ? universe_.set(need.set).package : PackageId();
  }
  // Whether a candidate with this need cannot be chosen; `because` gets why the need applies.
  bool IsLost(State& state, const NeedOf& need, std::vector<StepId>& because) {
    return (!need.set.valid() || IsGone(state, need.set)) && Applies(state, need, because);
  }
  // Whether the need counts in each solution, and why.
  bool Applies(State& state, const NeedOf& need, std::vector<StepId>& because);
  // Whether the condition holds in each solution, and why.
  bool Holds(State& state, ConditionId condition, std::vector<StepId>& because);
  [[nodiscard]] const Needs* NeedsAt(PackageId package, Position position) const;
  bool Reaches(StepId from, StepId to) const;
  [[nodiscard]] Derivation Slice(StepId end) const;
  [[nodiscard]] bool HasRoom() const {
    return steps_.size() < limits_.steps_max && work_ < limits_.work_max;
  }

  const Universe& universe_;
  const Problem& problem_;
  const DerivationLimits limits_;
  std::vector<Step> steps_;
  std::map<PackageId, std::map<Position, Needs>> needs_;
  std::map<VersionSetId, StepId> facts_;
  uint64_t work_ = 0;
};

bool Deriver::ReadNeeds(const Conflict& conflict) {
  std::map<DependencySetId, Needs> by_set;
  for (const Reason& reason : conflict.core) {
    if (reason.kind != Reason::Kind::kDependency) continue;
    const Requirement& requirement = universe_.requirement(reason.requirement);
    if (requirement.alternatives.size() > 1) return false;
    NeedOf need{.condition = requirement.condition, .requirement = reason.requirement};
    if (!requirement.alternatives.empty()) need.set = requirement.alternatives.front();
    by_set[reason.dependencies].push_back(need);
  }
  for (const Reason& reason : conflict.core) {
    if (reason.kind != Reason::Kind::kConstraint) continue;
    const Constraint& constraint = universe_.constraint(reason.constraint);
    const PackageId limited = universe_.set(constraint.set).package;
    if (universe_.package(limited).coexistence != Coexistence::kOne) return false;
    by_set[reason.dependencies].push_back(
        {.set = constraint.set, .condition = constraint.condition, .limits = true});
  }
  for (const Reason& reason : conflict.core) {
    if (reason.kind != Reason::Kind::kBrings) continue;
    const PackageId package = universe_.solvable(reason.solvable).package;
    if (universe_.package(package).coexistence != Coexistence::kOne) return false;
    Needs& needs = needs_[package][universe_.position(reason.solvable)];
    needs = by_set[reason.dependencies];
    std::sort(needs.begin(), needs.end());
  }
  return true;
}

bool Deriver::Read(const Conflict& conflict, State& state) {
  if (!ReadNeeds(conflict)) return false;
  return std::all_of(conflict.core.begin(), conflict.core.end(),
                     [&](const Reason& reason) { return ReadReason(reason, state); });
}

bool Deriver::ReadReason(const Reason& reason, State& state) {
  switch (reason.kind) {
    case Reason::Kind::kRequirement:
      return Ask(reason, state);
    case Reason::Kind::kRequestConstraint: {
      const Constraint& constraint = universe_.constraint(reason.constraint);
      if (constraint.condition.valid()) return false;
      Limit(StepKind::kConstraint, reason, constraint.set, state);
      return true;
    }
    case Reason::Kind::kLock:
      Limit(StepKind::kLock, reason, problem_.locked[reason.restriction].set, state);
      return true;
    case Reason::Kind::kExclusion:
      Exclude(StepKind::kExclusion, reason, reason.solvable, state);
      return true;
    case Reason::Kind::kDependenciesUnavailable:
      Exclude(StepKind::kUnknownNeeds, reason, reason.solvable, state);
      return true;
    case Reason::Kind::kGroup:
      return false;
    case Reason::Kind::kConstraint:
    case Reason::Kind::kDependency:
    case Reason::Kind::kBrings:
    case Reason::Kind::kOnePerPackage:
    case Reason::Kind::kNoCandidate:
    case Reason::Kind::kNonexistent:
    case Reason::Kind::kPackageUnavailable:
      return true;
  }
  return false;
}

bool Deriver::Ask(const Reason& reason, State& state) {
  const Requirement& requirement = universe_.requirement(reason.requirement);
  if (requirement.alternatives.size() != 1 || requirement.condition.valid()) return false;
  const VersionSetId set = requirement.alternatives.front();
  const PackageId package = universe_.set(set).package;
  if (universe_.package(package).coexistence != Coexistence::kOne) return false;
  const auto ranges = universe_.ranges(set);
  const StepId step = Add({.kind = StepKind::kAsk,
                           .package = package,
                           .set = set,
                           .some = {ranges.begin(), ranges.end()},
                           .reason = reason});
  PackageState& of = StateOf(state, package);
  of.demands.push_back({.step = step, .options = {ranges.begin(), ranges.end()}});
  KeepOnly(of, ranges, step);
  return true;
}

void Deriver::Limit(StepKind kind, const Reason& reason, VersionSetId set, State& state) {
  const PackageId package = universe_.set(set).package;
  const auto ranges = universe_.ranges(set);
  const StepId step = Add({.kind = kind,
                           .package = package,
                           .set = set,
                           .some = {ranges.begin(), ranges.end()},
                           .reason = reason});
  KeepOnly(StateOf(state, package), ranges, step);
}

void Deriver::Exclude(StepKind kind, const Reason& reason, SolvableId solvable, State& state) {
  const PackageId package = universe_.solvable(solvable).package;
  const Position position = universe_.position(solvable);
  Step step{.kind = kind, .package = package, .some = {{position, position}}, .reason = reason};
  if (kind == StepKind::kExclusion) {
    step.set = problem_.excluded[reason.restriction].set;
    // The candidates of one exclusion are one step.
    for (StepId other = 0; other < steps_.size(); ++other) {
      if (steps_[other].kind != kind || steps_[other].set != step.set) continue;
      steps_[other].some.push_back({position, position});
      steps_[other].some = Normalized(std::move(steps_[other].some));
      Remove(StateOf(state, package), position, other);
      return;
    }
  }
  Remove(StateOf(state, package), position, Add(std::move(step)));
}

PackageState& Deriver::StateOf(State& state, PackageId package) {
  const auto [found, made] = state.try_emplace(package);
  if (made) {
    found->second.left = universe_.package(package).count;
    found->second.removed_by.assign(found->second.left, kStays);
  }
  return found->second;
}

void Deriver::Remove(PackageState& of, Position position, StepId step) {
  if (of.removed_by[position] != kStays) return;
  of.removed_by[position] = step;
  --of.left;
}

void Deriver::KeepOnly(PackageState& of, std::span<const PositionRange> ranges, StepId step) {
  const auto count = static_cast<uint32_t>(of.removed_by.size());
  work_ += count;
  ForEachPosition(Complement(ranges, count),
                  [&](Position position) { Remove(of, position, step); });
}

StepId Deriver::FactOf(VersionSetId set) {
  const auto found = facts_.find(set);
  if (found != facts_.end()) return found->second;
  const PackageId package = universe_.set(set).package;
  const Knowledge knowledge = universe_.package(package).knowledge;
  StepKind kind = StepKind::kNoVersion;
  if (knowledge == Knowledge::kNonexistent) kind = StepKind::kNonexistent;
  if (knowledge == Knowledge::kUnavailable) kind = StepKind::kUnknown;
  return facts_[set] = Add({.kind = kind, .package = package, .set = set});
}

bool Deriver::IsGone(State& state, VersionSetId set) {
  const PackageState& of = StateOf(state, universe_.set(set).package);
  bool gone = true;
  ForEachPosition(universe_.ranges(set), [&](Position position) {
    ++work_;
    gone = gone && of.removed_by[position] != kStays;
  });
  return gone;
}

void Deriver::WhyGone(State& state, VersionSetId set, std::vector<StepId>& because) {
  const auto ranges = universe_.ranges(set);
  if (ranges.empty()) {
    because.push_back(FactOf(set));
    return;
  }
  const PackageState& of = StateOf(state, universe_.set(set).package);
  ForEachPosition(ranges, [&](Position position) { because.push_back(of.removed_by[position]); });
}

bool Deriver::Holds(State& state, ConditionId id, std::vector<StepId>& because) {
  if (!id.valid()) return true;
  const Condition& condition = universe_.condition(id);
  if (condition.kind == Condition::Kind::kHas) {
    const PackageState& of = StateOf(state, universe_.set(condition.set).package);
    if (of.demands.empty()) return false;
    const auto inside = universe_.ranges(condition.set);
    std::vector<StepId> why = {of.demands.front().step};
    for (Position position = 0; position < of.removed_by.size(); ++position) {
      if (Contains(inside, position)) continue;
      if (of.removed_by[position] == kStays) return false;
      why.push_back(of.removed_by[position]);
    }
    because.insert(because.end(), why.begin(), why.end());
    return true;
  }
  const bool all = condition.kind == Condition::Kind::kAnd;
  for (const ConditionId child : condition.children) {
    if (Holds(state, child, because) != all) return !all;
  }
  return all;
}

bool Deriver::Applies(State& state, const NeedOf& need, std::vector<StepId>& because) {
  if (!need.limits) return Holds(state, need.condition, because);
  const std::vector<Demand>& demands = StateOf(state, NeededBy(need)).demands;
  if (demands.empty() || !Holds(state, need.condition, because)) return false;
  because.push_back(demands.front().step);
  return true;
}

const Needs* Deriver::NeedsAt(PackageId package, Position position) const {
  const auto of = needs_.find(package);
  if (of == needs_.end()) return nullptr;
  const auto at = of->second.find(position);
  return at == of->second.end() ? nullptr : &at->second;
}

std::optional<StepId> Deriver::Close(State& state, uint32_t supposed) {
  while (HasRoom()) {
    if (const std::optional<StepId> end = End(state)) return end;
    if (Forward(state) || Backward(state)) continue;
    return supposed < limits_.supposed_max ? Suppose(state, supposed) : std::nullopt;
  }
  return std::nullopt;
}

// Of all packages of which nothing is left, the one with the fewest reasons.
std::optional<StepId> Deriver::End(State& state) {
  std::optional<Step> best;
  for (auto& [package, of] : state) {
    if (of.left > 0) continue;
    for (const Demand& demand : of.demands) {
      Step step{.kind = StepKind::kEnd, .package = package, .because = {demand.step}};
      if (demand.options.empty()) {
        const Step& from = steps_[demand.step];
        std::vector<VersionSetId> sets = from.needed_sets;
        if (from.kind == StepKind::kAsk) sets = {from.set};
        for (const VersionSetId set : sets) WhyGone(state, set, step.because);
      }
      ForEachPosition(demand.options,
                      [&](Position position) { step.because.push_back(of.removed_by[position]); });
      SortIds(step.because);
      if (!best.has_value() || step.because.size() < best->because.size()) best = std::move(step);
    }
  }
  if (!best.has_value()) return std::nullopt;
  return Add(*std::move(best));
}

bool Deriver::Forward(State& state) {
  std::vector<PackageId> packages;
  for (const auto& [package, of] : state) {
    if (!of.demands.empty() && of.left > 0) packages.push_back(package);
  }
  return std::any_of(packages.begin(), packages.end(),
                     [&](PackageId package) { return ForwardFrom(state, package); });
}

bool Deriver::ForwardFrom(State& state, PackageId package) {
  const PackageState& of = state.at(package);
  const auto first = std::find(of.removed_by.begin(), of.removed_by.end(), kStays);
  const Needs* needs = NeedsAt(package, static_cast<Position>(first - of.removed_by.begin()));
  if (needs == nullptr) return false;
  return std::any_of(needs->begin(), needs->end(), [&](const NeedOf& need) {
    return need.set.valid() && ForwardTo(state, package, NeededBy(need));
  });
}

// The first need of the candidate on `needed` that holds, and that stays within `options` if these
// are given. Of several needs the others drop the candidate where they must.
const NeedOf* Deriver::NeedOn(State& state, const Candidate& candidate, PackageId needed,
                              const std::vector<PositionRange>* options,
                              std::vector<StepId>& because) {
  ++work_;
  const Needs* needs = NeedsAt(candidate.package, candidate.position);
  if (needs == nullptr) return nullptr;
  for (const NeedOf& need : *needs) {
    if (NeededBy(need) != needed) continue;
    if (options != nullptr && !IsWithin(universe_.ranges(need.set), *options)) continue;
    if (Applies(state, need, because)) return &need;
  }
  return nullptr;
}

// Where each candidate that is left needs the other package, one of what they need together must be
// chosen. Candidates that are gone and need no more than that need no reason for being gone.
bool Deriver::ForwardTo(State& state, PackageId package, PackageId needed) {
  const PackageState& of = state.at(package);
  // The one with the fewest options needs the fewest reasons besides.
  const Demand& demand = *std::min_element(
      of.demands.begin(), of.demands.end(),
      [](const Demand& a, const Demand& b) { return CountOf(a.options) < CountOf(b.options); });
  Step step{.kind = StepKind::kNeed, .package = package, .needed = needed};
  step.because.push_back(demand.step);
  bool each_needs_it = true;
  const auto look = [&](Position position, const std::vector<PositionRange>* options) {
    const NeedOf* need = NeedOn(state, {package, position}, needed, options, step.because);
    if (need == nullptr) return false;
    step.some.push_back({position, position});
    step.needed_sets.push_back(need->set);
    step.conditions.push_back(need->condition);
    (need->limits ? step.limits : step.needs) = true;
    return true;
  };
  ForEachPosition(demand.options, [&](Position position) {
    if (of.removed_by[position] != kStays || !each_needs_it) return;
    each_needs_it = look(position, nullptr);
  });
  if (!each_needs_it) return false;
  for (const VersionSetId set : step.needed_sets) {
    const auto ranges = universe_.ranges(set);
    step.options.insert(step.options.end(), ranges.begin(), ranges.end());
  }
  step.options = Normalized(std::move(step.options));
  if (!IsNews(StateOf(state, needed), step.options)) return false;
  ForEachPosition(demand.options, [&](Position position) {
    if (of.removed_by[position] == kStays || look(position, &step.options)) return;
    step.because.push_back(of.removed_by[position]);
  });
  SortIds(step.needed_sets);
  SortIds(step.conditions);
  step.some = Normalized(std::move(step.some));
  const std::vector<PositionRange> options = step.options;
  const StepId id = Add(std::move(step));
  PackageState& target = StateOf(state, needed);
  target.demands.push_back({.step = id, .options = options});
  KeepOnly(target, options, id);
  return true;
}

bool Deriver::Backward(State& state) {
  bool dropped = false;
  for (const auto& [package, by_position] : needs_) {
    std::map<PackageId, std::vector<Position>> without;  // by what they need
    for (const auto& [position, needs] : by_position) {
      ++work_;
      if (StateOf(state, package).removed_by[position] != kStays) continue;
      for (const NeedOf& need : needs) {
        std::vector<StepId> why;
        if (!IsLost(state, need, why)) continue;
        without[NeededBy(need)].push_back(position);
        break;
      }
    }
    for (const auto& [needed, some] : without) {
      Drop(state, package, needed, some);
      dropped = true;
    }
  }
  return dropped;
}

void Deriver::Drop(State& state, PackageId package, PackageId needed,
                   std::span<const Position> some) {
  Step step{.kind = StepKind::kDrop, .package = package, .needed = needed};
  for (const Position position : some) {
    step.some.push_back({position, position});
    for (const NeedOf& need : *NeedsAt(package, position)) {
      std::vector<StepId> why;
      if (NeededBy(need) != needed || !IsLost(state, need, why)) continue;
      step.because.insert(step.because.end(), why.begin(), why.end());
      step.conditions.push_back(need.condition);
      (need.limits ? step.limits : step.needs) = true;
      if (need.set.valid()) {
        step.needed_sets.push_back(need.set);
      } else {
        step.unmet.push_back(need.requirement);
      }
      break;
    }
  }
  SortIds(step.needed_sets);
  SortIds(step.conditions);
  SortIds(step.unmet);
  for (const VersionSetId set : step.needed_sets) WhyGone(state, set, step.because);
  step.some = Normalized(std::move(step.some));
  const StepId id = Add(std::move(step));
  for (const Position position : some) Remove(StateOf(state, package), position, id);
}

// Candidates with the same needs are supposed together.
std::optional<StepId> Deriver::Suppose(State& state, uint32_t supposed) {
  PackageId package;
  for (const auto& [candidate, of] : state) {
    if (of.demands.empty() || of.left < 2 || !needs_.contains(candidate)) continue;
    if (!package.valid() || of.left < state.at(package).left) package = candidate;
  }
  if (!package.valid()) return std::nullopt;
  std::map<Needs, std::vector<PositionRange>> blocks;
  const std::vector<StepId>& removed_by = state.at(package).removed_by;
  for (Position position = 0; position < removed_by.size(); ++position) {
    if (removed_by[position] != kStays) continue;
    const Needs* needs = NeedsAt(package, position);
    blocks[needs == nullptr ? Needs() : *needs].push_back({position, position});
  }
  if (blocks.size() < 2) return std::nullopt;
  for (auto& [needs, ranges] : blocks) {
    const std::vector<PositionRange> some = Normalized(std::move(ranges));
    const StepId suppose = Add({.kind = StepKind::kSuppose, .package = package, .some = some});
    State inner = state;
    KeepOnly(inner.at(package), some, suppose);
    const std::optional<StepId> end = Close(inner, supposed + 1);
    if (!end.has_value() || !Reaches(*end, suppose)) return end;
    const StepId refute =
        Add({.kind = StepKind::kRefute, .package = package, .some = some, .because = {*end}});
    KeepOnly(state.at(package),
             Complement(some, static_cast<uint32_t>(state.at(package).removed_by.size())), refute);
  }
  return Close(state, supposed);
}

bool Deriver::Reaches(StepId from, StepId to) const {
  std::vector<bool> reached(steps_.size());
  reached[from] = true;
  for (StepId id = from; id > to; --id) {
    if (!reached[id]) continue;
    for (const StepId earlier : steps_[id].because) reached[earlier] = true;
  }
  return reached[to];
}

Derivation Deriver::Slice(StepId end) const {
  std::vector<bool> used(steps_.size());
  used[end] = true;
  for (StepId id = end + 1; id-- > 0;) {
    if (!used[id]) continue;
    for (const StepId earlier : steps_[id].because) used[earlier] = true;
  }
  Derivation derivation;
  std::vector<StepId> place(steps_.size());
  for (StepId id = 0; id <= end; ++id) {
    if (!used[id]) continue;
    place[id] = static_cast<StepId>(derivation.steps.size());
    Step step = steps_[id];
    for (StepId& earlier : step.because) earlier = place[earlier];
    derivation.steps.push_back(std::move(step));
  }
  return derivation;
}

}  // namespace

std::optional<Derivation> Derive(const Universe& universe, const Problem& problem,
                                 const Conflict& conflict, const DerivationLimits& limits) {
  return Deriver(universe, problem, limits).Run(conflict);
}

}  // namespace accord::explain
