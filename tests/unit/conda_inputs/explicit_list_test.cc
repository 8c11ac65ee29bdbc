// Explicit lists: what a line says, and the specifier that means just that file.
#include "ecosystem/conda/inputs/explicit_list.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "ecosystem/conda/inputs/input.h"
#include "ecosystem/conda/inputs/spec_lines.h"
#include "ecosystem/conda/match_spec.h"
#include "tests/unit/conda_inputs/lines.h"

namespace accord::conda {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Lines;

constexpr char kMd5[] = "00112233445566778899aabbccddeeff";
const std::string kSha256 = Cat(kMd5, kMd5);

std::string SpecOfLine(std::string_view line, const std::vector<std::string>& channels = {}) {
  const auto file = ReadListedFile(line, "x:1");
  if (!file.ok()) return std::string(Message(file.status()));
  const std::string spec = SpecOf(*file, channels);
  EXPECT_TRUE(MatchSpec::Parse(spec).ok()) << spec;
  return spec;
}

TEST(ExplicitList, ALineIsSubdirFileNameAndHash) {
  EXPECT_EQ(SpecOfLine("https://h.example/main/linux-64/a-b-1.0-h1_0.conda"),
            "a-b[subdir='linux-64',fn='a-b-1.0-h1_0.conda']");
  EXPECT_EQ(SpecOfLine(Cat("https://h.example/main/noarch/a-1-0.tar.bz2#", kMd5)),
            Cat("a[subdir='noarch',fn='a-1-0.tar.bz2',md5='", kMd5, "']"));
  const std::string with_sha256 = Cat("a[subdir='noarch',fn='a-1-0.conda',sha256='", kSha256, "']");
  EXPECT_EQ(SpecOfLine(Cat("file:///c/noarch/a-1-0.conda#sha256:", kSha256)), with_sha256);
  EXPECT_EQ(SpecOfLine(Cat("/c/noarch/a-1-0.conda#", kSha256)), with_sha256);
}

TEST(ExplicitList, AFolderThatIsNoSubdirSaysNothing) {
  EXPECT_EQ(SpecOfLine("/opt/pkgs/a-1-0.conda"), "a[fn='a-1-0.conda']");
  EXPECT_EQ(SpecOfLine("a-1-0.conda"), "a[fn='a-1-0.conda']");
  EXPECT_EQ(SpecOfLine("C:\\c\\win-64\\a-1-0.conda"), "a[subdir='win-64',fn='a-1-0.conda']");
}

TEST(ExplicitList, PercentSignsOfAUrlAreDecoded) {
  EXPECT_EQ(SpecOfLine("https://h.example/noarch/a-1%212.0%2Bx-0.conda"),
            "a[subdir='noarch',fn='a-1!2.0+x-0.conda']");
}

TEST(ExplicitList, AChannelCountsWhereACorpusIsKnownByItsUrl) {
  const std::string line = "https://h.example/main/noarch/a-1-0.conda";
  const std::string any = "a[subdir='noarch',fn='a-1-0.conda']";
  EXPECT_EQ(SpecOfLine(line, {"main", ""}), any);
  EXPECT_EQ(SpecOfLine(line, {"https://mirror.example/main"}), any);
  EXPECT_EQ(SpecOfLine(line, {"main", "https://h.example/main"}),
            "a[channel='https://h.example/main',subdir='noarch',fn='a-1-0.conda']");
}

TEST(ExplicitList, WhatIsNoPackagesFileIsRefused) {
  EXPECT_EQ(SpecOfLine("python >=3"),
            "x:1: the address of a package's file is wanted, found "
            "'python >=3'");
  EXPECT_EQ(SpecOfLine("https://u:p@h.example/noarch/a-1.conda"),
            "x:1: the address of a package's file is wanted, found "
            "'https://h.example/noarch/a-1.conda'");
  EXPECT_EQ(SpecOfLine("/noarch/a'-1-0.conda"),
            "x:1: the address of a package's file is wanted, found '/noarch/a'-1-0.conda'");
  EXPECT_THAT(SpecOfLine("/noarch/+a-1-0.conda"), ::testing::HasSubstr("x:1: match specifier"));
  EXPECT_EQ(SpecOfLine("/noarch/a-1-0.conda#12"),
            "x:1: an MD5 or sha256:HASH is wanted behind '#', found '12'");
}

TEST(ExplicitList, TheMarkMayStandAnywhere) {
  const auto input = ReadSpecLines("# platform: linux-64\n/noarch/a-1-0.conda\n  @EXPLICIT\n", "x");
  ASSERT_TRUE(input.ok()) << input.status();
  EXPECT_TRUE(input->is_explicit);
  EXPECT_THAT(Lines(input->specs), IsEmpty());
  ASSERT_EQ(input->files.size(), 1U);
  EXPECT_EQ(input->files[0].place, "x:2");
  EXPECT_EQ(Message(ReadSpecLines("@EXPLICIT\na\n", "x").status()),
            "x:2: the address of a package's file is wanted, found 'a'");
}

TEST(ExplicitList, IsAskedForWithoutNeedsFromEveryChannelAndSubdirOfIt) {
  const auto input = ReadSpecLines(
      "@EXPLICIT\n/c/noarch/a-1-0.conda\n/c/osx-64/b-1-0.conda\n/c/osx-64/d-1-0.conda\n", "x");
  ASSERT_TRUE(input.ok()) << input.status();
  ResolveRequest request;
  AddTo(request, *input, {});
  EXPECT_TRUE(request.no_deps);
  EXPECT_EQ(request.channel_priority, ChannelPriority::kDisabled);
  EXPECT_THAT(request.subdirs, ElementsAre("noarch", "osx-64"));
  EXPECT_THAT(Lines(request.specs), ElementsAre("x:2|a[subdir='noarch',fn='a-1-0.conda']",
                                                "x:3|b[subdir='osx-64',fn='b-1-0.conda']",
                                                "x:4|d[subdir='osx-64',fn='d-1-0.conda']"));
}

}  // namespace
}  // namespace accord::conda
