// Compressed tag sets, and the rank of a file's best tag.
#include "ecosystem/pypi/tag.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace accord::pypi {
namespace {

using Texts = std::vector<std::string>;

SupportedTags Supported(const Texts& tags) { return *SupportedTags::Make(tags); }

std::optional<uint32_t> RankIn(const SupportedTags& supported, std::string_view tags) {
  return supported.RankOf(*TagSet::Parse(tags));
}

std::string ErrorOf(std::string_view text) {
  return std::string(Message(TagSet::Parse(text).status()));
}

TEST(PypiTag, ASetIsTheProductOfItsLists) {
  EXPECT_EQ(TagSet::Parse("py3.py2-none-any")->Expanded(), (Texts{"py2-none-any", "py3-none-any"}));
  EXPECT_EQ(TagSet::Parse("a.b-c.d-e.f")->Expanded(),
            (Texts{"a-c-e", "a-c-f", "a-d-e", "a-d-f", "b-c-e", "b-c-f", "b-d-e", "b-d-f"}));
}

TEST(PypiTag, ATagThatStandsTwiceCountsOnce) {
  EXPECT_EQ(TagSet::Parse("py3.py3-none-any")->Expanded(), Texts{"py3-none-any"});
}

TEST(PypiTag, LettersAreReadInLowerCase) {
  EXPECT_EQ(TagSet::Parse("CP37-cp37M-Win_AMD64")->Text(), "cp37-cp37m-win_amd64");
}

TEST(PypiTag, AnErrorSaysWhatIsWrong) {
  EXPECT_EQ(ErrorOf("py3-none"),
            "tag 'py3-none': expected three parts with '-' between them, as py3-none-any");
  EXPECT_EQ(ErrorOf("py3-none-any-x"),
            "tag 'py3-none-any-x': expected three parts with '-' between them, as py3-none-any");
  EXPECT_EQ(ErrorOf("py3.-none-any"), "tag 'py3.-none-any': empty word");
  EXPECT_EQ(ErrorOf("2.7-none-any"),
            "tag '2.7-none-any': expected an interpreter as cp312 or py3, found '2.7'");
}

TEST(PypiTag, SortedListsAreSeen) {
  EXPECT_TRUE(TagSet::Parse("py2.py3-none-any")->IsSorted());
  EXPECT_FALSE(TagSet::Parse("py3.py2-none-any")->IsSorted());
  EXPECT_FALSE(TagSet::Parse("py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64")->IsSorted());
}

TEST(PypiTag, LongTextsAndLargeProductsReachALimit) {
  const std::string longest = "py3-none-" + std::string(kTagBytesMax - 9, 'a');
  EXPECT_TRUE(TagSet::Parse(longest).ok());
  EXPECT_EQ(TagSet::Parse(longest + "a").status().code(), absl::StatusCode::kResourceExhausted);

  std::string words = "a";
  for (size_t i = 1; i < 32; ++i) words += ".a";
  EXPECT_TRUE(TagSet::Parse(words + "-" + words + "-any").ok());  // 1,024
  EXPECT_EQ(TagSet::Parse(words + "-" + words + ".a-any").status().code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(TagSet::Parse("a.b-none-any", 1).status().code(), absl::StatusCode::kResourceExhausted);
}

TEST(PypiTag, ARankIsThatOfTheBestTag) {
  const SupportedTags supported =
      Supported({"cp312-cp312-linux_x86_64", "cp312-abi3-linux_x86_64", "py3-none-any"});
  EXPECT_EQ(RankIn(supported, "cp312-cp312-linux_x86_64"), 0U);
  EXPECT_EQ(RankIn(supported, "py2.py3-none-any"), 2U);
  EXPECT_EQ(RankIn(supported, "py3.cp312-none.abi3-any.linux_x86_64"), 1U);
  EXPECT_EQ(RankIn(supported, "cp312.py3-abi3.none-linux_x86_64.any"), 1U);
  EXPECT_EQ(RankIn(supported, "cp311-cp311-linux_x86_64"), std::nullopt);
  // Each word is known, the tag is not.
  EXPECT_EQ(RankIn(supported, "py3-abi3-linux_x86_64"), std::nullopt);
}

TEST(PypiTag, OfEqualSupportedTagsTheFirstCounts) {
  const SupportedTags supported = Supported({"py3-none-any", "py2-none-any", "PY3-none-any"});
  EXPECT_EQ(RankIn(supported, "py3-none-any"), 0U);
  EXPECT_EQ(supported.best_first().size(), 2U);
}

TEST(PypiTag, WordsOfTheTargetAreKnownOneByOne) {
  const SupportedTags supported = Supported({"cp312-abi3-linux_x86_64"});
  EXPECT_TRUE(supported.HasPython("cp312") && supported.HasAbi("abi3"));
  EXPECT_TRUE(supported.HasPlatform("linux_x86_64"));
  EXPECT_FALSE(supported.HasPython("abi3") || supported.HasAbi("") || supported.HasPlatform("any"));
}

TEST(PypiTag, NoTagsSupportNothing) {
  EXPECT_TRUE(SupportedTags().empty());
  EXPECT_EQ(RankIn(SupportedTags(), "py3-none-any"), std::nullopt);
}

TEST(PypiTag, ATargetTakesSingleTagsAndNotTooMany) {
  const Texts set = {"py2.py3-none-any"};
  EXPECT_EQ(Message(SupportedTags::Make(set).status()),
            "tag 'py2.py3-none-any': expected one tag, found a set of tags");
  const Texts invalid = {"py3-none-any", "py3"};
  EXPECT_EQ(SupportedTags::Make(invalid).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(SupportedTags::Make(Texts(kSupportedTagsMax, "py3-none-any")).ok());
  EXPECT_EQ(SupportedTags::Make(Texts(kSupportedTagsMax + 1, "py3-none-any")).status().code(),
            absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace accord::pypi
