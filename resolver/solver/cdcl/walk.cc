#include "solver/cdcl/walk.h"

#include <algorithm>
#include <utility>

namespace accord::cdcl {

void Walk::Begin(const Problem& problem) {
  problem_ = &problem;
  agenda_.Clear();
  expanded_.clear();
  decided_ = {};
  while (!d_.empty()) Leave();  // costs what D holds, not what the universe does
  log_.clear();
  unmet_soft_.clear();
  waiting_.clear();
  favored_.clear();
  for (const Restriction& favored : problem.favored) {
    favored_[universe_.set(favored.set).package].push_back(favored.set);
  }
  for (const AskedRequirement& asked : problem.requirements) {
    Bring(kRequest, {.requirement = asked.requirement, .priority = asked.priority}, true);
  }
  for (uint32_t i = 0; i < problem.soft.size(); ++i) {
    Bring(kRequest,
          {.requirement = problem.soft[i].requirement,
           .soft = true,
           .priority = problem.soft[i].priority,
           .soft_index = i},
          true);
  }
}

// Opens a requirement of D's entry `bringer`, or leaves it waiting for its condition. Not new: if
// it has to wait, it does so already.
void Walk::Bring(EntryIndex bringer, const OpenRequirement& asked, bool is_new) {
  OpenRequirement open = asked;
  const Requirement& requirement = universe_.requirement(open.requirement);
  open.bringer = bringer;
  open.opener = bringer;
  const bool of_request = bringer == kRequest;
  if (!of_request) {
    open.opener_serial = d_[bringer].serial;
    open.depth = d_[bringer].depth + 1;
  }
  if (!requirement.condition.valid()) {
    open.lasting = !of_request;
    if (open.lasting) open.opener_serial = d_[bringer].lasting;
    return agenda_.Add(open);
  }
  const EntryIndex when = WhenTrue(requirement.condition);
  if (when != kRequest) {
    OpenRequirement opened = open;
    if (!of_request) opened.depth = std::max(open.depth, d_[when].depth + 1);
    if (when > bringer) {  // else it holds as long as the bringer does
      opened.opener = when;
      opened.opener_serial = d_[when].serial;
    }
    agenda_.Add(opened);
  }
  if (is_new) WaitFor(requirement.condition, open);
}

// Requirements of the request wait for good; others as long as their bringer is what it was when it
// was last expanded at its index, in D or not.
void Walk::WaitFor(ConditionId condition, const OpenRequirement& open) {
  std::vector<PackageId> packages;
  PackagesOf(condition, packages);
  const uint64_t lasting = open.bringer == kRequest ? 0 : d_[open.bringer].lasting;
  for (const PackageId package : packages) {
    waiting_[package].push_back({.open = open, .bringer_lasting = lasting});
  }
}

// The entry's package may complete conditions.
void Walk::OpenConditional(EntryIndex entry) {
  const auto found = waiting_.find(universe_.solvable(d_[entry].solvable).package);
  if (found == waiting_.end()) return;
  std::erase_if(found->second, [&](const Waiting& waiting) {
    return waiting.open.bringer != kRequest &&
           expanded_[waiting.open.bringer].lasting != waiting.bringer_lasting;
  });
  for (const Waiting& waiting : found->second) {
    OpenRequirement open = waiting.open;
    const bool of_request = open.bringer == kRequest;
    if (!of_request &&
        (open.bringer >= d_.size() || d_[open.bringer].lasting != waiting.bringer_lasting)) {
      continue;
    }
    if (WhenTrue(universe_.requirement(open.requirement).condition) != entry) continue;
    open.opener = entry;
    open.opener_serial = d_[entry].serial;
    if (!of_request) open.depth = std::max(open.depth, d_[entry].depth + 1);
    agenda_.Add(open);
  }
}

EntryIndex Walk::LastOf(PackageId package) const {
  const DomainIndex domain = encoder_.DomainOf(package);
  return domain < last_of_domain_.size() ? last_of_domain_[domain] : kRequest;
}

EntryIndex Walk::WhenTrue(ConditionId id) const {
  const Condition& condition = universe_.condition(id);
  EntryIndex when = kRequest;
  if (condition.kind == Condition::Kind::kHas) {
    EntryIndex entry = LastOf(universe_.set(condition.set).package);
    for (; entry != kRequest; entry = d_[entry].previous) {
      if (universe_.Contains(condition.set, d_[entry].solvable)) when = std::min(when, entry);
    }
    return when;
  }
  const bool all = condition.kind == Condition::Kind::kAnd;
  if (all) when = 0;
  for (const ConditionId child : condition.children) {
    const EntryIndex child_when = WhenTrue(child);
    when = all ? std::max(when, child_when) : std::min(when, child_when);
  }
  return when;
}

void Walk::PackagesOf(ConditionId id, std::vector<PackageId>& packages) const {
  const Condition& condition = universe_.condition(id);
  for (const ConditionId child : condition.children) PackagesOf(child, packages);
  if (condition.kind != Condition::Kind::kHas) return;
  const PackageId package = universe_.set(condition.set).package;
  if (std::find(packages.begin(), packages.end(), package) == packages.end()) {
    packages.push_back(package);
  }
}

void Walk::Enter(SolvableId solvable, Agenda::Slot took) {
  const OpenRequirement& open = agenda_.at(took);
  const uint32_t depth = open.depth;
  const auto entry = static_cast<EntryIndex>(d_.size());
  const DomainIndex domain = encoder_.DomainOf(universe_.solvable(solvable).package);
  if (last_of_domain_.size() <= domain) last_of_domain_.resize(domain + 1, kRequest);
  d_.push_back({.solvable = solvable,
                .requirement = open.requirement,
                .required_by = open.bringer,
                .depth = depth,
                .serial = ++serial_,
                .lasting = LastingAt(entry, solvable, depth),
                .previous = last_of_domain_[domain]});
  last_of_domain_[domain] = entry;
  log_.push_back({.kind = Done::Kind::kEntered, .took = took, .level = core_.level()});
  OpenConditional(entry);
  if (folded_.size() <= depth) folded_.resize(depth + 1, kRequest);
  d_[entry].folded_before = std::exchange(folded_[depth], entry);
  first_folded_ = std::min(first_folded_, size_t{depth});
}

// Requirements of entries are deeper than the entries.
void Walk::ExpandBeforeNext() {
  for (; first_folded_ < folded_.size(); ++first_folded_) {
    if (folded_[first_folded_] == kRequest) continue;
    if (!agenda_.IsPast(static_cast<uint32_t>(first_folded_) + 1)) return;
    EntryIndex entry = std::exchange(folded_[first_folded_], kRequest);
    for (; entry != kRequest; entry = d_[entry].folded_before) Expand(entry);
  }
}

// What holds on the trail was opened, so its dependencies are known.
void Walk::Expand(EntryIndex entry) {
  const bool is_new = d_[entry].lasting == 0;
  if (is_new) {
    d_[entry].lasting = ++serial_;
    if (expanded_.size() <= entry) expanded_.resize(entry + 1);
    expanded_[entry] = {d_[entry].solvable, d_[entry].depth, d_[entry].lasting};
  }
  const DependencySetId dependencies = universe_.solvable(d_[entry].solvable).dependencies;
  for (const RequirementId requirement : universe_.dependency_set(dependencies).requirements) {
    if (!is_new && !universe_.requirement(requirement).condition.valid()) continue;
    Bring(entry, {.requirement = requirement}, is_new);
  }
}

uint64_t Walk::LastingAt(EntryIndex entry, SolvableId solvable, uint32_t depth) const {
  if (entry >= expanded_.size()) return 0;
  const Expanded& last = expanded_[entry];
  return last.solvable == solvable && last.depth == depth ? last.lasting : 0;
}

// It lapsed: its opener is not in D, and has to bring it anew should it come back.
void Walk::Drop(Agenda::Slot took) {
  const OpenRequirement& open = agenda_.at(took);
  if (open.lasting && expanded_[open.opener].lasting == open.opener_serial) {
    expanded_[open.opener].lasting = 0;
  }
  agenda_.Drop(took);
}

void Walk::Leave() {
  const Entry entry = d_.back();
  last_of_domain_[encoder_.DomainOf(universe_.solvable(entry.solvable).package)] = entry.previous;
  d_.pop_back();
  EntryIndex& folded = folded_[entry.depth];
  if (folded == d_.size()) folded = entry.folded_before;
}

// If the candidate that was decided holds, it is still the best that does: it enters D. Else its
// requirement is taken again when its turn comes.
void Walk::TakeDecided() {
  if (!decided_.option.valid()) return;
  const Decided decided = decided_;
  decided_ = {};
  if (ValueOf(decided.option) == Value::kTrue) {
    Enter(decided.option, decided.took);
  } else {
    agenda_.GiveBack(decided.took);
  }
}

void Walk::Follow() {
  if (decided_.option.valid()) agenda_.GiveBack(decided_.took);
  decided_ = {};
  while (!log_.empty() && log_.back().level > core_.level()) {
    const Done done = log_.back();
    log_.pop_back();
    if (done.kind == Done::Kind::kEntered) Leave();
    if (done.kind == Done::Kind::kUnmet) unmet_soft_.pop_back();
    agenda_.GiveBack(done.took);  // what lapsed is dropped when it is taken
  }
}

bool Walk::Holds(const OpenRequirement& open) const {
  return open.opener == kRequest ||
         (open.opener < d_.size() &&
          open.opener_serial == (open.lasting ? d_[open.opener].lasting : d_[open.opener].serial));
}

bool Walk::HoldsOption(RequirementId id) const {
  for (const VersionSetId set : universe_.requirement(id).alternatives) {
    EntryIndex entry = LastOf(universe_.set(set).package);
    for (; entry != kRequest; entry = d_[entry].previous) {
      if (universe_.Contains(set, d_[entry].solvable)) return true;
    }
  }
  return false;
}

Walk::Step Walk::Next(Mode mode, Lit& decision, Needs& needs) {
  TakeDecided();
  while (true) {
    ExpandBeforeNext();
    if (agenda_.empty()) return Step::kDone;
    const Agenda::Slot took = agenda_.TakeFirst();
    const OpenRequirement& open = agenda_.at(took);
    if (!Holds(open)) {
      Drop(took);
      continue;
    }
    if (HoldsOption(open.requirement)) {
      log_.push_back({.kind = Done::Kind::kTook, .took = took, .level = core_.level()});
      continue;
    }
    if (!OpenPackagesOf(open.requirement, needs)) {
      agenda_.GiveBack(took);
      return needs.packages.empty() ? Step::kOpened : Step::kNeeds;
    }
    const SolvableId option = Pick(open.requirement, mode);
    if (!option.valid()) {
      NotMet(took);
      continue;
    }
    if (ValueOf(option) == Value::kTrue) {
      Enter(option, took);
      continue;
    }
    if (encoder_.RuleOutByNeeds(option)) {
      agenda_.GiveBack(took);
      return Step::kOpened;
    }
    decided_ = {.took = took, .option = option};
    decision = Lit::True(encoder_.CandidateVar(option));
    return Step::kDecide;
  }
}

// False: some package is not known, see `needs`, or was opened just now; what rules out its
// candidates from the start is to be propagated before one is picked.
bool Walk::OpenPackagesOf(RequirementId id, Needs& needs) {
  bool all_open = true;
  for (const VersionSetId set : universe_.requirement(id).alternatives) {
    const PackageId package = universe_.set(set).package;
    if (encoder_.IsOpen(package)) continue;
    all_open = false;
    if (!encoder_.OpenPackage(package)) needs.packages.push_back(package);
  }
  return all_open;
}

void Walk::NotMet(Agenda::Slot took) {
  const OpenRequirement& open = agenda_.at(took);
  // A hard requirement without an option is a conflict that propagation finds.
  ACCORD_CHECK(open.soft);
  unmet_soft_.push_back(open.soft_index);
  log_.push_back({.kind = Done::Kind::kUnmet, .took = took, .level = core_.level()});
}

bool Walk::IsFavored(SolvableId solvable) const {
  const auto found = favored_.find(universe_.solvable(solvable).package);
  if (found == favored_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(),
                     [&](VersionSetId set) { return universe_.Contains(set, solvable); });
}

template <class Visit>
bool Walk::ForPreferred(VersionSetId set, bool favored, Visit visit) const {
  const PackageId package_id = universe_.set(set).package;
  const Package& package = universe_.package(package_id);
  const auto go_on = [&](Position position) {
    const SolvableId solvable = universe_.at(package_id, position);
    if (!favored_.empty() && IsFavored(solvable) != favored) return true;
    return visit(solvable);
  };
  if (!package.preference.empty()) {
    for (const Position position : package.preference) {
      if (universe_.Contains(set, position) && !go_on(position)) return false;
    }
    return true;
  }
  const std::span<const PositionRange> ranges = universe_.ranges(set);
  for (auto range = ranges.rbegin(); range != ranges.rend(); ++range) {
    for (Position next = range->last + 1; next > range->first; --next) {
      if (!go_on(next - 1)) return false;
    }
  }
  return true;
}

template <class Visit>
void Walk::ForOptions(RequirementId id, Visit visit) const {
  const std::vector<VersionSetId>& alternatives = universe_.requirement(id).alternatives;
  if (!favored_.empty()) {
    for (const VersionSetId set : alternatives) {
      if (!ForPreferred(set, /*favored=*/true, visit)) return;
    }
  }
  for (const VersionSetId set : alternatives) {
    if (!ForPreferred(set, /*favored=*/false, visit)) return;
  }
}

// The best of a set, if that is the highest position: no candidate is looked at by itself.
SolvableId Walk::PickHighest(VersionSetId set) const {
  const PackageId package = universe_.set(set).package;
  const Position highest = core_.HighestAlive(encoder_.DomainOf(package), universe_.ranges(set));
  return highest == kNoPosition ? SolvableId() : universe_.at(package, highest);
}

bool Walk::IsHighestFirst(PackageId package) const {
  return favored_.empty() && universe_.package(package).preference.empty() &&
         universe_.package(package).coexistence == Coexistence::kOne;
}

SolvableId Walk::Pick(RequirementId requirement, Mode mode) const {
  if (mode == Mode::kCanonical) return PickBest(requirement);
  SolvableId best, held, chosen;
  ForOptions(requirement, [&](SolvableId option) {
    const Value value = ValueOf(option);
    if (value == Value::kFalse) return true;
    if (value == Value::kTrue) {
      chosen = option;
      return false;
    }
    if (!best.valid()) best = option;
    const PackageId package = universe_.solvable(option).package;
    if (!held.valid() && core_.phase(encoder_.DomainOf(package), universe_.position(option))) {
      held = option;
    }
    return true;
  });
  if (chosen.valid()) return chosen;
  return held.valid() ? held : best;
}

SolvableId Walk::PickBest(RequirementId requirement) const {
  SolvableId best;
  const std::vector<VersionSetId>& alternatives = universe_.requirement(requirement).alternatives;
  const bool highest_first = std::ranges::all_of(
      alternatives, [&](VersionSetId set) { return IsHighestFirst(universe_.set(set).package); });
  if (highest_first) {
    for (const VersionSetId set : alternatives) {
      if (best = PickHighest(set); best.valid()) break;
    }
    return best;
  }
  ForOptions(requirement, [&](SolvableId option) {
    if (ValueOf(option) == Value::kFalse) return true;
    best = option;
    return false;
  });
  return best;
}

Value Walk::ValueOf(SolvableId solvable) const {
  const PackageId package = universe_.solvable(solvable).package;
  return core_.value(encoder_.DomainOf(package), universe_.position(solvable));
}

Solution Walk::Answer() const {
  Solution solution;
  solution.members.reserve(d_.size());
  for (const Entry& entry : d_) {
    const bool of_request = entry.required_by == kRequest;
    solution.members.push_back(
        {.solvable = entry.solvable,
         .requirement = entry.requirement,
         .required_by = of_request ? SolvableId() : d_[entry.required_by].solvable,
         .depth = entry.depth});
  }
  solution.unmet_soft.assign(unmet_soft_.begin(), unmet_soft_.end());
  std::sort(solution.unmet_soft.begin(), solution.unmet_soft.end());
  return solution;
}

std::vector<PackageId> Walk::PassedOverUnknown() const {
  std::vector<PackageId> unknown;
  // A favoured option may stand in any alternative, else only those before the chosen one count.
  const auto add_unknown = [&](RequirementId requirement, SolvableId chosen) {
    for (const VersionSetId set : universe_.requirement(requirement).alternatives) {
      if (chosen.valid() && favored_.empty() && universe_.Contains(set, chosen)) return;
      const PackageId package = universe_.set(set).package;
      if (universe_.package(package).knowledge == Knowledge::kUnavailable) {
        unknown.push_back(package);
      }
    }
  };
  for (const Entry& entry : d_) add_unknown(entry.requirement, entry.solvable);
  for (const uint32_t index : unmet_soft_) add_unknown(problem_->soft[index].requirement, {});
  return unknown;
}

std::vector<Lit> Walk::Refuted() const {
  std::vector<Lit> refuted;
  const auto add_refuted = [&](RequirementId requirement) {
    ForOptions(requirement, [&](SolvableId option) {
      if (ValueOf(option) != Value::kFalse) return false;
      const DomainIndex domain = encoder_.DomainOf(universe_.solvable(option).package);
      refuted.push_back(core_.WhyFalse(domain, universe_.position(option)));
      return true;
    });
  };
  for (const Entry& entry : d_) add_refuted(entry.requirement);
  for (const uint32_t index : unmet_soft_) add_refuted(problem_->soft[index].requirement);
  return refuted;
}

}  // namespace accord::cdcl
