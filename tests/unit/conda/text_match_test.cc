// String matching: texts, globs, regular expressions, and their limits.
#include "ecosystem/conda/text_match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace accord::conda {
namespace {

TextMatch ParsedPattern(std::string_view pattern, Dialect dialect = Dialect::kCep) {
  auto match = TextMatch::Parse(pattern, dialect);
  EXPECT_TRUE(match.ok()) << pattern << ": " << match.status();
  return *match;
}

struct PatternCase {
  const char* pattern;
  const char* text;
  bool matches;
};

TEST(CondaTextMatch, PatternsMatchWithoutLetterCase) {
  const PatternCase cases[] = {{"mkl", "mkl", true},
                               {"mkl", "MKL", true},
                               {"MKL", "mkl", true},
                               {"mkl", "mkl2", false},
                               {"mkl", "", false},
                               {"*", "", true},
                               {"**", "any", true},
                               {"py*", "py", true},
                               {"PY*", "python", true},
                               {"py*", "cpython", false},
                               {"*py*", "cpython-linux-64", true},
                               {"*py*", "rust", false},
                               {"a*b*c", "abc", true},
                               {"a*b*c", "a1b2b3c", true},
                               {"a*b*c", "acb", false},
                               {"ab*ba", "aba", false},
                               {"ab*ba", "abba", true},
                               {"*a*a*", "a", false},
                               {"*ab*ab", "abab", true},
                               {"*ab*ab", "ab", false},
                               {"a*a", "a", false},
                               {"py.*", "python", false},
                               {"py.*", "py.x", true},
                               {"a+b*", "a+b", true},
                               {"a?b*", "axb", false},
                               {"^py.*$", "Python", true},
                               {"^.*(accelerate|mkl)$", "mkl", true},
                               {"^.*(accelerate|mkl)$", "openblas", false},
                               {"^$", "", true},
                               {"^$", "x", false},
                               {"^a", "^a", true},
                               {"^a|b$", "abc", true},
                               {"^a\\.b$", "axb", false}};
  for (const PatternCase& c : cases) {
    EXPECT_EQ(ParsedPattern(c.pattern).Matches(c.text), c.matches) << c.pattern << " " << c.text;
  }
}

// Against the definition: a star for each way to split the text.
bool ModelGlob(std::string_view glob, std::string_view text) {
  if (glob.empty()) return text.empty();
  if (glob[0] != '*') {
    return !text.empty() && glob[0] == text[0] && ModelGlob(glob.substr(1), text.substr(1));
  }
  for (size_t i = 0; i <= text.size(); ++i) {
    if (ModelGlob(glob.substr(1), text.substr(i))) return true;
  }
  return false;
}

TEST(CondaTextMatch, EverySmallGlobMatchesWhatItShould) {
  const auto all = [](std::string_view letters, size_t length_max) {
    std::vector<std::string> texts = {""};
    for (size_t i = 0; i < texts.size(); ++i) {
      if (texts[i].size() == length_max) break;
      for (const char c : letters) texts.push_back(texts[i] + c);
    }
    return texts;
  };
  for (const std::string& glob : all("ab*", 5)) {
    if (glob.find('*') == std::string::npos) continue;
    const TextMatch match = ParsedPattern(glob);
    for (const std::string& text : all("ab", 5)) {
      ASSERT_EQ(match.Matches(text), ModelGlob(glob, text)) << glob << " " << text;
    }
  }
}

TEST(CondaTextMatch, LibmambaReadsOtherBuildsAsExpressionsThatFitWhole) {
  const PatternCase cases[] = {{"py.*", "python", true},
                               {"py.*", "cpython", false},
                               {"py3.10_cuda11.8*", "py3.10_cuda11.8_cudnn8.7.0_0", true},
                               {"*_7.3_pypy", "0_7.3_pypy", true},
                               {"py*", "pypy", true},
                               {"1.0", "1x0", false}};
  for (const PatternCase& c : cases) {
    EXPECT_EQ(ParsedPattern(c.pattern, Dialect::kLibmamba).Matches(c.text), c.matches)
        << c.pattern << " " << c.text;
  }
}

TEST(CondaTextMatch, EqualPatternsHaveEqualTexts) {
  EXPECT_EQ(ParsedPattern("Py**3*"), ParsedPattern("py*3**"));
  EXPECT_EQ(ParsedPattern("Py**3*").Canonical(), "py*3*");
  EXPECT_EQ(ParsedPattern("Py**3*").Text(), "Py**3*");
  EXPECT_NE(ParsedPattern("^A$"), ParsedPattern("^a$"));
  EXPECT_EQ(ParsedPattern("***"), TextMatch());
}

TEST(CondaTextMatch, WhatRe2DoesNotReadIsRefused) {
  for (const char* pattern : {"^(a$", "^(?=a).*$", "^(a)\\1$", "^[b-a]$"}) {
    const auto match = TextMatch::Parse(pattern);
    EXPECT_EQ(match.status().code(), absl::StatusCode::kInvalidArgument) << pattern;
    EXPECT_THAT(std::string(match.status().message()),
                testing::HasSubstr(std::string("regular expression '") + pattern));
  }
}

TEST(CondaTextMatch, LongerThanTheLimitIsATypedAnswer) {
  const std::string longest(kPatternBytesMax, 'a');
  EXPECT_TRUE(TextMatch::Parse(longest).ok());
  EXPECT_EQ(TextMatch::Parse(longest + "a").status().code(), absl::StatusCode::kResourceExhausted);
}

TEST(CondaTextMatch, AnExpressionThatGrowsTooLargeIsATypedAnswer) {
  EXPECT_EQ(TextMatch::Parse("^((((a{1,10}){1,10}){1,10}){1,10}){1,10}$").status().code(),
            absl::StatusCode::kInvalidArgument);  // RE2 counts repetitions before it compiles
  EXPECT_EQ(TextMatch::Parse("^(\\pL{1,30}){1,30}$").status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(CondaTextMatch, ManyStarsOverALongTextEnd) {
  std::string glob;
  for (int i = 0; i < 500; ++i) glob += "a*";
  EXPECT_FALSE(ParsedPattern(glob + "b").Matches(std::string(100'000, 'a')));
  EXPECT_FALSE(ParsedPattern("^(a*)*b$").Matches(std::string(100'000, 'a')));
}

}  // namespace
}  // namespace accord::conda
