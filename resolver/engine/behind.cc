#include "engine/behind.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "base/error.h"
#include "engine/core_lines.h"
#include "engine/members.h"

namespace accord::engine {
namespace {

class NewerVersions {
 public:
  NewerVersions(Ecosystem& ecosystem, Search& search, const Solution& solution,
                const Budget& budget)
      : ecosystem_(ecosystem),
        universe_(ecosystem.supplier().universe()),
        search_(search),
        budget_(budget),
        chosen_(universe_, solution) {}

  absl::StatusOr<std::vector<BehindPackage>> AskAll();

 private:
  absl::Status Ask(const RequestedPackage& requested, const NewerCandidates& newer,
                   BehindPackage& behind);
  [[nodiscard]] bool RequestAllowsAny(const RequestedPackage& requested,
                                      const NewerCandidates& newer) const;
  [[nodiscard]] bool RequestAllows(const RequestedPackage& requested, SolvableId candidate) const;
  [[nodiscard]] std::vector<Trade> TradesFor(const Members& instead) const;

  Ecosystem& ecosystem_;
  Universe& universe_;
  Search& search_;
  const Budget& budget_;
  const Members chosen_;
  uint64_t work_ = 0;
};

absl::StatusOr<std::vector<BehindPackage>> NewerVersions::AskAll() {
  std::vector<BehindPackage> all;
  for (const RequestedPackage& requested : ecosystem_.requested()) {
    const SolvableId chosen = chosen_.Of(requested.package);
    if (!chosen.valid()) continue;
    const NewerCandidates newer = ecosystem_.NewerThan(chosen);
    if (newer.positions.empty()) continue;
    BehindPackage behind{
        .name = std::string(universe_.name(requested.package)),
        .chosen = ecosystem_.VersionOf(chosen),
        .newest = ecosystem_.VersionOf(universe_.at(requested.package, newer.newest))};
    if (RequestAllowsAny(requested, newer)) {
      ACCORD_RETURN_IF_ERROR(Ask(requested, newer, behind));
    }
    all.push_back(std::move(behind));
  }
  return all;
}

bool NewerVersions::RequestAllowsAny(const RequestedPackage& requested,
                                     const NewerCandidates& newer) const {
  for (const PositionRange& range : newer.positions) {
    for (Position position = range.first; position <= range.last; ++position) {
      if (RequestAllows(requested, universe_.at(requested.package, position))) return true;
    }
  }
  return false;
}

bool NewerVersions::RequestAllows(const RequestedPackage& requested, SolvableId candidate) const {
  const auto outside = [&](VersionSetId set) {
    return universe_.set(set).package == requested.package && !universe_.Contains(set, candidate);
  };
  const Problem& problem = ecosystem_.problem();
  const auto limited = [&](ConstraintId id) {
    const Constraint& constraint = universe_.constraint(id);
    return !constraint.condition.valid() && outside(constraint.set);
  };
  const auto locked = [&](const Restriction& lock) { return outside(lock.set); };
  const auto excluded = [&](const Restriction& r) { return universe_.Contains(r.set, candidate); };
  return !std::any_of(requested.sets.begin(), requested.sets.end(), outside) &&
         !std::any_of(problem.constraints.begin(), problem.constraints.end(), limited) &&
         !std::any_of(problem.locked.begin(), problem.locked.end(), locked) &&
         !std::any_of(problem.excluded.begin(), problem.excluded.end(), excluded);
}

// The request with the wish for a newer version.
absl::Status NewerVersions::Ask(const RequestedPackage& requested, const NewerCandidates& newer,
                                BehindPackage& behind) {
  behind.kind = BehindKind::kNotExamined;
  const bool is_cancelled = budget_.cancel != nullptr && budget_.cancel->cancelled();
  if (work_ >= kBehindWorkMax || is_cancelled) return absl::OkStatus();
  const StringId text = universe_.AddText(Cat(behind.name, " newer than ", behind.chosen));
  const VersionSetId wish = universe_.AddSetOf(requested.package, newer.positions);
  Problem problem = ecosystem_.problem();
  problem.constraints.push_back(universe_.AddConstraint({.set = wish, .text = text}));
  if (requested.sets.empty()) {  // asked for under conditions alone: it need not be there at all
    const RequirementId there =
        universe_.AddRequirement({.alternatives = {wish}, .condition = {}, .text = text});
    problem.requirements.push_back({.requirement = there, .priority = requested.priority});
  }
  absl::StatusOr<Outcome> outcome =
      search_.Solve(problem, budget_.WithWork(kBehindWorkMax - work_));
  if (!outcome.ok()) return outcome.status();
  work_ += search_.counters().work;
  if (const Conflict* conflict = std::get_if<Conflict>(&*outcome)) {
    behind.kind = BehindKind::kImpossible;
    behind.lines = CoreLines(ecosystem_, problem, *conflict);
  } else if (const Solution* solution = std::get_if<Solution>(&*outcome)) {
    const Members instead(universe_, *solution);
    behind.kind = BehindKind::kTraded;
    behind.instead = ecosystem_.VersionOf(instead.Of(requested.package));
    behind.trades = TradesFor(instead);
  }
  return absl::OkStatus();
}

std::vector<Trade> NewerVersions::TradesFor(const Members& instead) const {
  std::vector<Trade> trades;
  for (const RequestedPackage& requested : ecosystem_.requested()) {
    const SolvableId here = chosen_.Of(requested.package);
    const SolvableId there = instead.Of(requested.package);
    if (!here.valid() || !there.valid() || !ecosystem_.IsWorse(there, here)) continue;
    trades.push_back({.name = std::string(universe_.name(requested.package)),
                      .chosen = ecosystem_.VersionBeside(here, there),
                      .instead = ecosystem_.VersionBeside(there, here)});
  }
  return trades;
}

}  // namespace

absl::StatusOr<std::vector<BehindPackage>> FindBehind(Ecosystem& ecosystem, Search& search,
                                                      const Solution& solution,
                                                      const Budget& budget) {
  return NewerVersions(ecosystem, search, solution, budget).AskAll();
}

}  // namespace accord::engine
