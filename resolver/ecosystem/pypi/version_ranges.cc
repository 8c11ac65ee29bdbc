#include "ecosystem/pypi/version_ranges.h"

#include <algorithm>

#include "ecosystem/pypi/text.h"

namespace accord::pypi {
namespace {

// The first position of [begin, end) for which `holds`; end if none. Past it, it holds for all.
template <class Holds>
Position FirstThat(Position begin, Position end, Holds holds) {
  while (begin < end) {
    const Position middle = begin + (end - begin) / 2;
    if (holds(middle)) {
      end = middle;
    } else {
      begin = middle + 1;
    }
  }
  return begin;
}

// Half-open.
struct Run {
  Position begin = 0;
  Position end = 0;
};

// Where the specifier's versions stand: those that it admits, or of != those that it does not.
Run RunOf(const Specifier& specifier, const VersionsInOrder& versions) {
  const uint32_t count = versions.count;
  const bool negated = specifier.op() == SpecifierOperator::kNotEqual ||
                       specifier.op() == SpecifierOperator::kNotEqualPrefix;
  const auto inside = [&](Position position) {
    return Matches(specifier, versions.version(position)) != negated;
  };
  const auto outside = [&](Position position) { return !inside(position); };
  switch (specifier.op()) {
    case SpecifierOperator::kGreaterEqual:
    case SpecifierOperator::kGreater:
      return {FirstThat(0, count, inside), count};
    case SpecifierOperator::kLess:
    case SpecifierOperator::kLessEqual:
      return {0, FirstThat(0, count, outside)};
    default:
      break;
  }
  const Version& first = *specifier.begin();
  const Position begin =
      FirstThat(0, count, [&](Position position) { return versions.version(position) >= first; });
  return {begin, FirstThat(begin, count, outside)};
}

// What is left of the ranges inside the run, or outside of it.
std::vector<PositionRange> Cut(const std::vector<PositionRange>& ranges, Run run,
                               bool keep_inside) {
  std::vector<PositionRange> kept;
  const auto add = [&](Position begin, Position end) {  // half-open
    if (begin < end) kept.push_back({begin, end - 1});
  };
  for (const PositionRange& range : ranges) {
    const Position end = range.last + 1;
    if (keep_inside) {
      add(std::max(range.first, run.begin), std::min(end, run.end));
    } else if (run.begin >= run.end) {
      add(range.first, end);
    } else {
      add(range.first, std::min(end, run.begin));
      add(std::max(range.first, run.end), end);
    }
  }
  return kept;
}

}  // namespace

std::vector<PositionRange> AdmittedRanges(const SpecifierSet& set,
                                          const VersionsInOrder& versions) {
  if (versions.count == 0) return {};
  std::vector<PositionRange> ranges = {{0, versions.count - 1}};
  for (const Specifier& specifier : set.specifiers()) {
    if (specifier.op() == SpecifierOperator::kArbitrary) {
      PositionCollector spelled;
      for (const PositionRange& range : ranges) {
        for (Position position = range.first; position <= range.last; ++position) {
          if (EqualIgnoringCase(specifier.ArbitraryText(), versions.spelled(position))) {
            spelled.Add(position);
          }
        }
      }
      ranges = spelled.ranges();
      continue;
    }
    const bool negated = specifier.op() == SpecifierOperator::kNotEqual ||
                         specifier.op() == SpecifierOperator::kNotEqualPrefix;
    ranges = Cut(ranges, RunOf(specifier, versions), !negated);
  }
  return ranges;
}

}  // namespace accord::pypi
