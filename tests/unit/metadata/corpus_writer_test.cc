// CorpusWriter: what it writes, Corpus reads back equal; what it cannot write it refuses.
#include "metadata/corpus_writer.h"

#include "corpora.h"

namespace accord::metadata {
namespace {

const CorpusHeader kHeader{
    .ecosystem = "pypi", .complete = false, .source = "with \"quotes\"", .recorded = {}};

PackageRecord AlphaWithAll() {
  PackageRecord record;
  record.name = "alpha";
  record.metadata = {{.requirements = {"b>=1 ; extra == \"x\"", "c\t\\ \x01 \xC3\xA9"},
                      .requires_language = ">=3",
                      .extras = {"x"}},
                     {}};
  record.versions = {{.version = "1",
                      .metadata = 1,
                      .unknown_because = {},
                      .files = {{.name = "a.whl",
                                 .size = 1234567890123,
                                 .uploaded = "2020-01-01T00:00:00Z",
                                 .sha256 = "ab",
                                 .md5 = "cd",
                                 .requires_language = ">=2",
                                 .yanked = true,
                                 .yanked_reason = "why"},
                                {.name = "b.whl",
                                 .size = {},
                                 .uploaded = {},
                                 .sha256 = {},
                                 .requires_language = {},
                                 .yanked = true,
                                 .yanked_reason = {}}}},
                     {.version = "2",
                      .metadata = {},
                      .unknown_because = "no wheel",
                      .attributes = {{"build", "\"0\""}, {"subdir", "noarch"}},
                      .files = {}}};
  return record;
}

PackageRecord Named(std::string name) {
  return {.name = std::move(name), .metadata = {}, .versions = {}};
}

TEST(CorpusWriter, WhatIsWrittenIsReadBackEqual) {
  CorpusWriter writer(kHeader);
  ASSERT_TRUE(writer.Add(AlphaWithAll()).ok());
  ASSERT_TRUE(writer.Add(Named("beta")).ok());
  auto corpus = Corpus::FromBytes(writer.TakeBytes(), "memory");
  ASSERT_TRUE(corpus.ok()) << corpus.status();
  EXPECT_EQ((*corpus)->header(), kHeader);
  absl::StatusOr<const PackageRecord*> alpha = (*corpus)->Find("alpha");
  ASSERT_TRUE(alpha.ok()) << alpha.status();
  EXPECT_EQ(**alpha, AlphaWithAll());
  EXPECT_EQ(*(*corpus)->Find("beta").value(), Named("beta"));
}

TEST(CorpusWriter, EqualRecordsGiveEqualFiles) {
  const TemporaryFile one;
  const TemporaryFile two;
  const std::vector<PackageRecord> records = {AlphaWithAll(), Named("beta")};
  ASSERT_TRUE(WriteCorpus(kHeader, records, one.path()).ok());
  ASSERT_TRUE(WriteCorpus(kHeader, records, two.path()).ok());
  EXPECT_EQ(ReadFileBytes(one.path(), 10000).value(), ReadFileBytes(two.path(), 10000).value());
}

TEST(CorpusWriter, NamesMustAscendAndNeedNoEscape) {
  CorpusWriter writer(kHeader);
  ASSERT_TRUE(writer.Add(Named("beta")).ok());
  for (const std::string name : {"beta", "alpha", "", "q\"", "q\\", "q\n"}) {
    ExpectStatus(writer.Add(Named(name)), absl::StatusCode::kInvalidArgument, "name");
  }
  EXPECT_TRUE(writer.Add(Named("gamma")).ok());
}

TEST(CorpusWriter, ADanglingMetadataIndexIsRefused) {
  PackageRecord record = AlphaWithAll();
  record.versions[0].metadata = 2;
  ExpectStatus(CorpusWriter(kHeader).Add(record), absl::StatusCode::kInvalidArgument, "alpha");
}

TEST(CorpusWriter, KnownMetadataHasNoReasonForBeingUnknown) {
  PackageRecord record = AlphaWithAll();
  record.versions[0].unknown_because = "but it is known";
  ExpectStatus(CorpusWriter(kHeader).Add(record), absl::StatusCode::kInvalidArgument, "alpha");
  record = AlphaWithAll();
  record.versions[1].unknown_because.clear();
  ExpectStatus(CorpusWriter(kHeader).Add(record), absl::StatusCode::kInvalidArgument, "alpha");
}

TEST(CorpusWriter, AttributesAscendAndSaySomething) {
  using Attributes = std::vector<std::pair<std::string, std::string>>;
  for (const Attributes& wrong : {Attributes{{"b", "1"}, {"a", "1"}}, Attributes{{"a", ""}},
                                  Attributes{{"", "1"}}, Attributes{{"a", "1"}, {"a", "2"}}}) {
    PackageRecord record = AlphaWithAll();
    record.versions[0].attributes = wrong;
    ExpectStatus(CorpusWriter(kHeader).Add(record), absl::StatusCode::kInvalidArgument,
                 "alpha '1': attributes ascend by their keys");
  }
}

TEST(CorpusWriter, FilesNeedNamesAndTextsUtf8) {
  PackageRecord record = AlphaWithAll();
  record.versions[0].files[1].name.clear();
  ExpectStatus(CorpusWriter(kHeader).Add(record), absl::StatusCode::kInvalidArgument, "files");
  record = AlphaWithAll();
  record.metadata[0].requirements[0] = "b\xFF";
  ExpectStatus(CorpusWriter(kHeader).Add(record), absl::StatusCode::kInvalidArgument, "UTF-8");
}

}  // namespace
}  // namespace accord::metadata
