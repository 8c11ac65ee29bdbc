// The strict JSON reader: duplicate keys, depth and size are refused with their place.
#include "model/strict_json.h"

#include "base/error.h"
#include "gtest/gtest.h"

namespace accord {
namespace {

constexpr JsonLimits kLimits{.bytes_max = 1000, .depth_max = 5};

std::string JsonErrorOf(std::string_view text) {
  const auto node = ParseStrictJson(text, "t", kLimits);
  return node.ok() ? "" : std::string(Message(node.status()));
}

TEST(StrictJson, MembersKeepTheirOrder) {
  const auto node = ParseStrictJson(R"({"b":1,"a":[true,null,"x"]})", "t", kLimits);
  ASSERT_TRUE(node.ok());
  ASSERT_EQ(node->members.size(), 2u);
  EXPECT_EQ(node->members[0].name, "b");
  EXPECT_EQ(node->members[0].value.integer, 1);
  ASSERT_NE(node->Find("a"), nullptr);
  EXPECT_EQ(node->Find("a")->items[2].text, "x");
  EXPECT_EQ(node->Find("c"), nullptr);
}

TEST(StrictJson, ADuplicateKeyIsRefused) {
  EXPECT_EQ(JsonErrorOf(R"({"a":1,"b":{"a":2},"a":3})"), "t: key 'a' stands twice in one object");
}

TEST(StrictJson, EqualKeysInDifferentObjectsAreFine) {
  EXPECT_EQ(JsonErrorOf(R"([{"a":1},{"a":{"a":2}}])"), "");
}

TEST(StrictJson, BrokenTextNamesTheByte) {
  EXPECT_EQ(JsonErrorOf("[1,"), "t: at byte 4: JSON expected, broken there");
  EXPECT_EQ(JsonErrorOf("[1] x"), "t: at byte 5: JSON expected, broken there");
}

TEST(StrictJson, NumbersAreWhole) {
  EXPECT_EQ(JsonErrorOf("[1.5]"), "t: number '1.5' is not a whole number");
  EXPECT_EQ(JsonErrorOf("[18446744073709551615]"), "t: number 18446744073709551615 is too large");
  const auto node = ParseStrictJson("-3", "t", kLimits);
  ASSERT_TRUE(node.ok());
  EXPECT_EQ(node->integer, -3);
}

TEST(StrictJson, DepthIsLimitedAndTheLimitItselfIsFine) {
  EXPECT_EQ(JsonErrorOf("[[[[1]]]]"), "");
  EXPECT_EQ(JsonErrorOf("[[[[[1]]]]]"), "t: values nest deeper than 5");
}

TEST(StrictJson, QuotingComesBack) {
  const std::string text = "a\"\\\n\x01\u00e9/";
  const auto node = ParseStrictJson(JsonQuoted(text), "t", kLimits);
  ASSERT_TRUE(node.ok());
  EXPECT_EQ(node->text, text);
}

TEST(StrictJson, ATreeIsWrittenAsItWasRead) {
  const std::string text =
      R"({"a":[1,-2,0.5,1e+300,"t\"\u0001"],"b":{},"c":[],"d":{"e":null,"f":true,"g":false}})";
  const JsonLimits limits{.bytes_max = 1000, .depth_max = 5, .allow_fractions = true};
  const auto node = ParseStrictJson(text, "t", limits);
  ASSERT_TRUE(node.ok()) << Message(node.status());
  EXPECT_EQ(JsonText(*node), text);
}

TEST(StrictJson, QuotingReplacesBrokenUtf8) { EXPECT_EQ(JsonQuoted("a\xff"), "\"a\xef\xbf\xbd\""); }

TEST(StrictJson, FractionsAreReadWhereTheyAreAllowed) {
  JsonLimits limits = kLimits;
  limits.allow_fractions = true;
  const auto node = ParseStrictJson("[1.5,-2e3,7]", "t", limits);
  ASSERT_TRUE(node.ok());
  EXPECT_EQ(node->items[0].kind, JsonNode::Kind::kReal);
  EXPECT_EQ(node->items[0].real, 1.5);
  EXPECT_EQ(node->items[1].real, -2000.0);
  EXPECT_EQ(node->items[2].integer, 7);
  EXPECT_EQ(JsonErrorOf("[1.5]"), "t: number '1.5' is not a whole number");
  EXPECT_FALSE(ParseStrictJson("[1e999]", "t", limits).ok());
  EXPECT_FALSE(ParseStrictJson("[NaN]", "t", limits).ok());
}

TEST(StrictJson, WholeNumbersBeyondWhatDoublesTellApartAreRefusedWhereTheLimitsSaySo) {
  JsonLimits limits = kLimits;
  limits.allow_fractions = true;
  limits.refuse_inexact = true;
  EXPECT_TRUE(ParseStrictJson("[9007199254740992,-9007199254740992]", "t", limits).ok());
  for (const char* text : {"[9007199254740993]", "[-9007199254740993]", "[18446744073709551615]",
                           "[18446744073709551616]"}) {
    EXPECT_FALSE(ParseStrictJson(text, "t", limits).ok()) << text;
  }
  EXPECT_EQ(JsonErrorOf("[9007199254740993]"), "");
}

}  // namespace
}  // namespace accord
