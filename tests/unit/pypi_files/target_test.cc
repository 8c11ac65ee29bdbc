// Targets in words, and interpreters that said what they are. The tags are held against
// target_goldens.txt, which `packaging` wrote (target_goldens.py).
#include "ecosystem/pypi/target.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "base/sha256.h"

namespace accord::pypi {
namespace {

using TagTexts = std::vector<std::string>;

TagTexts TagsOf(const Target& target) {
  return TagTexts(target.tags.best_first().begin(), target.tags.best_first().end());
}

std::string ErrorOf(const TargetOptions& options) {
  const auto target = MakeTarget(options);
  return target.ok() ? "none" : std::string(Message(target.status()));
}

// The eleven variables that MakeTarget sets, joined.
std::string Variables(const TargetOptions& options) {
  const Environment environment = MakeTarget(options)->environment;
  std::string joined;
  for (size_t i = 0; i < kEnvironmentVariables; ++i) {
    joined += environment.Get(static_cast<MarkerVariable>(i)) + "|";
  }
  return joined;
}

struct Golden {
  TargetOptions options;
  size_t count = 0;
  std::string sha256;
  std::string first;
  std::string last;
  std::string line;
};

std::vector<Golden> ReadGoldens() {
  std::ifstream in(ACCORD_SOURCE_DIR "/tests/unit/pypi_files/target_goldens.txt");
  std::vector<Golden> goldens;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#')) continue;
    Golden golden{.line = line};
    std::istringstream words(line);
    words >> golden.options.python >> golden.options.platform >> golden.options.implementation >>
        golden.options.abi >> golden.count >> golden.sha256 >> golden.first >> golden.last;
    if (golden.options.abi == "-") golden.options.abi.clear();
    goldens.push_back(std::move(golden));
  }
  return goldens;
}

TEST(PypiTarget, TagsAndTheirOrderAreThoseOfPackaging) {
  const std::vector<Golden> goldens = ReadGoldens();
  ASSERT_GE(goldens.size(), 60U);
  for (const Golden& golden : goldens) {
    const auto target = MakeTarget(golden.options);
    ASSERT_TRUE(target.ok()) << golden.line << ": " << target.status();
    const TagTexts tags = TagsOf(*target);
    ASSERT_FALSE(tags.empty()) << golden.line;
    EXPECT_EQ(tags.size(), golden.count) << golden.line;
    EXPECT_EQ(tags.front(), golden.first) << golden.line;
    EXPECT_EQ(tags.back(), golden.last) << golden.line;
    std::string joined;
    for (const std::string& tag : tags) joined += (joined.empty() ? "" : "\n") + tag;
    EXPECT_EQ(Sha256Hex(joined), golden.sha256) << golden.line;
  }
}

TEST(PypiTarget, TheDefaultIsDocumented) {
  const auto target = MakeTarget({});
  ASSERT_TRUE(target.ok()) << target.status();
  EXPECT_EQ(target->text, "CPython 3.12.0 on Linux x86_64 (glibc 2.28)");
  EXPECT_EQ(TagsOf(*target).front(), "cp312-cp312-linux_x86_64");
}

TEST(PypiTarget, TheEnvironmentIsThatOfThePlatform) {
  EXPECT_EQ(Variables({.python = "3.11.7", .platform = "linux"}),
            "cpython|3.11.7|posix|x86_64|CPython||Linux||3.11.7|3.11|linux|");
  EXPECT_EQ(Variables({.python = "3.11", .platform = "macos"}),
            "cpython|3.11.0|posix|arm64|CPython||Darwin||3.11.0|3.11|darwin|");
  EXPECT_EQ(Variables({.python = "3.11", .platform = "windows"}),
            "cpython|3.11.0|nt|AMD64|CPython||Windows||3.11.0|3.11|win32|");
  EXPECT_EQ(Variables({.python = "3.11", .platform = "i686-pc-windows-msvc"}),
            "cpython|3.11.0|nt|x86|CPython||Windows||3.11.0|3.11|win32|");
  EXPECT_EQ(Variables({.python = "3.11", .platform = "win_arm64"}),
            "cpython|3.11.0|nt|ARM64|CPython||Windows||3.11.0|3.11|win32|");
  EXPECT_EQ(Variables({.python = "3.13", .platform = "aarch64-linux-android"}),
            "cpython|3.13.0|posix|aarch64|CPython||Android||3.13.0|3.13|android|");
  EXPECT_EQ(Variables({.python = "3.13", .platform = "x86_64-apple-ios-simulator"}),
            "cpython|3.13.0|posix|x86_64|CPython||iOS||3.13.0|3.13|ios|");
  EXPECT_EQ(Variables({.python = "3.12", .platform = "wasm32-pyodide2024"}),
            "cpython|3.12.0|posix|wasm32|CPython||Emscripten||3.12.0|3.12|emscripten|");
  EXPECT_EQ(Variables({.python = "3.12", .platform = "aarch64-unknown-linux-musl"}),
            "cpython|3.12.0|posix|aarch64|CPython||Linux||3.12.0|3.12|linux|");
}

TEST(PypiTarget, OtherImplementationsHaveTheirOwnVersion) {
  EXPECT_EQ(Variables({.python = "3.10", .implementation = "pypy"}),
            "pypy|7.3.0|posix|x86_64|PyPy||Linux||3.10.0|3.10|linux|");
  EXPECT_EQ(Variables({.python = "3.11", .implementation = "graalpy"}),
            "graalpy|24.2.0|posix|x86_64|GraalVM||Linux||3.11.0|3.11|linux|");
  EXPECT_EQ(MakeTarget({.python = "3.10", .implementation = "PP"})->text,
            "PyPy 3.10.0 on Linux x86_64 (glibc 2.28)");
}

TEST(PypiTarget, ATextSaysWhatWasAsked) {
  EXPECT_EQ(MakeTarget({.python = "3.13t", .platform = "macosx_14_0_arm64"})->text,
            "CPython 3.13.0 free-threaded on macOS 14.0 arm64");
  EXPECT_EQ(MakeTarget({.platform = "x86_64-unknown-linux-musl", .abi = "abi3"})->text,
            "CPython 3.12.0 on Linux x86_64 (musl 1.2), ABI abi3");
  EXPECT_EQ(MakeTarget({.platform = "windows", .tags = {"py3-none-any"}})->text,
            "CPython 3.12.0 on Windows AMD64, 1 tag given");
  EXPECT_EQ(MakeTarget({.platform = "linux_s390x"})->text, "CPython 3.12.0 on Linux s390x");
}

TEST(PypiTarget, AnAbiStandsForItselfAlone) {
  const Target target = *MakeTarget({.python = "3.12", .platform = "windows", .abi = "abi3"});
  EXPECT_EQ(TagsOf(target).front(), "cp312-abi3-win_amd64");
  EXPECT_FALSE(target.tags.HasAbi("cp312"));
  const Target none = *MakeTarget({.python = "3.13t", .platform = "windows", .abi = "cp313t"});
  EXPECT_TRUE(none.tags.HasAbi("abi3t"));
  EXPECT_FALSE(none.tags.HasAbi("abi3"));
}

TEST(PypiTarget, GivenTagsReplaceThoseOfTheRest) {
  const auto target = MakeTarget({.tags = {"cp312-cp312-linux_x86_64", "py3-none-any"}});
  EXPECT_EQ(TagsOf(*target), (TagTexts{"cp312-cp312-linux_x86_64", "py3-none-any"}));
}

TEST(PypiTarget, AnErrorNamesThePartAndTheWordsItMayBe) {
  EXPECT_EQ(ErrorOf({.python = "three"}),
            "python 'three': expected a version of at least two numbers, as 3.11 or 3.11.7");
  EXPECT_EQ(ErrorOf({.python = "3.12t"}),
            "python '3.12t': only CPython has free-threaded builds, from 3.13 on");
  EXPECT_EQ(ErrorOf({.python = "3.13t", .implementation = "pypy"}),
            "python '3.13t': only CPython has free-threaded builds, from 3.13 on");
  EXPECT_EQ(ErrorOf({.implementation = "jython"}),
            "implementation 'jython': expected cpython, pypy or graalpy");
  EXPECT_EQ(ErrorOf({.python = "3.12", .abi = "cp311"}),
            "abi 'cp311': it is not of the target's Python, whose own is cp312");
  EXPECT_EQ(ErrorOf({.abi = "cp312-x"}), "abi 'cp312-x': expected one word, as cp312");
  EXPECT_EQ(ErrorOf({.python = "3.9", .implementation = "graalpy"}),
            "implementation 'graalpy': known for Python 3.10, 3.11 and 3.12; for others an ABI is "
            "wanted, as graalpy250_312_native");
  EXPECT_EQ(ErrorOf({.tags = {"py3-none"}}),
            "tag 'py3-none': expected three parts with '-' between them, as py3-none-any");
  const std::string platform = ErrorOf({.platform = "beos"});
  EXPECT_TRUE(platform.starts_with("platform 'beos': expected one of linux, macos, windows; "));
}

TEST(PypiTarget, LargeNumbersReachALimit) {
  EXPECT_TRUE(ErrorOf({.python = "3.1000"}).starts_with("python '3.1000': at most 999"));
  EXPECT_TRUE(ErrorOf({.python = "3.99999999999999999999"}).find("at most 999") !=
              std::string::npos);
  EXPECT_EQ(MakeTarget({.python = "3.999", .platform = "x86_64-apple-darwin"}).status().code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(MakeTarget({.platform = "manylinux_999_999_x86_64"}).status().code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(Platform::Parse("macosx_1000_0_arm64").status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Platform::Parse(std::string(kPlatformBytesMax + 1, 'a')).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(PypiPlatform, WordsThatMeanTheSame) {
  const std::vector<TagTexts> same = {
      {"linux", "x86_64-unknown-linux-gnu", "x86_64-manylinux_2_28", "manylinux_2_28_x86_64",
       "amd64-manylinux_2_28", "LINUX"},
      {"x86_64-manylinux2014", "manylinux2014_x86_64", "x86_64-manylinux_2_17"},
      {"x86_64-manylinux1", "manylinux_2_5_x86_64"},
      {"aarch64-unknown-linux-gnu", "arm64-manylinux_2_28"},
      {"armv7-unknown-linux-gnueabihf", "armv7l-manylinux_2_28"},
      {"armv7-unknown-linux-musleabihf", "musllinux_1_2_armv7l"},
      {"riscv64gc-unknown-linux-gnu", "riscv64-unknown-linux", "manylinux_2_39_riscv64"},
      {"macos", "aarch64-apple-darwin", "arm64-macosx_13_0", "aarch64-macosx_13_0"},
      {"windows", "x86_64-pc-windows-msvc", "win_amd64"},
      {"i686-pc-windows-msvc", "win32"},
      {"arm64-apple-ios", "ios_13_0_arm64_iphoneos"},
      {"aarch64-linux-android", "android_24_arm64_v8a"},
  };
  for (const TagTexts& words : same) {
    for (const std::string& word : words) {
      const auto platform = Platform::Parse(word);
      ASSERT_TRUE(platform.ok()) << platform.status();
      EXPECT_EQ(*platform, *Platform::Parse(words[0])) << word;
    }
  }
}

TEST(PypiPlatform, WordsThatMeanNothing) {
  for (const char* word :
       {"", "x86_64", "x86_64-", "manylinux_2_28", "x86_64-manylinux_2", "x86_64-manylinux_2_28_",
        "mips-manylinux_2_28", "win_x86", "x86_64-unknown-linux-uclibc", "macosx_14_arm64",
        "android_arm64_v8a", "ios_13_0_arm64", "x86_64-unknown-linux-gnueabihf", "linux-x86_64"}) {
    EXPECT_EQ(Platform::Parse(word).status().code(), absl::StatusCode::kInvalidArgument) << word;
  }
}

TEST(PypiPlatform, PyodideTakesItsOldNameToo) {
  EXPECT_EQ(Platform::Parse("wasm32-pyodide2025")->Tags(),
            (TagTexts{"pyemscripten_2025_0_wasm32", "pyodide_2025_0_wasm32"}));
}

FoundPython Found(std::string_view implementation, std::string_view python) {
  FoundPython found{.environment = *Environment::CPythonOnLinux(python),
                    .machine = "x86_64",
                    .glibc = TwoNumbers{.major = 2, .minor = 36}};
  found.environment.Set(MarkerVariable::kImplementationName, implementation);
  found.environment.Set(MarkerVariable::kPlatformRelease, "6.1.0");
  return found;
}

TEST(PypiFoundPython, HasTheTagsOfTheSameTargetInWords) {
  const Target found = *TargetOf(Found("cpython", "3.11.7"));
  EXPECT_EQ(TagsOf(found),
            TagsOf(*MakeTarget({.python = "3.11.7", .platform = "x86_64-manylinux_2_36"})));
  EXPECT_EQ(found.text, "CPython 3.11.7 on Linux x86_64 (glibc 2.36)");
  EXPECT_EQ(found.environment.Get(MarkerVariable::kPlatformRelease), "6.1.0");
}

TEST(PypiFoundPython, ItsBuildDecidesItsAbis) {
  FoundPython python = Found("cpython", "3.13.0");
  python.free_threaded = true;
  python.debug = true;
  const TagTexts tags = TagsOf(*TargetOf(python));
  EXPECT_EQ(tags.front(), "cp313-cp313td-linux_x86_64");
  EXPECT_EQ(tags, TagsOf(*MakeTarget(
                      {.python = "3.13t", .platform = "x86_64-manylinux_2_36", .abi = "cp313td"})));
}

TEST(PypiFoundPython, OthersNameTheirAbiInTheSuffixOfExtensions) {
  FoundPython pypy = Found("pypy", "3.10.14");
  pypy.extension_suffix = ".pypy310-pp73-x86_64-linux-gnu.so";
  EXPECT_EQ(TagsOf(*TargetOf(pypy)).front(), "pp310-pypy310_pp73-linux_x86_64");
  FoundPython graalpy = Found("graalpy", "3.11.7");
  graalpy.extension_suffix = ".graalpy242-311-native-x86_64-linux.so";
  EXPECT_EQ(TagsOf(*TargetOf(graalpy)).front(), "graalpy311-graalpy242_311_native-linux_x86_64");
  graalpy.extension_suffix.clear();
  EXPECT_EQ(TagsOf(*TargetOf(graalpy)).front(), "graalpy311-none-linux_x86_64");
}

TEST(PypiFoundPython, MuslAndNoLibc) {
  FoundPython python = Found("cpython", "3.12.1");
  python.glibc.reset();
  EXPECT_EQ(TargetOf(python)->text, "CPython 3.12.1 on Linux x86_64");
  EXPECT_FALSE(TargetOf(python)->tags.HasPlatform("manylinux_2_5_x86_64"));
  python.musl = TwoNumbers{.major = 1, .minor = 2};
  EXPECT_EQ(TargetOf(python)->text, "CPython 3.12.1 on Linux x86_64 (musl 1.2)");
  EXPECT_TRUE(TargetOf(python)->tags.HasPlatform("musllinux_1_2_x86_64"));
}

TEST(PypiFoundPython, AnUnknownImplementationIsAnError) {
  EXPECT_EQ(Message(TargetOf(Found("jython", "3.12.1")).status()),
            "implementation 'jython': expected cpython, pypy or graalpy");
}

}  // namespace
}  // namespace accord::pypi
