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
#include "metadata/bytes.h"
#include "model/positions.h"

namespace accord::conda {

// What candidates of a package need, as far as the order asks for it. A requirement is a number:
// of one channel's records equal ones stand for equal texts.
class NeededVersions {
 public:
  virtual ~NeededVersions() = default;
  // Equal numbers of one channel: they need the same.
  [[nodiscard]] virtual uint32_t NeedsOf(Position position) = 0;
  // Ascending.
  [[nodiscard]] virtual metadata::Column RequirementsOf(Position position) = 0;
  // Whom one of them is about. None if that is not plainly needed.
  [[nodiscard]] virtual std::optional<std::string_view> NameOf(Position position,
                                                               uint32_t requirement) = 0;
  // The best version that all these requirements, which are about one name, admit, counted from
  // the oldest with 1; 0 if they admit none. None: they all have conditions, it may not be needed.
  // Errors: what a source says.
  [[nodiscard]] virtual absl::StatusOr<std::optional<uint32_t>> BestOf(
      Position position, std::span<const uint32_t> of_name) = 0;
};

// The positions, best first; empty where the last position is the best, and so on down. Candidates
// compare by channel, fewer track_features, version, build number, better versions of what they
// need, and then as their positions do: by time and build. Errors: as NeededVersions.
[[nodiscard]] absl::StatusOr<std::vector<Position>> BestFirst(const Candidates& candidates,
                                                              ChannelPriority priority, bool lowest,
                                                              NeededVersions& needed);

}  // namespace accord::conda
