// The list of laws, and those that compare one answer with the oracle or with the answer of a
// changed world.
#include "tests/property/laws.h"

#include <algorithm>

#include "base/error.h"
#include "model/world_file.h"
#include "solver/cdcl/cdcl.h"
#include "solver/libsolv/libsolv.h"
#include "tests/oracle/world_edits.h"
#include "tests/property/answers.h"

namespace accord {
namespace {

Broken Same(std::string_view expected, std::string_view got) {
  if (expected == got) return std::nullopt;
  return Cat("expected ", expected, "\n     got ", got);
}

Broken Sound(const Subject& subject, Rng&) {
  const World world = Build(subject.spec);
  Cdcl solver(world.universe, world.problem);
  const Outcome outcome = solver.Run({});
  const auto* solution = std::get_if<Solution>(&outcome);
  if (!solution || subject.oracle.IsValid(ChosenOf(world.universe, *solution))) {
    return std::nullopt;
  }
  return Cat("not a valid set: ", Describe(world.universe, outcome));
}

Broken Complete(const Subject& subject, Rng&) {
  const std::string got = SolveToText(subject.spec);
  const bool satisfiable = got != "unsatisfiable";
  if (satisfiable == subject.answer.satisfiable) return std::nullopt;
  return Cat("expected ", subject.answer.satisfiable ? "satisfiable" : "unsatisfiable", ", got ",
             got);
}

Broken Canonical(const Subject& subject, Rng&) {
  return Same(Describe(subject.spec, subject.answer), SolveToText(subject.spec));
}

Broken OrderMeansNothing(const Subject& subject, Rng& rng) {
  WorldSpec shuffled = subject.spec;
  ShuffleOrder(shuffled, rng);
  return Same(Describe(subject.spec, subject.answer), SolveToText(shuffled));
}

Broken NotChosenIsNotMissed(const Subject& subject, Rng& rng) {
  std::vector<std::pair<size_t, Position>> not_chosen;
  for (size_t p = 0; p < subject.spec.packages.size(); ++p) {
    const PackageSpec& package = subject.spec.packages[p];
    for (Position i = 0; i < package.candidates.size(); ++i) {
      const auto is_this = [&](const OracleMember& member) {
        return member.package == package.name && member.position == i;
      };
      const auto& members = subject.answer.members;
      if (std::none_of(members.begin(), members.end(), is_this)) not_chosen.emplace_back(p, i);
    }
  }
  if (not_chosen.empty()) return std::nullopt;
  const auto [package, position] = not_chosen[rng.Below(not_chosen.size())];
  WorldSpec without = subject.spec;
  RemoveCandidate(without, package, position);
  return Same(Describe(subject.spec, subject.answer), SolveToText(without));
}

Broken MetConstraintChangesNothing(const Subject& subject, Rng& rng) {
  if (subject.spec.packages.empty()) return std::nullopt;
  const PackageSpec& package = subject.spec.packages[rng.Below(subject.spec.packages.size())];
  PositionCollector allowed;
  for (Position i = 0; i < package.candidates.size(); ++i) {
    const bool chosen = std::any_of(subject.answer.members.begin(), subject.answer.members.end(),
                                    [&](const OracleMember& member) {
                                      return member.package == package.name && member.position == i;
                                    });
    if (chosen || rng.Percent(40)) allowed.Add(i);
  }
  WorldSpec constrained = subject.spec;
  constrained.constraints.push_back(
      {.set = {.package = package.name, .allowed = allowed.ranges()}, .text = "added"});
  return Same(Describe(subject.spec, subject.answer), SolveToText(constrained));
}

Broken WrittenAndReadIsTheSame(const Subject& subject, Rng&) {
  const World world = Build(subject.spec);
  const auto spec = ParseWorldSpec(WriteWorld(world.universe, world.problem), "written");
  if (!spec.ok()) return std::string(Message(spec.status()));
  return Same(Describe(subject.spec, subject.answer), SolveToText(*spec));
}

Broken LibsolvAgrees(const Subject& subject, Rng&) {
  const World world = Build(subject.spec);
  Libsolv solver(world.universe, world.problem);
  const Outcome outcome = solver.Run({});
  const std::string got = Describe(world.universe, outcome);
  if (const auto* solution = std::get_if<Solution>(&outcome)) {
    if (subject.oracle.IsValid(ChosenOf(world.universe, *solution))) return std::nullopt;
    return Cat("libsolv chose what is no valid set: ", got);
  }
  if (std::holds_alternative<Conflict>(outcome) && !subject.answer.satisfiable) {
    return std::nullopt;
  }
  return Cat("expected ", Describe(subject.spec, subject.answer), "\nlibsolv says ", got);
}

constexpr Law kLaws[] = {
    {"sound", Sound},
    {"complete", Complete},
    {"canonical", Canonical},
    {"order-means-nothing", OrderMeansNothing},
    {"not-chosen-is-not-missed", NotChosenIsNotMissed},
    {"met-constraint-changes-nothing", MetConstraintChangesNothing},
    {"written-and-read-is-the-same", WrittenAndReadIsTheSame},
    {"lazy-equals-closed", LazyEqualsClosed},
    {"cancelled-is-resumed", CancelledIsResumed},
    {"budget-stops-alike", BudgetStopsAlike},
    {"best-is-valid", BestIsValid},
    {"posed-in-turn", PosedInTurn},
    {"learnt-clauses-hold", LearntClausesHold},
    {"core-is-unsatisfiable", CoreIsUnsatisfiable},
    {"assuming-is-sufficient", AssumingIsSufficient},
    {"libsolv-agrees", LibsolvAgrees},
};

}  // namespace

std::span<const Law> Laws() { return kLaws; }

}  // namespace accord
