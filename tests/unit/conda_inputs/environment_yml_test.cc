// environment.yml: what is asked for, what is left to others, and what is refused.
#include "ecosystem/conda/inputs/environment_yml.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "ecosystem/conda/inputs/yaml_text.h"
#include "tests/unit/conda_inputs/lines.h"

namespace accord::conda {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Lines;

Input MustRead(std::string_view text) {
  const auto input = ReadEnvironment(text, "e.yml");
  EXPECT_TRUE(input.ok()) << input.status();
  return input.ok() ? *input : Input();
}

std::string RefusalOf(std::string_view text) {
  const auto input = ReadEnvironment(text, "e.yml");
  return input.ok() ? "it is read" : std::string(Message(input.status()));
}

TEST(EnvironmentYml, AsksForItsDependenciesAndNamesItsChannels) {
  const Input input = MustRead(R"(name: lab
channels:
  - main
  - "https://h.example/lab"
dependencies:
  # the language
  - python >=3.11
  - numlib=2.1
)");
  EXPECT_THAT(Lines(input.specs), ElementsAre("e.yml:7|python >=3.11", "e.yml:8|numlib=2.1"));
  EXPECT_THAT(Lines(input.channels), ElementsAre("e.yml:3|main", "e.yml:4|https://h.example/lab"));
  EXPECT_FALSE(input.no_defaults);
  EXPECT_THAT(Lines(input.notes), IsEmpty());
}

TEST(EnvironmentYml, NodefaultsIsASwitchAndNoChannel) {
  const Input input = MustRead("channels: [main, nodefaults]\ndependencies: [a]\n");
  EXPECT_THAT(Lines(input.channels), ElementsAre("e.yml:1|main"));
  EXPECT_TRUE(input.no_defaults);
}

TEST(EnvironmentYml, WhatIsForPipIsToldAndNotAskedFor) {
  const Input input = MustRead(R"(dependencies:
  - pip
  - pip:
      - webfriend>=2
      - "git+https://me:secret@h.example/x"
)");
  EXPECT_THAT(Lines(input.specs), ElementsAre("e.yml:2|pip"));
  EXPECT_THAT(Lines(input.pip),
              ElementsAre("e.yml:4|webfriend>=2", "e.yml:5|git+https://h.example/x"));
  EXPECT_THAT(Lines(input.notes),
              ElementsAre("e.yml:4|'webfriend>=2' is not resolved: it is left to pip",
                          "e.yml:5|'git+https://h.example/x' is not resolved: it is left to pip"));
}

TEST(EnvironmentYml, WhatHasNoEffectIsNoted) {
  const Input input = MustRead(R"(name: x
prefix: /envs/x
platforms: [linux-64]
variables:
  A: b
dependencies:
  - a
  - b  # [win]
  - c  # words
)");
  EXPECT_THAT(Lines(input.notes),
              ElementsAre("e.yml:2|'prefix' has no effect",
                          "e.yml:3|'platforms' has no effect: --subdir says what is resolved for",
                          "e.yml:4|'variables' has no effect",
                          "e.yml:8|the selector '[win]' has no effect"));
}

TEST(EnvironmentYml, EmptyListsAskForNothing) {
  const Input input = MustRead("channels:\ndependencies:\n");
  EXPECT_THAT(Lines(input.specs), IsEmpty());
  EXPECT_THAT(Lines(MustRead("dependencies:\n- pip:\n").pip), IsEmpty());
}

TEST(EnvironmentYml, AnAliasSaysWhatItsAnchorSays) {
  const Input input = MustRead("x: &all [a, b]\ndependencies: *all\n");
  EXPECT_THAT(Lines(input.specs), ElementsAre("e.yml:1|a", "e.yml:1|b"));
}

TEST(EnvironmentYml, OtherKindsOfValuesAreRefusedWithTheirLine) {
  EXPECT_EQ(RefusalOf(""), "e.yml: the list 'dependencies' is wanted");
  EXPECT_EQ(RefusalOf("name: x\n"), "e.yml: the list 'dependencies' is wanted");
  EXPECT_EQ(RefusalOf("- a\n"), "e.yml:1: keys with values are wanted, found a list");
  EXPECT_EQ(RefusalOf("dependencies: a\n"),
            "e.yml:1: a list is wanted as 'dependencies', found a text");
  EXPECT_EQ(RefusalOf("dependencies:\n- [a]\n"), "e.yml:2: a specifier is wanted, found a list");
  EXPECT_THAT(RefusalOf("dependencies:\n- a\n-\n"),
              HasSubstr("a specifier is wanted, found nothing"));
  EXPECT_EQ(RefusalOf("channels: {a: b}\ndependencies: []\n"),
            "e.yml:1: a list of texts is wanted as 'channels', found a map");
  EXPECT_EQ(RefusalOf("dependencies:\n- pip:\n  - {a: b}\n"),
            "e.yml:3: a list of texts is wanted as 'pip', found a map");
}

TEST(EnvironmentYml, SelectorsAndOtherInstallersAreRefused) {
  EXPECT_THAT(RefusalOf("dependencies:\n- sel(win): a\n"),
              HasSubstr("e.yml:2: a specifier is wanted, found the selector 'sel(win)'"));
  EXPECT_EQ(RefusalOf("dependencies:\n- npm: [a]\n"),
            "e.yml:2: a specifier or 'pip:' is wanted, found 'npm' with a value");
}

TEST(EnvironmentYml, KeysAreTextsAndComeOnce) {
  EXPECT_EQ(RefusalOf("dependencies: []\ndependencies: [a]\n"),
            "e.yml:2: a key is wanted once, found 'dependencies' again");
  EXPECT_EQ(RefusalOf("[a]: b\n"), "e.yml:1: a text is wanted as a key, found a list");
}

TEST(EnvironmentYml, WhatIsNoYamlIsRefused) {
  EXPECT_THAT(RefusalOf("name: [a\n"), HasSubstr("YAML is wanted, found: "));
  EXPECT_THAT(RefusalOf("a: *b\n"), HasSubstr("e.yml:1: YAML is wanted, found: "));
  EXPECT_EQ(RefusalOf("dependencies: [a]\n---\ndependencies: [b]\n"),
            "e.yml:2: one YAML document is wanted, here a second one begins");
  EXPECT_EQ(RefusalOf("dependencies: [a]\n...\n"), "it is read");
  EXPECT_EQ(RefusalOf("---\ndependencies: [a]\n"), "it is read");
  EXPECT_THAT(RefusalOf("dependencies: [a]\n]"), HasSubstr("e.yml:2: "));
}

TEST(EnvironmentYml, SizeAndDepthHaveALimit) {
  const auto large = ReadEnvironment(std::string(kYamlBytesMax + 1, ' '), "e.yml");
  EXPECT_EQ(large.status().code(), absl::StatusCode::kResourceExhausted);
  std::string nested = "dependencies: ";
  for (int i = 0; i < 100'000; ++i) nested += '[';
  const auto deep = ReadEnvironment(nested, "e.yml");
  EXPECT_EQ(deep.status().code(), absl::StatusCode::kResourceExhausted) << deep.status();
  for (int i = 0; i < 100'000; ++i) nested += "\n- ";
  EXPECT_FALSE(ReadEnvironment(nested, "e.yml").ok());
}

// Each line names the one before twice: written out it would be 2^64 texts.
TEST(EnvironmentYml, AliasesOfAliasesStaySmall) {
  std::string text = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 64; ++i) {
    text += Cat("a", i, ": &a", i, " [*a", i - 1, ", *a", i - 1, "]\n");
  }
  EXPECT_EQ(RefusalOf(text + "dependencies: *a63\n"),
            "e.yml:63: a specifier is wanted, found a list");
  EXPECT_EQ(RefusalOf("dependencies: &a [*a]\n"), "e.yml:1: a specifier is wanted, found a list");
}

}  // namespace
}  // namespace accord::conda
