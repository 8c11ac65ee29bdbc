// TOML with limits: errors name the line, and no document is deeper than the recursion can bear.
#include "ecosystem/pypi/inputs/toml_text.h"

#include <gmock/gmock.h>

#include "base/error.h"

namespace accord::pypi {
namespace {

absl::Status TomlError(const std::string& text) { return ReadToml(text, "t").status(); }

std::string Repeated(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(ReadTomlTest, ASyntaxErrorNamesItsLine) {
  EXPECT_EQ(TomlError("a = 1\nb = = 2").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Message(TomlError("a = 1\nb = = 2")).substr(0, 5), "t:2: ");
}

TEST(ReadTomlTest, SizeHasALimit) {
  EXPECT_EQ(TomlError(std::string(kTomlBytesMax + 1, '\n')).code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(ReadTomlTest, EveryWayToNestHasALimit) {
  const std::string deep = Repeated("a.", kTomlDepthMax + 1);
  for (const std::string& text :
       {"x = 1\n" + deep + "b = 1", "[" + deep + "b]", "[[" + deep + "b]]",
        "x = {" + deep + "b = 1}", Repeated("\"a\" . ", kTomlDepthMax + 1) + "b = 1",
        "x = " + Repeated("[", kTomlDepthMax + 1), "x = " + Repeated("{a = ", kTomlDepthMax + 1),
        "x = ''''a'''', " + deep + "b = 1", "x = [\n\"\"\"a\"\"\"\"\", {" + deep + "b = 1}]",
        "[" + Repeated("a.", 100) + "b]\n" + Repeated("a.", 100) + "b = 1",
        "x = {" + Repeated("a.", 60) + "b = [{" + Repeated("a.", 60) + "b = {" +
            Repeated("a.", 90) + "b = 1"}) {
    EXPECT_EQ(TomlError(text).code(), absl::StatusCode::kResourceExhausted) << text.substr(0, 60);
  }
}

TEST(ReadTomlTest, DotsThatNestNothingDoNotCount) {
  const std::string dots(1000, '.');
  for (const std::string& text :
       {"x = '" + dots + "'", "x = \"\\\"" + dots + "\"", "x = '''\n" + dots + "\n'''", "# " + dots,
        "x = [" + Repeated("1.5, ", 1000) + "]", Repeated("[a]\n[b]\n", 0) + "y = 1.5",
        Repeated("[[a.b.c]]\n", 500)}) {
    EXPECT_TRUE(TomlError(text).ok()) << TomlError(text) << text.substr(0, 60);
  }
}

TEST(ReadTomlTest, TheLimitNamesItsLine) {
  EXPECT_EQ(Message(TomlError("a = 1\n" + Repeated("a.", kTomlDepthMax + 1))),
            "t:2: values stand in each other at most 200 deep");
}

TEST(FindTest, AValueOfAnotherKindIsAnErrorWithItsLine) {
  const auto table = ReadToml(
      "a = 1\nb = 'x'\nc = [1979-01-01]\nd = {}\ne = true\nf = [{}]\ng = [[1]]\nh = 1.5", "t");
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(Message(FindText(*table, "a", "t").status()),
            "t:1: a text is wanted as 'a', found a number");
  EXPECT_EQ(Message(FindTable(*table, "b", "t").status()),
            "t:2: a table is wanted as 'b', found a text");
  EXPECT_EQ(Message(FindTexts(*table, "c", "t").status()),
            "t:3: texts are wanted in 'c', found a date");
  EXPECT_EQ(Message(FindArray(*table, "d", "t").status()),
            "t:4: a list is wanted as 'd', found a table");
  EXPECT_EQ(Message(FindArray(*table, "e", "t").status()),
            "t:5: a list is wanted as 'e', found a truth value");
  EXPECT_EQ(Message(FindTexts(*table, "f", "t").status()),
            "t:6: texts are wanted in 'f', found a table");
  EXPECT_EQ(Message(FindTexts(*table, "g", "t").status()),
            "t:7: texts are wanted in 'g', found a list");
  EXPECT_EQ(Message(FindText(*table, "h", "t").status()),
            "t:8: a text is wanted as 'h', found a number");
  EXPECT_EQ(*FindTable(*table, "z", "t"), nullptr);
}

}  // namespace
}  // namespace accord::pypi
