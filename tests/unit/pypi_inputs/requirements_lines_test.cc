// Lines of requirements files before anything is known of what they say.
#include "ecosystem/pypi/inputs/requirements_lines.h"

#include <gmock/gmock.h>

#include "tests/unit/pypi_inputs/memory_files.h"

namespace accord::pypi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Lines;

std::vector<std::string> ReadLines(std::string_view bytes, const Variables& variables = {}) {
  const auto read = ReadRequirementsLines(bytes, "r", variables);
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() ? Lines(read->lines) : std::vector<std::string>();
}

TEST(RequirementsLinesTest, LinesEndInLfCrLfOrCr) {
  EXPECT_THAT(ReadLines("a\nb\r\nc\rd"), ElementsAre("r:1|a", "r:2|b", "r:3|c", "r:4|d"));
}

TEST(RequirementsLinesTest, BlankLinesAndCommentsAreNotLines) {
  EXPECT_THAT(ReadLines("\n  \n# a\na # b\nb#c\n\t#d\n"), ElementsAre("r:4|a", "r:5|b#c"));
}

TEST(RequirementsLinesTest, ALineThatGoesOnHasThePlaceOfItsFirst) {
  EXPECT_THAT(ReadLines("a \\\n  --hash=x \\\n  --hash=y\nb"),
              ElementsAre("r:1|a   --hash=x   --hash=y", "r:4|b"));
}

TEST(RequirementsLinesTest, ACommentDoesNotGoOnAndEndsWhatDoes) {
  EXPECT_THAT(ReadLines("# a \\\nb"), ElementsAre("r:2|b"));
  EXPECT_THAT(ReadLines("a \\\n# b \\\nc"), ElementsAre("r:1|a", "r:3|c"));
}

TEST(RequirementsLinesTest, ALastLineMayGoOnIntoNothing) {
  EXPECT_THAT(ReadLines("a\\"), ElementsAre("r:1|a"));
}

TEST(RequirementsLinesTest, VariablesInCapitalsAreReplaced) {
  EXPECT_THAT(ReadLines("${A_1}==1 ${a} $A ${} ${A", {{"A_1", "x"}, {"a", "no"}}),
              ElementsAre("r:1|x==1 ${a} $A ${} ${A"));
}

TEST(RequirementsLinesTest, AVariableThatIsNotSetStaysAndIsNoted) {
  const auto read = ReadRequirementsLines("a\n${GONE}/b", "r", {});
  ASSERT_TRUE(read.ok());
  EXPECT_THAT(Lines(read->lines), ElementsAre("r:1|a", "r:2|${GONE}/b"));
  EXPECT_THAT(Lines(read->notes),
              ElementsAre("r:2|the environment variable GONE is not set, its text stays as it is"));
}

TEST(RequirementsLinesTest, ALineOfOneEmptyVariableIsNoLine) {
  EXPECT_THAT(ReadLines("${E}", {{"E", ""}}), IsEmpty());
}

TEST(RequirementsLinesTest, ByteOrderMarksTellTheEncoding) {
  using namespace std::string_view_literals;
  EXPECT_THAT(ReadLines("\xEF\xBB\xBF"
                        "a"),
              ElementsAre("r:1|a"));
  EXPECT_THAT(ReadLines("\xFF\xFE"
                        "a\0\n\0\xE9\0"sv),
              ElementsAre("r:1|a", "r:2|\xC3\xA9"));
  EXPECT_THAT(ReadLines("\xFE\xFF\0a\xD8\x3D\xDC\x4B\x20\xAC"sv),
              ElementsAre("r:1|a\xF0\x9F\x91\x8B\xE2\x82\xAC"));
  EXPECT_THAT(ReadLines("\xFE\xFF\xD8\x3D\0a"sv), ElementsAre("r:1|\xEF\xBF\xBD"
                                                              "a"));
}

TEST(RequirementsLinesTest, OtherBytesAreAnError) {
  EXPECT_EQ(ReadRequirementsLines("ab\xE9", "r", {}).status().message(),
            "r: UTF-8 is wanted, byte 2 is none");
}

TEST(RequirementsLinesTest, LimitsAreTypedAnswers) {
  EXPECT_EQ(ReadRequirementsLines(std::string(kRequirementsFileBytesMax + 1, '\n'), "r", {})
                .status()
                .code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(
      ReadRequirementsLines(std::string(kRequirementsLinesMax + 1, '\n'), "r", {}).status().code(),
      absl::StatusCode::kResourceExhausted);
}

TEST(SplitWordsTest, QuotesAndBackslashesHoldTogether) {
  EXPECT_THAT(*SplitWords(" a 'b c' \"d \\\" e\" f\\ g '' h'i'"),
              ElementsAre("a", "b c", "d \" e", "f g", "", "hi"));
}

TEST(SplitWordsTest, AQuoteThatIsNotClosedIsAnError) {
  EXPECT_EQ(SplitWords("a 'b").status().message(), "a quote in 'a 'b' is not closed");
}

}  // namespace
}  // namespace accord::pypi
