#include "tests/unit/solver/worlds.h"

#include "base/error.h"

namespace accord::testing {
namespace {

std::string SolutionText(const Universe& universe, const Solution& solution) {
  std::string text;
  for (const Member& member : solution.members) {
    text += (text.empty() ? "" : ", ") + universe.Label(member.solvable);
  }
  for (const uint32_t soft : solution.unmet_soft) text += Cat("; unmet ", soft);
  return text;
}

}  // namespace

World WorldOf(std::string_view inside) {
  absl::StatusOr<World> world =
      ParseWorld(Cat(R"({"format":"accord-world/1",)", inside, "}"), "test world");
  ACCORD_CHECK(world.ok());
  return *std::move(world);
}

std::string TextOf(const Universe& universe, const Outcome& outcome) {
  if (const auto* solution = std::get_if<Solution>(&outcome)) {
    return SolutionText(universe, *solution);
  }
  if (std::holds_alternative<Conflict>(outcome)) return "unsatisfiable";
  if (const auto* needs = std::get_if<Needs>(&outcome)) {
    std::string text = "needs";
    for (const PackageId package : needs->packages) text += Cat(" ", universe.name(package));
    for (const SolvableId candidate : needs->candidates) {
      text += Cat(" (", universe.Label(candidate), ")");
    }
    return text;
  }
  return "stopped";
}

std::string Answer(std::string_view inside) {
  const World world = WorldOf(inside);
  return TextOf(world.universe, Cdcl(world.universe, world.problem).Run({}));
}

}  // namespace accord::testing
