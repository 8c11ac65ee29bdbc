// Requirements files: includes, options, hashes, and what is noted instead of honoured.
#include "ecosystem/pypi/inputs/requirements_txt.h"

#include <gmock/gmock.h>

#include "tests/unit/pypi_inputs/memory_files.h"

namespace accord::pypi {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Lines;
using testing::MemoryFiles;

const std::string kSha(64, 'a');

absl::StatusOr<Input> TryRead(const MemoryFiles& files, std::string path = "r.txt",
                              RequirementsRole role = RequirementsRole::kRequirements) {
  return ReadRequirementsTxt({.path = std::move(path), .role = role},
                             {.read = files.Reader(), .variables = {{"NAME", "flask"}}});
}

Input Read(const MemoryFiles& files, RequirementsRole role = RequirementsRole::kRequirements) {
  auto read = TryRead(files, "r.txt", role);
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() ? *std::move(read) : Input();
}

Input ReadText(const std::string& text) { return Read({{"r.txt", text}}); }

absl::Status Error(const std::string& text) { return TryRead({{"r.txt", text}}).status(); }
std::string Words(const std::string& text) { return std::string(Error(text).message()); }

TEST(RequirementsTxtTest, RequirementsHaveTheirPlaces) {
  EXPECT_THAT(Lines(ReadText("a>=1\n\n${NAME}[x] ; python_version > '3' # why\n").requirements),
              ElementsAre("r.txt:1|a>=1", "r.txt:3|flask[x] ; python_version > '3'"));
}

TEST(RequirementsTxtTest, IncludesAreRelativeToTheIncludingFileAndReadWhereTheyStand) {
  const Input read = Read({{"r.txt", "a\n-r sub/b.txt\n--requirement=c.txt\nz"},
                           {"sub/b.txt", "b\n-rdeep/../d.txt"},
                           {"sub/d.txt", "d"},
                           {"c.txt", "c"}});
  EXPECT_THAT(Lines(read.requirements),
              ElementsAre("r.txt:1|a", "sub/b.txt:1|b", "sub/d.txt:1|d", "c.txt:1|c", "r.txt:4|z"));
}

TEST(RequirementsTxtTest, WhatAConstraintsFileIncludesIsConstraints) {
  const MemoryFiles files = {{"r.txt", "a\n-c c.txt"}, {"c.txt", "b<2\n-r d.txt"}, {"d.txt", "d"}};
  const Input read = Read(files);
  EXPECT_THAT(Lines(read.requirements), ElementsAre("r.txt:1|a"));
  EXPECT_THAT(Lines(read.constraints), ElementsAre("c.txt:1|b<2", "d.txt:1|d"));
  EXPECT_THAT(Lines(Read(files, RequirementsRole::kConstraints).constraints),
              ElementsAre("r.txt:1|a", "c.txt:1|b<2", "d.txt:1|d"));
}

TEST(RequirementsTxtTest, AFileThatIncludesItselfIsAnError) {
  EXPECT_EQ(TryRead({{"r.txt", "a\n-r x/../b.txt"}, {"b.txt", "-r ./r.txt"}}, "./r.txt")
                .status()
                .message(),
            "r.txt:2: b.txt:1: a file that does not include itself is wanted, 'r.txt' does");
}

TEST(RequirementsTxtTest, AFileMayBeIncludedTwice) {
  EXPECT_THAT(Lines(Read({{"r.txt", "-r b.txt\n-r b.txt"}, {"b.txt", "b"}}).requirements),
              ElementsAre("b.txt:1|b", "b.txt:1|b"));
}

TEST(RequirementsTxtTest, AnIncludeThatIsNotThereNamesItsLine) {
  EXPECT_EQ(Words("a\n-r gone.txt"), "r.txt:2: gone.txt: a file is wanted, there is none");
  EXPECT_EQ(Words("-r https://files.example/r.txt"),
            "r.txt:1: -r: a file is wanted, found the URL 'https://files.example/r.txt'");
}

TEST(RequirementsTxtTest, IncludesHaveLimits) {
  const auto chain = [](const std::string& path) -> absl::StatusOr<std::string> {
    return "-r " + path + "x";
  };
  const absl::Status deep = ReadRequirementsTxt({.path = "r"}, {.read = chain}).status();
  EXPECT_EQ(deep.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(deep.message()), HasSubstr("includes are followed 32 deep"));
  std::string many;
  for (size_t i = 0; i < kIncludedFilesMax; ++i) many += "-r b.txt\n";
  EXPECT_EQ(TryRead({{"r.txt", many}, {"b.txt", ""}}).status().message(),
            "r.txt:1000: at most 1000 files are included");
}

TEST(RequirementsTxtTest, HashesAreOfTheirRequirementAndAskForHashesOfAll) {
  const Input read = ReadText("Foo_Bar==1 \\\n  --hash=SHA256:" + std::string(64, 'A') +
                              " \\\n  --hash sha512:" + std::string(128, '0') + "\nb");
  ASSERT_EQ(read.allowed_hashes.size(), 1);
  EXPECT_EQ(read.allowed_hashes[0].name, "foo-bar");
  EXPECT_EQ(read.allowed_hashes[0].place, "r.txt:1");
  EXPECT_THAT(read.allowed_hashes[0].hashes, ElementsAre("sha256:" + kSha));
  EXPECT_THAT(Lines(read.notes),
              ElementsAre("r.txt:1|a hash that is no sha256 is not honoured: the facts have no "
                          "other"));
  EXPECT_TRUE(read.require_hashes);
  EXPECT_FALSE(ReadText("a").require_hashes);
  EXPECT_TRUE(ReadText("--require-hashes").require_hashes);
}

TEST(RequirementsTxtTest, HashesOfNoKnownFormAreErrors) {
  for (const std::string& hash :
       std::vector<std::string>{"md5:00", "sha256:00", "sha256", "", "sha256:g" + kSha}) {
    EXPECT_THAT(Words("a --hash=" + hash), HasSubstr("r.txt:1: --hash: sha256, sha384 or sha512"))
        << hash;
  }
  EXPECT_EQ(Words("--hash=sha256:" + kSha), "r.txt:1: --hash: a requirement before it is wanted");
}

TEST(RequirementsTxtTest, PreReleasesAndKindsOfFilesBecomePolicies) {
  const Input read = ReadText("--pre\n--no-binary A_b,c --only-binary=d\n--prefer-binary");
  EXPECT_TRUE(read.allow_prereleases);
  ASSERT_TRUE(read.binaries.has_value());
  EXPECT_THAT(read.binaries->no_binary_names, ElementsAre("a-b", "c"));
  EXPECT_THAT(read.binaries->only_binary_names, ElementsAre("d"));
  EXPECT_TRUE(read.binaries->prefer_binary);
  EXPECT_FALSE(read.binaries->only_binary || read.binaries->no_binary);
  EXPECT_FALSE(ReadText("a").binaries.has_value());
}

TEST(RequirementsTxtTest, TheLastWordOnKindsCounts) {
  const auto say = [](const std::string& text) { return *ReadText(text).binaries; };
  EXPECT_TRUE(say("--no-binary :all:\n--only-binary a").no_binary);
  EXPECT_THAT(say("--no-binary a\n--only-binary a").no_binary_names, IsEmpty());
  EXPECT_THAT(say("--no-binary a,a").no_binary_names, ElementsAre("a"));
  EXPECT_FALSE(say("--no-binary :all:\n--only-binary :all:").no_binary);
  EXPECT_FALSE(say("--no-binary :all:\n--no-binary :none:").no_binary);
  EXPECT_THAT(say("--no-binary a\n--only-binary :all:").no_binary_names, IsEmpty());
}

TEST(RequirementsTxtTest, WhatIsNotHonouredIsNotedWithItsLine) {
  const Input read = ReadText(
      "--index-url https://user:secret@index.example/simple\n--no-index\n-f links\n"
      "--trusted-host index.example\n--use-feature fast-deps\n-e ./here\n"
      "a --config-settings x=y");
  EXPECT_THAT(
      Lines(read.notes),
      ElementsAre("r.txt:1|--index-url is not honoured: facts come from where the request says",
                  "r.txt:2|--no-index is not honoured: facts come from where the request says",
                  "r.txt:3|-f is not honoured: facts come from where the request says",
                  "r.txt:4|--trusted-host is not honoured: facts come from where the request says",
                  "r.txt:5|--use-feature is not honoured: Accord builds nothing",
                  "r.txt:6|-e './here' is not honoured: Accord builds nothing",
                  "r.txt:7|--config-settings is not honoured: Accord builds nothing"));
  EXPECT_THAT(Lines(read.requirements), ElementsAre("r.txt:7|a"));
}

TEST(RequirementsTxtTest, PathsAndUrlsWithoutANameAreNoted) {
  for (const char* path :
       {"./a", "../a[x]", "sub/a", "a-1.0.tar.gz", "a-1.0-py3-none-any.whl ; os_name == 'nt'",
        "https://files.example/a.zip", "git+https://git.example/a", "file:a"}) {
    const Input read = ReadText(path);
    EXPECT_THAT(read.requirements, IsEmpty()) << path;
    ASSERT_EQ(read.notes.size(), 1) << path;
    EXPECT_THAT(read.notes[0].text, HasSubstr("a path or URL needs a name")) << path;
  }
}

TEST(RequirementsTxtTest, AUrlWithANameIsPassedOn) {
  EXPECT_THAT(Lines(ReadText("a @ https://files.example/a.zip").requirements),
              ElementsAre("r.txt:1|a @ https://files.example/a.zip"));
}

TEST(RequirementsTxtTest, WhatHasNoMeaningIsAnErrorWithItsLine) {
  EXPECT_THAT(Words("a\na b c"), HasSubstr("r.txt:2: requirement 'a b c'"));
  EXPECT_EQ(Words("--frobnicate"),
            "r.txt:1: an option of requirements files is wanted, found '--frobnicate'");
  EXPECT_EQ(Words("-r"), "r.txt:1: -r: a value is wanted");
  EXPECT_EQ(Words("--pre=yes"), "r.txt:1: --pre: takes no value, found 'yes'");
  EXPECT_EQ(Words("a --pre"), "r.txt:1: --pre: this option is wanted on a line of its own");
  EXPECT_EQ(Words("-e 'a"), "r.txt:1: a quote in '-e 'a' is not closed");
}

}  // namespace
}  // namespace accord::pypi
