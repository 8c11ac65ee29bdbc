#include "model/positions.h"

#include <algorithm>

namespace accord {

std::vector<PositionRange> Normalized(std::vector<PositionRange> ranges) {
  std::erase_if(ranges, [](const PositionRange& range) { return range.first > range.last; });
  std::sort(ranges.begin(), ranges.end(), [](const PositionRange& a, const PositionRange& b) {
    return a.first != b.first ? a.first < b.first : a.last < b.last;
  });
  std::vector<PositionRange> merged;
  for (const PositionRange& range : ranges) {
    if (!merged.empty() && range.first <= merged.back().last + 1) {
      merged.back().last = std::max(merged.back().last, range.last);
    } else {
      merged.push_back(range);
    }
  }
  return merged;
}

std::vector<PositionRange> Complement(std::span<const PositionRange> ranges, uint32_t count) {
  std::vector<PositionRange> outside;
  Position next = 0;
  for (const PositionRange& range : ranges) {
    if (next < range.first) outside.push_back({next, range.first - 1});
    next = range.last + 1;
  }
  if (next < count) outside.push_back({next, count - 1});
  return outside;
}

}  // namespace accord
