// Repair of the field's known broken specifiers: what each breakage becomes, and what stays broken.
#include "ecosystem/pypi/lenient.h"

#include <gmock/gmock.h>

#include "ecosystem/pypi/requirement.h"

namespace accord::pypi {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(RepairTest, AnOrderWithAPrefixLosesTheStar) {
  EXPECT_THAT(RepairSpecifiers(">=1.9.*"), Optional(Eq(">=1.9")));
  EXPECT_THAT(RepairSpecifiers("!=3.0.*, < 3.4.*"), Optional(Eq("!=3.0.*, <3.4")));
}

TEST(RepairTest, AStarWithoutItsDotGetsOne) {
  EXPECT_THAT(RepairSpecifiers("!=3.0*,==3*"), Optional(Eq("!=3.0.*,==3.*")));
}

TEST(RepairTest, NeitherThisNorWhatIsCompatibleIsAPrefix) {
  EXPECT_THAT(RepairSpecifiers("!=~5.0"), Optional(Eq("!=5.0.*")));
}

TEST(RepairTest, AMissingCommaIsPutIn) {
  EXPECT_THAT(RepairSpecifiers(">=7.2.0<8.0.0"), Optional(Eq(">=7.2.0,<8.0.0")));
  EXPECT_THAT(RepairSpecifiers(">=7.2.0 <8.0.0"), Optional(Eq(">=7.2.0, <8.0.0")));
}

TEST(RepairTest, QuotesAndCommasAtTheEndAreDropped) {
  EXPECT_THAT(RepairSpecifiers(">= '2.7'"), Optional(Eq(">= 2.7")));
  EXPECT_THAT(RepairSpecifiers("'>=2.7'"), Optional(Eq(">=2.7")));
  EXPECT_THAT(RepairSpecifiers(">=3.6,"), Optional(Eq(">=3.6")));
}

TEST(RepairTest, AboveDevIsEveryVersion) {
  EXPECT_THAT(RepairSpecifiers(">dev"), Optional(Eq(">0.0.0dev")));
  EXPECT_THAT(RepairSpecifiers("<dev"), Eq(std::nullopt));
}

TEST(RepairTest, InARequirementOnlyTheSpecifiersChange) {
  EXPECT_THAT(RepairRequirement("torch [a] (>= 1.9.*) ; os_name == 'nt'"),
              Optional(Eq("torch [a] (>=1.9) ; os_name == 'nt'")));
  EXPECT_THAT(RepairRequirement("botocore>=1.3.0,<1.4.0',"),
              Optional(Eq("botocore>=1.3.0,<1.4.0")));
}

TEST(RepairTest, WhatNoKnownBreakageExplainsStaysBroken) {
  for (const char* text : {"", "foo", ">=", ">=1 oops", ">>1", "=>1", ">=1..2", "~=1.*", "3.6"}) {
    EXPECT_THAT(RepairSpecifiers(text), Eq(std::nullopt)) << text;
  }
  for (const char* text : {"", "a", "-a>=1.*", "a @ https://files.example/a>=1.*", "a (>=1.*",
                           "a (>=1.*) b", "a>=1.* ; oops", "a[b>=1.*]>=1.*", "a b>=1.*"}) {
    EXPECT_THAT(RepairRequirement(text), Eq(std::nullopt)) << text;
  }
}

TEST(RepairTest, TextsAboveTheLimitsAreNotRepaired) {
  const std::string many(kRequirementBytesMax, ' ');
  EXPECT_THAT(RepairSpecifiers(">=1.*" + many), Eq(std::nullopt));
  EXPECT_THAT(RepairRequirement("a>=1.*" + many), Eq(std::nullopt));
}

TEST(ReadSpecifiersLenientlyTest, AReadableTextStaysAsItIs) {
  const auto read = ReadSpecifiersLeniently(">=3.6,");
  ASSERT_TRUE(read.has_value());
  EXPECT_FALSE(read->repaired);
  EXPECT_EQ(read->text, ">=3.6,");
}

TEST(ReadSpecifiersLenientlyTest, ARepairedTextSaysWhatWasRead) {
  const auto read = ReadSpecifiersLeniently(">=3.6.*");
  ASSERT_TRUE(read.has_value());
  EXPECT_TRUE(read->repaired);
  EXPECT_EQ(read->text, ">=3.6");
  EXPECT_EQ(read->set.Text(), ">=3.6");
}

TEST(ReadSpecifiersLenientlyTest, WhatCannotBeRepairedIsNone) {
  EXPECT_FALSE(ReadSpecifiersLeniently("three").has_value());
}

}  // namespace
}  // namespace accord::pypi
