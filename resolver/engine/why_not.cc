#include "engine/why_not.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.h"
#include "engine/chosen.h"
#include "engine/core_lines.h"
#include "engine/members.h"
#include "engine/minimal_core.h"

namespace accord::engine {
namespace {

class Question {
 public:
  Question(const Solved& solved, const Wish& wish)
      : solved_(solved),
        ecosystem_(solved.ecosystem),
        wish_(wish),
        universe_(solved.ecosystem.supplier().universe()),
        members_(universe_, solved.solution) {}

  absl::StatusOr<WhyNot> Answer();

 private:
  [[nodiscard]] bool IsMet() const;
  [[nodiscard]] bool HasCandidates() const { return universe_.set(WishedSet()).count > 0; }
  [[nodiscard]] VersionSetId WishedSet() const {
    return universe_.requirement(wish_.requirements.front()).alternatives.front();
  }
  void TellNone(WhyNot& why) const;
  absl::Status Solve(WhyNot& why);
  void TellSolution(const Solution& solution, WhyNot& why) const;
  absl::Status TellConflict(WhyNot& why);
  [[nodiscard]] Problem PosedLast();
  [[nodiscard]] Problem Posed() const;
  // Empty: none. `beside` is what it is told with.
  [[nodiscard]] std::string VersionOf(SolvableId candidate, SolvableId beside) const {
    return candidate.valid() ? ecosystem_.VersionBeside(candidate, beside) : std::string();
  }

  const Solved& solved_;
  const Ecosystem& ecosystem_;
  const Wish& wish_;
  Universe& universe_;
  const Members members_;
};

absl::StatusOr<WhyNot> Question::Answer() {
  WhyNot why{.asked = wish_.text, .package = std::string(universe_.name(wish_.package))};
  why.given = ecosystem_.notation().GivenOf(wish_.package);
  const SolvableId chosen = members_.Of(wish_.package);
  if (chosen.valid() && why.given.empty()) why.chosen = ecosystem_.VersionOf(chosen);
  switch (universe_.package(wish_.package).knowledge) {
    case Knowledge::kNonexistent:
      why.kind = WhyNotKind::kNonexistent;
      return why;
    case Knowledge::kPending:
    case Knowledge::kUnavailable:
      why.kind = WhyNotKind::kUnknown;
      return why;
    case Knowledge::kKnown:
      break;
  }
  if (IsMet()) return why;
  why.left_out = ecosystem_.LeftOutOf(wish_);
  if (HasCandidates()) {
    ACCORD_RETURN_IF_ERROR(Solve(why));
  } else {
    TellNone(why);
  }
  return why;
}

bool Question::IsMet() const {
  return std::ranges::all_of(wish_.requirements, [&](RequirementId id) {
    return members_.Has(universe_.requirement(id).alternatives.front());
  });
}

void Question::TellNone(WhyNot& why) const {
  why.kind = why.left_out.empty() ? WhyNotKind::kNoVersion : WhyNotKind::kNotAdmitted;
  if (!why.left_out.empty()) return;
  NearestVersions nearest = ecosystem_.NearestTo(wish_);
  why.older = std::move(nearest.older);
  why.newer = std::move(nearest.newer);
}

// The wish as one more requirement of the request.
Problem Question::Posed() const {
  Problem problem = ecosystem_.problem();
  problem.soft.clear();
  for (const RequirementId id : wish_.requirements) {
    problem.requirements.push_back(
        {.requirement = id, .priority = std::numeric_limits<int32_t>::max()});
  }
  return problem;
}

// A requirement with a second alternative is not definite, and so the walk takes it after all
// others: until then it goes as it went for the answer. Nothing is in the second one.
Problem Question::PosedLast() {
  Problem problem = ecosystem_.problem();
  for (const RequirementId id : wish_.requirements) {
    const VersionSetId set = universe_.requirement(id).alternatives.front();
    const VersionSetId nothing = universe_.AddSetOf(universe_.set(set).package, {});
    const StringId text =
        universe_.AddText(Cat("at last: ", universe_.Text(universe_.requirement(id).text)));
    const RequirementId last =
        universe_.AddRequirement({.alternatives = {set, nothing}, .condition = {}, .text = text});
    problem.requirements.push_back(
        {.requirement = last, .priority = std::numeric_limits<int32_t>::max()});
  }
  return problem;
}

absl::Status Question::Solve(WhyNot& why) {
  const absl::StatusOr<Outcome> outcome = solved_.search.Solve(PosedLast(), solved_.budget);
  if (!outcome.ok()) return outcome.status();
  if (const auto* solution = std::get_if<Solution>(&*outcome)) {
    TellSolution(*solution, why);
    return absl::OkStatus();
  }
  if (std::holds_alternative<Conflict>(*outcome)) return TellConflict(why);
  why.kind = WhyNotKind::kStopped;
  return absl::OkStatus();
}

void Question::TellSolution(const Solution& solution, WhyNot& why) const {
  const Members instead(universe_, solution);
  // A version that would do, without the extras that are wished for, is there.
  const bool only_extras = members_.Has(WishedSet());
  why.kind = why.chosen.empty() || only_extras ? WhyNotKind::kNotNeeded : WhyNotKind::kWorse;
  const SolvableId chosen = members_.Of(wish_.package);
  const SolvableId other = instead.Of(wish_.package);
  why.chosen = VersionOf(chosen, other);
  why.instead = VersionOf(other, chosen);
  why.assuming = AssumingOf(universe_, solution.claim);
  const auto change_of = [&](PackageId package) {
    const SolvableId here = members_.Of(package);
    const SolvableId there = instead.Of(package);
    return Change{.name = std::string(universe_.name(package)),
                  .chosen = VersionOf(here, there),
                  .instead = VersionOf(there, here)};
  };
  const auto note = [&](PackageId package) {
    if (ecosystem_.BaseOf(package) != package) return;
    if (members_.Of(package) == instead.Of(package)) return;
    why.changes.push_back(change_of(package));
  };
  for (const Member& member : solved_.solution.members) {
    const PackageId package = universe_.solvable(member.solvable).package;
    note(package);
    if (!why.first && !why.changes.empty()) why.first = why.changes.front();
  }
  for (const Member& member : solution.members) {
    const PackageId package = universe_.solvable(member.solvable).package;
    if (!members_.Of(package).valid()) note(package);
  }
  std::ranges::sort(why.changes, {}, &Change::name);
}

absl::Status Question::TellConflict(WhyNot& why) {
  const Problem problem = Posed();
  const absl::StatusOr<Outcome> outcome = solved_.search.Solve(problem, solved_.budget);
  if (!outcome.ok()) return outcome.status();
  const auto* conflict = std::get_if<Conflict>(&*outcome);
  if (conflict == nullptr) {
    why.kind = WhyNotKind::kStopped;
    return absl::OkStatus();
  }
  const ConflictLimits limits = ecosystem_.LimitsOfConflict(solved_.work);
  const absl::StatusOr<Core> core =
      MinimalCore(solved_.search, problem, *conflict, solved_.budget, limits.core);
  if (!core.ok()) return core.status();
  why.kind = WhyNotKind::kImpossible;
  why.conflict = CoreLines(ecosystem_, core->problem, core->conflict);
  why.explanation = explain::Explain(universe_, core->problem, core->conflict,
                                     ecosystem_.notation(), limits.sentences);
  why.assuming = AssumingOf(universe_, core->conflict.claim);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<WhyNot> WhyIsNotThere(const Solved& solved, const std::string& wish) {
  const absl::StatusOr<Wish> supposed =
      solved.ecosystem.Suppose({.text = wish, .place = "--why-not"});
  if (!supposed.ok()) return supposed.status();
  return Question(solved, *supposed).Answer();
}

}  // namespace accord::engine
