#include "tests/support/skipped_options.h"

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "tests/support/plain_cnf.h"

namespace accord::testing {
namespace {

bool IsFavored(const Universe& universe, const Problem& problem, SolvableId id) {
  return std::ranges::any_of(problem.favored, [&](const Restriction& favored) {
    return universe.Contains(favored.set, id);
  });
}

// The options of a requirement in the order in which the walk tries them: favoured ones of all
// alternatives, then the rest; each by alternative, then preference.
std::vector<SolvableId> OptionsInOrder(const Universe& universe, const Problem& problem,
                                       RequirementId requirement) {
  std::vector<SolvableId> options;
  for (const VersionSetId set : universe.requirement(requirement).alternatives) {
    const PackageId id = universe.set(set).package;
    const Package& package = universe.package(id);
    for (uint32_t rank = 0; rank < package.count; ++rank) {
      const Position at =
          package.preference.empty() ? package.count - 1 - rank : package.preference[rank];
      if (universe.Contains(set, at)) options.push_back(universe.at(id, at));
    }
  }
  std::ranges::stable_partition(options,
                                [&](SolvableId id) { return IsFavored(universe, problem, id); });
  return options;
}

}  // namespace

absl::StatusOr<SkippedOptions> RefuteSkippedOptions(const Universe& universe,
                                                    const Problem& problem,
                                                    const Solution& solution) {
  const PlainCnf cnf(universe, problem);
  SkippedOptions skipped;
  std::vector<std::vector<SolvableId>> prefix;
  for (const Member& member : solution.members) {
    std::vector<SolvableId> better = OptionsInOrder(universe, problem, member.requirement);
    const auto chosen = std::ranges::find(better, member.solvable);
    if (chosen == better.end()) {
      return InvalidInput(universe.Label(member.solvable), "not an option of its requirement");
    }
    better.erase(chosen, better.end());
    if (!better.empty()) {
      ++skipped.members;
      skipped.options += better.size();
      prefix.push_back(std::move(better));  // one of them
      const absl::StatusOr<bool> satisfiable = cnf.Satisfiable(prefix);
      prefix.pop_back();
      if (!satisfiable.ok()) return satisfiable.status();
      if (*satisfiable) {
        return InvalidInput(universe.Label(member.solvable),
                            "a better option of its requirement was possible");
      }
    }
    prefix.push_back({member.solvable});
  }
  return skipped;
}

}  // namespace accord::testing
