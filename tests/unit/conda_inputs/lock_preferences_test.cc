// Locks: which of their entries are preferred.
#include "ecosystem/conda/inputs/lock_preferences.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "ecosystem/conda/inputs/spec_lines.h"
#include "tests/unit/conda_inputs/lines.h"

namespace accord::conda {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Lines;

ResolveRequest Preferring(std::string_view lines, const Upgrade& upgrade = {}) {
  ResolveRequest request;
  const auto input = ReadSpecLines(lines, "lock");
  EXPECT_TRUE(input.ok()) << input.status();
  const auto lock = ReadLockedRecords(*input, {}, Dialect::kCep);
  EXPECT_TRUE(lock.ok()) << lock.status();
  if (lock.ok()) Prefer(request, *lock, upgrade);
  return request;
}

TEST(LockedRecordsTest, PinsAreFavouredAndTheRestIsNoted) {
  const ResolveRequest request =
      Preferring("a=1=h0\nb==2\nc=3\nd ==4 h1\ne >=5\nf\ng=1[extras=[x]]\n");
  EXPECT_THAT(Lines(request.favored),
              ElementsAre("lock:1|a=1=h0", "lock:2|b==2", "lock:3|c=3", "lock:4|d ==4 h1"));
  EXPECT_THAT(Lines(request.notes),
              ElementsAre("lock:5|'e >=5' is no preference: name=version=build is",
                          "lock:6|'f' is no preference: name=version=build is",
                          "lock:7|'g=1[extras=[x]]' is no preference: name=version=build is"));
  EXPECT_THAT(request.specs, IsEmpty());
}

TEST(LockedRecordsTest, AnExplicitListIsItsFiles) {
  EXPECT_THAT(Lines(Preferring("@EXPLICIT\n/c/noarch/a-1-0.conda\n").favored),
              ElementsAre("lock:2|a[subdir='noarch',fn='a-1-0.conda']"));
}

TEST(LockedRecordsTest, WhatIsUpgradedIsNotFavoured) {
  const ResolveRequest some = Preferring("a=1=h0\nB==2\n", {.names = {"b", "None"}});
  EXPECT_THAT(Lines(some.favored), ElementsAre("lock:1|a=1=h0"));
  EXPECT_THAT(Lines(some.notes), ElementsAre("--upgrade-package|the lock has no 'none'"));
  EXPECT_THAT(Preferring("a=1=h0\n", {.all = true}).favored, IsEmpty());
}

TEST(LockedRecordsTest, WhatIsNoSpecifierIsRefusedWithItsPlace) {
  const auto lock = ReadLockedRecords({.specs = {{"a >>1", "lock:1"}}}, {}, Dialect::kCep);
  EXPECT_THAT(std::string(Message(lock.status())),
              ::testing::StartsWith("lock:1: match specifier"));
}

}  // namespace
}  // namespace accord::conda
