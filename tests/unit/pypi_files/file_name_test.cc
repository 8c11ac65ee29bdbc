// Wheel and sdist names, build tags and kinds of files.
#include "ecosystem/pypi/file_name.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace accord::pypi {
namespace {

std::string WheelError(std::string_view file) {
  return std::string(Message(WheelName::Parse(file).status()));
}

std::string SdistError(std::string_view file) {
  return std::string(Message(SdistName::Parse(file).status()));
}

BuildTag BuildOf(std::string_view build) {
  return *WheelName::Parse(Cat("a-1-", build, "-py3-none-any.whl"))->build;
}

TEST(PypiWheelName, HasItsParts) {
  const auto wheel = WheelName::Parse("Foo.Bar_baz-1.0.0-py2.py3-none-any.whl");
  ASSERT_TRUE(wheel.ok()) << wheel.status();
  EXPECT_EQ(wheel->name, "foo-bar-baz");
  EXPECT_EQ(wheel->version.Text(), "1.0.0");
  EXPECT_FALSE(wheel->build.has_value());
  EXPECT_EQ(wheel->tags.Text(), "py2.py3-none-any");
}

TEST(PypiWheelName, ABuildTagStandsBeforeTheTags) {
  const auto wheel = WheelName::Parse("foo-1.0-0012abc-py3-none-any.whl");
  ASSERT_TRUE(wheel.ok()) << wheel.status();
  EXPECT_EQ(wheel->build, (BuildTag{.number = "12", .rest = "abc"}));
  EXPECT_EQ(wheel->tags.Text(), "py3-none-any");
}

TEST(PypiWheelName, LettersBeyondAsciiAreLetThrough) {
  EXPECT_EQ(WheelName::Parse("foo_b\u00e1r-1.0-py3-none-any.whl")->name, "foo-b\u00e1r");
}

TEST(PypiWheelName, AnErrorSaysWhatIsWrong) {
  EXPECT_EQ(WheelError("foo-1.0-py3-none-any.wheel"),
            "wheel 'foo-1.0-py3-none-any.wheel': expected .whl at the end");
  EXPECT_EQ(WheelError("foo-1.0-none-any.whl"),
            "wheel 'foo-1.0-none-any.whl': expected name-version-python-abi-platform.whl");
  EXPECT_EQ(WheelError("foo-1.0-1-py3-none-any-x.whl"),
            "wheel 'foo-1.0-1-py3-none-any-x.whl': expected name-version-python-abi-platform.whl");
  EXPECT_EQ(WheelError("foo__bar-1.0-py3-none-any.whl"),
            "wheel 'foo__bar-1.0-py3-none-any.whl': 'foo__bar' is no project name");
  EXPECT_EQ(WheelError("foo-1.0-x1-py3-none-any.whl"),
            "wheel 'foo-1.0-x1-py3-none-any.whl': build tag 'x1': expected a digit first");
  EXPECT_TRUE(WheelError("foo-1.x-py3-none-any.whl").starts_with("wheel 'foo-1.x-"));
  EXPECT_EQ(WheelError("foo-1.0-3-none-any.whl"),
            "wheel 'foo-1.0-3-none-any.whl': tag '3-none-any': expected an interpreter as cp312 or "
            "py3, found '3'");
}

TEST(PypiWheelName, ALongNameReachesALimit) {
  const std::string end = "-1-py3-none-any.whl";
  const std::string longest = std::string(kFileNameBytesMax - end.size(), 'a') + end;
  EXPECT_TRUE(WheelName::Parse(longest).ok());
  EXPECT_EQ(WheelName::Parse("a" + longest).status().code(), absl::StatusCode::kResourceExhausted);
}

TEST(PypiBuildTag, NumbersFirstAsNumbersThenTextAsText) {
  EXPECT_LT(BuildOf("2"), BuildOf("10"));
  EXPECT_LT(BuildOf("2zz"), BuildOf("10"));
  EXPECT_LT(BuildOf("2"), BuildOf("2_local"));
  EXPECT_LT(BuildOf("2a"), BuildOf("2b"));
  EXPECT_LT(BuildOf("99999999999999999999"), BuildOf("100000000000000000000"));
  EXPECT_EQ(BuildOf("007"), BuildOf("7"));
  EXPECT_EQ(BuildOf("000").Text(), "0");
}

TEST(PypiBuildTag, NoneSortsBelowAll) {
  EXPECT_LT(std::optional<BuildTag>(), std::optional(BuildOf("0")));
}

TEST(PypiSdistName, TheLastHyphenSplits) {
  const auto sdist = SdistName::Parse("foo-bar-1.0.tar.gz");
  ASSERT_TRUE(sdist.ok()) << sdist.status();
  EXPECT_EQ(sdist->name, "foo-bar");
  EXPECT_EQ(sdist->version.Text(), "1.0");
  EXPECT_EQ(SdistName::Parse("Foo_Bar-2.zip")->name, "foo-bar");
}

TEST(PypiSdistName, AnErrorSaysWhatIsWrong) {
  EXPECT_EQ(SdistError("foo-1.0.tar.bz2"),
            "sdist 'foo-1.0.tar.bz2': expected .tar.gz or .zip at the end");
  EXPECT_EQ(SdistError("foo.zip"), "sdist 'foo.zip': expected a name, '-' and a version");
  EXPECT_EQ(SdistError("-1.zip"), "sdist '-1.zip': expected a name, '-' and a version");
  EXPECT_TRUE(SdistError("foo-1.x.zip").starts_with("sdist 'foo-1.x.zip': "));
}

TEST(PypiSdistName, ALongNameReachesALimit) {
  const std::string longest = std::string(kFileNameBytesMax - 6, 'a') + "-1.zip";
  EXPECT_TRUE(SdistName::Parse(longest).ok());
  EXPECT_EQ(SdistName::Parse("a" + longest).status().code(), absl::StatusCode::kResourceExhausted);
}

TEST(PypiFileKind, IsDecidedByTheSuffix) {
  EXPECT_EQ(KindOfFile("a-1-py3-none-any.whl"), FileKind::kWheel);
  for (const char* file : {"a.tar.gz", "a.zip", "a.tar.bz2", "a.tgz", "a.tar.xz"}) {
    EXPECT_EQ(KindOfFile(file), FileKind::kSdist) << file;
  }
  for (const char* file : {"a.egg", "a.exe", "a.whl.metadata", "a", ""}) {
    EXPECT_EQ(KindOfFile(file), FileKind::kOther) << file;
  }
}

}  // namespace
}  // namespace accord::pypi
