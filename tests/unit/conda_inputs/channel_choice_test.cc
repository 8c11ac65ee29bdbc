// Which corpora are the channels of a list.
#include "ecosystem/conda/inputs/channel_choice.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "tests/unit/conda_inputs/lines.h"

namespace accord::conda {
namespace {

using ::testing::ElementsAre;
using testing::Lines;

std::string Chosen(const std::vector<std::string>& channels,
                   const std::vector<std::string>& corpora, const ChannelNames& names = {},
                   AbsentChannel absent = AbsentChannel::kRefused) {
  std::vector<PlacedText> placed;
  for (size_t i = 0; i < channels.size(); ++i) placed.push_back({channels[i], Cat("c ", i + 1)});
  const auto choice = ChooseChannels(placed, corpora, names, absent);
  if (!choice.ok()) return std::string(Message(choice.status()));
  std::string text;
  for (const size_t i : choice->corpora) text += Cat(text.empty() ? "" : " ", i);
  for (const InputNote& note : choice->notes) text += Cat("; ", note.place, ": ", note.text);
  return text;
}

TEST(ChannelChoice, TheListSaysWhichAndInWhichOrder) {
  EXPECT_EQ(Chosen({"lab", "main"}, {"main", "other", "lab"}), "2 0");
  EXPECT_EQ(Chosen({"main", "main"}, {"main"}), "0");
}

TEST(ChannelChoice, SeveralCorporaOfOneChannelAreAllOfIt) {
  EXPECT_EQ(Chosen({"main"}, {"main", "lab", "main"}), "0 2");
}

TEST(ChannelChoice, UrlsAreComparedInNormalForm) {
  EXPECT_EQ(Chosen({"https://u:p@h.example/main/linux-64/"}, {"https://h.example/main"}), "0");
  EXPECT_EQ(Chosen({"https://h.example/main"}, {"https://h.example/main/"}), "0");
}

TEST(ChannelChoice, AnAliasJoinsNamesAndUrls) {
  const ChannelNames names = {.alias = "https://h.example"};
  EXPECT_EQ(Chosen({"main"}, {"https://h.example/main"}, names), "0");
  EXPECT_EQ(Chosen({"https://h.example/main"}, {"main"}, names), "0");
  EXPECT_EQ(Chosen({"https://h.example/main"}, {"main"}),
            "c 1: a corpus of the channel 'https://h.example/main' is wanted, those given are of "
            "'main'");
}

TEST(ChannelChoice, ACustomChannelIsBelowItsOwnLocation) {
  const ChannelNames names = {.alias = "https://h.example",
                              .custom = {{"mine", "https://m.example/x"}}};
  EXPECT_EQ(Chosen({"mine"}, {"https://m.example/x/mine"}, names), "0");
  EXPECT_EQ(Chosen({"mine/label/dev"}, {"https://m.example/x/mine/label/dev"}, names), "0");
  EXPECT_EQ(Chosen({"mine2"}, {"https://h.example/mine2"}, names), "0");
}

TEST(ChannelChoice, AGroupIsItsMembersUnlessACorpusIsCalledSo) {
  const ChannelNames names = {.groups = {{"defaults", {{"a", "rc:2"}, {"b", "rc:3"}}}}};
  EXPECT_EQ(Chosen({"defaults"}, {"b", "a"}, names), "1 0");
  EXPECT_EQ(Chosen({"defaults"}, {"b", "defaults"}, names), "1");
  EXPECT_EQ(Chosen({"defaults"}, {"b"}, names),
            "rc:2: a corpus of the channel 'a' is wanted, those given are of 'b'");
  EXPECT_EQ(Chosen({"defaults"}, {"b"}, names, AbsentChannel::kNoted),
            "0; rc:2: no corpus is the channel 'a'");
}

TEST(ChannelChoice, ADefaultsThatNobodyExplainsIsAName) {
  EXPECT_EQ(Chosen({"defaults"}, {"main", "defaults"}), "1");
}

TEST(ChannelChoice, WhereAnAbsentOneIsNotedOneMustBeThere) {
  EXPECT_EQ(Chosen({"lab", "main"}, {"main"}, {}, AbsentChannel::kNoted),
            "0; c 1: no corpus is the channel 'lab'");
  EXPECT_EQ(Chosen({"lab", "x"}, {"main", "other", ""}, {}, AbsentChannel::kNoted),
            "c 1: a corpus of the channel 'lab' is wanted, those given are of 'main', 'other'");
  EXPECT_EQ(Chosen({"lab"}, {""}),
            "c 1: a corpus of the channel 'lab' is wanted, those given are of no channel");
}

TEST(ChannelChoice, WhatIsNoChannelIsRefused) {
  EXPECT_EQ(Chosen({"main", "a b"}, {"main"}).substr(0, 5), "c 2: ");
}

}  // namespace
}  // namespace accord::conda
