// Version specifiers: what they admit in each dialect, their texts, and their limits.
#include "ecosystem/conda/version_spec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/hash/hash.h"
#include "tests/unit/conda/version_model.h"

namespace accord::conda {
namespace {

constexpr Dialect kAll[] = {Dialect::kCep, Dialect::kConda, Dialect::kLibmamba};

VersionSpec ParsedVersions(std::string_view text, Dialect dialect = Dialect::kCep) {
  auto spec = VersionSpec::Parse(text, dialect);
  EXPECT_TRUE(spec.ok()) << text << ": " << spec.status();
  return spec.ok() ? *spec : VersionSpec();
}

bool Admits(std::string_view spec, std::string_view version, Dialect dialect = Dialect::kCep) {
  return ParsedVersions(spec, dialect).Matches(*Version::TryParse(version));
}

struct VersionCase {
  const char* spec;
  const char* version;
  bool admits;
};

TEST(CondaVersionSpec, ClausesAdmitTheSameInEveryDialect) {
  const VersionCase cases[] = {{"1.7", "1.7.0", true},
                               {"1.7", "1.7.1", false},
                               {"==1.7", "1.7.0.0", true},
                               {"==1.7", "1.7a", false},
                               {"=1.7", "1.7.3", true},
                               {"=1.7", "1.7rc1", true},
                               {"=1.7", "1.70", false},
                               {"1.7.*", "1.7", true},
                               {"1.7.*", "1.8", false},
                               {"1.7*", "1.7.3", true},
                               {"1.7*", "1.70", false},
                               {"=1.7.*", "1.7.3", true},
                               {"==1.7.*", "1.7.1", true},
                               {"!=1.7.*", "1.7.1", false},
                               {"!=1.7.*", "1.8", true},
                               {"!=1.7", "1.7.0", false},
                               {"<1.7", "1.7a", true},
                               {"<1.7", "1.7", false},
                               {"<=1.7", "1.7.0.0", true},
                               {"<=1.7", "1.7.0.1", false},
                               {">1.7", "1.7.0.1", true},
                               {">1.7", "1.7", false},
                               {">=1.7", "1.7a", false},
                               {">=1.7", "1.7+x", false},
                               {">=1.7", "1.7+1", true},
                               {">2013b", "2013k", true},
                               {"~=1.10", "1.11.0", true},
                               {"~=1.10.0", "1.11", false},
                               {"~=3.3.2", "3.3.1", false},
                               {"~=3.3.2", "3.3.3", true},
                               {"*", "0", true},
                               {"1.*.3", "1.7.0.3", true},
                               {"1.*.3", "1.3", false},
                               {"!=1.*.3", "1.3", true},
                               {"*.*", "3", false},
                               {"*.*", "3.3", true},
                               {"^1\\.7\\.[0-9]+$", "1.7.1", true},
                               {"^(1|2)$|3", "3", true},
                               {"^$", "1", false},
                               {"1.2.3*", "1.2.3+4.5", true},
                               {"1.2.3+4*", "1.2.3+4.5", true},
                               {"1.2.3+5*", "1.2.3+4.5", false},
                               {">=1!1.2,<1!2", "1!1.2.3", true},
                               {">=1.2,<2", "1!1.2.3", false},
                               {" ( >= 1.7 , < 1.8 ) | >=1.9 ", "1.8.1", false},
                               {" ( >= 1.7 , < 1.8 ) | >=1.9 ", "6.33", true},
                               {"(1|2),(2|3)", "2", true},
                               {"(1|2),(2|3)", "1", false}};
  for (const Dialect dialect : kAll) {
    for (const VersionCase& c : cases) {
      EXPECT_EQ(Admits(c.spec, c.version, dialect), c.admits)
          << c.spec << " " << c.version << " " << static_cast<int>(dialect);
    }
  }
}

TEST(CondaVersionSpec, DialectsPartWhereTheyAreSaidTo) {
  struct Parting {
    const char* spec;
    const char* version;
    bool cep, conda, libmamba;
  };
  const Parting cases[] = {
      {"!=1.8", "1.8.1", false, true, true}, {"!=1.8", "1.8.0", false, false, false},
      {"1|2,3", "1", true, true, false},  // 1|(2,3), but (1|2),3 in libmamba
      {"3,2|1", "1", true, true, false},     {">=1.0.*", "1.0", true, true, true},
      {">1.0*", "1.0", false, true, true},   // a star below 1.0
      {"=1.0*", "1.0.1", true, true, false}  // libmamba's star is a part of the version
  };
  for (const Parting& c : cases) {
    EXPECT_EQ(Admits(c.spec, c.version, Dialect::kCep), c.cep) << c.spec;
    EXPECT_EQ(Admits(c.spec, c.version, Dialect::kConda), c.conda) << c.spec;
    EXPECT_EQ(Admits(c.spec, c.version, Dialect::kLibmamba), c.libmamba) << c.spec;
  }
  EXPECT_TRUE(Admits("", "1", Dialect::kLibmamba));
  EXPECT_FALSE(VersionSpec::Parse("").ok());
  EXPECT_TRUE(Admits("~=1", "7"));
  EXPECT_FALSE(VersionSpec::Parse("~=1", Dialect::kConda).ok());
  EXPECT_FALSE(VersionSpec::Parse(">=1.*.vc").ok());
  EXPECT_TRUE(Admits(">=1.0.1*.vc11", "1.0.1a.vc11", Dialect::kConda));
}

TEST(CondaVersionSpec, WhatIsNoSpecifierIsRefusedInEveryDialect) {
  for (const char* text :
       {"><2.4.5", "!!2.4.5",       "!",      "(1.5", "1.5)", "^",      "^1", "~=3.3.2.*", "1.2+",
        "+1.2+",   "a[version=)|(", "a=)(=b", "==",   "=",    "1,",     ",1", "1||2",      "()",
        "(1)2",    "1 2",           "<^1$",   "!=*",  "^(a$", "1.7,,2", "<",  ">="}) {
    for (const Dialect dialect : kAll) {
      EXPECT_EQ(VersionSpec::Parse(text, dialect).status().code(),
                absl::StatusCode::kInvalidArgument)
          << text;
    }
  }
}

TEST(CondaVersionSpec, AnErrorNamesTheTextAndTheByte) {
  EXPECT_THAT(std::string(VersionSpec::Parse(">=1,<2..3").status().message()),
              testing::AllOf(testing::HasSubstr("version specifier '>=1,<2..3': byte 4"),
                             testing::HasSubstr("version '2..3'")));
  EXPECT_THAT(std::string(VersionSpec::Parse("1)").status().message()),
              testing::HasSubstr("byte 1: expected no ')' without '(', found ')'"));
  EXPECT_THAT(std::string(VersionSpec::Parse("(1").status().message()),
              testing::HasSubstr("byte 2: expected ')', found the end"));
}

TEST(CondaVersionSpec, ATextIsAsWrittenAndACanonicalTextIsNot) {
  struct Texts {
    const char* written;
    const char* text;
    const char* canonical;
  };
  const Texts cases[] = {{"1.7.1", "1.7.1", "==1.7.1"},
                         {"==1.7.1", "==1.7.1", "==1.7.1"},
                         {"= 1.7", "=1.7", "=1.7"},
                         {"1.7*", "1.7.*", "=1.7"},
                         {"1.7.*", "1.7.*", "=1.7"},
                         {"==1.7.*", "==1.7.*", "=1.7"},
                         {"!=1.7", "!=1.7", "!=1.7.*"},
                         {"!=1.7.*", "!=1.7.*", "!=1.7.*"},
                         {">=1.0.*", ">=1.0.*", ">=1.0"},
                         {"1-0", "1-0", "==1_0"},
                         {"=*", "=*", "*"},
                         {"1.**.3", "1.**.3", "1.*.3"},
                         {"((1|2))|3", "1|2|3", "==1|==2|==3"},
                         {"(1|2),3", "(1|2),3", "(==1|==2),==3"},
                         {"1,(2,3)", "1,2,3", "==1,==2,==3"},
                         {" >=1 , <2 ", ">=1,<2", ">=1,<2"},
                         {">1|<=0", ">1|<=0", ">1|<=0"},
                         {"!=1.*.3", "!=1.*.3", "!=1.*.3"}};
  for (const Texts& c : cases) {
    EXPECT_EQ(ParsedVersions(c.written).Text(), c.text) << c.written;
    EXPECT_EQ(ParsedVersions(c.written).Canonical(), c.canonical) << c.written;
  }
  EXPECT_EQ(ParsedVersions("!=1.7", Dialect::kConda).Canonical(), "!=1.7");
  EXPECT_EQ(ParsedVersions(">=1,<2|1.9", Dialect::kLibmamba).Canonical(), ">=1,<2|==1.9");
  EXPECT_EQ(ParsedVersions("(>=1,<2)|1.9", Dialect::kLibmamba).Canonical(), "(>=1,<2)|==1.9");
}

TEST(CondaVersionSpec, EqualSpecifiersHaveEqualHashes) {
  EXPECT_EQ(ParsedVersions("=3.3"), ParsedVersions("3.3.*"));
  EXPECT_EQ(absl::Hash<VersionSpec>()(ParsedVersions("=3.3")),
            absl::Hash<VersionSpec>()(ParsedVersions("3.3*")));
  EXPECT_NE(ParsedVersions("1.7.1"), ParsedVersions("1.7.1.*"));
  EXPECT_NE(ParsedVersions("1,2"), ParsedVersions("1|2"));
  EXPECT_EQ(ParsedVersions("*"), VersionSpec());
  EXPECT_TRUE(VersionSpec().admits_all());
  EXPECT_FALSE(ParsedVersions("1").admits_all());
}

TEST(CondaVersionSpec, LimitsAreTypedAnswers) {
  const auto nested = [](size_t depth) {
    return std::string(depth, '(') + "1" + std::string(depth, ')');
  };
  EXPECT_TRUE(VersionSpec::Parse(nested(kVersionSpecDepthMax)).ok());
  EXPECT_EQ(VersionSpec::Parse(nested(kVersionSpecDepthMax + 1)).status().code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(VersionSpec::Parse(std::string(kVersionSpecBytesMax + 1, '1')).status().code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(VersionSpec::Parse("*." + std::string(kPatternBytesMax, '1')).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(CondaVersionSpec, TheDeepestSpecifierIsEvaluatedRight) {
  // 1|(2|1,(2|1,( ... *: as many verdicts wait as can.
  std::string text;
  for (size_t i = 0; i < kVersionSpecDepthMax; ++i) text += "2|1,(";
  text += "2|1,1" + std::string(kVersionSpecDepthMax, ')');
  EXPECT_TRUE(Admits(text, "1"));
  EXPECT_TRUE(Admits(text, "2"));
  EXPECT_FALSE(Admits(text, "3"));
  text.replace(text.find("1)"), 1, "3");
  EXPECT_FALSE(Admits(text, "1"));
}

TEST(CondaVersionSpec, ARangeHoldsWhatTheClauseAdmitsAndLiesTogether) {
  std::mt19937 random(3);  // NOLINT: the same versions in every run
  std::vector<Version> versions;
  for (int i = 0; i < 300; ++i) versions.push_back(*Version::TryParse(model::Random(random)));
  std::sort(versions.begin(), versions.end());
  for (int i = 0; i < 300; ++i) {
    const std::string name = model::Random(random);
    for (const char* op : {"==", "!=", "=", "<", "<=", ">", ">=", "~="}) {
      const VersionSpec spec = ParsedVersions(op + name);
      const auto admitted = spec.clauses().front().range();
      ASSERT_TRUE(admitted);
      int edges = 0;
      bool before = false;
      for (const Version& version : versions) {
        const bool in = admitted->range.Holds(version.Key());
        ASSERT_EQ(in != admitted->outside, spec.Matches(version)) << op << name;
        edges += in != before ? 1 : 0;
        before = in;
      }
      ASSERT_LE(edges, 2) << op << name;
    }
  }
  EXPECT_FALSE(ParsedVersions("1.*.2").clauses().front().range());
}

}  // namespace
}  // namespace accord::conda
