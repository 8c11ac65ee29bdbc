// How a set of one package is written where its world has no text for it: versions by name, never
// positions. `q`, `q {1.0..2.0, 3.0}`, `q {}`.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "model/universe.h"

namespace accord {

// version_of(position) gives a version's name. All candidates of a package that has some: its name.
template <class VersionOf>
[[nodiscard]] std::string SetText(std::string_view package, size_t candidate_count,
                                  std::span<const PositionRange> ranges,
                                  const VersionOf& version_of) {
  std::string out(package);
  if (candidate_count > 0 && CountOf(ranges) == candidate_count) return out;
  out += " {";
  for (const PositionRange& range : ranges) {
    if (out.back() != '{') out += ", ";
    out += version_of(range.first);
    if (range.first != range.last) out += Cat("..", version_of(range.last));
  }
  return out + "}";
}

// A set whose members are known.
[[nodiscard]] inline std::string SetText(const Universe& universe, VersionSetId id) {
  const PackageId package = universe.set(id).package;
  return SetText(universe.name(package), universe.package(package).count, universe.ranges(id),
                 [&](Position position) {
                   return universe.Text(universe.solvable(universe.at(package, position)).version);
                 });
}

}  // namespace accord
