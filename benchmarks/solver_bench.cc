// Version sets, building a universe, and solving, on worlds made by a fixed formula: layers of
// packages whose newer candidates need newer candidates of the next layer. Real worlds are in
// benchmarks/peers and in `accord_scenarios neutral --reps`.

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "model/problem.h"
#include "model/universe.h"
#include "solver/cdcl/cdcl.h"
#include "solver/libsolv/libsolv.h"

namespace accord {
namespace {

constexpr uint32_t kLayers = 12;
constexpr uint32_t kNeeds = 3;  // dependencies of a candidate, all in the next layer

struct Shape {
  uint32_t width = 0;     // packages a layer
  uint32_t versions = 0;  // candidates a package
  bool hard = false;      // the newest third of every second layer leads nowhere
};

Shape ShapeOf(const benchmark::State& state, bool hard) {
  return {.width = static_cast<uint32_t>(state.range(0)),
          .versions = static_cast<uint32_t>(state.range(1)),
          .hard = hard};
}

RequirementId Require(Universe& universe, VersionSetId set, std::string_view range) {
  const StringId text = universe.AddText(Cat(universe.name(universe.set(set).package), " ", range));
  return universe.AddRequirement({.alternatives = {set}, .condition = {}, .text = text});
}

RequirementId Require(Universe& universe, PackageId package, PositionRange range) {
  return Require(universe, universe.AddSetOf(package, {&range, 1}),
                 Cat(range.first, "..", range.last));
}

DependencySet NeedsOf(Universe& universe, const std::vector<PackageId>& next, uint32_t index,
                      Position at, const Shape& shape) {
  DependencySet needs;
  for (uint32_t k = 0; k < kNeeds; ++k) {
    const PackageId package = next[(index * 7 + k * 13 + 1) % shape.width];
    // A window around the own position, pushed apart by k: neighbours do not fit by chance.
    const uint32_t slack = shape.versions / 4;
    const Position low = at > slack + k ? at - slack - k : 0;
    needs.requirements.push_back(Require(universe, package, {low, at}));
  }
  return needs;
}

Universe MakeUniverse(const Shape& shape) {
  Universe universe;
  std::vector<std::string> names;
  for (uint32_t i = 0; i < shape.versions; ++i) names.push_back(Cat(i + 1, ".0"));
  const std::vector<std::string_view> versions(names.begin(), names.end());
  std::vector<std::vector<PackageId>> layers(kLayers);
  for (uint32_t layer = 0; layer < kLayers; ++layer) {
    for (uint32_t i = 0; i < shape.width; ++i) {
      layers[layer].push_back(universe.AddPackage(Cat("layer", layer, "-", i)));
      universe.SetCandidates(layers[layer].back(), versions);
    }
  }
  const PackageId absent = universe.AddPackage("absent");
  universe.SetNonexistent(absent);
  const RequirementId dead_end = Require(universe, universe.AddSetOf(absent, {}), "any");
  for (uint32_t layer = 0; layer < kLayers; ++layer) {
    for (uint32_t i = 0; i < shape.width; ++i) {
      for (Position at = 0; at < shape.versions; ++at) {
        DependencySet needs;
        if (layer + 1 < kLayers) needs = NeedsOf(universe, layers[layer + 1], i, at, shape);
        const bool newest = at >= shape.versions - shape.versions / 3;
        if (shape.hard && layer % 2 == 1 && newest) needs.requirements.push_back(dead_end);
        universe.SetDependencies(universe.at(layers[layer][i], at),
                                 universe.AddDependencySet(std::move(needs)));
      }
    }
  }
  return universe;
}

// Asks for any candidate of each package of the first layer.
Problem AskFirstLayer(Universe& universe, const Shape& shape) {
  Problem problem;
  for (uint32_t i = 0; i < shape.width; ++i) {
    const PackageId package = universe.FindPackage(Cat("layer0-", i));
    problem.requirements.push_back(
        {.requirement = Require(universe, package, {0, shape.versions - 1})});
  }
  return problem;
}

void BuildUniverse(benchmark::State& state) {
  const Shape shape = ShapeOf(state, false);
  for (auto _ : state) benchmark::DoNotOptimize(MakeUniverse(shape));
  state.SetItemsProcessed(state.iterations() * kLayers * shape.width * shape.versions);
}
BENCHMARK(BuildUniverse)->Args({10, 20})->Args({30, 300})->Unit(benchmark::kMillisecond);

// One query in every third position of a set of `ranges` ranges.
void SetContains(benchmark::State& state) {
  std::vector<PositionRange> ranges;
  for (uint32_t i = 0; i < static_cast<uint32_t>(state.range(0)); ++i) {
    ranges.push_back({i * 10, i * 10 + 6});
  }
  Position at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(Contains(std::span<const PositionRange>(ranges), at));
    at = (at + 3) % (ranges.back().last + 1);
  }
}
BENCHMARK(SetContains)->Arg(1)->Arg(8)->Arg(64)->Arg(1000);

void SetComplement(benchmark::State& state) {
  std::vector<PositionRange> ranges;
  for (uint32_t i = 0; i < static_cast<uint32_t>(state.range(0)); ++i) {
    ranges.push_back({i * 10, i * 10 + 6});
  }
  for (auto _ : state) benchmark::DoNotOptimize(Complement(ranges, ranges.back().last + 5));
}
BENCHMARK(SetComplement)->Arg(1)->Arg(8)->Arg(1000);

template <class Solver>
void Solve(benchmark::State& state, bool hard) {
  const Shape shape = ShapeOf(state, hard);
  Universe universe = MakeUniverse(shape);
  const Problem problem = AskFirstLayer(universe, shape);
  Counters counters;
  bool satisfiable = false;
  for (auto _ : state) {
    Solver solver(universe, problem);
    satisfiable = std::holds_alternative<Solution>(solver.Run({}));
    counters = solver.counters();
  }
  state.counters["sat"] = satisfiable ? 1 : 0;
  state.counters["conflicts"] = static_cast<double>(counters.conflicts);
  state.counters["decisions"] = static_cast<double>(counters.decisions);
  state.counters["looked_at"] = static_cast<double>(counters.candidates_looked_at);
}
void SolveEasy(benchmark::State& state) { Solve<Cdcl>(state, false); }
void SolveHard(benchmark::State& state) { Solve<Cdcl>(state, true); }
void SolveEasyByLibsolv(benchmark::State& state) { Solve<Libsolv>(state, false); }
void SolveHardByLibsolv(benchmark::State& state) { Solve<Libsolv>(state, true); }
BENCHMARK(SolveEasy)->Args({10, 20})->Args({30, 300})->Unit(benchmark::kMillisecond);
BENCHMARK(SolveHard)->Args({10, 20})->Args({30, 300})->Unit(benchmark::kMillisecond);
BENCHMARK(SolveEasyByLibsolv)->Args({10, 20})->Unit(benchmark::kMillisecond);
BENCHMARK(SolveHardByLibsolv)->Args({10, 20})->Unit(benchmark::kMillisecond);

// The same request posed again to a solver that has answered it: what is kept pays.
void PoseAgain(benchmark::State& state) {
  const Shape shape = ShapeOf(state, true);
  Universe universe = MakeUniverse(shape);
  const Problem problem = AskFirstLayer(universe, shape);
  Cdcl cdcl(universe, problem);
  benchmark::DoNotOptimize(cdcl.Run({}));
  for (auto _ : state) {
    cdcl.Pose(problem);
    benchmark::DoNotOptimize(cdcl.Run({}));
  }
}
BENCHMARK(PoseAgain)->Args({10, 20})->Args({30, 300})->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace accord
