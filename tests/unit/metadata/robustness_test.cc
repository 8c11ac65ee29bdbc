// No bytes may crash the readers: random damage to small corpora, before and after compression,
// ends in a record or a typed error. The generator is seeded, so a failure repeats.
#include <random>

#include "corpora.h"
#include "metadata/corpus.h"
#include "metadata/pypi_deps_db.h"

namespace accord::metadata {
namespace {

constexpr int kRounds = 4000;
constexpr CorpusLimits kSmallLimits{.file_bytes_max = 1 << 16,
                                    .text_bytes_max = 1 << 16,
                                    .line_bytes_max = 1 << 12,
                                    .records_max = 64};
constexpr std::string_view kDepsDb =
    R"({"n":"alpha","g":[{"s":"s","r":["b;extra=='x'"],"x":{"e:m":["c @ a://b ;m"]},"v":["1"]}]})"
    "\n"
    R"({"n":"Beta_x","g":[{"s":"w","r":["b"],"p":">=3","e":["x"],"v":["1","2"]}]})"
    "\n";

std::string Damaged(std::string bytes, std::mt19937& random) {
  const auto below = [&random](size_t n) { return random() % (n == 0 ? 1 : n); };
  for (size_t edits = 1 + below(4); edits > 0 && !bytes.empty(); --edits) {
    const size_t at = below(bytes.size());
    switch (below(4)) {
      case 0:
        bytes[at] = static_cast<char>(random());
        break;
      case 1:
        bytes.erase(at, 1 + below(8));
        break;
      case 2:
        bytes.insert(at, bytes.substr(below(bytes.size()), below(16)));
        break;
      default:
        bytes.insert(at, 1, "{}[]\",:\\\n0n"[below(11)]);
    }
  }
  return bytes;
}

// Looks up what is there; returns how many lookups gave a record.
template <class Opened>
int FindAll(const Opened& source) {
  int found = 0;
  for (size_t i = 0; i < source.package_count(); ++i) {
    const absl::StatusOr<const PackageRecord*> record = source.Find(source.NameAt(i));
    if (record.ok() && *record != nullptr) ++found;
    EXPECT_TRUE(record.ok() || !Message(record.status()).empty());
  }
  return found;
}

TEST(Robustness, DamagedCorporaGiveRecordsOrErrors) {
  std::mt19937 random(20261123);
  int found = 0;
  int refused = 0;
  for (int round = 0; round < kRounds; ++round) {
    const std::string text = Damaged(SmallCorpus(), random);
    auto corpus = Corpus::FromBytes(text, "damaged", kSmallLimits);
    if (corpus.ok()) found += FindAll(**corpus);
    refused += corpus.ok() ? 0 : 1;
  }
  EXPECT_GT(found, 0);
  EXPECT_GT(refused, 0);
}

TEST(Robustness, DamagedZstdGivesTextsOrErrors) {
  std::mt19937 random(20261124);
  const std::string whole = Compressed(SmallCorpus());
  int refused = 0;
  for (int round = 0; round < kRounds; ++round) {
    auto corpus = Corpus::FromBytes(Damaged(whole, random), "damaged", kSmallLimits);
    if (corpus.ok()) FindAll(**corpus);
    refused += corpus.ok() ? 0 : 1;
  }
  EXPECT_GT(refused, 0);
}

TEST(Robustness, DamagedDepsDbGivesRecordsOrErrors) {
  std::mt19937 random(20261125);
  int found = 0;
  for (int round = 0; round < kRounds; ++round) {
    auto text = Decompress(Damaged(std::string(kDepsDb), random), "damaged", 1 << 16);
    if (!text.ok()) continue;
    auto db = PypiDepsDb::FromText(*std::move(text), "damaged", kSmallLimits);
    if (db.ok()) found += FindAll(**db);
  }
  EXPECT_GT(found, 0);
}

}  // namespace
}  // namespace accord::metadata
