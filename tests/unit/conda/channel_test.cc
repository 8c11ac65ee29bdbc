// Names, paths and URLs of channels.
#include "ecosystem/conda/channel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace accord::conda {
namespace {

const ChannelBase kBase = {.url = "https://host.example/path",
                           .directory = "/here/below",
                           .home = "/house/me",
                           .groups = {"defaults"}};

TEST(CondaChannel, ATextIsOneUrlAndASubdir) {
  struct Case {
    const char* text;
    const char* url;
    const char* subdir;
    const char* name;
  };
  const Case cases[] = {
      {"forge", "https://host.example/path/forge", "", "forge"},
      {" forge/ ", "https://host.example/path/forge", "", "forge"},
      {"forge/linux-64", "https://host.example/path/forge", "linux-64", "forge"},
      {"forge/label/dev", "https://host.example/path/forge/label/dev", "", "forge/label/dev"},
      {"forge/label/dev/noarch", "https://host.example/path/forge/label/dev", "noarch",
       "forge/label/dev"},
      {"forge/linux-tools", "https://host.example/path/forge/linux-tools", "", "forge/linux-tools"},
      {"https://host.example/path/forge", "https://host.example/path/forge", "", "forge"},
      {"https://host.example/pathetic", "https://host.example/pathetic", "",
       "https://host.example/pathetic"},
      {"https://other.example/a%21/win-64//", "https://other.example/a!", "win-64",
       "https://other.example/a!"},
      {"https://other.example/a%2521%2Fnoarch", "https://other.example/a%2521", "noarch",
       "https://other.example/a%2521"},
      {"defaults", "defaults", "", "defaults"},
      {"defaults/osx-64", "defaults", "osx-64", "defaults"},
      {"*", "*", "", "*"},
      {"*/linux-64", "*", "linux-64", "*"},
      {"/abs/dir", "file:///abs/dir", "", "file:///abs/dir"},
      {"/abs/a%21", "file:///abs/a%2521", "", "file:///abs/a%2521"},
      {"/abs/a dir", "file:///abs/a dir", "", "file:///abs/a dir"},
      {"a+b-c.d://x/y", "a+b-c.d://x/y", "", "a+b-c.d://x/y"},
      {"a/b://c", "https://host.example/path/a/b://c", "", "a/b://c"},
      {"./rel/dir", "file:///here/below/rel/dir", "", "file:///here/below/rel/dir"},
      {"../rel", "file:///here/rel", "", "file:///here/rel"},
      {"../../../..", "file://", "", "file://"},
      {"~/dir/noarch", "file:///house/me/dir", "noarch", "file:///house/me/dir"},
      {"C:\\conda\\bld\\win-64", "file:///C:/conda/bld", "win-64", "file:///C:/conda/bld"}};
  for (const Case& c : cases) {
    const auto channel = Channel::Parse(c.text, kBase);
    ASSERT_TRUE(channel.ok()) << c.text << channel.status();
    EXPECT_EQ(channel->url, c.url) << c.text;
    EXPECT_EQ(channel->subdir, c.subdir) << c.text;
    EXPECT_EQ(channel->Name(kBase), c.name) << c.text;
  }
}

TEST(CondaChannel, WithoutABaseANameStaysAName) {
  for (const char* text : {"forge", "~/dir", "./dir"}) {
    const auto channel = Channel::Parse(text, {});
    ASSERT_TRUE(channel.ok());
    EXPECT_EQ(channel->url, text);
    EXPECT_EQ(channel->Name({}), text);
  }
}

TEST(CondaChannel, CredentialsAreNeverKept) {
  for (const char* text :
       {"https://user:secret@h.example/c", "https://secret@h.example/c",
        "https://h.example/t/secret/c", "https://u:secret@h.example/t/secret/c/"}) {
    const auto channel = Channel::Parse(text, kBase);
    ASSERT_TRUE(channel.ok());
    EXPECT_EQ(channel->url, "https://h.example/c");
  }
  EXPECT_EQ(WithoutCredentials("a[url='https://u:p@h/t/x/c', channel=\"https://k@g\"]"),
            "a[url='https://h/c', channel=\"https://g\"]");
  EXPECT_EQ(WithoutCredentials("https://h/t/x"), "https://h");
  EXPECT_EQ(WithoutCredentials("https://h/tx/c@d"), "https://h/tx/c@d");
  EXPECT_EQ(WithoutCredentials("no url: a@b"), "no url: a@b");
  const auto refused = Channel::Parse("https://u:secret@h.example/a\\b", kBase);
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(std::string(refused.status().message()), testing::Not(testing::HasSubstr("secret")));
}

TEST(CondaChannel, WhatIsNoChannelIsRefused) {
  for (const char* text : {"", " ", "~\\windows_channel", "a\\b", "a b", "a\x01", "./a /",
                           "https://h/a%20", "https://h/%0a", "https://h/\x7f"}) {
    EXPECT_EQ(Channel::Parse(text, kBase).status().code(), absl::StatusCode::kInvalidArgument)
        << text;
  }
  EXPECT_TRUE(Channel::Parse(std::string(kChannelBytesMax, 'a'), kBase).ok());
  EXPECT_EQ(Channel::Parse(std::string(kChannelBytesMax + 1, 'a'), kBase).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(CondaChannel, PercentSignsAreReadBeforeTwoDigits) {
  EXPECT_EQ(PercentDecoded("1%21%2b%zz%2"), "1!+%zz%2");
}

}  // namespace
}  // namespace accord::conda
