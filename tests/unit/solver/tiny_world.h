// Random worlds of at most a dozen candidates with every feature of the model in them, and a naive
// enumeration of all their subsets: what other opinions on satisfiable or not are compared with.
#pragma once

#include <cstdint>
#include <memory>

#include "model/problem.h"
#include "model/universe.h"

namespace accord::testing {

struct TinyWorld {
  Universe universe;
  Problem problem;
};

// Equal seeds give equal worlds, on every machine.
[[nodiscard]] std::unique_ptr<TinyWorld> MakeTinyWorld(uint64_t seed);

// A set of candidates: bit i is SolvableId(i).
using CandidateMask = uint32_t;

// Is it a valid set? Word for word the definition of docs/solver.md.
[[nodiscard]] bool IsValidSet(const TinyWorld& world, CandidateMask chosen);

// Tries every subset.
[[nodiscard]] bool HasValidSet(const TinyWorld& world);

}  // namespace accord::testing
