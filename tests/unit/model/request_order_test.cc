// requirer-first, as docs/pypi.md words it.
#include "model/request_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace accord {
namespace {

std::vector<std::string_view> Ordered(const std::vector<std::string_view>& names,
                                      const std::vector<RequirerEdge>& edges) {
  std::vector<std::string_view> ordered;
  for (const uint32_t i : RequirerFirst(names, edges)) ordered.push_back(names[i]);
  return ordered;
}

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(RequirerFirst, NobodyIsInNoOrder) { EXPECT_THAT(Ordered({}, {}), IsEmpty()); }

TEST(RequirerFirst, WithoutEdgesNamesDecideWhateverOrderTheyCameIn) {
  EXPECT_THAT(Ordered({"c", "a", "b"}, {}), ElementsAre("a", "b", "c"));
}

TEST(RequirerFirst, NamesCompareAsBytes) {
  EXPECT_THAT(Ordered({"a1", "a-b", "a"}, {}), ElementsAre("a", "a-b", "a1"));
}

TEST(RequirerFirst, WhoRequiresComesBeforeWhatItRequires) {
  EXPECT_THAT(Ordered({"a", "b"}, {{1, 0}}), ElementsAre("b", "a"));
}

TEST(RequirerFirst, TheSmallestNameThatNobodyWaitsForIsTakenEachTime) {
  // c -> a; b stands alone: b is the smallest without a predecessor, then c frees a.
  EXPECT_THAT(Ordered({"a", "b", "c", "d"}, {{2, 0}}), ElementsAre("b", "c", "a", "d"));
}

TEST(RequirerFirst, APackageWaitsForAllItsRequirers) {
  EXPECT_THAT(Ordered({"a", "b", "c"}, {{1, 0}, {2, 0}}), ElementsAre("b", "c", "a"));
}

TEST(RequirerFirst, ACycleIsTakenTogetherByNameUnderItsSmallestName) {
  // d <-> b, and both are one component named b; c comes after it, a before.
  EXPECT_THAT(Ordered({"a", "b", "c", "d"}, {{1, 3}, {3, 1}}), ElementsAre("a", "b", "d", "c"));
}

TEST(RequirerFirst, ACycleComesBeforeWhatItRequires) {
  EXPECT_THAT(Ordered({"a", "y", "z"}, {{1, 2}, {2, 1}, {2, 0}}), ElementsAre("y", "z", "a"));
}

TEST(RequirerFirst, EdgesGivenTwiceAndToOneselfChangeNothing) {
  EXPECT_THAT(Ordered({"a", "b"}, {{1, 0}, {1, 0}, {0, 0}, {1, 1}}), ElementsAre("b", "a"));
}

TEST(RequirerFirst, AChainOfManyThousandsNeedsNoDeepStack) {
  constexpr uint32_t kCount = 200'000;
  std::vector<std::string> texts;
  std::vector<std::string_view> names;
  std::vector<RequirerEdge> edges;
  for (uint32_t i = 0; i < kCount; ++i) texts.push_back(std::to_string(1'000'000 + i));
  for (uint32_t i = 0; i < kCount; ++i) names.push_back(texts[i]);
  for (uint32_t i = 1; i < kCount; ++i) edges.emplace_back(i, i - 1);
  const std::vector<uint32_t> order = RequirerFirst(names, edges);
  ASSERT_EQ(order.size(), kCount);
  EXPECT_EQ(order.front(), kCount - 1);
  EXPECT_EQ(order.back(), 0u);
}

}  // namespace
}  // namespace accord
