#include "tests/oracle/oracle.h"

#include <algorithm>
#include <bit>

#include "base/check.h"

namespace accord {

bool Oracle::Fits(const WorldSpec& spec) {
  size_t count = 0;
  for (const PackageSpec& package : spec.packages) count += package.candidates.size();
  return count <= kOracleCandidatesMax;
}

Oracle::Oracle(const WorldSpec& spec) : spec_(spec) {
  ACCORD_CHECK(Fits(spec));
  const SpecIndex index(spec);
  CompilePackages(index);
  CompileRequest(index);
  List(0, 0);
}

// --- the spec as masks

Oracle::Mask Oracle::PackageMask(const std::string& package) const {
  Mask mask = 0;
  for (size_t i = 0; i < candidates_.size(); ++i) {
    if (spec_.packages[candidates_[i].package].name == package) mask |= Mask{1} << i;
  }
  return mask;
}

Oracle::Mask Oracle::MaskOf(const SetSpec& set) const {
  if (!set.allowed) return PackageMask(set.package);
  Mask mask = 0;
  for (size_t i = 0; i < candidates_.size(); ++i) {
    if (spec_.packages[candidates_[i].package].name != set.package) continue;
    for (const PositionRange& range : *set.allowed) {
      const Position position = candidates_[i].position;
      if (range.first <= position && position <= range.last) mask |= Mask{1} << i;
    }
  }
  return mask;
}

Oracle::Mask Oracle::MaskOf(const Chosen& chosen) const {
  Mask mask = 0;
  for (const auto& [package, position] : chosen) {
    mask |= MaskOf(
        SetSpec{.package = package, .allowed = std::vector<PositionRange>{{position, position}}});
  }
  return mask;
}

Oracle::Formula Oracle::Compile(const ConditionSpec& condition) const {
  Formula formula{.kind = condition.kind};
  if (condition.kind == Condition::Kind::kHas) formula.has = MaskOf(condition.has);
  for (const ConditionSpec& child : condition.children) formula.children.push_back(Compile(child));
  return formula;
}

Oracle::Need Oracle::Compile(const RequirementSpec& requirement, const SpecIndex& index) const {
  Need need;
  for (const SetSpec& alternative : requirement.alternatives) {
    const Mask members = MaskOf(alternative);
    need.any |= members;
    std::vector<Mask>& options = need.options.emplace_back();
    const PackageSpec* package = index.Find(alternative.package);
    if (!package) continue;
    const size_t first = first_[static_cast<size_t>(package - spec_.packages.data())];
    const auto count = static_cast<Position>(package->candidates.size());
    for (Position rank = 0; rank < count; ++rank) {
      const Position position =
          package->preference.empty() ? count - 1 - rank : package->preference[rank];
      const Mask bit = Mask{1} << (first + position);
      if (members & bit) options.push_back(bit);
    }
  }
  if (!requirement.alternatives.empty()) {
    need.name = requirement.alternatives.front().package;
    const PackageSpec* package = index.Find(need.name);
    const bool one = !package || package->coexistence == Coexistence::kOne;
    need.definite = one && requirement.alternatives.size() == 1;
  }
  need.text = requirement.text.empty() ? DerivedText(requirement, index) : requirement.text;
  if (requirement.when) need.when.push_back(Compile(*requirement.when));
  return need;
}

Oracle::Limit Oracle::Compile(const ConstraintSpec& constraint) const {
  Limit limit{.outside = PackageMask(constraint.set.package) & ~MaskOf(constraint.set)};
  if (constraint.when) limit.when.push_back(Compile(*constraint.when));
  return limit;
}

void Oracle::CompilePackages(const SpecIndex& index) {
  for (size_t p = 0; p < spec_.packages.size(); ++p) {
    first_.push_back(candidates_.size());
    for (Position i = 0; i < spec_.packages[p].candidates.size(); ++i) {
      candidates_.push_back({.package = p, .position = i});
    }
  }
  for (Candidate& candidate : candidates_) {
    const CandidateSpec& spec = spec_.packages[candidate.package].candidates[candidate.position];
    candidate.barred = spec.unknown.has_value();
    for (const RequirementSpec& requirement : spec.requirements) {
      candidate.needs.push_back(Compile(requirement, index));
    }
    for (const ConstraintSpec& constraint : spec.constraints) {
      candidate.limits.push_back(Compile(constraint));
    }
  }
  for (const PackageSpec& package : spec_.packages) {
    if (package.coexistence == Coexistence::kOne) exclusive_.push_back(PackageMask(package.name));
  }
  for (const GroupSpec& group : spec_.groups) exclusive_.push_back(MaskOf(group.members));
}

void Oracle::CompileRequest(const SpecIndex& index) {
  for (const AskedSpec& asked : spec_.requirements) {
    asked_.push_back({.need = Compile(asked.requirement, index), .priority = asked.priority});
  }
  for (const AskedSpec& asked : spec_.soft) {
    soft_.push_back({.need = Compile(asked.requirement, index), .priority = asked.priority});
  }
  for (const ConstraintSpec& constraint : spec_.constraints) limits_.push_back(Compile(constraint));
  const auto bar = [&](Mask mask) {
    for (size_t i = 0; i < candidates_.size(); ++i) {
      if (mask >> i & 1) candidates_[i].barred = true;
    }
  };
  for (const RestrictionSpec& lock : spec_.locked) {
    bar(PackageMask(lock.set.package) & ~MaskOf(lock.set));
  }
  for (const RestrictionSpec& excluded : spec_.excluded) bar(MaskOf(excluded.set));
  for (const RestrictionSpec& favored : spec_.favored) favored_ |= MaskOf(favored.set);
}

// --- valid sets

bool Oracle::Holds(const Formula& formula, Mask set) {
  const auto holds = [&](const Formula& child) { return Holds(child, set); };
  switch (formula.kind) {
    case Condition::Kind::kHas:
      return (formula.has & set) != 0;
    case Condition::Kind::kAnd:
      return std::all_of(formula.children.begin(), formula.children.end(), holds);
    case Condition::Kind::kOr:
      return std::any_of(formula.children.begin(), formula.children.end(), holds);
  }
  return false;
}

bool Oracle::Holds(const std::vector<Formula>& when, Mask set) {
  return when.empty() || Holds(when.front(), set);
}

bool Oracle::Allows(const std::vector<Limit>& limits, Mask set) {
  return std::all_of(limits.begin(), limits.end(), [&](const Limit& limit) {
    return (limit.outside & set) == 0 || !Holds(limit.when, set);
  });
}

bool Oracle::Meets(const Need& need, Mask set) {
  return (need.any & set) != 0 || !Holds(need.when, set);
}

// What no further member can mend: barred members, two of a group, a constraint that is broken
// (conditions have no negation, so they stay true).
bool Oracle::MayGrow(Mask set) const {
  for (const Mask exclusive : exclusive_) {
    if (std::popcount(exclusive & set) > 1) return false;
  }
  if (!Allows(limits_, set)) return false;
  for (size_t i = 0; i < candidates_.size(); ++i) {
    if (!(set >> i & 1)) continue;
    if (candidates_[i].barred || !Allows(candidates_[i].limits, set)) return false;
  }
  return true;
}

bool Oracle::IsValidMask(Mask set) const {
  if (!MayGrow(set)) return false;
  for (const Asked& asked : asked_) {
    if (!Meets(asked.need, set)) return false;
  }
  for (size_t i = 0; i < candidates_.size(); ++i) {
    if (!(set >> i & 1)) continue;
    for (const Need& need : candidates_[i].needs) {
      if (!Meets(need, set)) return false;
    }
  }
  return true;
}

void Oracle::List(Mask chosen, size_t next) {
  if (next == candidates_.size()) {
    if (IsValidMask(chosen)) valid_.push_back(chosen);
    return;
  }
  List(chosen, next + 1);
  const Mask grown = chosen | Mask{1} << next;
  if (MayGrow(grown)) List(grown, next + 1);
}

bool Oracle::IsValid(const Chosen& chosen) const { return IsValidMask(MaskOf(chosen)); }

bool Oracle::IsInValidSet(const Chosen& chosen) const {
  const Mask mask = MaskOf(chosen);
  return std::any_of(valid_.begin(), valid_.end(),
                     [&](Mask valid) { return (valid & mask) == mask; });
}

std::vector<Chosen> Oracle::SomeValidSets(size_t count_max) const {
  std::vector<Chosen> sets;
  const size_t step = std::max<size_t>(1, valid_.size() / std::max<size_t>(1, count_max));
  for (size_t at = 0; at < valid_.size() && sets.size() < count_max; at += step) {
    Chosen& chosen = sets.emplace_back();
    for (size_t i = 0; i < candidates_.size(); ++i) {
      if (!(valid_[at] >> i & 1)) continue;
      chosen.emplace_back(spec_.packages[candidates_[i].package].name, candidates_[i].position);
    }
  }
  return sets;
}

// --- the walk

// A requirement that waits for its turn.
struct Oracle::Open {
  const Need* need = nullptr;
  uint32_t depth = 0;
  int32_t priority = 0;
  bool soft = false;
  uint32_t soft_index = 0;

  // (definite first, depth, priority, hard before soft, name, text)
  [[nodiscard]] bool Before(const Open& other) const {
    if (need->definite != other.need->definite) return need->definite;
    if (depth != other.depth) return depth < other.depth;
    if (priority != other.priority) return priority < other.priority;
    if (soft != other.soft) return !soft;
    if (need->name != other.need->name) return need->name < other.need->name;
    return need->text < other.need->text;
  }
};

class Oracle::WalkState {
 public:
  explicit WalkState(const Oracle& oracle) : oracle_(oracle) {}

  OracleAnswer Walk() {
    OpenWhatHolds();
    while (!open_.empty()) {
      const auto first = std::min_element(open_.begin(), open_.end(),
                                          [](const Open& a, const Open& b) { return a.Before(b); });
      const Open taken = *first;
      open_.erase(first);
      if (taken.need->any & chosen_) continue;
      if (Mask option = FirstThatExtends(*taken.need)) {
        Enter(option, taken);
      } else if (taken.soft) {
        answer_.unmet_soft.push_back(taken.soft_index);
      } else {
        ACCORD_CHECK(chosen_ == 0 && !oracle_.satisfiable());
        return {};
      }
    }
    answer_.satisfiable = oracle_.satisfiable();
    ACCORD_CHECK(oracle_.IsValidMask(chosen_));
    std::sort(answer_.unmet_soft.begin(), answer_.unmet_soft.end());
    return std::move(answer_);
  }

 private:
  struct Entered {
    Mask bit = 0;
    uint32_t depth = 0;
  };

  // The depth of the member whose entry made the condition true; 0 without a condition.
  uint32_t DepthOfCondition(const Need& need) const {
    if (need.when.empty()) return 0;
    Mask before = 0;
    for (const Entered& entered : entered_) {
      before |= entered.bit;
      if (Holds(need.when, before)) return entered.depth;
    }
    ACCORD_CHECK(false);
    return 0;
  }

  // Opens every requirement of the request and of D whose condition holds in D and that was not
  // open before.
  void OpenWhatHolds() {
    for (const Asked& asked : oracle_.asked_) {
      OpenIfNew({.need = &asked.need, .priority = asked.priority});
    }
    for (uint32_t i = 0; i < oracle_.soft_.size(); ++i) {
      const Asked& asked = oracle_.soft_[i];
      OpenIfNew({.need = &asked.need, .priority = asked.priority, .soft = true, .soft_index = i});
    }
    for (const Entered& entered : entered_) {
      const size_t index = static_cast<size_t>(std::countr_zero(entered.bit));
      for (const Need& need : oracle_.candidates_[index].needs) {
        if (!Holds(need.when, chosen_)) continue;
        OpenIfNew({.need = &need, .depth = 1 + std::max(entered.depth, DepthOfCondition(need))});
      }
    }
  }

  void OpenIfNew(Open open) {
    if (!Holds(open.need->when, chosen_)) return;
    if (std::find(opened_.begin(), opened_.end(), open.need) != opened_.end()) return;
    opened_.push_back(open.need);
    open_.push_back(open);
  }

  // Favoured options of all alternatives, then the rest; the first that some valid set holds
  // together with D.
  Mask FirstThatExtends(const Need& need) const {
    for (const bool favored : {true, false}) {
      for (const std::vector<Mask>& options : need.options) {
        for (const Mask option : options) {
          if (((option & oracle_.favored_) != 0) != favored) continue;
          const Mask wanted = chosen_ | option;
          for (const Mask valid : oracle_.valid_) {
            if ((valid & wanted) == wanted) return option;
          }
        }
      }
    }
    return 0;
  }

  void Enter(Mask option, const Open& taken) {
    chosen_ |= option;
    entered_.push_back({.bit = option, .depth = taken.depth});
    const Candidate& candidate = oracle_.candidates_[static_cast<size_t>(std::countr_zero(option))];
    answer_.members.push_back({.package = oracle_.spec_.packages[candidate.package].name,
                               .position = candidate.position,
                               .depth = taken.depth,
                               .text = taken.need->text});
    OpenWhatHolds();
  }

  const Oracle& oracle_;
  Mask chosen_ = 0;
  std::vector<Entered> entered_;
  std::vector<const Need*> opened_;
  std::vector<Open> open_;
  OracleAnswer answer_;
};

OracleAnswer Oracle::Canonical() const { return WalkState(*this).Walk(); }

}  // namespace accord
