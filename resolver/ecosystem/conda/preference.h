// Which candidate of a package is better: a total order (docs/ecosystems/conda.md).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ecosystem/conda/candidates.h"
#include "ecosystem/conda/request.h"
#include "model/positions.h"

namespace accord::conda {

// A package that a candidate needs, by one of its texts. Of one channel's records equal numbers
// stand for equal texts.
struct NeededName {
  std::string_view name;
  uint32_t requirement = 0;

  friend auto operator<=>(const NeededName&, const NeededName&) = default;
};

// What candidates of a package need, as far as the order asks for it.
class NeededVersions {
 public:
  virtual ~NeededVersions() = default;
  // Equal numbers of one channel: they need the same.
  [[nodiscard]] virtual uint32_t NeedsOf(Position position) = 0;
  // Sorted.
  [[nodiscard]] virtual std::vector<NeededName> NamesOf(Position position) = 0;
  // The best version that all the candidate's requirements on this name admit, counted from the
  // oldest with 1; 0 if they admit none. None: they all have conditions, it may not be needed.
  // Errors: what a source says.
  [[nodiscard]] virtual absl::StatusOr<std::optional<uint32_t>> BestOf(
      Position position, std::span<const NeededName> of_name) = 0;
};

// The positions, best first; empty where the last position is the best, and so on down. Candidates
// compare by channel, fewer track_features, version, build number, better versions of what they
// need, and then as their positions do: by time and build. Errors: as NeededVersions.
[[nodiscard]] absl::StatusOr<std::vector<Position>> BestFirst(const Candidates& candidates,
                                                              ChannelPriority priority, bool lowest,
                                                              NeededVersions& needed);

}  // namespace accord::conda
