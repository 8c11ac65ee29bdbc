#include "ecosystem/pypi/pieces.h"

#include <string>
#include <utility>

#include "base/error.h"

namespace accord::pypi {

std::optional<Requirement> ReadMiddle(std::string_view middle) {
  absl::StatusOr<Requirement> read = Requirement::Parse(Cat("x", middle));
  if (!read.ok() || read->name != "x" || !read->url.empty() || read->marker) return std::nullopt;
  return *std::move(read);
}

std::optional<Marker> ReadMarkerPiece(std::string_view piece) {
  const size_t separator = piece.find_first_not_of(' ');
  if (separator == std::string_view::npos || piece[separator] != ';') return std::nullopt;
  absl::StatusOr<Marker> marker = Marker::Parse(piece.substr(separator + 1));
  if (!marker.ok()) return std::nullopt;
  return *std::move(marker);
}

}  // namespace accord::pypi
