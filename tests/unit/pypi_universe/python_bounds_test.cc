// The two ways to take a Requires-Python.
#include "ecosystem/pypi/python_bounds.h"

#include <gtest/gtest.h>

#include <string_view>

#include "tests/support/pypi_request.h"

namespace accord::pypi {
namespace {

bool Allows(PythonBounds bounds, std::string_view requires_python) {
  ResolveRequest request = accord::testing::Request({});  // Python 3.11.7
  request.python_bounds = bounds;
  FactTexts texts;
  return PythonBoundsReader(request, texts).Allows(requires_python);
}

TEST(PythonBounds, HonouredBoundsCountAtBothEnds) {
  EXPECT_TRUE(Allows(PythonBounds::kHonour, ">=3.8,<4"));
  EXPECT_FALSE(Allows(PythonBounds::kHonour, ">=3.12"));
  EXPECT_FALSE(Allows(PythonBounds::kHonour, ">=3.8,<3.11"));
  EXPECT_FALSE(Allows(PythonBounds::kHonour, "!=3.11.*"));
}

TEST(PythonBounds, IgnoredUpperBoundsLeaveTheLowerOnes) {
  for (const char* text : {"<3.11", "<=3.10", "!=3.11.*", "!=3.11.7", ">=3.8,<3.11", "==3.10.*",
                           "~=3.8.0", "==3.10"}) {
    EXPECT_TRUE(Allows(PythonBounds::kIgnore, text)) << text;
  }
  for (const char* text : {">=3.12", ">3.11.7", "~=3.12", "==3.12.*", "==3.11.8", "===3.11"}) {
    EXPECT_FALSE(Allows(PythonBounds::kIgnore, text)) << text;
  }
}

TEST(PythonBounds, WhatNobodyCanReadExcludesNobody) {
  EXPECT_TRUE(Allows(PythonBounds::kHonour, ""));
  EXPECT_TRUE(Allows(PythonBounds::kHonour, "three or so"));
}

}  // namespace
}  // namespace accord::pypi
