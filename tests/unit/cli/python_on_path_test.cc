// Programs run for their output, and the Python on PATH.
#include "cli/python_on_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "cli/child_output.h"
#include "cli/options.h"
#include "cli/target_options.h"
#include "tests/unit/cli/programs.h"

namespace accord::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

using ChildOutputTest = Programs;

std::string ErrorOf(const absl::StatusOr<std::string>& output) {
  return output.ok() ? "none" : std::string(Message(output.status()));
}

TEST_F(ChildOutputTest, IsWhatTheProgramPrints) {
  const std::string path = Script("echo", R"(printf '%s|' "$@"; echo not this >&2)");
  const auto output = ChildOutput(path, {"a b", "$HOME", ""}, kShort);
  ASSERT_TRUE(output.ok()) << output.status();
  EXPECT_EQ(*output, "a b|$HOME||");
}

TEST_F(ChildOutputTest, TheProgramHasNothingToRead) {
  EXPECT_EQ(*ChildOutput(Script("read", "cat; echo end"), {}, kShort), "end\n");
}

TEST_F(ChildOutputTest, TheProgramHasNoFileOfOurs) {
  const int mine = dup(STDIN_FILENO);  // without close-on-exec
  const auto output =
      ChildOutput(Script("files", Cat("[ -e /proc/self/fd/", mine, " ] && echo open")), {}, kShort);
  close(mine);
  EXPECT_EQ(ErrorOf(output), Cat("'", Path("files"), "': failed"));
}

TEST_F(ChildOutputTest, SigpipeIsNotIgnoredThere) {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  const auto output = ChildOutput(Script("ignored", "grep SigIgn /proc/$$/status"), {}, kShort);
  std::signal(SIGPIPE, before);
  ASSERT_TRUE(output.ok()) << output.status();
  EXPECT_EQ(std::stoull(output->substr(output->find(':') + 1), nullptr, 16) & (1U << (SIGPIPE - 1)),
            0U);
}

TEST_F(ChildOutputTest, AProgramThatHangsIsKilledWithWhatItStarted) {
  const std::string left = Path("left");
  const std::string path = Script("hang", Cat("(sleep 1; echo > ", left, ") & sleep 60"));
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(ErrorOf(ChildOutput(path, {}, kShort)), Cat("'", path, "': did not end within 300 ms"));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(30));
  usleep(1500000);
  EXPECT_FALSE(std::filesystem::exists(left));
}

TEST_F(ChildOutputTest, AProgramThatClosesItsOutputAndGoesOnIsKilledToo) {
  const std::string path = Script("close", "exec >&-; sleep 60");
  EXPECT_EQ(ErrorOf(ChildOutput(path, {}, kShort)), Cat("'", path, "': did not end within 300 ms"));
}

TEST_F(ChildOutputTest, TooMuchOutputReachesALimit) {
  const std::string path = Script("much", "yes");
  const auto output = ChildOutput(path, {}, kShort);
  EXPECT_EQ(ErrorOf(output), Cat("'", path, "': printed more than 4096 bytes"));
  EXPECT_EQ(output.status().code(), absl::StatusCode::kResourceExhausted);
}

TEST_F(ChildOutputTest, AProgramThatFailsOrIsNoneIsAnError) {
  EXPECT_EQ(ErrorOf(ChildOutput(Script("fail", "echo text; exit 1"), {}, kShort)),
            Cat("'", Path("fail"), "': failed"));
  EXPECT_EQ(ErrorOf(ChildOutput(Script("die", "kill -9 $$"), {}, kShort)),
            Cat("'", Path("die"), "': failed"));
  EXPECT_THAT(ErrorOf(ChildOutput(Path("none"), {}, kShort)), HasSubstr("': cannot be run: "));
}

constexpr std::string_view kReport =
    "accord-python/1\nimplementation_name=cpython\nimplementation_version=3.13.1\nos_name=posix\n"
    "platform_machine=x86_64\nplatform_python_implementation=CPython\nplatform_release=6.1=a\n"
    "platform_system=Linux\nplatform_version=#1\npython_full_version=3.13.1+\n"
    "python_version=3.13\nsys_platform=linux\nfree_threaded=1\ndebug=0\n"
    "suffix=.cpython-313t-x86_64-linux-gnu.so\nmachine=x86_64\nlibc=musl 1.2.5\n";

std::string Without(std::string_view line) {
  std::string report(kReport);
  const size_t begin = report.find(line);
  return report.erase(begin, report.find('\n', begin) + 1 - begin);
}

std::string ReportError(std::string_view report) {
  return std::string(Message(ParsePythonReport(report).status()));
}

TEST(PythonReport, HasTheInterpretersOwnValues) {
  const auto python = ParsePythonReport(kReport);
  ASSERT_TRUE(python.ok()) << python.status();
  EXPECT_EQ(python->environment.Get(pypi::MarkerVariable::kPlatformRelease), "6.1=a");
  EXPECT_EQ(python->environment.Get(pypi::MarkerVariable::kPythonFullVersion), "3.13.1+local");
  EXPECT_TRUE(python->free_threaded);
  EXPECT_FALSE(python->debug);
  EXPECT_EQ(python->machine, "x86_64");
  EXPECT_EQ(python->musl, (pypi::TwoNumbers{.major = 1, .minor = 2}));
  EXPECT_FALSE(python->glibc.has_value());
}

TEST(PythonReport, OfAnotherShapeIsAnError) {
  EXPECT_EQ(ReportError(""),
            "its output: expected accord-python/1 and lines of key=value, found ''");
  EXPECT_EQ(ReportError("Python 3.12\n"),
            "its output: expected accord-python/1 and lines of key=value, found 'Python 3.12'");
  EXPECT_THAT(ReportError("accord-python/1\nx\n"), HasSubstr("found 'x'"));
  EXPECT_EQ(ReportError(Without("debug=")), "its output: a line debug=... is wanted");
  EXPECT_EQ(ReportError(Without("os_name=")), "its output: a line os_name=... is wanted");
}

TEST(PythonReport, OfAnUnknownInterpreterIsAnError) {
  std::string report(kReport);
  report.replace(report.find("=cpython"), 8, "=jython");
  EXPECT_EQ(ReportError(report), "implementation 'jython': expected cpython, pypy or graalpy");
}

TEST(PythonReport, ALibcVersionOfAnotherShapeIsNone) {
  for (const char* libc : {"libc=", "libc=glibc 2", "libc=glibc 2.x", "libc=glibc 9999.1"}) {
    const auto python = ParsePythonReport(Without("libc=") + libc);
    ASSERT_TRUE(python.ok()) << python.status();
    EXPECT_FALSE(python->glibc || python->musl) << libc;
  }
  EXPECT_EQ(ParsePythonReport(Without("libc=") + "libc=glibc 2.20-2014.11")->glibc,
            (pypi::TwoNumbers{.major = 2, .minor = 20}));
}

class PythonOnPathTest : public Programs {
 protected:
  std::string Says() const { return Cat("cat <<'END'\n", kReport, "END"); }
};

TEST_F(PythonOnPathTest, TheFirstFolderThatHasOneCounts) {
  std::filesystem::create_directory(Path("a"));
  std::filesystem::create_directory(Path("b"));
  std::filesystem::create_directory(Path("a/python3"));  // a folder is no program
  Script("b/python3", Says());
  const PythonOnPath found = FindPythonOnPath(Cat(Path("a"), ":", Path("b")));
  EXPECT_TRUE(found.python.has_value()) << found.why_none;
}

TEST_F(PythonOnPathTest, RelativeFoldersAreNotSearched) {
  Script("python3", Says());
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(Folder());
  for (const char* path : {"", ".", ":", "./", "..:."}) {
    EXPECT_EQ(FindPythonOnPath(path).why_none, "no Python found on PATH") << path;
  }
  std::filesystem::current_path(before);
}

TEST_F(PythonOnPathTest, WhatCannotBeRunIsNotFound) {
  Script("python3", Says());
  std::filesystem::permissions(Path("python3"), std::filesystem::perms::owner_read);
  if (access(Path("python3").c_str(), X_OK) == 0) GTEST_SKIP() << "files can always be run here";
  EXPECT_EQ(FindPythonOnPath(Folder()).why_none, "no Python found on PATH");
}

TEST_F(PythonOnPathTest, TheFirstReasonIsTold) {
  Script("python3", "sleep 60");
  Script("python", "exit 1");
  EXPECT_EQ(FindPythonOnPath(Folder(), kShort).why_none,
            Cat("'", Path("python3"), "': did not end within 300 ms"));
}

TEST_F(PythonOnPathTest, PythonIsAskedInIsolation) {
  Script("python3", R"([ "$1 $2 $3" = "-I -S -c" ] || exit 1)" + std::string("\n") + Says());
  EXPECT_TRUE(FindPythonOnPath(Folder()).python.has_value());
}

TEST_F(PythonOnPathTest, AVersionFromACheckoutCanBeTakenToAnotherPlatform) {
  Script("python3", Says());
  CLI::App app;
  TargetFlags flags;
  Options options(app, {"--platform"});
  flags.AddTo(options);
  app.parse("--platform windows");
  const auto target = flags.Make(Folder());
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_EQ(target->text, "CPython 3.13.1 free-threaded on Windows AMD64, Python found on PATH");
}

TEST_F(PythonOnPathTest, GivenTagsReplaceThoseOfThePythonFound) {
  Script("python3", Says());
  CLI::App app;
  TargetFlags flags;
  Options options(app, {"--tag"});
  flags.AddTo(options);
  app.parse("--tag py3-none-any");
  const auto target = flags.Make(Folder());
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_THAT(target->tags.best_first(), ::testing::ElementsAre("py3-none-any"));
  EXPECT_EQ(target->environment.Get(pypi::MarkerVariable::kPlatformRelease), "6.1=a");
  EXPECT_THAT(target->text, StartsWith("CPython 3.13.1+local free-threaded on Linux x86_64"));
}

}  // namespace
}  // namespace accord::cli
