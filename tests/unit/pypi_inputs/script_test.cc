// PEP 723: where the block stands, and what it asks for.
#include "ecosystem/pypi/inputs/script.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "tests/unit/pypi_inputs/memory_files.h"

namespace accord::pypi {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Lines;

std::string ScriptWords(const std::string& text) {
  return std::string(Message(ReadScript(text, "s.py").status()));
}

TEST(ScriptTest, TheBlockSaysWhatTheScriptAsksFor) {
  const auto read = ReadScript(
      "#!/usr/bin/env python3\n# /// script\n# requires-python = \">=3.11\"\n#\n"
      "# dependencies = [\n#   \"a<3\",\n#   \"b\",\n# ]\n# ///\nimport a\n",
      "s.py");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(Lines(read->requirements), ElementsAre("s.py:6|a<3", "s.py:7|b"));
  EXPECT_THAT(Lines(read->requires_python), ElementsAre("s.py:3|>=3.11"));
}

TEST(ScriptTest, LinesMayEndInCrLf) {
  EXPECT_THAT(
      Lines(
          ReadScript("# /// script\r\n# dependencies = ['a']\r\n# ///\r\n", "s.py")->requirements),
      ElementsAre("s.py:2|a"));
}

TEST(ScriptTest, OfSeveralEndsTheLastOneCounts) {
  const auto block = FindScriptBlock("# /// script\n# a = 1\n# ///\n# b\n# ///\n# c\n", "s");
  ASSERT_TRUE(block.ok());
  ASSERT_TRUE(block->has_value());
  EXPECT_EQ((*block)->toml, "a = 1\n///\nb\n");
  EXPECT_EQ((*block)->first_line, 2);
}

TEST(ScriptTest, ABlockThatIsNotClosedIsNone) {
  const std::string none = "s.py: a block '# /// script' (PEP 723) is wanted, it has none";
  EXPECT_EQ(ScriptWords("# /// script\n# a = 1\nimport a\n# ///\n"), none);
  EXPECT_EQ(ScriptWords("# /// script\n# ///\n"), none);
  EXPECT_EQ(ScriptWords("# /// script"), none);
  EXPECT_EQ(ScriptWords("# /// other\n# a = 1\n# ///\n"), none);
  EXPECT_EQ(ScriptWords("# /// script\n#a = 1\n# ///\n"), none);
}

TEST(ScriptTest, TwoBlocksAreAnError) {
  EXPECT_EQ(ScriptWords("# /// script\n# a = 1\n# ///\n\n# /// script\n# a = 1\n# ///\n"),
            "s.py:5: one block of script metadata is wanted, this is a second one");
}

TEST(ScriptTest, WhatHasNoMeaningIsAnErrorWithItsLine) {
  EXPECT_THAT(ScriptWords("\n# /// script\n# a = = 1\n# ///\n"), HasSubstr("s.py:3: "));
  EXPECT_THAT(ScriptWords("# /// script\n# dependencies = ['a b c']\n# ///\n"),
              HasSubstr("s.py:2: requirement 'a b c'"));
  EXPECT_EQ(ScriptWords("# /// script\n# dependencies = 'a'\n# ///\n"),
            "s.py:2: a list is wanted as 'dependencies', found a text");
  EXPECT_EQ(ScriptWords("# /// script\n# requires-python = 3\n# ///\n"),
            "s.py:2: a text is wanted as 'requires-python', found a number");
}

TEST(ScriptTest, SizeHasALimit) {
  EXPECT_EQ(ReadScript(std::string(kScriptBytesMax + 1, '\n'), "s").status().code(),
            absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace accord::pypi
