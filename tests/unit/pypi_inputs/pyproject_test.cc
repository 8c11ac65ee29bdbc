// pyproject.toml: which requirements are asked for, and what is refused.
#include "ecosystem/pypi/inputs/pyproject.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "tests/unit/pypi_inputs/memory_files.h"

namespace accord::pypi {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Lines;

constexpr char kChoiceProject[] =
    "[project]\n"
    "name = 'My.App'\n"
    "requires-python = '>=3.9'\n"
    "dependencies = [\n"
    "  'a>=1',\n"
    "]\n"
    "[project.optional-dependencies]\n"
    "Fast_Mode = ['b', 'my-app[deep]']\n"
    "deep = ['c', 'my_app[fast-mode]']\n"
    "[dependency-groups]\n"
    "dev = ['d']\n"
    "docs = ['e', {include-group = 'dev'}]\n";

std::vector<std::string> ReadChoice(const PyprojectChoice& choice,
                                    const std::string& text = kChoiceProject) {
  const auto read = ReadPyproject(text, "p", choice);
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() ? Lines(read->requirements) : std::vector<std::string>();
}

std::string ChoiceWords(const std::string& text, const PyprojectChoice& choice = {}) {
  return std::string(Message(ReadPyproject(text, "p", choice).status()));
}

TEST(PyprojectTest, ItsDependenciesAndPythonAreRead) {
  const auto read = ReadPyproject(kChoiceProject, "p", {});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(Lines(read->requirements), ElementsAre("p:5|a>=1"));
  EXPECT_THAT(Lines(read->requires_python), ElementsAre("p:3|>=3.9"));
}

TEST(PyprojectTest, AnExtraBringsTheExtrasOfTheProjectThatItNames) {
  EXPECT_THAT(ReadChoice({.extras = {"fast.mode"}}), ElementsAre("p:5|a>=1", "p:8|b", "p:9|c"));
  EXPECT_THAT(ReadChoice({.extras = {"deep", "DEEP"}}), ElementsAre("p:5|a>=1", "p:9|c", "p:8|b"));
}

TEST(PyprojectTest, AllExtrasAreAllOfThem) {
  EXPECT_THAT(ReadChoice({.all_extras = true}), ElementsAre("p:5|a>=1", "p:9|c", "p:8|b"));
}

TEST(PyprojectTest, GroupsComeBesidesTheProjectOrAlone) {
  EXPECT_THAT(ReadChoice({.groups = {"docs"}}), ElementsAre("p:5|a>=1", "p:12|e", "p:11|d"));
  EXPECT_THAT(ReadChoice({.groups = {"dev"}, .only_groups = true}), ElementsAre("p:11|d"));
  EXPECT_THAT(ReadChoice({.all_groups = true, .only_groups = true}),
              ElementsAre("p:11|d", "p:12|e", "p:11|d"));
}

TEST(PyprojectTest, AMarkerOnTheProjectItselfIsNoted) {
  const auto read = ReadPyproject(
      "[project]\nname='a'\ndependencies=['a[x] ; os_name == \"nt\"']\n"
      "optional-dependencies.x=['b']",
      "p", {});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(Lines(read->requirements), ElementsAre("p:4|b"));
  ASSERT_EQ(read->notes.size(), 1);
  EXPECT_THAT(read->notes[0].text, HasSubstr("is not honoured: the project itself is meant"));
}

TEST(PyprojectTest, DynamicDependenciesAreRefused) {
  EXPECT_EQ(ChoiceWords("[project]\ndynamic = ['version', 'dependencies']"),
            "p:2: dependencies that are written down are wanted, they are dynamic: only a build of "
            "the project knows them");
  EXPECT_THAT(ChoiceWords("[project]\ndynamic = ['optional-dependencies']", {.all_extras = true}),
              HasSubstr("p:2: optional-dependencies that are written down"));
  EXPECT_THAT(ReadChoice({}, "[project]\ndynamic = ['optional-dependencies']"), IsEmpty());
}

TEST(PyprojectTest, WhatIsAskedForMustBeThere) {
  EXPECT_EQ(ChoiceWords(kChoiceProject, {.extras = {"x"}}),
            "p: an extra 'x' is wanted, the project has deep, fast-mode");
  EXPECT_EQ(ChoiceWords("[project]", {.extras = {"x"}}),
            "p: an extra 'x' is wanted, the project has none");
  EXPECT_THAT(ChoiceWords(kChoiceProject, {.groups = {"x"}}),
              HasSubstr("a dependency group 'x' is wanted"));
  EXPECT_EQ(ChoiceWords("[tool.x]"), "p: a table [project] is wanted, it has none");
}

TEST(PyprojectTest, GroupsNeedNoProject) {
  EXPECT_THAT(ReadChoice({.groups = {"a"}, .only_groups = true}, "[dependency-groups]\na = ['b']"),
              ElementsAre("p:2|b"));
}

TEST(PyprojectTest, WhatHasNoMeaningIsAnErrorWithItsLine) {
  EXPECT_THAT(ChoiceWords("[project]\ndependencies = ['a b c']"),
              HasSubstr("p:2: requirement 'a b c'"));
  EXPECT_EQ(ChoiceWords("[project]\nname = 1"), "p:2: a text is wanted as 'name', found a number");
  EXPECT_EQ(ChoiceWords("[project]\nrequires-python = 3.8"),
            "p:2: a text is wanted as 'requires-python', found a number");
  EXPECT_EQ(ChoiceWords("[project]\ndynamic = 1"),
            "p:2: a list is wanted as 'dynamic', found a number");
  EXPECT_EQ(ChoiceWords("project = 1"), "p:1: a table is wanted as 'project', found a number");
  EXPECT_EQ(
      ChoiceWords("[project.optional-dependencies]\na-b = []\nA_B = []", {.all_extras = true}),
      "p:2: extras of different names are wanted, 'a-b' stands twice");
}

TEST(PyprojectTest, TheNumberOfRequirementsHasALimit) {
  std::string text = "[project]\ndependencies = [\n";
  for (size_t i = 0; i <= kProjectRequirementsMax; ++i) text += "'a',\n";
  EXPECT_EQ(ReadPyproject(text + "]", "p", {}).status().code(),
            absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace accord::pypi
