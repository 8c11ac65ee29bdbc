#include "engine/why_not.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.h"
#include "ecosystem/pypi/notation.h"
#include "engine/chosen.h"
#include "engine/core_lines.h"
#include "engine/left_out.h"
#include "engine/members.h"
#include "engine/minimal_core.h"

namespace accord::engine {
namespace {

class Question {
 public:
  Question(const Solved& solved, const pypi::Supposed& wish)
      : solved_(solved),
        wish_(wish),
        universe_(solved.builder.universe()),
        members_(universe_, solved.solution) {}

  absl::StatusOr<WhyNot> Answer();

 private:
  [[nodiscard]] bool IsMet() const;
  [[nodiscard]] bool HasCandidates() const { return universe_.set(WishedSet()).count > 0; }
  [[nodiscard]] VersionSetId WishedSet() const {
    return universe_.requirement(wish_.requirements.front()).alternatives.front();
  }
  [[nodiscard]] bool IsMeant(std::string_view version) const {
    return wish_.specifiers.Contains(pypi::Candidate(version), pypi::Prereleases::kAllow);
  }
  void TellNone(WhyNot& why) const;
  void TellNearest(WhyNot& why) const;
  absl::Status Solve(WhyNot& why);
  void TellSolution(const Solution& solution, WhyNot& why) const;
  absl::Status TellConflict(WhyNot& why);
  [[nodiscard]] Problem PosedLast();
  [[nodiscard]] Problem Posed() const;
  [[nodiscard]] std::string VersionOf(SolvableId candidate) const {
    if (!candidate.valid()) return {};
    return std::string(universe_.Text(universe_.solvable(candidate).version));
  }

  const Solved& solved_;
  const pypi::Supposed& wish_;
  Universe& universe_;
  const Members members_;
};

absl::StatusOr<WhyNot> Question::Answer() {
  WhyNot why{.asked = wish_.text, .package = std::string(universe_.name(wish_.package))};
  why.chosen = VersionOf(members_.Of(wish_.package));
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
  why.left_out = LeftOutOf(solved_.request, solved_.builder, wish_.package, wish_.text,
                           [&](std::string_view version) { return IsMeant(version); });
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
  if (why.left_out.empty()) TellNearest(why);
}

// Beside the one version that is named; of other wishes the newest that there is.
void Question::TellNearest(WhyNot& why) const {
  std::map<pypi::Version, std::string> all;
  const auto add = [&](std::string_view text) {
    std::optional<pypi::Version> version = pypi::Version::TryParse(text);
    if (version) all.try_emplace(*std::move(version), text);
  };
  const Package& package = universe_.package(wish_.package);
  for (Position i = 0; i < package.count; ++i) add(VersionOf(universe_.at(wish_.package, i)));
  for (const pypi::NotAdmitted& version : solved_.builder.not_admitted(wish_.package)) {
    add(version.version);
  }
  if (all.empty()) return;
  std::optional<pypi::Version> named;
  if (wish_.specifiers.specifiers().size() == 1) {
    const std::string text = wish_.specifiers.Text();
    if (text.starts_with("==")) named = pypi::Version::TryParse(text.substr(2));
  }
  const auto above = named ? all.upper_bound(*named) : all.end();
  if (above != all.end()) why.newer = above->second;
  if (above != all.begin()) why.older = std::prev(above)->second;
}

// The wish as one more requirement of the request.
Problem Question::Posed() const {
  Problem problem = solved_.builder.problem();
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
  Problem problem = solved_.builder.problem();
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
  why.instead = VersionOf(instead.Of(wish_.package));
  why.assuming = AssumingOf(universe_, solution.claim);
  const auto change_of = [&](PackageId package) {
    return Change{.name = std::string(universe_.name(package)),
                  .chosen = VersionOf(members_.Of(package)),
                  .instead = VersionOf(instead.Of(package))};
  };
  const auto note = [&](PackageId package) {
    if (solved_.builder.BaseOf(package) != package) return;
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
  const absl::StatusOr<Core> core =
      MinimalCore(solved_.search, problem, *conflict, solved_.budget.cancel);
  if (!core.ok()) return core.status();
  const pypi::PypiNotation notation(solved_.request, solved_.builder);
  why.kind = WhyNotKind::kImpossible;
  why.conflict = CoreLines(solved_.builder, core->problem, core->conflict);
  why.explanation = explain::Explain(universe_, core->problem, core->conflict, notation);
  why.assuming = AssumingOf(universe_, core->conflict.claim);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<WhyNot> WhyIsNotThere(const Solved& solved, const std::string& wish) {
  const absl::StatusOr<pypi::Supposed> supposed =
      solved.builder.Suppose({.text = wish, .place = "--why-not"});
  if (!supposed.ok()) return supposed.status();
  return Question(solved, *supposed).Answer();
}

}  // namespace accord::engine
