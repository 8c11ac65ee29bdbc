// Requirement texts of metadata under one environment.
#include "ecosystem/pypi/requirement_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/pypi_request.h"

namespace accord::pypi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

class RequirementReaderTest : public ::testing::Test {
 protected:
  const ReadRequirement& Read(std::string_view text) { return reader_[reader_.Read(text)]; }
  ExtraCondition When(std::string_view text, const std::vector<std::string>& declared) {
    return reader_.WhenOf(reader_.Read(text), declared);
  }

  Environment environment_ = *Environment::CPythonOnLinux("3.11.7");
  SpecifierTexts specifiers_;
  RequirementReader reader_{environment_, specifiers_};
};

TEST_F(RequirementReaderTest, EqualTextsAreReadOnce) {
  EXPECT_EQ(reader_.Read("b>=1"), reader_.Read("b>=1"));
  EXPECT_NE(reader_.Read("b>=1"), reader_.Read("b >=1"));
}

TEST_F(RequirementReaderTest, EqualSpecifierSetsAreOne) {
  EXPECT_EQ(Read("b>=1,<2").specifiers, Read("c <2.0, >=1.0").specifiers);
  EXPECT_NE(Read("b>=1").specifiers, Read("b>1").specifiers);
}

TEST_F(RequirementReaderTest, NamesAndExtrasAreNormal) {
  const ReadRequirement& read = Read("Zope.Interface[Test_It, a]");
  EXPECT_EQ(read.name, "zope-interface");
  EXPECT_THAT(read.extras, ElementsAre("a", "test-it"));
}

TEST_F(RequirementReaderTest, AMarkerOfTheEnvironmentSettlesAlwaysOrNever) {
  EXPECT_TRUE(Read("b; python_version >= '3.8'").when.always);
  EXPECT_TRUE(Read("b; sys_platform == 'win32'").never());
}

TEST_F(RequirementReaderTest, AMarkerWithExtrasBecomesTheirNames) {
  EXPECT_THAT(Read("b; extra == 'X_1' or extra == 'a'").when.any_of, ElementsAre("a", "x-1"));
  EXPECT_TRUE(Read("b; extra == 'x' and sys_platform == 'win32'").never());
  EXPECT_TRUE(Read("b; extra != 'x'").when.always);
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
