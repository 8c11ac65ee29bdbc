// Parameters of methods, field by field: what is read, and the pointer of what is wrong.
#include "wire/params.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace accord::wire {
namespace {

using ::testing::ElementsAre;

struct Word {
  std::string_view word;
  int value;
};
constexpr Word kWords[] = {{"one", 1}, {"two", 2}};

JsonNode Parsed(std::string_view text) {
  return *ParseStrictJson(text, "", {.bytes_max = 1000, .depth_max = 10});
}

// What reading says of a document.
template <class Read>
std::string FaultOf(std::string_view text, Read read) {
  const JsonNode node = Parsed(text);
  absl::Status status;
  Params params(&node, "/in", status);
  read(params);
  return std::string(Message(status));
}

TEST(Params, ReadsFieldsOfEachKind) {
  const JsonNode node = Parsed(
      R"({"t":"x","b":true,"n":7,"l":["a","b"],"o":{"i":"y"},"w":"two","null":null,"more":1})");
  absl::Status status;
  Params params(&node, "", status);
  EXPECT_EQ(params.Text("t"), "x");
  EXPECT_TRUE(params.BoolOr("b", false));
  EXPECT_EQ(params.Count("n"), 7u);
  EXPECT_THAT(params.Texts("l"), ElementsAre("a", "b"));
  EXPECT_EQ(params.Object("o").Text("i"), "y");
  int word = 0;
  params.Word("w", kWords, word);
  EXPECT_EQ(word, 2);
  EXPECT_TRUE(status.ok()) << status;
}

TEST(Params, WhatIsNotThereHasItsDefaultAndNullIsNotThere) {
  const JsonNode node = Parsed(R"({"a":null})");
  absl::Status status;
  Params params(&node, "", status);
  EXPECT_FALSE(params.Has("a"));
  EXPECT_EQ(params.TextOr("a", "d"), "d");
  EXPECT_TRUE(params.BoolOr("a", true));
  EXPECT_EQ(params.Count("a"), std::nullopt);
  EXPECT_TRUE(params.Texts("a").empty());
  EXPECT_EQ(params.Object("a").TextOr("x", "d"), "d");
  int word = 5;
  params.Word("a", kWords, word);
  EXPECT_EQ(word, 5);
  EXPECT_TRUE(status.ok()) << status;
}

TEST(Params, FaultsNameThePointerTheWishAndTheFact) {
  EXPECT_EQ(FaultOf("{}", [](Params& p) { (void)p.Text("a"); }),
            "/in/a: a text is wanted, it is not there");
  EXPECT_EQ(FaultOf(R"({"a":1})", [](Params& p) { (void)p.Text("a"); }),
            "/in/a: a text is wanted, found a number");
  EXPECT_EQ(FaultOf(R"({"a":"x"})", [](Params& p) { (void)p.BoolOr("a", false); }),
            "/in/a: true or false is wanted, found a text");
  EXPECT_EQ(FaultOf(R"({"a":-1})", [](Params& p) { (void)p.Count("a"); }),
            "/in/a: 0 or more is wanted, found -1");
  EXPECT_EQ(FaultOf(R"({"a":["x",{}]})", [](Params& p) { (void)p.Texts("a"); }),
            "/in/a/1: a text is wanted, found an object");
  EXPECT_EQ(FaultOf(R"({"a":[]})", [](Params& p) { (void)p.Object("a"); }),
            "/in/a: an object is wanted, found a list");
  EXPECT_EQ(FaultOf(R"({"a":"six"})",
                    [](Params& p) {
                      int word = 0;
                      p.Word("a", kWords, word);
                    }),
            "/in/a: one of one, two is wanted, found 'six'");
  EXPECT_EQ(FaultOf("[]", [](Params& p) { EXPECT_FALSE(p.Has("a")); }),
            "/in: an object is wanted, found a list");
}

TEST(Params, TheFirstFaultCounts) {
  EXPECT_EQ(FaultOf(R"({"a":1,"b":2})",
                    [](Params& p) {
                      (void)p.Text("a");
                      (void)p.Text("b");
                    }),
            "/in/a: a text is wanted, found a number");
}

TEST(Params, PointersEscapeWhatHasAMeaningThere) {
  EXPECT_EQ(FaultOf(R"({"o":{"a/b~c":1}})",
                    [](Params& p) {
                      p.ForMembers(
                          "o", [&](const std::string&, const JsonNode& value,
                                   const std::string& pointer) { (void)p.TextAt(value, pointer); });
                    }),
            "/in/o/a~1b~0c: a text is wanted, found a number");
}

}  // namespace
}  // namespace accord::wire
