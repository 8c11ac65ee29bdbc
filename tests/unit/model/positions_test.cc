// Sets of positions: normal form, membership, complement.
#include "model/positions.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace accord {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Ranges = std::vector<PositionRange>;

TEST(Positions, NormalizedSortsMergesAndDropsEmptyRanges) {
  EXPECT_THAT(Normalized({{5, 6}, {9, 8}, {0, 1}, {2, 3}, {6, 7}}),
              ElementsAre(PositionRange{0, 3}, PositionRange{5, 7}));
  EXPECT_THAT(Normalized({{1, 9}, {2, 3}}), ElementsAre(PositionRange{1, 9}));
  EXPECT_THAT(Normalized({}), IsEmpty());
}

TEST(Positions, ContainsAgreesWithEveryPositionForFewAndManyRanges) {
  for (const Position step : {3u, 40u}) {  // below and above the linear search's limit
    Ranges ranges;
    for (Position first = 2; first < 120; first += step) ranges.push_back({first, first + 1});
    for (Position position = 0; position < 130; ++position) {
      const bool inside =
          position >= 2 && (position - 2) % step < 2 && (position - 2) / step < ranges.size();
      EXPECT_EQ(Contains(ranges, position), inside) << step << " " << position;
    }
  }
}

TEST(Positions, ComplementIsEverythingElse) {
  EXPECT_THAT(Complement(Ranges{{1, 2}, {5, 5}}, 7),
              ElementsAre(PositionRange{0, 0}, PositionRange{3, 4}, PositionRange{6, 6}));
  EXPECT_THAT(Complement(Ranges{}, 3), ElementsAre(PositionRange{0, 2}));
  EXPECT_THAT(Complement(Ranges{{0, 2}}, 3), IsEmpty());
  EXPECT_THAT(Complement(Ranges{}, 0), IsEmpty());
}

TEST(Positions, CountOfCountsPositions) {
  EXPECT_EQ(CountOf(Ranges{{1, 2}, {5, 5}}), 3u);
  EXPECT_EQ(CountOf(Ranges{}), 0u);
}

TEST(Positions, ACollectorMergesNeighbours) {
  PositionCollector collector;
  for (const Position position : {0u, 1u, 3u, 4u, 9u}) collector.Add(position);
  EXPECT_THAT(collector.ranges(),
              ElementsAre(PositionRange{0, 1}, PositionRange{3, 4}, PositionRange{9, 9}));
}

}  // namespace
}  // namespace accord
