// Random tiny worlds that reach every corner of the model. Equal knobs and seeds give equal worlds
// on every machine. Every requirement and constraint has a text of its own that names no version:
// removing a candidate leaves the texts, and so the order of the walk, as they were.
#pragma once

#include "model/world_spec.h"
#include "tests/oracle/random.h"

namespace accord {

// Shares in percent. 0 switches a feature off.
struct Knobs {
  uint32_t packages_max = 7;
  uint32_t versions_max = 4;
  uint32_t candidates_max = 14;  // of all packages
  uint32_t needs_max = 3;        // requirements of one candidate
  uint32_t asked_max = 3;        // requirements of the request
  uint32_t density = 45;         // that each possible need of a candidate is there
  uint32_t narrow = 45;          // that a candidate is left out of a set
  uint32_t alternatives = 0;     // that a requirement has more than one alternative
  uint32_t conditions = 0;       // that a requirement or constraint has a condition
  uint32_t constraints = 0;      // that a candidate has a constraint
  uint32_t shared = 0;           // that a requirement repeats an earlier one, text and all
  uint32_t features = 0;         // that a package has an extra
  uint32_t groups_max = 0;
  uint32_t coexist = 0;      // that several candidates of a package may be chosen
  uint32_t preferences = 0;  // that a package's preference is not its newest first
  uint32_t unknown_packages = 0;
  uint32_t unknown_dependencies = 0;
  uint32_t nonexistent = 0;  // that a requirement names what does not exist
  uint32_t empty_sets = 0;   // that a set is empty, or a requirement without alternatives
  uint32_t soft_max = 0;
  uint32_t favored_max = 0;
  uint32_t locked_max = 0;
  uint32_t excluded_max = 0;
  uint32_t asked_constraints_max = 0;
  bool priorities = false;  // other than 0, negative too
};

// A random choice of features and shares.
[[nodiscard]] Knobs RandomKnobs(Rng& rng);
[[nodiscard]] WorldSpec GenerateWorld(const Knobs& knobs, Rng& rng);
// The world of a seed: RandomKnobs, then GenerateWorld.
[[nodiscard]] WorldSpec GenerateWorld(uint64_t seed);

}  // namespace accord
