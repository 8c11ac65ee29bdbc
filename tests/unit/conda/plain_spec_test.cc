// The short way of reading a specifier says what the long one says, or nothing.
#include "ecosystem/conda/plain_spec.h"

#include <gtest/gtest.h>

#include <string>

#include "ecosystem/conda/match_spec.h"

namespace accord::conda {
namespace {

TEST(PlainSpec, NameVersionAndBuildAreCutApart) {
  const auto parts = PlainParts::Of("Numpy >=1.26,<2|3.* py311*_0");
  ASSERT_TRUE(parts.has_value());
  EXPECT_EQ(parts->name, "Numpy");
  EXPECT_EQ(parts->version, ">=1.26,<2|3.*");
  EXPECT_EQ(parts->build, "py311*_0");
  const auto name = PlainParts::Of("_libgcc_mutex");
  ASSERT_TRUE(name.has_value());
  EXPECT_EQ(name->name, "_libgcc_mutex");
  EXPECT_TRUE(name->version.empty() && name->build.empty());
}

// All of these mean something, or are wrong, in the whole grammar alone.
TEST(PlainSpec, WhatTheWholeGrammarIsNeededForIsLeftToIt) {
  for (const char* const text :
       {"", "numpy ", "numpy  1.26", "numpy =1.26", "numpy 1.26 =py", "numpy=1.26", "numpy>=1",
        "numpy[build=py]", "conda-forge::numpy", "numpy 1.26 # why", "numpy 1.26,", "a..b", ".a",
        "num*py", "^num$", "numpy 1 2 3", "numpy (1|2)", "numpy 1\t2"}) {
    EXPECT_FALSE(PlainParts::Of(text).has_value()) << text;
  }
  EXPECT_FALSE(PlainParts::Of(std::string(kPatternBytesMax + 1, 'a')).has_value());
}

TEST(PlainSpec, AVersionIsReadOnceAndSaysWhatTheWholeSpecifierSays) {
  for (const Dialect dialect : {Dialect::kCep, Dialect::kConda, Dialect::kLibmamba}) {
    VersionSpecs specs(dialect);
    for (const char* const version : {"1.26", "!=1", "1.*", ">=1.26,<2|3.*", "~=1.4", "*"}) {
      const auto read = specs.Find(version);
      ASSERT_NE(read, nullptr) << version;
      EXPECT_EQ(specs.Find(version), read);
      const auto whole = MatchSpec::Parse(std::string("numpy ") + version, {.dialect = dialect});
      ASSERT_TRUE(whole.ok()) << version;
      EXPECT_EQ(read->Canonical(), whole->version->Canonical());
    }
    EXPECT_EQ(specs.Find(">=1.2<"), nullptr);
  }
}

}  // namespace
}  // namespace accord::conda
