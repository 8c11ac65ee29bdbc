// What is linked before what.
#include "engine/link_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace accord::engine {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> OrderedNames(const std::vector<LinkedPackage>& packages) {
  std::vector<std::string> names;
  for (const size_t i : LinkOrder(packages)) names.push_back(packages[i].name);
  return names;
}

TEST(CondaLinkOrder, WhatIsNeededComesFirstAndNamesDecideOtherwise) {
  EXPECT_THAT(OrderedNames({{.name = "app", .needs = {"zlib", "lib", "absent"}},
                            {.name = "zlib"},
                            {.name = "lib", .needs = {"zlib"}},
                            {.name = "alone"}}),
              ElementsAre("alone", "zlib", "lib", "app"));
}

TEST(CondaLinkOrder, OfACycleTheOneMetFirstComesLast) {
  EXPECT_THAT(OrderedNames({{.name = "c", .needs = {"a"}},
                            {.name = "b", .needs = {"c"}},
                            {.name = "a", .needs = {"b", "a"}}}),
              ElementsAre("c", "b", "a"));
}

TEST(CondaLinkOrder, PythonCodeComesBehindPythonEvenIfPythonNeedsIt) {
  EXPECT_THAT(OrderedNames({{.name = "bridge", .needs = {"wheel"}},
                            {.name = "pip", .needs = {"python"}, .is_python_code = true},
                            {.name = "python", .needs = {"bridge", "pip", "zlib"}},
                            {.name = "wheel", .needs = {}, .is_python_code = true},
                            {.name = "zlib"}}),
              ElementsAre("zlib", "python", "wheel", "bridge", "pip"));
  EXPECT_THAT(OrderedNames({{.name = "python", .needs = {"xyz"}},
                            {.name = "wheel", .needs = {}, .is_python_code = true},
                            {.name = "xyz", .needs = {"wheel"}}}),
              ElementsAre("xyz", "python", "wheel"));
}

}  // namespace
}  // namespace accord::engine
