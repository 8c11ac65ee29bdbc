// Files of any format: which one it is, and what limits.
#include "ecosystem/conda/inputs/input_file.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "ecosystem/conda/inputs/spec_lines.h"
#include "tests/unit/conda_inputs/lines.h"

namespace accord::conda {
namespace {

using ::testing::ElementsAre;
using testing::Lines;

TEST(CondaInputKind, NamesDecide) {
  EXPECT_EQ(KindOfInput("a/environment.yml", "a\n"), InputKind::kEnvironment);
  EXPECT_EQ(KindOfInput("env.yaml", ""), InputKind::kEnvironment);
  EXPECT_EQ(KindOfInput("specs.txt", "name: x\n"), InputKind::kLines);
  EXPECT_EQ(KindOfInput("conda-meta/pinned", "name: x\n"), InputKind::kLines);
  EXPECT_EQ(KindOfInput("answer.json", ""), InputKind::kAnswer);
}

TEST(CondaInputKind, OfOtherNamesTheTextDecides) {
  EXPECT_EQ(KindOfInput("-", "# x\n\nname: x\n"), InputKind::kEnvironment);
  EXPECT_EQ(KindOfInput("-", "dependencies:\n- a\n"), InputKind::kEnvironment);
  EXPECT_EQ(KindOfInput("-", "---\n"), InputKind::kEnvironment);
  EXPECT_EQ(KindOfInput("-", " {\"a\": 1}"), InputKind::kAnswer);
  EXPECT_EQ(KindOfInput("-", "main::a >=1\n"), InputKind::kLines);
  EXPECT_EQ(KindOfInput("-", "python >=3\n"), InputKind::kLines);
  EXPECT_EQ(KindOfInput("-", "@EXPLICIT\nhttps://h.example/noarch/a-1-0.conda\n"),
            InputKind::kLines);
  EXPECT_EQ(KindOfInput("-", ""), InputKind::kLines);
}

TEST(CondaInputFile, LinesAreSpecifiersWithTheirPlaces) {
  const auto input = ReadInput("\xEF\xBB\xBF# all\r\n\r\n  a >=1 # why\r\nb\n", "s.txt");
  ASSERT_TRUE(input.ok()) << input.status();
  EXPECT_THAT(Lines(input->specs), ElementsAre("s.txt:3|a >=1 # why", "s.txt:4|b"));
}

TEST(CondaInputFile, AnAnswerAsksForNothing) {
  EXPECT_EQ(Message(ReadInput("{}", "a.json").status()),
            "a.json: a file that asks for packages is wanted, found an answer: that is for "
            "--lock-file");
}

TEST(CondaInputFile, PinsArePlainLines) {
  const auto pins = ReadPins("a 1.*\n", "pinned");
  ASSERT_TRUE(pins.ok()) << pins.status();
  EXPECT_THAT(Lines(*pins), ElementsAre("pinned:1|a 1.*"));
  for (const std::string_view text : {"@EXPLICIT\n", "dependencies: [a]\n", "{}"}) {
    EXPECT_EQ(Message(ReadPins(text, "p").status()),
              "p: constraints are wanted as one specifier a line, found another format");
  }
}

TEST(CondaInputFile, LinesHaveALimit) {
  std::string text;
  for (size_t i = 0; i <= kSpecLinesMax; ++i) text += "a\n";
  const auto many = ReadSpecLines(text, "s.txt");
  EXPECT_EQ(many.status().code(), absl::StatusCode::kResourceExhausted);
  const auto large = ReadSpecLines(std::string(kSpecLinesBytesMax + 1, '\n'), "s.txt");
  EXPECT_EQ(large.status().code(), absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace accord::conda
