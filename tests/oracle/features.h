// The corners of the model by name: is one in a world, and how is it taken out? For the tests of
// the generator.
#pragma once

#include <span>
#include <string_view>

#include "model/world_spec.h"

namespace accord {

struct Feature {
  std::string_view name;
  bool (*present)(const WorldSpec&);
  void (*drop)(WorldSpec&);
};

[[nodiscard]] std::span<const Feature> Features();

}  // namespace accord
