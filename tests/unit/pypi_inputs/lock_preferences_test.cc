// Locks as preferences: which versions they name, and which of them count.
#include "ecosystem/pypi/inputs/lock_preferences.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "tests/unit/pypi_inputs/memory_files.h"

namespace accord::pypi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Lines;
using testing::MemoryFiles;

std::vector<std::string> Pins(const LockedVersions& lock) {
  std::vector<std::string> pins;
  for (const LockedVersion& one : lock.versions) {
    pins.push_back(Cat(one.place, "|", one.name, one.specifier));
  }
  return pins;
}

TEST(ReadPylockVersionsTest, PackagesOfIndexesThatApplyArePreferred) {
  const auto lock = ReadPylockVersions(
      "lock-version = '1.0'\ncreated-by = 'x'\ndependency-groups = ['dev']\n"
      "[[packages]]\nname = 'a'\nversion = '1.0'\nmarker = \"'dev' in dependency_groups\"\n"
      "sdist = {path = 'a-1.0.tar.gz', hashes = {sha256 = '00'}}\n"
      "[[packages]]\nname = 'a'\nversion = '0.9'\nmarker = \"sys_platform == 'win32'\"\n"
      "sdist = {path = 'a-0.9.tar.gz', hashes = {sha256 = '00'}}\n"
      "[[packages]]\nname = 'b'\nversion = '2'\ndirectory = {path = 'b'}\n",
      "pylock.toml", *Environment::CPythonOnLinux("3.11"));
  ASSERT_TRUE(lock.ok()) << lock.status();
  EXPECT_THAT(Pins(*lock), ElementsAre("pylock.toml:4|a==1.0"));
  EXPECT_THAT(Lines(lock->notes),
              ElementsAre("pylock.toml:14|'b' is no preference: it is no version of an index"));
}

TEST(ReadRequirementsVersionsTest, PinsThatHoldArePreferred) {
  const MemoryFiles files({{"r.txt", "a==1.0 --hash=sha256:" + std::string(64, '0') +
                                         "\n"
                                         "b[x] === 2.0-x\n"
                                         "c==1.* \n"
                                         "d==3; python_version < '3'\n"
                                         "e>=1\n"
                                         "-c limits.txt\n"},
                           {"limits.txt", "f==4\n"}});
  const auto lock = ReadRequirementsVersions({.path = "r.txt"}, {.read = files.Reader()},
                                             *Environment::CPythonOnLinux("3.11"));
  ASSERT_TRUE(lock.ok()) << lock.status();
  EXPECT_THAT(Pins(*lock), ElementsAre("r.txt:1|a==1.0", "r.txt:2|b===2.0-x", "limits.txt:1|f==4"));
  EXPECT_THAT(Lines(lock->notes), ElementsAre("r.txt:3|'c==1.*' is no preference: name==version is",
                                              "r.txt:5|'e>=1' is no preference: name==version is"));
}

const LockedVersions& Lock() {
  static const LockedVersions lock{.versions = {{"A.b", "==1", "l:1"}, {"c", "==2", "l:2"}},
                                   .notes = {{"l:3", "odd"}}};
  return lock;
}

TEST(PreferTest, AllVersionsAreFavouredAndNotesKept) {
  ResolveRequest request{.favored = {{"x==1", "--favor 1"}}};
  Prefer(request, Lock(), {});
  EXPECT_THAT(Lines(request.favored), ElementsAre("--favor 1|x==1", "l:1|A.b==1", "l:2|c==2"));
  EXPECT_THAT(Lines(request.notes), ElementsAre("l:3|odd"));
}

TEST(PreferTest, WhatIsUpgradedIsNotFavoured) {
  ResolveRequest request;
  Prefer(request, Lock(), {.names = {"a_B", "new"}});
  EXPECT_THAT(Lines(request.favored), ElementsAre("l:2|c==2"));
  EXPECT_THAT(Lines(request.notes),
              ElementsAre("l:3|odd", "--upgrade-package|the lock has no 'new'"));
  ResolveRequest all;
  Prefer(all, Lock(), {.all = true});
  EXPECT_THAT(all.favored, IsEmpty());
}

}  // namespace
}  // namespace accord::pypi
