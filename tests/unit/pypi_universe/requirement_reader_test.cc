// Requirement texts of metadata under one environment.
#include "ecosystem/pypi/requirement_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "ecosystem/pypi/grammar.h"
#include "ecosystem/pypi/requirement.h"
#include "metadata/compiled_record.h"
#include "tests/support/pypi_request.h"

namespace accord::pypi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

class RequirementReaderTest : public ::testing::Test {
 protected:
  // The text as the only requirement of a package that declares these extras.
  const metadata::PackageFacts& Facts(std::string_view text,
                                      const std::vector<std::string>& declared = {}) {
    metadata::PackageRecord record{.name = "a"};
    record.metadata.push_back({.requirements = {std::string(text)}, .extras = declared});
    record.versions.push_back({.version = "1", .metadata = 0});
    compiled_.push_back(std::make_unique<metadata::CompiledRecord>(record, PypiGrammar()));
    return compiled_.back()->facts();
  }
  ReadRequirement Read(std::string_view text) { return reader_.Read(Facts(text), 0); }
  ExtraCondition When(std::string_view text, const std::vector<std::string>& declared = {}) {
    const metadata::PackageFacts& facts = Facts(text, declared);
    return reader_.WhenOf(reader_.Read(facts, 0), facts, 0);
  }
  static bool IsNever(const ExtraCondition& when) { return !when.always && when.any_of.empty(); }

  Environment environment_ = *Environment::CPythonOnLinux("3.11.7");
  FactTexts texts_;
  std::vector<std::unique_ptr<metadata::CompiledRecord>> compiled_;
  RequirementReader reader_{environment_, texts_};
};

TEST_F(RequirementReaderTest, EqualPiecesAreReadOnce) {
  const ReadRequirement one = Read("b [x] >=1 ; extra == 't'");
  const ReadRequirement other = Read("c [x] >=1 ; extra == 't'");
  EXPECT_EQ(one.marker, other.marker);
  EXPECT_EQ(one.extras.data(), other.extras.data());
  EXPECT_NE(one.marker, Read("b [x] >=1 ; extra == 'u'").marker);
}

TEST_F(RequirementReaderTest, APieceByPieceReadingIsThatOfTheWhole) {
  for (const char* text : {"b", "B.C[x,Y] (>=1,<2) ; python_version < '3.8' and extra == 'Z'",
                           "b~=1.4.2;sys_platform!='win32'", "b (==1.*)", "b >1 , <3"}) {
    const metadata::PackageFacts& facts = Facts(text);
    ASSERT_TRUE(facts.is_plain(0)) << text;
    EXPECT_EQ(facts.RequirementText(0), text);
    const ReadRequirement read = reader_.Read(facts, 0);
    const Requirement whole = *Requirement::Parse(text);
    EXPECT_EQ(read.name, whole.NormalName());
    EXPECT_THAT(std::vector(read.extras.begin(), read.extras.end()),
                ::testing::ElementsAreArray(whole.NormalExtras()));
    EXPECT_EQ(texts_.specifiers().text(read.specifiers), whole.specifiers.Canonical());
  }
}

TEST_F(RequirementReaderTest, WhatIsMoreThanItsPiecesIsNotCut) {
  for (const char* text : {"b @ https://files.example/b-1.zip", "b>=1.9.*", " b", "b>=>1",
                           "b; sys_platform ~= 'linux'", "b; 'x' in extras"}) {
    EXPECT_FALSE(Facts(text).is_plain(0)) << text;
    EXPECT_EQ(Facts(text).RequirementText(0), text);
  }
}

TEST_F(RequirementReaderTest, EqualSpecifierSetsAreOne) {
  EXPECT_EQ(Read("b>=1,<2").specifiers, Read("c <2.0, >=1.0").specifiers);
  EXPECT_NE(Read("b>=1").specifiers, Read("b>1").specifiers);
}

TEST_F(RequirementReaderTest, NamesAndExtrasAreNormal) {
  const ReadRequirement read = Read("Zope.Interface[Test_It, a]");
  EXPECT_EQ(read.name, "zope-interface");
  EXPECT_THAT(read.extras, ElementsAre("a", "test-it"));
}

TEST_F(RequirementReaderTest, AMarkerOfTheEnvironmentSettlesAlwaysOrNever) {
  EXPECT_TRUE(When("b; python_version >= '3.8'").always);
  EXPECT_TRUE(IsNever(When("b; sys_platform == 'win32'")));
}

TEST_F(RequirementReaderTest, AMarkerWithExtrasBecomesTheirNames) {
  EXPECT_THAT(When("b; extra == 'X_1' or extra == 'a'").any_of, ElementsAre("a", "x-1"));
  EXPECT_TRUE(IsNever(When("b; extra == 'x' and sys_platform == 'win32'")));
  EXPECT_TRUE(When("b; extra != 'x'").always);
}

TEST_F(RequirementReaderTest, AComparisonThatIsNoEqualityLooksAtTheDeclaredExtras) {
  EXPECT_THAT(When("b; 'te' in extra", {"Test", "dev"}).any_of, ElementsAre("te", "test"));
  EXPECT_THAT(When("b; 'te' in extra", {"dev"}).any_of, ElementsAre("te"));
  EXPECT_THAT(When("b; extra == 'te'", {"Test"}).any_of, ElementsAre("te"));
}

TEST_F(RequirementReaderTest, AKnownBreakageIsReadAsRepairedAndSaysSo) {
  EXPECT_EQ(Read("b>=1.9.*").repaired, "b>=1.9");
  EXPECT_EQ(Read("b>=1.9.*").specifiers, Read("b>=1.9").specifiers);
  EXPECT_THAT(Read("b>=1.9").repaired, IsEmpty());
}

TEST_F(RequirementReaderTest, WhatCannotBeReadSaysWhy) {
  EXPECT_THAT(Read("b>=>1").fault, Not(IsEmpty()));
  EXPECT_THAT(Read("b; sys_platform ~= 'linux'").fault, Not(IsEmpty()));
  EXPECT_THAT(Read("b").fault, IsEmpty());
}

}  // namespace
}  // namespace accord::pypi
