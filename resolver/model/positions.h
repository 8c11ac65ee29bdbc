// A set of positions of one package as sorted, disjoint, not adjacent, inclusive ranges. Sets of
// versions are near-intervals: docs/decisions/001 has the measurement against bitsets.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/ids.h"

namespace accord {

struct PositionRange {
  Position first = 0;
  Position last = 0;  // inclusive
  bool operator==(const PositionRange&) const = default;
};

// Sorts, drops empty ranges (first > last) and merges what overlaps or touches.
[[nodiscard]] std::vector<PositionRange> Normalized(std::vector<PositionRange> ranges);

[[nodiscard]] inline bool Contains(std::span<const PositionRange> ranges, Position position) {
  if (ranges.size() <= 8) {
    for (const PositionRange& range : ranges) {
      if (position <= range.last) return position >= range.first;
    }
    return false;
  }
  size_t low = 0;
  size_t high = ranges.size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (ranges[middle].last < position) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < ranges.size() && ranges[low].first <= position;
}

[[nodiscard]] inline uint32_t CountOf(std::span<const PositionRange> ranges) {
  uint32_t count = 0;
  for (const PositionRange& range : ranges) count += range.last - range.first + 1;
  return count;
}

// The positions of [0, count) that are not in `ranges`.
[[nodiscard]] std::vector<PositionRange> Complement(std::span<const PositionRange> ranges,
                                                    uint32_t count);

// Collects positions given in ascending order.
class PositionCollector {
 public:
  void Add(Position position) {
    if (!ranges_.empty() && ranges_.back().last + 1 == position) {
      ranges_.back().last = position;
    } else {
      ranges_.push_back({position, position});
    }
  }
  [[nodiscard]] const std::vector<PositionRange>& ranges() const { return ranges_; }

 private:
  std::vector<PositionRange> ranges_;
};

}  // namespace accord
