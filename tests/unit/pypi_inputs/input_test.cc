// From what a file says to a request: whose word counts, and when the target's Python is excluded.
#include "ecosystem/pypi/inputs/input.h"

#include <gmock/gmock.h>

#include "tests/unit/pypi_inputs/memory_files.h"

namespace accord::pypi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Lines;

TEST(NotesOnPythonTest, ARequiresPythonThatExcludesTheTargetIsNoted) {
  const Environment environment = *Environment::CPythonOnLinux("3.11.7");
  Input input{.requires_python = {{">=3.12", "a.toml:3"}, {">=3.8", "b.toml:3"}}};
  const auto notes = NotesOnPython(input, environment);
  ASSERT_TRUE(notes.ok());
  EXPECT_THAT(Lines(*notes),
              ElementsAre("a.toml:3|requires-python '>=3.12' excludes the target's Python 3.11.7"));
}

TEST(NotesOnPythonTest, ARepairedRequiresPythonIsNoted) {
  const Environment environment = *Environment::CPythonOnLinux("3.11.7");
  const auto notes =
      NotesOnPython(Input{.requires_python = {{">=3.8.*", "a.toml:3"}}}, environment);
  ASSERT_TRUE(notes.ok());
  EXPECT_THAT(Lines(*notes), ElementsAre("a.toml:3|requires-python '>=3.8.*' is read as '>=3.8'"));
}

TEST(NotesOnPythonTest, OneThatNobodyCanReadIsAnError) {
  const Environment environment = *Environment::CPythonOnLinux("3.11.7");
  const auto notes = NotesOnPython(Input{.requires_python = {{"three", "a.toml:3"}}}, environment);
  EXPECT_EQ(notes.status().message(),
            "a.toml:3: version specifiers are wanted as requires-python, found 'three'");
}

TEST(AdmitsPythonTest, EveryRequiresPythonOfTheRequestMustAdmitIt) {
  const Environment environment = *Environment::CPythonOnLinux("3.11.7");
  ResolveRequest request;
  AddTo(request, {.requires_python = {{">=3.8.*", "a.toml:3"}}});
  EXPECT_EQ(AdmitsPython(request, environment).value(), true);
  AddTo(request, {.requires_python = {{"<3.11", "b.toml:3"}}});
  EXPECT_EQ(AdmitsPython(request, environment).value(), false);
  request.requires_python = {{"three", "c.toml:3"}};
  EXPECT_EQ(AdmitsPython(request, environment).status().message(),
            "c.toml:3: version specifiers are wanted as requires-python, found 'three'");
}

TEST(AddToTest, TextsHashesAndNotesAreAdded) {
  ResolveRequest request{.requirements = {{"a", "argument 1"}}};
  AddTo(request, {.requirements = {{"b", "r.txt:1"}},
                  .constraints = {{"c<2", "r.txt:2"}},
                  .allowed_hashes = {{.name = "b", .hashes = {"sha256:00"}, .place = "r.txt:1"}},
                  .require_hashes = true,
                  .allow_prereleases = true,
                  .notes = {{"r.txt:3", "odd"}}});
  EXPECT_THAT(Lines(request.notes), ElementsAre("r.txt:3|odd"));
  EXPECT_THAT(Lines(request.requirements), ElementsAre("argument 1|a", "r.txt:1|b"));
  EXPECT_THAT(Lines(request.constraints), ElementsAre("r.txt:2|c<2"));
  EXPECT_EQ(request.allowed_hashes.size(), 1);
  EXPECT_TRUE(request.require_hashes);
  EXPECT_EQ(request.prereleases, PrereleasePolicy::kAllow);
}

TEST(AddToTest, APolicyThatTheRequestNamesIsKept) {
  ResolveRequest request{.prereleases = PrereleasePolicy::kDisallow};
  request.binaries.only_binary = true;
  request.binaries.no_binary_names = {"Foo"};
  AddTo(request, {.allow_prereleases = true,
                  .binaries = BinaryPolicy{.no_binary = true,
                                           .only_binary_names = {"foo", "bar"},
                                           .no_binary_names = {"foo", "baz"},
                                           .prefer_binary = true}});
  EXPECT_EQ(request.prereleases, PrereleasePolicy::kDisallow);
  EXPECT_TRUE(request.binaries.only_binary);
  EXPECT_FALSE(request.binaries.no_binary);
  EXPECT_TRUE(request.binaries.prefer_binary);
  EXPECT_THAT(request.binaries.only_binary_names, ElementsAre("bar"));
  EXPECT_THAT(request.binaries.no_binary_names, ElementsAre("Foo", "baz"));
}

TEST(AddToTest, AFileThatSaysNothingOfKindsChangesNone) {
  ResolveRequest request;
  AddTo(request, {});
  EXPECT_FALSE(request.binaries.only_binary || request.binaries.no_binary);
  EXPECT_THAT(request.binaries.only_binary_names, IsEmpty());
}

}  // namespace
}  // namespace accord::pypi
