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
  NewerVersions(pypi::UniverseBuilder& builder, Search& search, const Solution& solution,
                const CancelFlag* cancel)
      : builder_(builder),
        universe_(builder.universe()),
        search_(search),
        cancel_(cancel),
        chosen_(builder.universe(), solution) {}

  absl::StatusOr<std::vector<BehindPackage>> AskAll();

 private:
  absl::Status Ask(const pypi::RequestedPackage& requested, Position position,
                   BehindPackage& behind);
  [[nodiscard]] bool RequestAllowsNewer(const pypi::RequestedPackage& requested,
                                        Position position) const;
  [[nodiscard]] bool RequestAllows(const pypi::RequestedPackage& requested,
                                   SolvableId candidate) const;
  [[nodiscard]] std::vector<Trade> TradesFor(const Members& instead) const;
  [[nodiscard]] std::string VersionOf(SolvableId solvable) const {
    return std::string(universe_.Text(universe_.solvable(solvable).version));
  }

  pypi::UniverseBuilder& builder_;
  Universe& universe_;
  Search& search_;
  const CancelFlag* cancel_;
  const Members chosen_;
  uint64_t work_ = 0;
};

absl::StatusOr<std::vector<BehindPackage>> NewerVersions::AskAll() {
  std::vector<BehindPackage> all;
  for (const pypi::RequestedPackage& requested : builder_.requested()) {
    const SolvableId chosen = chosen_.Of(requested.package);
    if (!chosen.valid()) continue;
    const Position position = universe_.position(chosen);
    const uint32_t count = universe_.package(requested.package).count;
    if (position + 1 == count) continue;
    BehindPackage behind{.name = std::string(universe_.name(requested.package)),
                         .chosen = VersionOf(chosen),
                         .newest = VersionOf(universe_.at(requested.package, count - 1))};
    if (RequestAllowsNewer(requested, position)) {
      ACCORD_RETURN_IF_ERROR(Ask(requested, position, behind));
    }
    all.push_back(std::move(behind));
  }
  return all;
}

bool NewerVersions::RequestAllowsNewer(const pypi::RequestedPackage& requested,
                                       Position position) const {
  const uint32_t count = universe_.package(requested.package).count;
  for (Position newer = position + 1; newer < count; ++newer) {
    if (RequestAllows(requested, universe_.at(requested.package, newer))) return true;
  }
  return false;
}

bool NewerVersions::RequestAllows(const pypi::RequestedPackage& requested,
                                  SolvableId candidate) const {
  const auto outside = [&](VersionSetId set) {
    return universe_.set(set).package == requested.package && !universe_.Contains(set, candidate);
  };
  const Problem& problem = builder_.problem();
  const auto limited = [&](ConstraintId id) { return outside(universe_.constraint(id).set); };
  const auto locked = [&](const Restriction& lock) { return outside(lock.set); };
  const auto excluded = [&](const Restriction& r) { return universe_.Contains(r.set, candidate); };
  return !std::any_of(requested.sets.begin(), requested.sets.end(), outside) &&
         !std::any_of(problem.constraints.begin(), problem.constraints.end(), limited) &&
         !std::any_of(problem.locked.begin(), problem.locked.end(), locked) &&
         !std::any_of(problem.excluded.begin(), problem.excluded.end(), excluded);
}

// The request with the wish for a newer version.
absl::Status NewerVersions::Ask(const pypi::RequestedPackage& requested, Position position,
                                BehindPackage& behind) {
  behind.kind = BehindKind::kNotExamined;
  if (work_ >= kBehindWorkMax) return absl::OkStatus();
  const PositionRange newer[] = {{position + 1, universe_.package(requested.package).count - 1}};
  const StringId text = universe_.AddText(Cat(behind.name, " newer than ", behind.chosen));
  Problem problem = builder_.problem();
  problem.constraints.push_back(
      universe_.AddConstraint({.set = universe_.AddSetOf(requested.package, newer), .text = text}));
  absl::StatusOr<Outcome> outcome =
      search_.Solve(problem, {.work_max = kBehindWorkMax - work_, .cancel = cancel_});
  if (!outcome.ok()) return outcome.status();
  work_ += search_.counters().work;
  if (const Conflict* conflict = std::get_if<Conflict>(&*outcome)) {
    behind.kind = BehindKind::kImpossible;
    behind.lines = CoreLines(builder_, problem, *conflict);
  } else if (const Solution* solution = std::get_if<Solution>(&*outcome)) {
    const Members instead(universe_, *solution);
    behind.kind = BehindKind::kTraded;
    behind.instead = VersionOf(instead.Of(requested.package));
    behind.trades = TradesFor(instead);
  }
  return absl::OkStatus();
}

std::vector<Trade> NewerVersions::TradesFor(const Members& instead) const {
  std::vector<Trade> trades;
  for (const pypi::RequestedPackage& requested : builder_.requested()) {
    const SolvableId here = chosen_.Of(requested.package);
    const SolvableId there = instead.Of(requested.package);
    if (!here.valid() || !there.valid() || there >= here) continue;
    trades.push_back({.name = std::string(universe_.name(requested.package)),
                      .chosen = VersionOf(here),
                      .instead = VersionOf(there)});
  }
  return trades;
}

}  // namespace

absl::StatusOr<std::vector<BehindPackage>> FindBehind(pypi::UniverseBuilder& builder,
                                                      Search& search, const Solution& solution,
                                                      const CancelFlag* cancel) {
  return NewerVersions(builder, search, solution, cancel).AskAll();
}

}  // namespace accord::engine
