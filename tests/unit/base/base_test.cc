// The promises of base/: ids, interning, messages, threads, hashing, broken contracts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <type_traits>

#include "base/error.h"
#include "base/executor.h"
#include "base/id.h"
#include "base/interner.h"
#include "base/sha256.h"

namespace accord {
namespace {

struct ATag;
struct BTag;

TEST(Id, IdsOfDifferentThingsDoNotConvert) {
  static_assert(!std::is_convertible_v<Id<ATag>, Id<BTag>>);
  static_assert(!std::is_convertible_v<uint32_t, Id<ATag>>);
  EXPECT_FALSE(Id<ATag>().valid());
  EXPECT_LT(Id<ATag>(1U), Id<ATag>(2U));
}

TEST(Id, AnArrayKeyedByAnIdGivesOutTheNextOne) {
  IdVector<Id<ATag>, std::string> names;
  EXPECT_EQ(names.Add("x"), Id<ATag>(0U));
  EXPECT_EQ(names.NextId(), Id<ATag>(1U));
  names.GrowTo(3, "none");
  names.GrowTo(2);
  EXPECT_EQ(names.size(), 3U);
  EXPECT_EQ(names[Id<ATag>(2U)], "none");
}

TEST(Interner, EqualTextsAreOneIdAndViewsStayGood) {
  Interner interner;
  const StringId first = interner.Intern("first");
  const std::string_view view = interner.Text(first);
  for (int i = 0; i < 20'000; ++i) interner.Intern(Cat("text number ", i));
  EXPECT_EQ(interner.Intern("first"), first);
  EXPECT_EQ(view.data(), interner.Text(first).data());
  EXPECT_EQ(interner.Text(interner.Find("text number 19999")), "text number 19999");
  EXPECT_FALSE(interner.Find("never seen").valid());
}

TEST(Interner, TextsLargerThanABlockAreKeptWhole) {
  Interner interner;
  const std::string large(100'000, 'x');
  const StringId small = interner.Intern("small");
  const StringId id = interner.Intern(large);
  const StringId after = interner.Intern("after");
  EXPECT_EQ(interner.Text(id), large);
  EXPECT_EQ(interner.Text(small), "small");
  EXPECT_EQ(interner.Text(after), "after");
  EXPECT_EQ(interner.Text(interner.Intern("")), "");
}

TEST(Error, APlaceComesFirst) {
  EXPECT_EQ(Message(InvalidInput("argument 2", "no version")), "argument 2: no version");
  EXPECT_EQ(Message(InvalidInput("", "no version")), "no version");
  EXPECT_EQ(Message(At("a.txt:3", Missing("line", "gone"))), "a.txt:3: line: gone");
  EXPECT_TRUE(At("anywhere", absl::OkStatus()).ok());
}

TEST(Error, QuotedTextIsSafeToPrint) {
  EXPECT_EQ(Quoted("plain é"), "'plain é'");
  EXPECT_EQ(Quoted("a\x1b[31m\n"), "'a\\x1b[31m\\x0a'");
  EXPECT_EQ(Quoted("\xff\xc3"), "'\\xff\\xc3'");
  EXPECT_EQ(Quoted("\xc2\x9b"), "'\\xc2\\x9b'") << "a control character in two bytes";
  EXPECT_EQ(Quoted(std::string(1000, 'x'), 10), "'" + std::string(10, 'x') + "...'");
}

TEST(Executor, EachTaskRunsOnce) {
  for (const size_t threads : {1U, 2U, 7U}) {
    std::vector<std::atomic<int>> runs(1000);
    Executor(threads).ForEach(runs.size(), [&](size_t i) { ++runs[i]; });
    for (const std::atomic<int>& count : runs) ASSERT_EQ(count.load(), 1);
  }
  Executor(2).ForEach(0, [](size_t) { FAIL() << "there is nothing to do"; });
}

// FIPS 180-4's own examples.
TEST(Sha256, DigestsAreThoseOfTheStandard) {
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(CheckDeathTest, ABrokenContractNamesPlaceAndCondition) {
  EXPECT_DEATH(ACCORD_CHECK(1 + 1 == 3), "our bug: .*base_test.cc:[0-9]+: .*1 \\+ 1 == 3");
}

}  // namespace
}  // namespace accord
