// The marker grammar at a cursor, for whole markers and for those behind a requirement's ';'.
// Internal to this folder.
#pragma once

#include "absl/status/status.h"
#include "ecosystem/pypi/marker.h"
#include "ecosystem/pypi/parse_cursor.h"

namespace accord::pypi {

// Reads one marker with the blanks around it into an empty node, and stops at what cannot belong to
// it.
[[nodiscard]] absl::Status ParseMarker(ParseCursor& cursor, MarkerNode& marker);

}  // namespace accord::pypi
