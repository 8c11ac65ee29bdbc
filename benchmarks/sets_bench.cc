// What a set of positions costs as sorted ranges, as a bitset and as sorted positions: asking for
// every position of the package once, and going through all members. docs/decisions/001 has a run.
//
// Arguments: candidates of the package, ranges of the set (half of the candidates are members).
#include <algorithm>
#include <cstdint>
#include <vector>

#include "benchmark/benchmark.h"
#include "model/positions.h"

namespace accord {
namespace {

struct Sets {
  explicit Sets(const benchmark::State& state)
      : count(static_cast<uint32_t>(state.range(0))), bits((count + 63) / 64) {
    const auto wanted = static_cast<uint32_t>(state.range(1));
    const uint32_t stride = count / wanted;
    for (uint32_t i = 0; i < wanted; ++i) {
      ranges.push_back({i * stride, i * stride + std::max(stride / 2, 1u) - 1});
    }
    for (const PositionRange& range : ranges) {
      for (Position p = range.first; p <= range.last; ++p) {
        bits[p / 64] |= uint64_t{1} << (p % 64);
        positions.push_back(p);
      }
    }
  }

  uint32_t count;
  std::vector<PositionRange> ranges;
  std::vector<uint64_t> bits;
  std::vector<Position> positions;
};

template <class Has>
void AskAll(benchmark::State& state, const Sets& sets, size_t bytes, Has has) {
  for (auto _ : state) {
    for (Position p = 0; p < sets.count; ++p) benchmark::DoNotOptimize(has(p));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(sets.count));
  state.counters["bytes"] = static_cast<double>(bytes);
}

void HasInRanges(benchmark::State& state) {
  const Sets sets(state);
  AskAll(state, sets, sets.ranges.size() * sizeof(PositionRange),
         [&](Position p) { return Contains(sets.ranges, p); });
}

void HasInBits(benchmark::State& state) {
  const Sets sets(state);
  AskAll(state, sets, sets.bits.size() * sizeof(uint64_t),
         [&](Position p) { return ((sets.bits[p / 64] >> (p % 64)) & 1) != 0; });
}

void HasInPositions(benchmark::State& state) {
  const Sets sets(state);
  AskAll(state, sets, sets.positions.size() * sizeof(Position), [&](Position p) {
    return std::binary_search(sets.positions.begin(), sets.positions.end(), p);
  });
}

void MembersOfRanges(benchmark::State& state) {
  const Sets sets(state);
  for (auto _ : state) {
    for (const PositionRange& range : sets.ranges) {
      for (Position p = range.first; p <= range.last; ++p) benchmark::DoNotOptimize(p);
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(sets.positions.size()));
}

void MembersOfBits(benchmark::State& state) {
  const Sets sets(state);
  for (auto _ : state) {
    for (size_t word = 0; word < sets.bits.size(); ++word) {
      for (uint64_t left = sets.bits[word]; left != 0; left &= left - 1) {
        auto p = static_cast<Position>(word * 64) + static_cast<Position>(__builtin_ctzll(left));
        benchmark::DoNotOptimize(p);
      }
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(sets.positions.size()));
}

void MembersOfPositions(benchmark::State& state) {
  const Sets sets(state);
  for (auto _ : state) {
    for (Position p : sets.positions) benchmark::DoNotOptimize(p);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(sets.positions.size()));
}

void Shapes(benchmark::internal::Benchmark* bench) {
  for (const int64_t ranges : {1, 8, 20, 1500}) bench->Args({3000, ranges});
  bench->Args({20, 1});  // the mean package of crates-2020
}

BENCHMARK(HasInRanges)->Apply(Shapes);
BENCHMARK(HasInBits)->Apply(Shapes);
BENCHMARK(HasInPositions)->Apply(Shapes);
BENCHMARK(MembersOfRanges)->Apply(Shapes);
BENCHMARK(MembersOfBits)->Apply(Shapes);
BENCHMARK(MembersOfPositions)->Apply(Shapes);

}  // namespace
}  // namespace accord
