// One request, one answer: the order of its texts, of records and of their versions does not show.
#include <algorithm>
#include <random>
#include <set>

#include "tests/support/answer_text.h"
#include "tests/unit/engine/fixture.h"

namespace accord::engine {
namespace {

using accord::testing::AnswerText;
using accord::testing::MemorySource;

constexpr int kShuffles = 200;

// A ladder of packages that cannot all be newest, with extras, pre-releases and absent names.
std::vector<metadata::PackageRecord> Records() {
  MemorySource source;
  const auto add = [&](std::string_view name, int version, std::vector<std::string> needs) {
    source.AddVersion(name, Cat(version, ".0"),
                      accord::testing::Needing(std::move(needs), {"x", "y"}));
  };
  for (int v = 1; v <= 6; ++v) {
    add("a", v, {Cat("b>=", v - 1), Cat("c<", 8 - v), "d[x]; extra == 'x'"});
    add("b", v, {Cat("c>=", v - 2), v == 6 ? "gone" : "d"});
    add("c", v, {Cat("e!=", v), "a[y]; extra == 'x'"});
    add("d", v, {Cat("e<", v + 1, "; extra == 'x'"), Cat("c[x]>=", 7 - v, "; extra == 'y'")});
    add("e", v, {});
  }
  source.AddVersion("e", "7.0rc1");
  std::vector<metadata::PackageRecord> records;
  for (const char* name : {"a", "b", "c", "d", "e"}) records.push_back(source.record(name));
  return records;
}

TEST(SameAnswer, ForTwoHundredShuffles) {
  const std::vector<std::vector<std::string>> requests = {
      {"a[x]", "b", "c", "d[y]"}, {"e<4", "a", "d", "b"}, {"a>5", "b>5", "c>5", "d"}};
  std::mt19937 random(20240229);
  for (const std::vector<std::string>& request : requests) {
    std::set<std::string> answers;
    for (int i = 0; i < kShuffles; ++i) {
      std::vector<std::string> texts = request;
      std::shuffle(texts.begin(), texts.end(), random);
      std::vector<metadata::PackageRecord> records = Records();
      MemorySource source;
      for (metadata::PackageRecord& record : records) {
        std::shuffle(record.versions.begin(), record.versions.end(), random);
        for (metadata::MetadataRecord& metadata : record.metadata) {
          std::shuffle(metadata.requirements.begin(), metadata.requirements.end(), random);
        }
        source.Add(record);
      }
      const metadata::Source* sources[] = {&source};
      const auto answer = Resolve(accord::testing::Request(texts), sources);
      ASSERT_TRUE(answer.ok()) << Message(answer.status());
      answers.insert(AnswerText(*answer));
    }
    EXPECT_EQ(answers.size(), 1u) << *answers.begin() << "\nand\n" << *answers.rbegin();
  }
}

}  // namespace
}  // namespace accord::engine
