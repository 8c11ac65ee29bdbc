// Laws over several runs of one solver: asked lazily, cancelled, stopped by a budget, posed again.
#include "base/error.h"
#include "model/world_file.h"
#include "solver/cdcl/cdcl.h"
#include "tests/property/answers.h"
#include "tests/property/laws.h"
#include "tests/support/lazy_world.h"

namespace accord {
namespace {

// More rounds than a tiny world has things to ask for, or steps to be stopped at.
constexpr int kRoundsMax = 10000;

Broken Differs(std::string_view when, std::string_view expected, std::string_view got) {
  if (expected == got) return std::nullopt;
  return Cat(when, ":\nexpected ", expected, "\n     got ", got);
}

template <class T>
void KeepSome(std::vector<T>& items, Rng& rng, uint32_t percent) {
  std::erase_if(items, [&](const T&) { return !rng.Percent(percent); });
}

void RevealSome(LazyWorld& world, Rng& rng, uint32_t percent) {
  Needs needs = world.Pending();
  KeepSome(needs.packages, rng, percent);
  KeepSome(needs.candidates, rng, percent);
  world.Reveal(needs);
}

Broken NeedsNothingNew(LazyWorld& world, const Needs& needs) {
  if (needs.packages.empty() && needs.candidates.empty()) return "needs nothing and does not end";
  for (size_t i = 0; i < needs.packages.size(); ++i) {
    if (i > 0 && !(needs.packages[i - 1] < needs.packages[i])) return "needed packages not sorted";
    if (!world.IsPending(needs.packages[i])) {
      return Cat("needs ", world.universe().name(needs.packages[i]), ", which is known");
    }
  }
  for (size_t i = 0; i < needs.candidates.size(); ++i) {
    if (i > 0 && !(needs.candidates[i - 1] < needs.candidates[i])) {
      return "needed candidates not sorted";
    }
    if (!world.IsPending(needs.candidates[i])) {
      return Cat("needs dependencies of ", world.universe().Label(needs.candidates[i]),
                 ", which are known");
    }
  }
  return std::nullopt;
}

// Cancels after so many learnt clauses.
class CancelAtLearnt final : public cdcl::ProofSink {
 public:
  CancelAtLearnt(CancelFlag& flag, uint32_t after) : flag_(flag), left_(after) {}
  void Learnt(std::span<const cdcl::Lit>) override {
    if (left_ == 0) flag_.Cancel();
    if (left_ > 0) --left_;
  }

 private:
  CancelFlag& flag_;
  uint32_t left_;
};

// Everything a run shows, but for the time it took.
std::string Everything(const Universe& universe, const Outcome& outcome, const Counters& c) {
  std::string best;
  if (const auto* stopped = std::get_if<Stopped>(&outcome); stopped && stopped->best) {
    best = Cat(" best ", Describe(universe, *stopped->best));
  }
  return Cat(Describe(universe, outcome), best, " work ", c.work, " decisions ", c.decisions,
             " propagations ", c.propagations, " conflicts ", c.conflicts, " learnt ", c.learnt,
             "/", c.learnt_literals, " clauses ", c.clauses_requirement, "/", c.clauses_gate, "/",
             c.clauses_condition, "/", c.clauses_other, " gates ", c.gates, " candidates ",
             c.candidates, "/", c.candidates_looked_at);
}

// Some of the request's wishes in another order, some hard ones soft and the other way round.
Problem Varied(const Problem& problem, Rng& rng) {
  Problem varied = problem;
  KeepSome(varied.requirements, rng, 70);
  KeepSome(varied.soft, rng, 70);
  if (!problem.requirements.empty() && rng.Percent(40)) {
    varied.soft.push_back(problem.requirements[rng.Below(problem.requirements.size())]);
  }
  if (!problem.soft.empty() && rng.Percent(40)) {
    varied.requirements.push_back(problem.soft[rng.Below(problem.soft.size())]);
  }
  for (AskedRequirement& asked : varied.requirements) {
    if (rng.Percent(30)) asked.priority = static_cast<int32_t>(rng.Below(3)) - 1;
  }
  for (auto* list : {&varied.locked, &varied.favored, &varied.excluded}) {
    KeepSome(*list, rng, 60);
  }
  KeepSome(varied.constraints, rng, 60);
  if (!problem.favored.empty() && rng.Percent(30)) {
    varied.excluded.push_back(problem.favored[rng.Below(problem.favored.size())]);
  }
  return varied;
}

}  // namespace

Broken LazyEqualsClosed(const Subject& subject, Rng& rng) {
  LazyWorld world(subject.spec);
  const uint32_t early = rng.Below(3) * 30;
  for (int i = 0; i < 3; ++i) RevealSome(world, rng, early);
  Cdcl solver(world.universe(), world.problem());
  for (int round = 0; round < kRoundsMax; ++round) {
    const Outcome outcome = solver.Run({});
    const auto* needs = std::get_if<Needs>(&outcome);
    if (!needs) {
      return Differs("lazily", Describe(subject.spec, subject.answer),
                     Describe(world.universe(), outcome));
    }
    if (Broken broken = NeedsNothingNew(world, *needs)) return broken;
    world.Reveal(*needs);
    RevealSome(world, rng, early / 3);
  }
  return "it never ends";
}

Broken CancelledIsResumed(const Subject& subject, Rng& rng) {
  const World world = Build(subject.spec);
  Cdcl solver(world.universe, world.problem);
  const std::string expected = Describe(subject.spec, subject.answer);
  CancelFlag at_learnt;
  CancelAtLearnt sink(at_learnt, rng.Below(5));
  if (rng.Percent(50)) solver.set_proof_sink(&sink);
  for (uint64_t work = rng.Below(20);; work += 1 + rng.Below(40)) {
    CancelFlag cancelled;
    if (rng.Percent(20)) {
      cancelled.Cancel();
      (void)solver.Run({.cancel = &cancelled});
    }
    const Outcome outcome = solver.Run({.work_max = work, .cancel = &at_learnt});
    const auto* stopped = std::get_if<Stopped>(&outcome);
    if (!stopped) {
      if (Broken broken =
              Differs("stopped and resumed", expected, Describe(world.universe, outcome))) {
        return broken;
      }
      break;
    }
    if (stopped->reason == StopReason::kCancelled && !at_learnt.cancelled()) {
      return "says cancelled and is not";
    }
    if (stopped->reason == StopReason::kCancelled || rng.Percent(20)) break;
    if (work > kRoundsMax * 100u) return "it never ends";
  }
  if (Broken broken = Differs("run to the end after that", expected,
                              Describe(world.universe, solver.Run({})))) {
    return broken;
  }
  return Differs("asked again", expected, Describe(world.universe, solver.Run({})));
}

Broken BudgetStopsAlike(const Subject& subject, Rng& rng) {
  const World world = Build(subject.spec);
  Cdcl first(world.universe, world.problem);
  Cdcl second(world.universe, world.problem);
  uint64_t work = rng.Below(100);
  for (int i = 0; i < 3; ++i, work += rng.Below(100)) {
    const Outcome a = first.Run({.work_max = work});
    const Outcome b = second.Run({.work_max = work});
    if (Broken broken = Differs("the same budget", Everything(world.universe, a, first.counters()),
                                Everything(world.universe, b, second.counters()))) {
      return broken;
    }
  }
  return std::nullopt;
}

Broken BestIsValid(const Subject& subject, Rng& rng) {
  const World world = Build(subject.spec);
  Cdcl solver(world.universe, world.problem);
  for (uint64_t work = rng.Below(10);; work += 1 + rng.Below(10)) {
    const Outcome outcome = solver.Run({.work_max = work});
    const auto* stopped = std::get_if<Stopped>(&outcome);
    if (!stopped) return std::nullopt;
    if (!stopped->best) continue;
    if (stopped->best->claim.kind != ClaimKind::kFeasible) return "best claims more than feasible";
    if (!subject.oracle.IsValid(ChosenOf(world.universe, *stopped->best))) {
      return Cat("best is no valid set: ", Describe(world.universe, *stopped->best));
    }
    for (const uint32_t unmet : stopped->best->unmet_soft) {
      if (unmet >= world.problem.soft.size()) return "best names a soft requirement that is not";
    }
  }
}

// Of a problem the first solution was asked for: there is one exactly if there is an answer.
Broken IsAny(const Universe& universe, const Outcome& any, const Problem& problem) {
  Cdcl fresh(universe, problem);
  const Outcome answer = fresh.Run({});
  if (std::holds_alternative<Solution>(any) != std::holds_alternative<Solution>(answer)) {
    return Cat("any solution: ", Describe(universe, any),
               "; the answer: ", Describe(universe, answer), "\nof ",
               WriteWorldSpec(SpecOf(universe, problem)));
  }
  const auto* solution = std::get_if<Solution>(&any);
  if (solution != nullptr && solution->claim.kind != ClaimKind::kFeasible) {
    return "any solution claims more than feasible";
  }
  return std::nullopt;
}

Broken PosedInTurn(const Subject& subject, Rng& rng) {
  const World world = Build(subject.spec);
  Cdcl solver(world.universe, world.problem);
  std::vector<Problem> problems;
  for (int i = 0; i < 4; ++i) problems.push_back(Varied(world.problem, rng));
  problems.push_back(world.problem);
  if (rng.Percent(50)) (void)solver.Run({});
  for (const Problem& problem : problems) {
    if (rng.Percent(50)) {
      solver.Pose(problem, Goal::kAny);
      if (Broken broken = IsAny(world.universe, solver.Run({}), problem)) return broken;
    }
    solver.Pose(problem);
    if (rng.Percent(30)) (void)solver.Run({.work_max = rng.Below(60)});
    if (rng.Percent(20)) continue;  // posed, perhaps begun, and given up
    Cdcl fresh(world.universe, problem);
    if (Broken broken = Differs("posed after others", Describe(world.universe, fresh.Run({})),
                                Describe(world.universe, solver.Run({})))) {
      return Cat(*broken, "\nof ", WriteWorldSpec(SpecOf(world.universe, problem)));
    }
  }
  return std::nullopt;
}

}  // namespace accord
