// The order in which requested packages are decided: `requirer-first` as a pure
// function on a graph. Names compare as bytes.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace accord {

// An edge p -> q as indices into the names: p's best admitted candidate requires q.
using RequirerEdge = std::pair<uint32_t, uint32_t>;

// The names' indices in the order of decision: strongly connected components are contracted;
// repeatedly, of the components without an untaken predecessor, the one with the smallest name is
// taken; inside one, by name. Names are distinct.
[[nodiscard]] std::vector<uint32_t> RequirerFirst(std::span<const std::string_view> names,
                                                  std::span<const RequirerEdge> edges);

}  // namespace accord
