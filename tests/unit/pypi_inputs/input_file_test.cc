// Files of any format: which one it is, and that each reader gets the text.
#include "ecosystem/pypi/inputs/input_file.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "tests/unit/pypi_inputs/memory_files.h"

namespace accord::pypi {
namespace {

using ::testing::ElementsAre;
using testing::Lines;
using testing::MemoryFiles;

constexpr char kScript[] = "# /// script\n# dependencies = ['b']\n# ///\n";
constexpr char kProject[] = "[project]\ndependencies = ['c']\n[dependency-groups]\ndev = ['d']\n";

TEST(KindOfInputTest, NamesDecide) {
  EXPECT_EQ(KindOfInput("a/requirements.txt", kScript), InputKind::kRequirements);
  EXPECT_EQ(KindOfInput("requirements.in", "[project]"), InputKind::kRequirements);
  EXPECT_EQ(KindOfInput("a.py", "b\n"), InputKind::kScript);
  EXPECT_EQ(KindOfInput("x/pyproject.toml", ""), InputKind::kPyproject);
  EXPECT_EQ(KindOfInput("pylock.toml", ""), InputKind::kPylock);
  EXPECT_EQ(KindOfInput("a/pylock.dev.toml", ""), InputKind::kPylock);
}

TEST(KindOfInputTest, OfOtherNamesTheTextDecides) {
  EXPECT_EQ(KindOfInput("-", kScript), InputKind::kScript);
  EXPECT_EQ(KindOfInput("-", Cat("# x\n\n", kProject)), InputKind::kPyproject);
  EXPECT_EQ(KindOfInput("-", "lock-version = '1.0'\n[[packages]]\n"), InputKind::kPylock);
  EXPECT_EQ(KindOfInput("-", "build=='1'"), InputKind::kRequirements);
  EXPECT_EQ(KindOfInput("-", "a == 1\n"), InputKind::kRequirements);
  EXPECT_EQ(KindOfInput("-", "a>=1\n"), InputKind::kRequirements);
  EXPECT_EQ(KindOfInput("deps", "# only words\n"), InputKind::kRequirements);
}

std::vector<std::string> ReadAs(const InputFile& file, const PyprojectChoice& choice = {}) {
  const MemoryFiles files({{"r.txt", "a\n-r more.txt\n"},
                           {"more.txt", "b\n"},
                           {"s.py", kScript},
                           {"pyproject.toml", kProject},
                           {"pylock.toml", ""}});
  const auto read = ReadInputFile(file, choice, {.read = files.Reader()});
  if (!read.ok()) return {std::string(Message(read.status()))};
  std::vector<std::string> lines = Lines(read->input.requirements);
  for (const std::string& line : Lines(read->input.constraints)) lines.push_back("limit " + line);
  return lines;
}

TEST(ReadInputFileTest, EachFormatIsRead) {
  EXPECT_THAT(ReadAs({.path = "r.txt"}), ElementsAre("r.txt:1|a", "more.txt:1|b"));
  EXPECT_THAT(ReadAs({.path = "s.py"}), ElementsAre("s.py:2|b"));
  EXPECT_THAT(ReadAs({.path = "pyproject.toml"}, {.groups = {"dev"}}),
              ElementsAre("pyproject.toml:2|c", "pyproject.toml:4|d"));
}

TEST(ReadInputFileTest, ConstraintsAreRequirementsFilesAlone) {
  EXPECT_THAT(ReadAs({.path = "r.txt", .role = RequirementsRole::kConstraints}),
              ElementsAre("limit r.txt:1|a", "limit more.txt:1|b"));
  EXPECT_THAT(ReadAs({.path = "s.py", .role = RequirementsRole::kConstraints}),
              ElementsAre("s.py: constraints are wanted in the format of pip's requirements files, "
                          "found another format"));
}

TEST(ReadInputFileTest, ALockAsksForNothing) {
  EXPECT_THAT(ReadAs({.path = "pylock.toml"}),
              ElementsAre("pylock.toml: a file that asks for packages is wanted, found a lock: "
                          "that is for --lock-file"));
}

TEST(ReadInputFileTest, AFileThatIsNotThereIsNamed) {
  EXPECT_THAT(ReadAs({.path = "no.txt"}), ElementsAre("no.txt: a file is wanted, there is none"));
}

}  // namespace
}  // namespace accord::pypi
