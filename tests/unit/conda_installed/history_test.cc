// Which specifiers of a history are those that count.
#include "ecosystem/conda/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.h"

namespace accord::conda {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> AskedOf(std::string_view text) {
  const auto asked = ReadHistory(text, "history", /*specs_max=*/100);
  EXPECT_TRUE(asked.ok()) << asked.status();
  std::vector<std::string> specs;
  if (!asked.ok()) return specs;
  for (const AskedSpec& one : *asked) {
    specs.push_back(Cat(one.name, " | ", one.spec.text, " | ", one.spec.place));
  }
  return specs;
}

TEST(CondaHistory, WhatALaterRevisionUpdatesCountsInsteadOfWhatWasSaidBefore) {
  EXPECT_THAT(
      AskedOf("==> 2024-01-01 10:00:00 <==\n"
              "# cmd: create -n env python numpy\n"
              "+main/linux-64::python-3.11.0-h1_0\n"
              "# update specs: ['python', 'numpy <2']\n"
              "==> 2024-01-02 10:00:00 <==\n"
              "# update specs: [\"numpy[version='>=1.26']\"]\n"),
      ElementsAre("numpy | numpy[version='>=1.26'] | history:6", "python | python | history:4"));
}

TEST(CondaHistory, WhatIsRemovedWasNotAskedForUntilItIsAskedForAgain) {
  const std::string_view removed =
      "==> 1 <==\n# install specs: ['app', 'lib']\n"
      "==> 2 <==\n# remove specs: ['lib']\n";
  EXPECT_THAT(AskedOf(removed), ElementsAre("app | app | history:2"));
  EXPECT_THAT(AskedOf(Cat(removed, "==> 3 <==\n# update specs: ['lib >2']\n")),
              ElementsAre("app | app | history:2", "lib | lib >2 | history:6"));
}

TEST(CondaHistory, WithinARevisionRemovingComesFirstAndNeuteringLast) {
  EXPECT_THAT(AskedOf("==> 1 <==\n"
                      "# neutered specs: ['lib']\n"
                      "# update specs: ['lib 1', 'app']\n"
                      "# remove specs: ['app']\n"),
              ElementsAre("app | app | history:3", "lib | lib | history:2"));
}

TEST(CondaHistory, AListOfOldIsCutWhereANameBegins) {
  EXPECT_THAT(AskedOf("# update specs: param >=1.5.1,<2.0,python>=3.5.1,jupyter\n"),
              ElementsAre("jupyter | jupyter | history:1", "param | param >=1.5.1,<2.0 | history:1",
                          "python | python>=3.5.1 | history:1"));
}

TEST(CondaHistory, WhatOneDialectAloneReadsIsReadToo) {
  EXPECT_THAT(AskedOf("# update specs: ['app ~=2', 'lib=1.0 b']\n"),
              ElementsAre("app | app ~=2 | history:1", "lib | lib=1.0 b | history:1"));
}

TEST(CondaHistory, OtherLinesAskForNothing) {
  EXPECT_THAT(AskedOf("# conda version: 24.1.0\n"
                      "# update specs:\n"
                      "# tried specs: ['app']\n"
                      "# update specs: ['mkl@', '']\n"
                      "update specs: ['app']\n"
                      "#\n"),
              IsEmpty());
}

TEST(CondaHistory, WhatCannotBeReadIsToldWithItsLine) {
  const auto error_of = [](std::string_view text) {
    const auto asked = ReadHistory(text, "history", /*specs_max=*/2);
    EXPECT_FALSE(asked.ok());
    return std::string(Message(asked.status()));
  };
  for (const std::string list : {"['app'", "['app", "[app]", "['a' 'b']", "[", "['app']x"}) {
    EXPECT_THAT(error_of(Cat("\n# update specs: ", list, "\n")),
                HasSubstr("history:2: a list ['SPEC', ...] is wanted"))
        << list;
  }
  EXPECT_THAT(error_of("# update specs: ['app >>1']"), HasSubstr("history:1: match specifier"));
  EXPECT_THAT(error_of("# update specs: ['ap*']"),
              HasSubstr("history:1: the name of one package is expected, found 'ap*'"));
  EXPECT_THAT(error_of("# update specs: ['a', 'b', 'c']"),
              HasSubstr("history:1: at most 2 specifiers are read"));
}

}  // namespace
}  // namespace accord::conda
