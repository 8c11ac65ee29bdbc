// Core metadata: the format, the fields that a resolver reads, what is odd and what is an error.
#include "ecosystem/pypi/core_metadata.h"

#include <gmock/gmock.h>

#include "base/error.h"

namespace accord::pypi {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kHead[] = "Metadata-Version: 2.1\nName: Foo\nVersion: 1.0\n";

CoreMetadata Read(const std::string& text) {
  const auto read = CoreMetadata::Parse(text);
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() ? *read : CoreMetadata();
}

absl::Status Error(const std::string& text) { return CoreMetadata::Parse(text).status(); }
std::string Words(const std::string& text) { return std::string(Error(text).message()); }

TEST(CoreMetadataTest, TheFieldsOfAResolverAreRead) {
  const CoreMetadata read = Read(std::string(kHead) +
                                 "Requires-Python: >=3.8\nRequires-Dist: a>=1\nRequires-Dist: b ; "
                                 "extra == 'x'\nProvides-Extra: x\nSummary: no matter\n");
  EXPECT_EQ(read.metadata_version, "2.1");
  EXPECT_EQ(read.name, "Foo");
  EXPECT_EQ(read.version, "1.0");
  EXPECT_EQ(read.requires_python, ">=3.8");
  EXPECT_THAT(read.requires_dist, ElementsAre("a>=1", "b ; extra == 'x'"));
  EXPECT_THAT(read.provides_extra, ElementsAre("x"));
  EXPECT_TRUE(read.notes.empty());
}

TEST(CoreMetadataTest, TheDescriptionBelowTheHeadersIsNotRead) {
  const CoreMetadata read = Read(std::string(kHead) + "\nRequires-Dist: a\n");
  EXPECT_TRUE(read.requires_dist.empty());
}

TEST(CoreMetadataTest, ALineThatIsNoHeaderEndsTheHeaders) {
  EXPECT_TRUE(Read(std::string(kHead) + "hello\nRequires-Dist: a\n").requires_dist.empty());
}

TEST(CoreMetadataTest, NamesOfFieldsAreReadInAnyCase) {
  EXPECT_EQ(Read("METADATA-VERSION: 1.0\nname: a\nVeRsIoN: 1\n").name, "a");
}

TEST(CoreMetadataTest, LinesMayEndInCrLfOrCr) {
  EXPECT_EQ(Read("Metadata-Version: 2.1\r\nName: a\r\nVersion: 1\r\n").version, "1");
  EXPECT_EQ(Read("Metadata-Version: 2.1\rName: a\rVersion: 1\r").version, "1");
}

TEST(CoreMetadataTest, ALineThatBeginsWithABlankGoesOnWithTheOneBefore) {
  const CoreMetadata read = Read(std::string(kHead) + "Requires-Dist: a\n  ; os_name\n\t== 'x'\n");
  EXPECT_THAT(read.requires_dist, ElementsAre("a ; os_name == 'x'"));
}

TEST(CoreMetadataTest, AByteOrderMarkIsNoPartOfTheFirstField) {
  EXPECT_EQ(Read(std::string("\xEF\xBB\xBF") + kHead).name, "Foo");
}

TEST(CoreMetadataTest, ANewerMinorVersionIsNoted) {
  const CoreMetadata read = Read("Metadata-Version: 2.17\nName: a\nVersion: 1\n");
  ASSERT_EQ(read.notes.size(), 1);
  EXPECT_EQ(read.notes[0].oddity, MetadataOddity::kNewerMinorVersion);
  EXPECT_EQ(read.notes[0].text, "Metadata-Version 2.17 is newer than 2.5, it is read as that");
}

TEST(CoreMetadataTest, AnotherMajorVersionIsAnError) {
  EXPECT_EQ(Words("Metadata-Version: 3.0\nName: a\nVersion: 1\n"),
            "Metadata-Version: 1.x and 2.x are the formats known, found '3.0'");
  for (const char* version : {"2", "2.", "x.y", "2.1.1", "2.123", ""}) {
    EXPECT_THAT(Words(std::string("Metadata-Version: ") + version + "\nName: a\nVersion: 1\n"),
                HasSubstr("a version such as '2.1' is wanted"))
        << version;
  }
}

TEST(CoreMetadataTest, AnUnknownFieldIsNoted) {
  const CoreMetadata read = Read(std::string(kHead) + "Whatever: 1\n");
  ASSERT_EQ(read.notes.size(), 1);
  EXPECT_EQ(read.notes[0].oddity, MetadataOddity::kUnknownField);
  EXPECT_EQ(read.notes[0].text, "field 'whatever' is not known");
}

TEST(CoreMetadataTest, AFieldOfALaterVersionIsNotedAndRead) {
  const CoreMetadata read = Read(
      "Metadata-Version: 1.1\nName: a\nVersion: 1\nRequires-Dist: b\nRequires-Python: >3\n"
      "Provides-Extra: x\nDynamic: Summary\n");
  EXPECT_THAT(read.requires_dist, ElementsAre("b"));
  ASSERT_EQ(read.notes.size(), 4);
  EXPECT_EQ(read.notes[0].oddity, MetadataOddity::kFieldOfLaterVersion);
  EXPECT_EQ(read.notes[0].text, "Requires-Dist came with Metadata-Version 1.2, found in 1.1");
}

TEST(CoreMetadataTest, WhatMustBeThereAndIsNotIsAnError) {
  EXPECT_EQ(Words("Name: a\nVersion: 1\n"),
            "core metadata: field 'metadata-version' is wanted, it is not there");
  EXPECT_THAT(Words("Metadata-Version: 2.1\nVersion: 1\n"), HasSubstr("field 'name' is wanted"));
  EXPECT_THAT(Words("Metadata-Version: 2.1\nName: a\n"), HasSubstr("field 'version' is wanted"));
}

TEST(CoreMetadataTest, ASingleFieldThatStandsTwiceIsAnError) {
  EXPECT_EQ(Words(std::string(kHead) + "Name: other\n"),
            "name: this field stands once, found another of 'other'");
}

TEST(CoreMetadataTest, NamesAndVersionsMustHaveAMeaning) {
  EXPECT_EQ(Words("Metadata-Version: 2.1\nName: -a\nVersion: 1\n"),
            "Name: a name is wanted, found '-a'");
  EXPECT_THAT(Words("Metadata-Version: 2.1\nName: a\nVersion: one\n"), HasSubstr("Version: "));
}

TEST(CoreMetadataTest, WhatIsReadMustBeUtf8AndTheRestNeedNotBe) {
  EXPECT_EQ(Words(std::string(kHead) + "Requires-Dist: \xC0msterdam\n"),
            "requires-dist: UTF-8 is wanted, found '\\xc0msterdam'");
  EXPECT_THAT(Words("Metadata-Version: 2.1\nName: \xE9\nVersion: 1\n"),
              HasSubstr("UTF-8 is wanted"));
  EXPECT_EQ(Read(std::string(kHead) + "Author: \xC0msterdam\n").name, "Foo");
}

TEST(CoreMetadataTest, LimitsAreTypedAnswers) {
  EXPECT_EQ(Error(std::string(kMetadataBytesMax + 1, 'a')).code(),
            absl::StatusCode::kResourceExhausted);
  std::string fields;
  for (size_t i = 0; i <= kMetadataFieldsMax; ++i) fields += "Platform: x\n";
  EXPECT_EQ(Error(fields).code(), absl::StatusCode::kResourceExhausted);
}

TEST(IsReliableInSdistTest, From22OnWhatIsNotDynamicIsReliable) {
  const CoreMetadata read =
      Read("Metadata-Version: 2.2\nName: a\nVersion: 1\nDynamic: Requires-Dist\n");
  EXPECT_FALSE(read.IsReliableInSdist("requires-dist"));
  EXPECT_FALSE(read.IsReliableInSdist("Requires-Dist"));
  EXPECT_TRUE(read.IsReliableInSdist("Requires-Python"));
}

TEST(IsReliableInSdistTest, Before22NothingIsReliable) {
  EXPECT_FALSE(Read(kHead).IsReliableInSdist("Requires-Dist"));
}

}  // namespace
}  // namespace accord::pypi
