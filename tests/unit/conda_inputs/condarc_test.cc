// .condarc: the part that is read, and that the rest is noted.
#include "ecosystem/conda/inputs/condarc.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "tests/unit/conda_inputs/lines.h"

namespace accord::conda {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Lines;
using ::testing::Pair;

Condarc MustReadRc(std::string_view text) {
  const auto read = ReadCondarc(text, "rc");
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() ? *read : Condarc();
}

std::string RcRefusal(std::string_view text) {
  const auto read = ReadCondarc(text, "rc");
  return read.ok() ? "it is read" : std::string(Message(read.status()));
}

TEST(CondarcTest, EachKeyOfTheSubset) {
  const Condarc read = MustReadRc(R"(channels:
  - main
  - defaults
channel_alias: https://h.example
default_channels:
  - https://d.example/core
custom_channels:
  mine: https://m.example
custom_multichannels:
  both:
    - main
    - lab
channel_priority: flexible
pinned_packages:
  - python 3.11.*
subdir: osx-64
override_virtual_packages:
  cuda: "12.4"
  __glibc:
)");
  EXPECT_THAT(Lines(read.channels), ElementsAre("rc:2|main", "rc:3|defaults"));
  EXPECT_EQ(read.names.alias, "https://h.example");
  ASSERT_EQ(read.names.groups.size(), 2U);
  EXPECT_EQ(read.names.groups[0].name, "defaults");
  EXPECT_THAT(Lines(read.names.groups[0].members), ElementsAre("rc:6|https://d.example/core"));
  EXPECT_EQ(read.names.groups[1].name, "both");
  EXPECT_THAT(Lines(read.names.groups[1].members), ElementsAre("rc:11|main", "rc:12|lab"));
  ASSERT_EQ(read.names.custom.size(), 1U);
  EXPECT_EQ(read.names.custom[0].location, "https://m.example");
  EXPECT_EQ(read.channel_priority, ChannelPriority::kFlexible);
  EXPECT_THAT(Lines(read.pins), ElementsAre("rc:15|python 3.11.*"));
  EXPECT_EQ(read.subdir, "osx-64");
  EXPECT_THAT(read.overrides,
              ElementsAre(Pair("CONDA_OVERRIDE_CUDA", "12.4"), Pair("CONDA_OVERRIDE_GLIBC", "")));
  EXPECT_THAT(Lines(read.notes), IsEmpty());
}

TEST(CondarcTest, OtherKeysAreNoted) {
  EXPECT_THAT(
      Lines(MustReadRc("ssl_verify: false\nadd_pip_as_python_dependency: true\nx: {}\n").notes),
      ElementsAre("rc:1|'ssl_verify' has no effect",
                  "rc:2|'add_pip_as_python_dependency' has no effect", "rc:3|'x' has no effect"));
}

TEST(CondarcTest, AnEmptyFileSaysNothing) {
  EXPECT_THAT(Lines(MustReadRc("# nothing\n").channels), IsEmpty());
  EXPECT_FALSE(MustReadRc("channels:\n").channel_priority.has_value());
}

TEST(CondarcTest, TruthValuesArePrioritiesToo) {
  EXPECT_EQ(MustReadRc("channel_priority: true").channel_priority, ChannelPriority::kFlexible);
  EXPECT_EQ(MustReadRc("channel_priority: False").channel_priority, ChannelPriority::kDisabled);
}

TEST(CondarcTest, OtherKindsOfValuesAreRefused) {
  EXPECT_THAT(RcRefusal("channel_priority: most\n"),
              HasSubstr("rc:1: strict, flexible or disabled is wanted"));
  EXPECT_EQ(RcRefusal("subdir: [a]\n"), "rc:1: a text is wanted as 'subdir', found a list");
  EXPECT_EQ(RcRefusal("custom_channels: [a]\n"),
            "rc:1: keys with values are wanted as 'custom_channels', found a list");
  EXPECT_EQ(RcRefusal("custom_channels:\n  a: [b]\n"),
            "rc:2: a text is wanted as 'a', found a list");
  EXPECT_EQ(RcRefusal("channels: main\n"),
            "rc:1: a list of texts is wanted as 'channels', found a text");
}

}  // namespace
}  // namespace accord::conda
