// A world file: written as it was read it is the same, and so is the world that it makes. The same
// bytes also go to the reader of neutral universes.
#include <string>

#include "model/neutral_import.h"
#include "model/world_builder.h"
#include "model/world_file.h"
#include "tests/fuzz/targets.h"

namespace accord::fuzz {
namespace {

constexpr WorldLimits kWorldLimits{
    .bytes_max = 1 << 16, .depth_max = 64, .packages_max = 256, .candidates_max = 4096};

}  // namespace

void Worlds(std::string_view input, Laws& laws) {
  (void)ImportNeutral(input, "fuzzed");
  const auto spec = ParseWorldSpec(input, "fuzzed", kWorldLimits);
  const auto world = ParseWorld(input, "fuzzed", kWorldLimits);
  laws.Hold(spec.ok() == world.ok(), "a world is read if its spec is", {input});
  if (!spec.ok() || !world.ok()) return;
  const std::string written = WriteWorldSpec(*spec);
  const auto again = ParseWorldSpec(written, "written");
  laws.Hold(again.ok() && *again == *spec, "a spec that was written is read as the same",
            {written});
  const std::string of_world = WriteWorld(world->universe, world->problem);
  const auto world_again = ParseWorld(of_world, "written");
  laws.Hold(world_again.ok(), "a world that was written can be read", {of_world});
  if (!world_again.ok()) return;
  laws.Hold(WriteWorld(world_again->universe, world_again->problem) == of_world,
            "a world that was read is written as the same", {of_world});
}

}  // namespace accord::fuzz
