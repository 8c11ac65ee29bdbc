// pylock.toml: what is read and refused, which packages a target asks for, and from which files.
#include "ecosystem/pypi/inputs/pylock.h"

#include <gmock/gmock.h>

#include "base/error.h"

namespace accord::pypi {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kHead[] = "lock-version = '1.0'\ncreated-by = 'a'\n";

std::string WheelText(const std::string& name) {
  return "{url = 'https://files.example/" + name + "', hashes = {sha256 = 'ab'}}";
}

// One package with these wheels.
std::string LockText(const std::vector<std::string>& wheels, const std::string& more = "") {
  std::string text = std::string(kHead) + "[[packages]]\nname = 'a'\n" + more + "wheels = [";
  for (const std::string& wheel : wheels) text += WheelText(wheel) + ", ";
  return text + "]\n";
}

Pylock ReadLock(const std::string& text) {
  auto lock = Pylock::Parse(text, "p");
  EXPECT_TRUE(lock.ok()) << lock.status();
  return lock.ok() ? *std::move(lock) : Pylock();
}

std::string LockWords(const std::string& text) {
  return std::string(Message(Pylock::Parse(text, "p").status()));
}

Environment Python(std::string_view version) { return *Environment::CPythonOnLinux(version); }

SupportedTags Tags(const std::vector<std::string>& tags) { return *SupportedTags::Make(tags); }

// The names of the files that are selected, or the error.
std::vector<std::string> Selected(const std::string& text, const PylockChoice& choice = {},
                                  PylockPreference preference = PylockPreference::kWheels) {
  const Pylock lock = ReadLock(text);
  const auto picks = SelectFiles(
      lock, Python("3.11"), Tags({"cp311-cp311-linux_x86_64", "py3-none-any"}), choice, preference);
  if (!picks.ok()) return {std::string(Message(picks.status()))};
  std::vector<std::string> names;
  for (const PylockPick& pick : *picks) names.push_back(pick.file->name);
  return names;
}

TEST(PylockTest, APackageHasItsNameVersionFilesAndLine) {
  const Pylock lock =
      ReadLock(LockText({"a-1.0%2Bcpu-py3-none-any.whl#sha256=00"}, "version = '1.0+cpu'\n"));
  ASSERT_EQ(lock.packages.size(), 1U);
  const PylockPackage& package = lock.packages.front();
  EXPECT_EQ(package.name, "a");
  EXPECT_EQ(package.version, "1.0+cpu");
  EXPECT_EQ(package.place, "p:3");
  ASSERT_EQ(package.wheels.size(), 1U);
  EXPECT_EQ(package.wheels.front().name, "a-1.0+cpu-py3-none-any.whl");
  EXPECT_THAT(package.wheels.front().hashes, ElementsAre("sha256:ab"));
}

TEST(PylockTest, ANewerMinorVersionIsNotedAndANewerMajorOneRefused) {
  const Pylock lock = ReadLock("lock-version = '1.1'\ncreated-by = 'a'\npackages = []\n");
  EXPECT_THAT(lock.notes, ElementsAre(InputNote{
                              "p:1", "lock-version 1.1 is newer than 1.0, it is read as that"}));
  EXPECT_THAT(ReadLock(std::string(kHead) + "packages = []\n").notes, IsEmpty());
  EXPECT_EQ(LockWords("lock-version = '2.0'\ncreated-by = 'a'\npackages = []\n"),
            "p:1: lock-version 1.x is known, found '2.0'");
}

TEST(PylockTest, FaultsNameTheLine) {
  EXPECT_EQ(LockWords("created-by = 'a'\npackages = []\n"),
            "p:1: a key 'lock-version' is wanted, there is none");
  EXPECT_EQ(LockWords(std::string(kHead) + "environments = ['x']\npackages = []\n"),
            "p:3: marker 'x': byte 0: expected a marker variable or quoted text, found 'x'");
  EXPECT_EQ(LockWords(LockText({"b-1-py3-none-any.whl"})),
            "p:5: a file of 'a' is wanted, found one of 'b'");
  EXPECT_EQ(LockWords(LockText({"a-1-py3-none-any.whl"}, "version = '2'\n")),
            "p:6: a file of version 2 is wanted, found one of 1");
  EXPECT_EQ(LockWords(std::string(kHead) + "[[packages]]\nname = 'a'\nversion = 'x'\n"),
            "p:3: a PEP 440 version is wanted, found 'x'");
  EXPECT_EQ(
      LockWords(std::string(kHead) + "[[packages]]\nname = 'a'\narchive = {hashes = {s = ''}}\n"),
      "p:5: a path or url is wanted, there is neither");
  EXPECT_THAT(LockWords(std::string(kHead) + "[[packages]]\nname = 'a'\n"),
              HasSubstr("one source is wanted"));
}

TEST(PylockTest, TheBestWheelIsTakenThenTheSdist) {
  const std::string sdist = "sdist = {path = 'x/a-1.tar.gz', hashes = {sha256 = 'cd'}}\n";
  const std::string any = "a-1-py3-none-any.whl";
  const std::string built = "a-1-cp311-cp311-linux_x86_64.whl";
  const std::string rebuilt = "a-1-2-cp311-cp311-linux_x86_64.whl";
  EXPECT_THAT(Selected(LockText({any, built, rebuilt}, sdist)), ElementsAre(rebuilt));
  EXPECT_THAT(Selected(LockText({any}, sdist)), ElementsAre(any));
  EXPECT_THAT(Selected(LockText({"a-1-cp39-cp39-win32.whl"}, sdist)), ElementsAre("a-1.tar.gz"));
  EXPECT_THAT(Selected(LockText({any}, sdist), {}, PylockPreference::kSdists),
              ElementsAre("a-1.tar.gz"));
  EXPECT_THAT(Selected(LockText({any}), {}, PylockPreference::kSdists), ElementsAre(any));
  EXPECT_THAT(Selected(LockText({"a-1-cp39-cp39-win32.whl"})),
              ElementsAre("p:3: a file of 'a' for the target is wanted, no wheel fits and there is "
                          "no sdist"));
}

TEST(PylockTest, OtherTargetsAreRefused) {
  EXPECT_THAT(Selected("requires-python = '>=3.12'\npackages = []\n" + std::string(kHead)),
              ElementsAre("p: a Python '>=3.12' is wanted, the target's is 3.11.0"));
  EXPECT_THAT(Selected(LockText({"a-1-py3-none-any.whl"}, "requires-python = '<3.11'\n")),
              ElementsAre("p:3: a Python '<3.11' is wanted, the target's is 3.11.0"));
  EXPECT_THAT(
      Selected("environments = [\"os_name == 'nt'\"]\npackages = []\n" + std::string(kHead)),
      ElementsAre("p: a target of its environments is wanted, no marker of them holds"));
  EXPECT_THAT(Selected("environments = [\"os_name == 'nt'\", \"os_name == 'posix'\"]\n"
                       "packages = []\n" +
                       std::string(kHead)),
              IsEmpty());
}

constexpr char kChoices[] = R"(lock-version = '1.0'
created-by = 'a'
extras = ['fast']
dependency-groups = ['dev', 'docs']
default-groups = ['dev']
[[packages]]
name = 'a'
marker = "'fast' in extras"
directory = {path = 'a'}
[[packages]]
name = 'b'
marker = "'dev' in dependency_groups"
directory = {path = 'b1'}
[[packages]]
name = 'b'
marker = "'docs' in dependency_groups"
directory = {path = 'b2'}
)";

std::vector<std::string> Places(const PylockChoice& choice) {
  const Pylock lock = ReadLock(kChoices);
  const auto packages = PackagesFor(lock, Python("3.11"), choice);
  if (!packages.ok()) return {std::string(Message(packages.status()))};
  std::vector<std::string> places;
  for (const PylockPackage* package : *packages) places.push_back(package->place);
  return places;
}

TEST(PylockTest, ExtrasAndGroupsChoosePackages) {
  EXPECT_THAT(Places({}), ElementsAre("p:10"));
  EXPECT_THAT(Places({.groups = {{}}}), IsEmpty());
  EXPECT_THAT(Places({.extras = {"FAST"}, .groups = {{"docs"}}}), ElementsAre("p:6", "p:14"));
}

TEST(PylockTest, TwoEntriesOfANameThatBothHoldAreRefused) {
  EXPECT_THAT(Places({.groups = {{"dev", "docs"}}}),
              ElementsAre("p:14: one entry of 'b' is wanted for a target, the one at p:10 holds "
                          "too"));
}

TEST(PylockTest, AnExtraOrGroupThatTheFileDoesNotNameIsRefused) {
  EXPECT_THAT(Places({.extras = {"slow"}}),
              ElementsAre("p: an extra 'slow' is wanted, the lock file does not name it"));
  EXPECT_THAT(
      Places({.groups = {{"test"}}}),
      ElementsAre("p: a dependency group 'test' is wanted, the lock file does not name it"));
}

TEST(PylockTest, TooManyPackagesReachTheLimit) {
  std::string text = kHead;
  for (size_t i = 0; i <= kPylockPackagesMax; ++i) {
    text += "[[packages]]\nname='a'\ndirectory={path='.'}\n";
  }
  const auto lock = Pylock::Parse(text, "p");
  EXPECT_EQ(lock.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(Message(lock.status()),
            Cat("p:", 3 * kPylockPackagesMax + 3, ": at most 50000 packages are read"));
}

TEST(PylockTest, TooManyFilesReachTheLimit) {
  const std::vector<std::string> wheels(kPylockFilesMax + 1, "a-1-py3-none-any.whl");
  EXPECT_EQ(LockWords(LockText(wheels)), "p:5: at most 200000 files are read");
}

}  // namespace
}  // namespace accord::pypi
