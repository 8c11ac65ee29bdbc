// Conditions of dependencies (CEP 43).
#include "ecosystem/conda/condition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"

namespace accord::conda {
namespace {

Condition ParsedCondition(std::string_view text) {
  auto condition = Condition::Parse(text, {});
  EXPECT_TRUE(condition.ok()) << text << ": " << condition.status();
  return *condition;
}

// With these names in the environment.
bool Holds(std::string_view text, std::initializer_list<std::string_view> names) {
  return ParsedCondition(text).Holds([&](const MatchSpec& spec) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) { return spec.name.Matches(name); });
  });
}

TEST(CondaCondition, AndBindsTighterThanOr) {
  EXPECT_TRUE(Holds("a", {"a"}));
  EXPECT_FALSE(Holds("a and b", {"a"}));
  EXPECT_TRUE(Holds("a and b", {"a", "b"}));
  EXPECT_TRUE(Holds("a or b and c", {"a"}));
  EXPECT_TRUE(Holds("b and c or a", {"a"}));
  EXPECT_FALSE(Holds("(a or b) and c", {"a"}));
  EXPECT_TRUE(Holds("( (a) or(b) )and c", {"b", "c"}));
  EXPECT_FALSE(Holds("a and (b or c) and d", {"a", "b", "c"}));
}

TEST(CondaCondition, SpecifiersMayHaveBrackets) {
  const Condition condition = ParsedCondition(
      "python>=3.10 and win[license='a or b', build=\"a) and (b\"] or android and __unix");
  ASSERT_EQ(condition.specs().size(), 4U);
  EXPECT_EQ(condition.specs()[0].version->Text(), ">=3.10");
  EXPECT_EQ(condition.specs()[2].name.Text(), "android");
}

TEST(CondaCondition, ACanonicalTextSaysTheSameAgain) {
  const std::pair<const char*, const char*> cases[] = {
      {"a and (b or c)", "a and (b or c)"},
      {"(a and b) or c", "a and b or c"},
      {"((a))", "a"},
      {"a or (b or (c))", "a or b or c"},
      {"Python >= 3.10 and  foo =1", "python[version='>=3.10'] and foo=1"}};
  for (const auto& [text, canonical] : cases) {
    EXPECT_EQ(ParsedCondition(text).Canonical(), canonical);
    EXPECT_EQ(ParsedCondition(canonical).Canonical(), canonical);
  }
}

TEST(CondaCondition, WhatIsNoConditionIsRefused) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "byte 0: expected a match specifier"},
      {"and", "byte 0: expected a match specifier"},
      {"a and", "byte 5: expected a match specifier"},
      {"a 1 c d", "expected a build"},
      {"(a", "expected ')'"},
      {"a)", "byte 1: expected no ')'"},
      {"()", "expected a match specifier"},
      {"(a)(b)", "expected 'and' or 'or'"},
      {"a (b)", "expected 'and' or 'or'"},
      {"a[when=b]", "expected no condition within a condition"},
      {"a[nokey=b]", "key 'nokey'"}};
  for (const auto& [text, message] : cases) {
    const auto condition = Condition::Parse(text, {});
    EXPECT_EQ(condition.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(std::string(condition.status().message()), testing::HasSubstr(message));
  }
}

TEST(CondaCondition, TheDeepestOneIsEvaluatedRight) {
  const auto nested = [](size_t depth) {
    std::string text;
    for (size_t i = 0; i < depth; ++i) text += "b or a and (";
    return text + "b or a and a" + std::string(depth, ')');
  };
  EXPECT_TRUE(Holds(nested(kConditionDepthMax), {"a"}));
  EXPECT_FALSE(Holds(nested(kConditionDepthMax), {"c"}));
  EXPECT_EQ(Condition::Parse(nested(kConditionDepthMax + 1), {}).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(CondaCondition, AConditionCannotNestThroughBrackets) {
  std::string text = "a";
  while (text.size() < kMatchSpecBytesMax - 10) text = Cat("a[when=", text, "]");
  EXPECT_EQ(MatchSpec::Parse(text).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace accord::conda
