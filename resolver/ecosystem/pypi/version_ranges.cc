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

bool IsNegated(const Specifier& specifier) {
  return specifier.op() == SpecifierOperator::kNotEqual ||
         specifier.op() == SpecifierOperator::kNotEqualPrefix;
}

// Where in the window the specifier's versions stand: those that it admits, or of != those that it
// does not.
Run RunOf(const Specifier& specifier, const VersionsInOrder& versions, Run window) {
  const bool negated = IsNegated(specifier);
  const auto inside = [&](Position position) {
    return Matches(specifier, versions.version(position)) != negated;
  };
  const auto outside = [&](Position position) { return !inside(position); };
  const auto [begin, end] = window;
  switch (specifier.op()) {
    case SpecifierOperator::kGreaterEqual:
    case SpecifierOperator::kGreater:
      return {FirstThat(begin, end, inside), end};
    case SpecifierOperator::kLess:
    case SpecifierOperator::kLessEqual:
      return {begin, FirstThat(begin, end, outside)};
    default:
      break;
  }
  const Version& first = *specifier.begin();
  const Position first_at =
      FirstThat(begin, end, [&](Position position) { return versions.version(position) >= first; });
  return {first_at, FirstThat(first_at, end, outside)};
}

// What is left of the ranges outside of the run.
std::vector<PositionRange> CutOut(const std::vector<PositionRange>& ranges, Run run) {
  if (run.begin >= run.end) return ranges;
  std::vector<PositionRange> kept;
  const auto add = [&](Position begin, Position end) {  // half-open
    if (begin < end) kept.push_back({begin, end - 1});
  };
  for (const PositionRange& range : ranges) {
    const Position end = range.last + 1;
    add(range.first, std::min(end, run.begin));
    add(std::max(range.first, run.end), end);
  }
  return kept;
}

std::vector<PositionRange> SpelledSo(std::string_view text,
                                     const std::vector<PositionRange>& ranges,
                                     const VersionsInOrder& versions) {
  PositionCollector spelled;
  for (const PositionRange& range : ranges) {
    for (Position position = range.first; position <= range.last; ++position) {
      if (EqualIgnoringCase(text, versions.spelled(position))) spelled.Add(position);
    }
  }
  return spelled.ranges();
}

}  // namespace

// The window first, which every specifier but != and === narrows: the next one need not look at
// versions outside of it.
std::vector<PositionRange> AdmittedRanges(const SpecifierSet& set,
                                          const VersionsInOrder& versions) {
  Run window = {0, versions.count};
  for (const Specifier& specifier : set.specifiers()) {
    if (specifier.op() == SpecifierOperator::kArbitrary || IsNegated(specifier)) continue;
    window = RunOf(specifier, versions, window);
  }
  if (window.begin >= window.end) return {};
  std::vector<PositionRange> ranges = {{window.begin, window.end - 1}};
  for (const Specifier& specifier : set.specifiers()) {
    if (specifier.op() == SpecifierOperator::kArbitrary) {
      ranges = SpelledSo(specifier.ArbitraryText(), ranges, versions);
    } else if (IsNegated(specifier)) {
      ranges = CutOut(ranges, RunOf(specifier, versions, window));
    }
  }
  return ranges;
}

}  // namespace accord::pypi
