// Corpus: records come back as they are written down, and what is wrong in a file is named by line.
#include "metadata/corpus.h"

#include "base/executor.h"
#include "corpora.h"
#include "metadata/record.h"

namespace accord::metadata {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

absl::StatusOr<std::unique_ptr<const Corpus>> Read(std::string_view text,
                                                   const CorpusLimits& limits = {}) {
  return Corpus::FromBytes(text, "small.jsonl", limits);
}

// The status of looking up "alpha" in a corpus of this one line.
absl::Status StatusOfRecord(std::string_view line) {
  absl::StatusOr<std::unique_ptr<const Corpus>> corpus = Read(Cat(kSmallHeader, line));
  if (!corpus.ok()) return corpus.status();
  return (*corpus)->Find("alpha").status();
}

TEST(Corpus, TheHeaderSaysWhatTheFactsAre) {
  auto corpus = Read(SmallCorpus());
  ASSERT_TRUE(corpus.ok()) << corpus.status();
  const CorpusHeader wanted{
      .ecosystem = "pypi", .complete = true, .source = "a test", .recorded = "2024-02-29"};
  EXPECT_EQ((*corpus)->header(), wanted);
  EXPECT_TRUE((*corpus)->complete());
  EXPECT_EQ((*corpus)->ecosystem(), "pypi");
  EXPECT_EQ((*corpus)->place(), "small.jsonl");
}

TEST(Corpus, ARecordKeepsMetadataVersionsAndFiles) {
  auto corpus = Read(SmallCorpus());
  ASSERT_TRUE(corpus.ok()) << corpus.status();
  absl::StatusOr<const PackageRecord*> found = (*corpus)->Find("alpha");
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_NE(*found, nullptr);
  const PackageRecord& alpha = **found;
  EXPECT_EQ(alpha.name, "alpha");
  ASSERT_EQ(alpha.metadata.size(), 2u);
  EXPECT_THAT(alpha.metadata[0].requirements, ElementsAre("beta>=1", "gamma ; extra == \"x\""));
  EXPECT_EQ(alpha.metadata[0].requires_language, ">=3.7");
  EXPECT_THAT(alpha.metadata[0].extras, ElementsAre("x"));
  ASSERT_EQ(alpha.versions.size(), 4u);
  EXPECT_EQ(alpha.versions[1].metadata, 0u);
  EXPECT_THAT(alpha.versions[1].files, IsEmpty());
  EXPECT_EQ(alpha.versions[2].metadata, std::nullopt);
  EXPECT_EQ(alpha.versions[2].unknown_because, "no wheel");
  ASSERT_EQ(alpha.versions[0].files.size(), 1u);
  const FileRecord wanted{.name = "alpha-1.0-py3-none-any.whl",
                          .size = 17,
                          .uploaded = "2020-01-02T03:04:05Z",
                          .sha256 = "00ff",
                          .requires_language = ">=3.8",
                          .yanked = true,
                          .yanked_reason = "broken"};
  EXPECT_EQ(alpha.versions[0].files[0], wanted);
}

TEST(Corpus, YankedIsNoYesOrAReason) {
  auto corpus =
      Read(Cat(kSmallHeader, R"({"name":"alpha","metadata":[{}],"versions":[{"version":"1",)"
                             R"("metadata":0,"files":[{"name":"a","yanked":true},)"
                             R"({"name":"b","yanked":false},{"name":"c","yanked":"why"}]}]})"));
  ASSERT_TRUE(corpus.ok()) << corpus.status();
  absl::StatusOr<const PackageRecord*> found = (*corpus)->Find("alpha");
  ASSERT_TRUE(found.ok()) << found.status();
  const std::vector<FileRecord>& files = (*found)->versions[0].files;
  EXPECT_TRUE(files[0].yanked);
  EXPECT_FALSE(files[1].yanked);
  EXPECT_TRUE(files[2].yanked);
  EXPECT_EQ(files[2].yanked_reason, "why");
}

TEST(Corpus, ANameThatIsNotThereIsNoError) {
  auto corpus = Read(SmallCorpus());
  ASSERT_TRUE(corpus.ok());
  for (const std::string_view name : {"", "alph", "alphabet", "Beta", "zeta"}) {
    absl::StatusOr<const PackageRecord*> found = (*corpus)->Find(name);
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_EQ(*found, nullptr) << name;
  }
}

TEST(Corpus, TheSameNameGivesTheSameRecordAgain) {
  auto corpus = Read(SmallCorpus());
  ASSERT_TRUE(corpus.ok());
  const PackageRecord* first = (*corpus)->Find("beta").value();
  EXPECT_EQ((*corpus)->Find("beta").value(), first);
}

TEST(Corpus, ThreadsThatAskAtOnceGetTheSameRecords) {
  std::string text(kSmallHeader);
  for (int i = 1000; i < 1200; ++i) {
    text += Cat(R"({"name":"p)", i, R"(","versions":[]})", "\n");
  }
  auto corpus = Read(text);
  ASSERT_TRUE(corpus.ok()) << corpus.status();
  constexpr size_t kAsks = 4;
  const size_t packages = (*corpus)->package_count();
  std::vector<const PackageRecord*> found(kAsks * packages);
  Executor(kAsks).ForEach(found.size(), [&](size_t i) {
    found[i] = (*corpus)->Find((*corpus)->NameAt(i % packages)).value_or(nullptr);
  });
  for (size_t i = 0; i < found.size(); ++i) {
    ASSERT_NE(found[i], nullptr);
    EXPECT_EQ(found[i], found[i % packages]);
    EXPECT_EQ(found[i]->name, (*corpus)->NameAt(i % packages));
  }
}

TEST(Corpus, NamesAreListedInOrder) {
  auto corpus = Read(SmallCorpus());
  ASSERT_TRUE(corpus.ok());
  ASSERT_EQ((*corpus)->package_count(), 2u);
  EXPECT_EQ((*corpus)->NameAt(0), "alpha");
  EXPECT_EQ((*corpus)->NameAt(1), "beta");
}

TEST(Corpus, OpensCompressedFiles) {
  const TemporaryFile file(Compressed(SmallCorpus()));
  auto corpus = Corpus::Open(file.path());
  ASSERT_TRUE(corpus.ok()) << corpus.status();
  EXPECT_NE((*corpus)->Find("beta").value(), nullptr);
}

TEST(Corpus, TheLastLineMayLackItsNewline) {
  auto corpus = Read(Cat(kSmallHeader, kBeta.substr(0, kBeta.size() - 1)));
  ASSERT_TRUE(corpus.ok()) << corpus.status();
  EXPECT_NE((*corpus)->Find("beta").value(), nullptr);
}

TEST(Corpus, AHeaderOfAnotherFormatIsRefused) {
  for (const std::string_view header :
       {"", "{}", "[]", "{\"format\":\"accord-corpus/2\"}", "nonsense", "\n"}) {
    ExpectStatus(Read(header).status(), absl::StatusCode::kInvalidArgument, "small.jsonl:1: ");
  }
}

TEST(Corpus, AHeaderMustSayEcosystemAndComplete) {
  ExpectStatus(Read(R"({"format":"accord-corpus/1","complete":true})").status(),
               absl::StatusCode::kNotFound, "/ecosystem");
  ExpectStatus(Read(R"({"format":"accord-corpus/1","ecosystem":"pypi"})").status(),
               absl::StatusCode::kNotFound, "/complete");
}

TEST(Corpus, NamesOutOfOrderOrTwiceAreRefusedByLine) {
  ExpectStatus(Read(Cat(kSmallHeader, kBeta, kAlpha)).status(), absl::StatusCode::kNotFound,
               "small.jsonl:3: ");
  ExpectStatus(Read(Cat(kSmallHeader, kBeta, kBeta)).status(), absl::StatusCode::kNotFound,
               "small.jsonl:3: ");
}

TEST(Corpus, ALineThatDoesNotBeginWithItsNameIsRefused) {
  for (const std::string_view line :
       {"\n", "{\"versions\":[]}", "{\"name\":\"", "{\"name\":\"\"}", "{\"name\":\"a\\u0062\"}"}) {
    ExpectStatus(Read(Cat(kSmallHeader, line, "\n")).status(), absl::StatusCode::kNotFound,
                 "small.jsonl:2: ");
  }
}

TEST(Corpus, BrokenJsonIsFoundWhenItIsAskedForAndNamedByLine) {
  auto corpus = Read(Cat(kSmallHeader, "{\"name\":\"alpha\",\"versions\":[}\n", kBeta));
  ASSERT_TRUE(corpus.ok()) << corpus.status();
  EXPECT_NE((*corpus)->Find("beta").value(), nullptr);
  ExpectStatus((*corpus)->Find("alpha").status(), absl::StatusCode::kNotFound,
               "small.jsonl:2: damaged JSON");
}

TEST(Corpus, AFieldOfTheWrongKindIsNamedByPointer) {
  const auto expect = [](std::string_view line, std::string_view pointer) {
    ExpectStatus(StatusOfRecord(line), absl::StatusCode::kNotFound, pointer);
  };
  expect(R"({"name":"alpha"})", "/versions");
  expect(R"({"name":"alpha","versions":{}})", "/versions: an array is expected, found an object");
  expect(R"({"name":"alpha","versions":[1]})", "/versions/0");
  expect(R"({"name":"alpha","versions":[{"version":1}]})", "/version: a text is expected");
  expect(R"({"name":"alpha","versions":[{"version":"1"}]})", "/unknown");
  expect(R"({"name":"alpha","versions":[{"version":"1","metadata":0}]})", "an index below 0");
  expect(R"({"name":"alpha","versions":[{"version":"1","metadata":-1}]})", "/metadata");
  expect(R"({"name":"alpha","metadata":[{"requires":[2]}],"versions":[]})", "/requires");
  expect(R"({"name":"alpha","metadata":[{}],"versions":[{"version":"1","metadata":0,)"
         R"("files":[{}]}]})",
         "/files/0: /name");
  expect(R"({"name":"alpha","metadata":[{}],"versions":[{"version":"1","metadata":0,)"
         R"("files":[{"name":"f","yanked":7}]}]})",
         "/yanked");
}

TEST(Corpus, AttributesAreSortedAndEmptyOnesLeftOut) {
  auto corpus = Read(Cat(
      kSmallHeader, R"({"name":"alpha","metadata":[{}],"versions":[{"version":"1","metadata":0,)"
                    R"("attributes":{"subdir":"noarch","empty":"","none":null,"build":"0"}}]})"));
  ASSERT_TRUE(corpus.ok()) << corpus.status();
  const auto alpha = (*corpus)->Find("alpha");
  ASSERT_TRUE(alpha.ok()) << alpha.status();
  EXPECT_THAT((*alpha)->versions[0].attributes,
              ElementsAre(Pair("build", "0"), Pair("subdir", "noarch")));
}

TEST(Corpus, AttributesAreTextsByKeysThatDoNotRepeat) {
  const auto expect = [](std::string_view attributes, std::string_view message) {
    ExpectStatus(
        StatusOfRecord(Cat(R"({"name":"alpha","metadata":[{}],"versions":[{"version":"1",)",
                           R"("metadata":0,"attributes":)", attributes, "}]}")),
        absl::StatusCode::kNotFound, Cat("/versions/0: /attributes", message));
  };
  expect("[]", ": /: an object is expected, found an array");
  expect(R"({"build":1})", ": /build: a text is expected, found a number");
  expect(R"({"build":"1","build":"2"})", ": keys that do not repeat are expected");
}

TEST(Corpus, UnknownFieldsAreIgnored) {
  EXPECT_TRUE(StatusOfRecord(R"({"name":"alpha","later":[1],"versions":[]})").ok());
}

TEST(Corpus, EachLimitIsReachedExactlyAboveIt) {
  const std::string text = SmallCorpus();
  EXPECT_TRUE(Read(text, {.records_max = 2}).ok());
  ExpectStatus(Read(text, {.records_max = 1}).status(), absl::StatusCode::kResourceExhausted,
               "at most 1 records");
  EXPECT_TRUE(Read(text, {.line_bytes_max = kAlpha.size() - 1}).ok());
  ExpectStatus(Read(text, {.line_bytes_max = kAlpha.size() - 2}).status(),
               absl::StatusCode::kResourceExhausted, "small.jsonl:2");
  ExpectStatus(Read(text, {.line_bytes_max = 10}).status(), absl::StatusCode::kResourceExhausted,
               "small.jsonl:1");
  ExpectStatus(Read(text, {.text_bytes_max = text.size() - 1}).status(),
               absl::StatusCode::kResourceExhausted, "small.jsonl");
  const TemporaryFile file(text);
  EXPECT_TRUE(Corpus::Open(file.path(), {.file_bytes_max = text.size()}).ok());
  ExpectStatus(Corpus::Open(file.path(), {.file_bytes_max = text.size() - 1}).status(),
               absl::StatusCode::kResourceExhausted, file.path());
}

TEST(Corpus, AMissingFileIsNamed) {
  ExpectStatus(Corpus::Open("no/such.jsonl.zst").status(), absl::StatusCode::kNotFound,
               "no/such.jsonl.zst");
}

TEST(OpenRecords, TakesBothForms) {
  const TemporaryFile ours(Compressed(SmallCorpus()));
  const TemporaryFile theirs(Compressed(R"({"n":"Beta","g":[{"s":"w","v":["1"]}]})"));
  for (const TemporaryFile* file : {&ours, &theirs}) {
    absl::StatusOr<std::unique_ptr<const RecordSource>> source = OpenRecords(file->path());
    ASSERT_TRUE(source.ok()) << source.status();
    EXPECT_EQ((*source)->complete(), file == &ours);
    EXPECT_EQ((*source)->ecosystem(), "pypi");
    const PackageRecord* beta = (*source)->Find("beta").value();
    ASSERT_NE(beta, nullptr);
    EXPECT_EQ(beta->versions[0].version, "1");
  }
}

}  // namespace
}  // namespace accord::metadata
