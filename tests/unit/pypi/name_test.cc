// Names of projects and extras.
#include "ecosystem/pypi/name.h"

#include <gtest/gtest.h>

namespace accord::pypi {
namespace {

TEST(PypiName, RunsOfSeparatorsBecomeOneHyphen) {
  EXPECT_EQ(NormalizeName("FrIeNdLy-._.-bArD"), "friendly-bard");
  EXPECT_EQ(NormalizeName("a__b..c"), "a-b-c");
  EXPECT_EQ(NormalizeName("_not_legal"), "-not-legal");
  EXPECT_EQ(NormalizeName("h\ni"), "h\ni");
  EXPECT_EQ(NormalizeName(""), "");
}

TEST(PypiName, FirstAndLastAreLettersOrDigits) {
  for (const char* name : {"a", "1", "A.b_c-d", "a--b"}) EXPECT_TRUE(IsValidName(name)) << name;
  for (const char* name : {"", "-a", "a-", "a_", ".", "a b", "a!b", "a\n", "alpha-\u03b1"}) {
    EXPECT_FALSE(IsValidName(name)) << name;
  }
}

TEST(PypiName, ANormalNameIsItsOwnNormalForm) {
  EXPECT_TRUE(IsNormalizedName("foo-bar"));
  for (const char* name : {"Foo", "foo.bar", "foo--bar", "foo_bar", "-foo", ""}) {
    EXPECT_FALSE(IsNormalizedName(name)) << name;
  }
}

}  // namespace
}  // namespace accord::pypi
