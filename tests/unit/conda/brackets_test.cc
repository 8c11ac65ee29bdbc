// Keys and values between brackets.
#include "ecosystem/conda/brackets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace accord::conda {
namespace {

std::string Shown(std::string_view inside) {
  const auto entries = ReadBrackets(inside);
  if (!entries.ok()) return std::string(entries.status().message());
  std::string out;
  for (const BracketEntry& entry : *entries) {
    out += entry.key + (entry.is_bare ? "" : entry.is_list ? "=[" : "=");
    for (const std::string& value : entry.values) out += "<" + value + ">";
    out += ";";
  }
  return out;
}

TEST(CondaBrackets, EntriesAreSeparatedByCommasOrBlanks) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {" , ", ""},
      {"a=1", "a=<1>;"},
      {"A = 1 ,b= '2, 3' c=\"4\"", "a=<1>;b=<2, 3>;c=<4>;"},
      {"a=f(x, y),b", "a=<f(x, y)>;b;"},
      {"a=^[, ]$ b=>=1", "a=<^[, ]$>;b=<>=1>;"},
      {"a=[x, 'y z',\"w\"] b=[]", "a=[<x><y z><w>;b=[;"},
      {R"(a='\'\\\d')", R"(a=<'\\d>;)"}};
  for (const auto& [inside, shown] : cases) EXPECT_EQ(Shown(inside), shown) << inside;
}

TEST(CondaBrackets, WhatDoesNotEndIsRefused) {
  EXPECT_EQ(Shown("a='b"), "key 'a': expected a closing quote");
  EXPECT_EQ(Shown("a='"), "key 'a': expected a closing quote");
  EXPECT_EQ(Shown("a=[b"), "key 'a': expected ']' behind the list");
  EXPECT_EQ(Shown("a="), "key 'a': expected a value");
  EXPECT_EQ(Shown("a=''"), "key 'a': expected a value");
}

TEST(CondaBrackets, TheEndIsFoundBehindQuotesAndOtherBrackets) {
  EXPECT_EQ(BracketsEnd("[a]b", 0), 3U);
  EXPECT_EQ(BracketsEnd("x[a=[b],c=']']y", 1), 14U);
  EXPECT_EQ(BracketsEnd("[a=\"\\\"]\"]", 0), 9U);
  EXPECT_EQ(BracketsEnd("[a's]", 0), 5U);  // a quote within a word is none
  EXPECT_EQ(BracketsEnd("[a=[b,']']]", 0), 11U);
  EXPECT_EQ(BracketsEnd("[a='b]", 0), std::string_view::npos);
}

TEST(CondaBrackets, AQuotedValueIsReadAsItWas) {
  for (const char* value : {"a", "a b", "it's", "\"", "'\"", "\\", "a\\", "\\'", "\\\\\"", "a,b",
                            "[x]", "(", "=", "\\d'\"\\d"}) {
    EXPECT_EQ(Shown("k=" + QuotedValue(value)), std::string("k=<") + value + ">;") << value;
    EXPECT_EQ(Shown("k=" + QuotedValue(value, value)), std::string("k=<") + value + ">;") << value;
  }
  EXPECT_EQ(QuotedValue("a"), "a");
  EXPECT_EQ(QuotedValue("a", "a"), "'a'");
}

}  // namespace
}  // namespace accord::conda
