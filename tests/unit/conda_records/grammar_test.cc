// The order of a package's records, and where its texts are cut.
#include "ecosystem/conda/grammar.h"

#include "documents.h"
#include "metadata/compiled_record.h"

namespace accord::conda {
namespace {

using metadata::RequirementCut;
using metadata::VersionRecord;
using ::testing::ElementsAre;

// "version build number subdir time"; "-" is empty.
VersionRecord Built(std::string_view text) {
  std::vector<std::string> words;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(' ', begin), text.size());
    words.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  words.resize(5, "-");
  VersionRecord record{.version = words[0], .metadata = 0};
  const std::string_view keys[] = {"build", "build_number", "subdir"};
  for (size_t i = 0; i < 3; ++i) {
    if (words[i + 1] != "-") record.attributes.emplace_back(keys[i], words[i + 1]);
  }
  record.files = {{.name = "f", .uploaded = words[4] == "-" ? "" : words[4]}};
  return record;
}

// The records in order, and behind "|" the others.
std::vector<std::string> Ordered(const std::vector<std::string>& texts) {
  std::vector<VersionRecord> records;
  for (const std::string& text : texts) records.push_back(Built(text));
  const metadata::VersionOrder order = CondaGrammar().Order(records);
  EXPECT_EQ(order.prerelease, std::vector<bool>(order.ordered.size(), false));
  std::vector<std::string> ordered;
  for (const uint32_t i : order.ordered) ordered.push_back(texts[i]);
  ordered.emplace_back("|");
  for (const uint32_t i : order.others) ordered.push_back(texts[i]);
  return ordered;
}

TEST(CondaGrammar, VersionsComeBeforeBuildNumbersBeforeTimesBeforeTexts) {
  EXPECT_THAT(
      Ordered({"1.10 a 0", "1.9 a 10", "1.9 a 9", "1.9 b 9 - 2020-01-01T00:00:00.5Z",
               "1.9 c 9 - 2020-01-01T00:00:00Z", "1.9 d 9", "1.9 a - noarch", "1.9 a"}),
      ElementsAre("1.9 a", "1.9 a - noarch", "1.9 a 9", "1.9 d 9", "1.9 c 9 - 2020-01-01T00:00:00Z",
                  "1.9 b 9 - 2020-01-01T00:00:00.5Z", "1.9 a 10", "1.10 a 0", "|"));
}

TEST(CondaGrammar, OfRecordsThatDifferInTheirTimeAloneTheFirstCounts) {
  EXPECT_THAT(Ordered({"1 a 0 - 2021-01-01T00:00:00Z", "1 b 0 - 2020-06-01T00:00:00Z",
                       "1 a 0 - 2020-01-01T00:00:00Z"}),
              ElementsAre("1 b 0 - 2020-06-01T00:00:00Z", "1 a 0 - 2021-01-01T00:00:00Z", "|",
                          "1 a 0 - 2020-01-01T00:00:00Z"));
}

TEST(CondaGrammar, EqualVersionsInTwoSpellingsAreTwoRecords) {
  EXPECT_THAT(Ordered({"1.0.0 a", "1.0 a"}), ElementsAre("1.0 a", "1.0.0 a", "|"));
}

TEST(CondaGrammar, WhatIsNoVersionIsNotOrdered) {
  EXPECT_THAT(Ordered({"1..0 a", "2 a", "~ a", "1 a"}),
              ElementsAre("1 a", "2 a", "|", "1..0 a", "~ a"));
}

TEST(CondaGrammar, TheOrderDoesNotHangOnThatOfTheRecords) {
  std::vector<std::string> texts = {"1 a 1", "1 b 1", "1 a 1 noarch", "2 a", "1.0 a 1"};
  const std::vector<std::string> wanted = Ordered(texts);
  std::ranges::sort(texts);
  do {
    EXPECT_EQ(Ordered(texts), wanted);
  } while (std::ranges::next_permutation(texts).found);
}

// "name|middle|marker", or the whole text if it is not plain.
std::string Cut(std::string_view text) {
  const RequirementCut cut = CondaGrammar().CutRequirement(text);
  EXPECT_EQ(Cat(cut.name, cut.middle, cut.marker), text);
  return cut.plain ? Cat(cut.name, "|", cut.middle, "|", cut.marker) : std::string(cut.name);
}

TEST(CondaGrammar, RequirementsAreCutBehindTheName) {
  EXPECT_EQ(Cut("python"), "python||");
  EXPECT_EQ(Cut("python >=3.8,<4.0a0"), "python| >=3.8,<4.0a0|");
  EXPECT_EQ(Cut("python=3.8"), "python|=3.8|");
  EXPECT_EQ(Cut("libblas 3.9.0 *mkl"), "libblas| 3.9.0 *mkl|");
  EXPECT_EQ(Cut("a[version=\"1.*\",when=__unix]"), "a|[version=\"1.*\",when=__unix]|");
  EXPECT_EQ(Cut("__glibc >=2.17 ; constrains"), "__glibc| >=2.17| ; constrains");
  EXPECT_EQ(Cut("b ; extra with-b"), "b|| ; extra with-b");
}

TEST(CondaGrammar, WhatIsNoPlainSpecifierIsNotCut) {
  for (const std::string_view text :
       {"", " python", "Python >=3", "py*", "*", "conda-forge::python", "python@x", "a-1-0.conda",
        "https://a.example/a-1-0.conda", "pywin32; if __win", "a ; if b ; constrains", "a;b"}) {
    EXPECT_EQ(Cut(text), text);
  }
}

TEST(CondaGrammar, FileNamesAreCutBehindNameAndVersion) {
  const CondaGrammar grammar;
  EXPECT_EQ(grammar.CutFileName("py-thon-3.1-h_0.conda"), std::string_view("py-thon-3.1-").size());
  EXPECT_EQ(grammar.CutFileName("a-1-0.tar.bz2"), 4U);
  EXPECT_EQ(grammar.CutFileName("six-1.9-py2.py3-none-any.whl"), 28U);
  EXPECT_EQ(grammar.CutFileName(""), 0U);
}

TEST(CondaGrammar, CompiledRecordsAnswerByAttribute) {
  metadata::PackageRecord record{.name = "a", .metadata = {{.requirements = {"b >1"}}}};
  record.versions = {Built("2 x 0 noarch"), Built("1 y 0 linux-64"), Built("1 x 1")};
  const metadata::CompiledRecord compiled(record, CondaGrammar());
  const metadata::Attribute build = compiled.facts().attribute("build");
  EXPECT_EQ(build[0], "y");
  EXPECT_EQ(build[1], "x");
  EXPECT_EQ(build.number(1), build.number(2));
  EXPECT_EQ(compiled.facts().attribute("subdir")[1], "");
}

}  // namespace
}  // namespace accord::conda
