// The candidates of a version set, one by one.
#pragma once

#include "model/universe.h"

namespace accord {

// Calls visit(SolvableId) for each member, oldest first. A set may have been written before its
// package turned out not to exist, or not to be known: then it has no members.
template <class Visit>
void ForEachMember(const Universe& universe, VersionSetId set, Visit visit) {
  const PackageId package = universe.set(set).package;
  if (universe.package(package).count == 0) return;
  for (const PositionRange& range : universe.ranges(set)) {
    for (Position position = range.first; position <= range.last; ++position) {
      visit(universe.at(package, position));
    }
  }
}

}  // namespace accord
