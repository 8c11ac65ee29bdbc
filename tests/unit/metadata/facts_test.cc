// Compiled records: what goes in comes out, in the ecosystem's order; other bytes are refused.
#include "metadata/facts.h"

#include "acx_fixture.h"
#include "metadata/compiled_record.h"

namespace accord::metadata {
namespace {

using ::testing::ElementsAre;

constexpr auto kExhausted = absl::StatusCode::kResourceExhausted;

std::vector<std::string> Versions(const PackageFacts& facts) {
  std::vector<std::string> versions;
  for (uint32_t v = 0; v < facts.version_count(); ++v) versions.emplace_back(facts.version(v));
  return versions;
}

TEST(Facts, ARecordComesBackButForTheOrderOfVersionsAndRequirements) {
  const DigitGrammar grammar;
  const PackageRecord record = FullRecord();
  const CompiledRecord compiled(record, grammar);
  const auto back = compiled.facts().ToRecord();
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(Difference(record, *back), "");
  // Every file is there with every field: the comparison above says so only if there are some.
  ASSERT_EQ(back->versions.size(), 6U);
  EXPECT_EQ(back->versions[1].files, record.versions[0].files);
}

TEST(Facts, VersionsStandInOrderAndBehindThemThoseThatAreNoneOrRepeated) {
  const DigitGrammar grammar;
  const CompiledRecord compiled(FullRecord(), grammar);
  const PackageFacts& facts = compiled.facts();
  EXPECT_EQ(facts.ordered_count(), 3U);
  EXPECT_THAT(Versions(facts), ElementsAre("3", "10", "2a", "not one", "010", "10"));
  EXPECT_THAT(compiled.version_order(), ElementsAre(5, 0, 1, 2, 3, 4));
  EXPECT_FALSE(facts.is_prerelease(1));
  EXPECT_TRUE(facts.is_prerelease(2));
  EXPECT_EQ(facts.metadata_of(1), 0U);
  EXPECT_EQ(facts.metadata_of(2), std::nullopt);
  EXPECT_EQ(facts.unknown_because(2), "no wheel");
  EXPECT_EQ(facts.unknown_because(0), "no metadata");
  EXPECT_EQ(facts.unknown_because(1), "");
}

TEST(Facts, RequirementsAreSortedCutAndNotRepeated) {
  const DigitGrammar grammar;
  const CompiledRecord compiled(FullRecord(), grammar);
  const PackageFacts& facts = compiled.facts();
  ASSERT_EQ(facts.requirement_count(), 4U);
  std::vector<std::string> texts;
  for (uint32_t r = 0; r < 4; ++r) texts.push_back(facts.RequirementText(r));
  EXPECT_THAT(texts, ElementsAre("a", "b>1;x", "c @ a://b;x", "\xFF\x01"));
  EXPECT_EQ(facts.requirement_name(1), "b");
  EXPECT_EQ(facts.requirement_middle(1), ">1");
  EXPECT_EQ(facts.requirement_marker(1), ";x");
  EXPECT_TRUE(facts.is_plain(1));
  EXPECT_FALSE(facts.is_plain(2));
  EXPECT_EQ(facts.requirement_name(2), "c @ a://b;x");
  EXPECT_FALSE(facts.is_plain_metadata(facts.requirement_list_of(0)));
}

TEST(Facts, WhatRepeatsStandsOnce) {
  const DigitGrammar grammar;
  const CompiledRecord compiled(FullRecord(), grammar);
  const PackageFacts& facts = compiled.facts();
  EXPECT_EQ(facts.metadata_count(), 3U);
  EXPECT_EQ(facts.language_count(), 2U);
  EXPECT_EQ(facts.language_of(0), facts.language_of(2));
  EXPECT_EQ(facts.requirement_list_count(), 3U);
}

TEST(Facts, TheSmallestRecordIsRead) {
  const DigitGrammar grammar;
  const PackageRecord record{.name = "none"};
  const CompiledRecord compiled(record, grammar);
  EXPECT_EQ(compiled.facts().version_count(), 0U);
  EXPECT_FALSE(compiled.facts().has_files());
  const auto back = compiled.facts().ToRecord();
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(*back, record);
}

TEST(Facts, CompilingWhatWasCompiledGivesTheSameBytes) {
  const DigitGrammar grammar;
  const EncodedFacts once = EncodeFacts(FullRecord(), grammar);
  const CompiledRecord compiled(FullRecord(), grammar);
  const auto back = compiled.facts().ToRecord();
  ASSERT_TRUE(back.ok());
  const EncodedFacts twice = EncodeFacts(*back, grammar);
  EXPECT_EQ(once.facts, twice.facts);
  EXPECT_EQ(once.files.names, twice.files.names);
  EXPECT_EQ(once.files.hashes, twice.files.hashes);
}

TEST(Facts, ManyTextsAndLongOnesAreReadByWiderColumns) {
  const DigitGrammar grammar;
  PackageRecord record{.name = "wide"};
  for (uint32_t i = 1; i <= 70'000; ++i) {
    record.metadata.push_back({.requirements = {Cat("r", i)}});
    record.versions.push_back({.version = std::to_string(i), .metadata = i - 1});
  }
  record.metadata[0].requirements[0] = std::string(100'000, 'x');
  const CompiledRecord compiled(record, grammar);
  const auto back = compiled.facts().ToRecord();
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(*back, record);
}

TEST(Facts, EveryBeginningOfARecordIsRefused) {
  const DigitGrammar grammar;
  const EncodedFacts encoded = EncodeFacts(FullRecord(), grammar);
  const size_t without_attributes =
      EncodeFacts(WithoutTrailingFields(FullRecord()), grammar).facts.size();
  ASSERT_LT(without_attributes, encoded.facts.size());
  const CompiledRecord files(FullRecord(), grammar);
  for (size_t size = 0; size < encoded.facts.size(); ++size) {
    if (size == without_attributes) continue;
    const auto read =
        PackageFacts::Read("full", std::string_view(encoded.facts).substr(0, size), &files);
    ExpectStatus(read.status(), absl::StatusCode::kNotFound, "package 'full': a compiled record");
  }
  const auto longer = PackageFacts::Read("full", encoded.facts + "x", &files);
  ExpectStatus(longer.status(), absl::StatusCode::kNotFound, "found other bytes");
}

TEST(Facts, EveryBeginningOfFilesIsRefused) {
  const DigitGrammar grammar;
  const EncodedFiles files = EncodeFacts(FullRecord(), grammar).files;
  const PackageFiles::Bounds bounds{.version_count = 6, .metadata_count = 3};
  ASSERT_TRUE(PackageFiles::Read({files.names, files.hashes}, bounds).ok());
  const size_t ms_bytes = 1 + 8;  // one of eight files has some: a column of bytes
  const size_t without_md5 =
      EncodeFacts(WithoutTrailingFields(FullRecord()), grammar).files.hashes.size();
  ASSERT_LT(without_md5, files.hashes.size());
  for (size_t size = 0; size < files.names.size(); ++size) {
    if (size == files.names.size() - ms_bytes) continue;
    const std::string_view names = std::string_view(files.names).substr(0, size);
    ExpectStatus(PackageFiles::Read({names, files.hashes}, bounds).status(),
                 absl::StatusCode::kNotFound, "the compiled form of files is expected");
  }
  for (size_t size = 1; size < files.hashes.size(); ++size) {
    if (size == without_md5) continue;
    const std::string_view hashes = std::string_view(files.hashes).substr(0, size);
    ExpectStatus(PackageFiles::Read({files.names, hashes}, bounds).status(),
                 absl::StatusCode::kNotFound, "the compiled form of files is expected");
  }
}

TEST(Facts, AttributesAreReadByKeyAndNumber) {
  const DigitGrammar grammar;
  const CompiledRecord compiled(FullRecord(), grammar);
  const PackageFacts& facts = compiled.facts();
  ASSERT_EQ(facts.attributes().size(), 2U);
  const Attribute build = facts.attribute("build");
  EXPECT_EQ(build.key(), "build");
  EXPECT_EQ(build.count(), 2U);
  EXPECT_EQ(build.number(0), 1U);
  EXPECT_EQ(build[0], "py_1");
  EXPECT_EQ(build.number(1), 0U);
  EXPECT_EQ(build[1], "");
  EXPECT_EQ(build[2], "py_0");
  EXPECT_EQ(build.text(2), "py_0");
  EXPECT_EQ(facts.attribute("license")[0], "free");
  const Attribute absent = facts.attribute("subdir");
  EXPECT_EQ(absent.count(), 0U);
  EXPECT_EQ(absent.number(2), 0U);
  EXPECT_EQ(absent[5], "");
}

TEST(Facts, NumbersOfAttributesWithoutATextAreRefused) {
  const DigitGrammar grammar;
  PackageRecord record{.name = "one", .metadata = {{}}};
  record.versions = {{.version = "1", .metadata = 0, .attributes = {{"build", "b"}}}};
  std::string bytes = EncodeFacts(record, grammar).facts;
  ASSERT_TRUE(PackageFacts::Read("one", bytes, nullptr).ok());
  ASSERT_EQ(bytes.back(), 1);
  bytes.back() = 2;
  EXPECT_FALSE(PackageFacts::Read("one", bytes, nullptr).ok());
}

TEST(Facts, AttributesThatDoNotAscendAreRefused) {
  const DigitGrammar grammar;
  PackageRecord record{.name = "one", .metadata = {{}}};
  record.versions = {{.version = "1", .metadata = 0, .attributes = {{"a", "x"}, {"b", "x"}}}};
  std::string bytes = EncodeFacts(record, grammar).facts;
  const size_t second = bytes.rfind('b');
  for (const char key : {'a', '0'}) {
    bytes[second] = key;
    EXPECT_FALSE(PackageFacts::Read("one", bytes, nullptr).ok()) << key;
  }
  bytes[second] = 'c';
  EXPECT_TRUE(PackageFacts::Read("one", bytes, nullptr).ok());
}

TEST(Facts, OneAttributeOfManyVersionsIsCountedForEach) {
  PackageRecord record{.name = "bomb", .metadata = {{}}};
  for (int i = 1; i < 1000; ++i) {
    record.versions.push_back(
        {.version = Cat(i), .metadata = 0, .attributes = {{"a", std::string(1000, 'x')}}});
  }
  const CompiledRecord compiled(record, DigitGrammar());
  EXPECT_TRUE(compiled.facts().ToRecord().ok());
  ExpectStatus(compiled.facts().ToRecord(900'000).status(), kExhausted, "at most 900000 bytes");
}

TEST(Facts, ARecordWithoutTheNewerFieldsHasNoByteOfThem) {
  const DigitGrammar grammar;
  const EncodedFacts full = EncodeFacts(FullRecord(), grammar);
  const EncodedFacts plain = EncodeFacts(WithoutTrailingFields(FullRecord()), grammar);
  EXPECT_TRUE(full.facts.starts_with(plain.facts));
  EXPECT_TRUE(full.files.hashes.starts_with(plain.files.hashes));
}

TEST(Facts, FilesWithoutHashesKeepTheRest) {
  const DigitGrammar grammar;
  const CompiledRecord compiled(FullRecord(), grammar);
  const auto files = compiled.facts().ReadFiles(FileDetail::kNames);
  ASSERT_TRUE(files.ok());
  ASSERT_EQ(files->of(1).size(), 2U);
  EXPECT_EQ(files->of(1)[0].name, "full-1-any.whl");
  EXPECT_EQ(files->of(1)[0].uploaded, "2020-02-29T23:59:59Z");
  EXPECT_EQ(files->of(1)[0].sha256, "");
  EXPECT_EQ(files->of(1)[0].url, "");
}

TEST(Facts, FewBytesThatMeanTooManyTextsAreALimit) {
  PackageRecord record{.name = "bomb"};
  const std::vector<std::string> requirements(1, std::string(1000, 'r'));
  for (int i = 0; i < 1000; ++i) {
    record.metadata.push_back({.requirements = requirements, .requires_language = Cat("l", i)});
  }
  const CompiledRecord compiled(record, DigitGrammar());
  EXPECT_TRUE(compiled.facts().ToRecord().ok());
  ExpectStatus(compiled.facts().ToRecord(1'000'000).status(), kExhausted,
               "package 'bomb': its texts may take at most 1000000 bytes");
}

TEST(Facts, OneReasonForManyVersionsIsCountedForEach) {
  PackageRecord record{.name = "bomb"};
  for (int i = 1; i < 1000; ++i) {
    record.versions.push_back({.version = Cat(i), .unknown_because = std::string(1000, 'u')});
  }
  const CompiledRecord compiled(record, DigitGrammar());
  ExpectStatus(compiled.facts().ToRecord(900'000).status(), kExhausted, "at most 900000 bytes");
}

TEST(Facts, FewBytesThatMeanManyOrLongFileNamesAreALimit) {
  const DigitGrammar grammar;
  PackageRecord record{.name = "bomb", .versions = {{.version = "1", .unknown_because = "x"}}};
  for (int i = 0; i < 1000; ++i) {
    record.versions[0].files.push_back({.name = std::string(1000, 'n'), .url = "u"});
  }
  const EncodedFiles files = EncodeFacts(record, grammar).files;
  const PackageFiles::Bytes bytes{.names = files.names, .hashes = files.hashes};
  EXPECT_TRUE(PackageFiles::Read(bytes, {.version_count = 1}).ok());
  for (const size_t bytes_max : {size_t{1000}, size_t{1'000'000}}) {
    const auto read = PackageFiles::Read(bytes, {.version_count = 1, .bytes_max = bytes_max});
    ExpectStatus(read.status(), kExhausted, "its files: they may take at most");
  }
}

}  // namespace
}  // namespace accord::metadata
