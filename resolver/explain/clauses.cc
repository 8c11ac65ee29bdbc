#include "explain/clauses.h"

#include <algorithm>
#include <optional>

#include "base/error.h"

namespace accord::explain {
namespace {

constexpr size_t kAlternativesMax = 3;  // written out in one clause

bool IsPart(std::span<const PositionRange> part, std::span<const PositionRange> whole) {
  return std::all_of(part.begin(), part.end(), [&](const PositionRange& one) {
    return std::any_of(whole.begin(), whole.end(), [&](const PositionRange& other) {
      return other.first <= one.first && one.last <= other.last;
    });
  });
}

std::vector<std::pair<Position, Position>> KeyOf(std::span<const PositionRange> ranges) {
  std::vector<std::pair<Position, Position>> key;
  for (const PositionRange& range : ranges) key.emplace_back(range.first, range.last);
  return key;
}

bool IsImpossible(const Step& step) {
  return step.kind == StepKind::kDrop || step.kind == StepKind::kRefute;
}

// Reasons of one group are one clause.
struct GroupKey {
  int order = 0;      // of the clauses in a sentence
  PackageId package;  // valid: reasons of different packages are different groups
  StepId step = 0;    // not 0: a group of its own
  auto operator<=>(const GroupKey&) const = default;
};

GroupKey GroupOf(const Step& step, StepId id) {
  switch (step.kind) {
    case StepKind::kNeed:
      return {.order = 0, .package = {}, .step = id + 1};
    case StepKind::kSuppose:
      return {.order = 1, .package = {}, .step = id + 1};
    case StepKind::kAsk:
      return {.order = 2};
    case StepKind::kConstraint:
      return {.order = 3};
    case StepKind::kLock:
      return {.order = 4};
    case StepKind::kExclusion:
      return {.order = 5};
    case StepKind::kNonexistent:
      return {.order = 6};
    case StepKind::kUnknown:
      return {.order = 7};
    case StepKind::kNoVersion:
      return {.order = 8, .package = step.package};
    case StepKind::kUnknownNeeds:
      return {.order = 9, .package = step.package};
    case StepKind::kDrop:
    case StepKind::kRefute:
      return {.order = 10, .package = step.package};
    case StepKind::kEnd:
      break;
  }
  return {.order = 11, .package = {}, .step = id + 1};
}

void AddNew(std::vector<std::string>& texts, std::string text) {
  if (std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
}

}  // namespace

std::string Listed(std::vector<std::string> texts, std::string_view last) {
  if (texts.size() > kListedMax) {
    const size_t more = texts.size() - (kListedMax - 1);
    texts.resize(kListedMax - 1);
    texts.push_back(Cat(more, " more"));
  }
  std::string out;
  for (size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) out += i + 1 == texts.size() ? Cat(" ", last, " ") : ", ";
    out += texts[i];
  }
  return out;
}

Clauses::Clauses(const Universe& universe, const Notation& notation, const Derivation& derivation)
    : universe_(universe), notation_(notation), steps_(derivation.steps) {
  for (const Step& step : steps_) {
    if (!step.set.valid() || universe_.set(step.set).count == 0) continue;
    written_.try_emplace({step.package, KeyOf(universe_.ranges(step.set))}, step.set);
  }
}

std::string Clauses::Some(PackageId package, const std::vector<PositionRange>& some) const {
  const auto found = written_.find({package, KeyOf(some)});
  return found == written_.end() ? notation_.OfRanges(package, some)
                                 : notation_.OfSet(found->second);
}

std::string Clauses::SetsOf(const Step& step) const {
  std::vector<std::string> texts;
  // What is part of another one of the sets adds nothing to "one or the other".
  const auto is_part = [&](VersionSetId set) {
    return std::any_of(step.needed_sets.begin(), step.needed_sets.end(), [&](VersionSetId other) {
      const bool earlier = universe_.set(other).count == universe_.set(set).count && other < set;
      const bool larger = universe_.set(other).count > universe_.set(set).count;
      return (earlier || larger) && IsPart(universe_.ranges(set), universe_.ranges(other));
    });
  };
  std::vector<std::pair<Position, std::string>> in_order;  // oldest first
  for (const VersionSetId set : step.needed_sets) {
    const auto ranges = universe_.ranges(set);
    if (!ranges.empty() && is_part(set)) continue;
    in_order.emplace_back(ranges.empty() ? 0 : ranges.front().first, notation_.OfSet(set));
  }
  std::sort(in_order.begin(), in_order.end());
  for (auto& [first, text] : in_order) texts.push_back(std::move(text));
  if (texts.size() <= kAlternativesMax) return Listed(texts, "or");
  if (!step.options.empty()) return Some(step.needed, step.options);
  const size_t more = texts.size() - (kAlternativesMax - 1);
  texts.resize(kAlternativesMax - 1);
  texts.push_back(Cat(more, " more sets of ", universe_.name(step.needed)));
  return Listed(texts, "or");
}

// " under a[x]", if all the needs are under that one; other formulas show in the reasons alone.
std::string Clauses::ConditionOf(const Step& step) const {
  if (step.conditions.size() != 1 || !step.conditions.front().valid()) return {};
  const Condition& condition = universe_.condition(step.conditions.front());
  if (condition.kind != Condition::Kind::kHas) return {};
  return Cat(" under ", notation_.OfSet(condition.set));
}

std::string Clauses::UnmetOf(const Step& step) const {
  std::vector<std::string> texts;
  for (const RequirementId unmet : step.unmet) {
    texts.emplace_back(universe_.Text(universe_.requirement(unmet).text));
  }
  return Cat(Listed(std::move(texts), "or"), " (nothing meets that)");
}

std::string Clauses::NeededBy(const Step& step) const {
  const std::string_view does = !step.limits ? " needs "
                                : step.needs ? " needs or allows only "
                                             : " allows only ";
  const std::string who = Cat(Some(step.package, step.some), does);
  if (!step.unmet.empty()) return who + UnmetOf(step);
  const bool overridden = !notation_.OverridesOf(step.package, step.needed).empty();
  return Cat(who, SetsOf(step), ConditionOf(step), overridden ? " by an override" : "");
}

// With the newest of those there are, which says in which direction the set lies.
std::string Clauses::NoVersion(PackageId package, const std::vector<std::string>& sets) const {
  if (std::string given = notation_.GivenOf(package); !given.empty()) return given;
  const uint32_t count = universe_.package(package).count;
  if (count == 0) return Cat("no version of ", universe_.name(package), " is admitted");
  const std::string_view newest =
      universe_.Text(universe_.solvable(universe_.at(package, count - 1)).version);
  return Cat(
      "there is no admitted version for ", Listed(sets, "or"),
      count == 1 ? Cat(" (", newest, " is the only one)") : Cat(" (the newest is ", newest, ")"));
}

// What a clause about the step speaks of.
std::string Clauses::ThingOf(const Step& step) const {
  switch (step.kind) {
    case StepKind::kAsk:
    case StepKind::kConstraint:
    case StepKind::kLock:
    case StepKind::kExclusion:
    case StepKind::kNoVersion:
      return notation_.OfSet(step.set);
    case StepKind::kNonexistent:
    case StepKind::kUnknown:
      return std::string(universe_.name(step.package));
    case StepKind::kUnknownNeeds: {
      const std::string build = notation_.BuildOf(step.reason.solvable);
      return Cat("what ", Some(step.package, step.some), " needs is not known",
                 build.empty() ? "" : Cat(" before ", build, " is built"));
    }
    case StepKind::kSuppose:
      return Cat(Some(step.package, step.some), " is supposed");
    case StepKind::kNeed:
      return Cat(SetsOf(step), " is needed");
    case StepKind::kDrop:
    case StepKind::kRefute:
      return Cat(Some(step.package, step.some), " cannot be chosen");
    case StepKind::kEnd:
      break;
  }
  return "there is no solution";
}

// The clause of steps like this one about these things.
std::string Clauses::About(const Step& step, const std::vector<std::string>& things) const {
  const bool one = things.size() == 1;
  std::string all = Listed(things, "and");
  switch (step.kind) {
    case StepKind::kAsk:
      return Cat("you ask for ", all);
    case StepKind::kConstraint:
      return one ? Cat("the constraint ", all, " holds") : Cat("the constraints ", all, " hold");
    case StepKind::kLock:
      return Cat(all, one ? " is locked" : " are locked");
    case StepKind::kExclusion:
      return Cat(all, one ? " is excluded" : " are excluded");
    case StepKind::kNonexistent:
      if (std::string given = notation_.GivenOf(step.package); one && !given.empty()) return given;
      return Cat(all, one ? " does not exist" : " do not exist");
    case StepKind::kUnknown:
      return Cat("nothing is known of ", Listed(things, "or"));
    case StepKind::kNoVersion:
      return NoVersion(step.package, things);
    default:
      return all;
  }
}

std::string Clauses::Of(const Step& step) const { return About(step, {ThingOf(step)}); }

std::vector<Clause> Clauses::ReasonsOf(const Step& step) const {
  std::map<GroupKey, std::vector<StepId>> groups;
  for (const StepId id : step.because) groups[GroupOf(steps_[id], id)].push_back(id);
  std::vector<Clause> clauses;
  const auto add = [&](Clause clause) {
    const auto same = [&](const Clause& other) { return other.text == clause.text; };
    if (std::none_of(clauses.begin(), clauses.end(), same)) clauses.push_back(std::move(clause));
  };
  if (step.kind == StepKind::kNeed || step.kind == StepKind::kDrop) add({.text = NeededBy(step)});
  for (const auto& [key, ids] : groups) {
    const Step& first = steps_[ids.front()];
    if (IsImpossible(first)) {  // of one package, said together
      Step together{.kind = first.kind, .package = first.package};
      for (const StepId id : ids) {
        together.some.insert(together.some.end(), steps_[id].some.begin(), steps_[id].some.end());
      }
      together.some = Normalized(std::move(together.some));
      add({.text = Of(together), .reasons = ids.size()});
      continue;
    }
    std::vector<std::string> things;
    for (const StepId id : ids) AddNew(things, ThingOf(steps_[id]));
    std::sort(things.begin(), things.end());
    const size_t reasons = things.size();
    add({.text = About(first, things), .reasons = reasons});
  }
  return clauses;
}

}  // namespace accord::explain
