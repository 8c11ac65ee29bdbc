// The pieces of a requirement text (metadata/grammar.h), read one by one.
#pragma once

#include <optional>
#include <string_view>

#include "ecosystem/pypi/marker.h"
#include "ecosystem/pypi/requirement.h"

namespace accord::pypi {

// Extras and specifiers of what stands between name and marker: "[socks] (>=1.5)". The name of the
// result means nothing. nullopt: it cannot be read, or there is more in it.
[[nodiscard]] std::optional<Requirement> ReadMiddle(std::string_view middle);

// " ; extra == 'test'". nullopt: it is no marker behind its separator.
[[nodiscard]] std::optional<Marker> ReadMarkerPiece(std::string_view piece);

}  // namespace accord::pypi
