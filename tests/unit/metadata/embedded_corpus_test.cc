// The corpus that ships with the project opens, and every record of it parses.
#include <set>

#include "corpora.h"
#include "metadata/corpus.h"

namespace accord::metadata {
namespace {

constexpr std::string_view kEmbedded = ACCORD_SOURCE_DIR "/corpora/pypi-recorded.jsonl.zst";

std::unique_ptr<const Corpus> Embedded() {
  auto corpus = Corpus::Open(std::string(kEmbedded));
  EXPECT_TRUE(corpus.ok()) << corpus.status();
  return corpus.ok() ? *std::move(corpus) : nullptr;
}

TEST(EmbeddedCorpus, SaysThatItIsIncompleteAndWhenItWasRecorded) {
  const auto corpus = Embedded();
  ASSERT_NE(corpus, nullptr);
  EXPECT_EQ(corpus->ecosystem(), "pypi");
  EXPECT_FALSE(corpus->complete());
  EXPECT_EQ(corpus->header().recorded, "2026-11-23");
}

TEST(EmbeddedCorpus, EveryRecordParsesAndNoVersionStandsTwice) {
  const auto corpus = Embedded();
  ASSERT_NE(corpus, nullptr);
  size_t versions = 0;
  for (size_t i = 0; i < corpus->package_count(); ++i) {
    absl::StatusOr<const PackageRecord*> record = corpus->Find(corpus->NameAt(i));
    ASSERT_TRUE(record.ok()) << record.status();
    std::set<std::string_view> seen;
    for (const VersionRecord& version : (*record)->versions) {
      EXPECT_TRUE(version.metadata.has_value()) << (*record)->name << " " << version.version;
      EXPECT_TRUE(seen.insert(version.version).second) << (*record)->name << " " << version.version;
    }
    EXPECT_FALSE(seen.empty()) << (*record)->name;
    versions += seen.size();
  }
  EXPECT_LE(corpus->package_count(), 400u);
  EXPECT_GT(versions, 3000u);
}

TEST(EmbeddedCorpus, HoldsWhatTheDemoAsksFor) {
  const auto corpus = Embedded();
  ASSERT_NE(corpus, nullptr);
  for (const std::string_view name : {"jupyterlab", "boto3", "urllib3", "flask", "click", "django",
                                      "fastapi", "numpy", "pandas", "requests", "pytest"}) {
    EXPECT_NE(corpus->Find(name).value(), nullptr) << name;
  }
}

TEST(EmbeddedCorpus, NamesNoHost) {
  auto bytes = ReadFileBytes(std::string(kEmbedded), size_t{6} << 20);
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  const Text text = Decompress(*bytes, kEmbedded, kTextBytesMax).value();
  EXPECT_EQ(text.view().find("://"), std::string_view::npos);
}

}  // namespace
}  // namespace accord::metadata
