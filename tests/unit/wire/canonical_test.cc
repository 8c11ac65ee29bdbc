// CanonicalJson: RFC 8785's form for the values that our documents hold.

#include "wire/canonical.h"

#include <gtest/gtest.h>

#include <string>

#include "base/sha256.h"

namespace accord::wire {
namespace {

using nlohmann::json;

TEST(CanonicalJson, SortsKeysAtEachLevelAndWritesNoWhiteSpace) {
  const json document = {{"b", {{"z", 1}, {"a", true}}}, {"a", {1, nullptr, "x"}}, {"B", -5}};
  EXPECT_EQ(CanonicalJson(document), R"({"B":-5,"a":[1,null,"x"],"b":{"a":true,"z":1}})");
}

TEST(CanonicalJson, EscapesControlsAsTheRfcSaysAndNothingElse) {
  // The example of RFC 8785, 3.2.2.2, with every short escape.
  EXPECT_EQ(CanonicalJson("\u20ac$\x0f\nA'B\"\\\\\"/"),
            "\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
  EXPECT_EQ(CanonicalJson(std::string("\b\t\n\f\r\x01\x1f\0", 8)),
            R"("\b\t\n\f\r\u0001\u001f\u0000")");
  EXPECT_EQ(CanonicalJson("\x7f</script>\u2028"), "\"\x7f</script>\u2028\"");
}

TEST(CanonicalJson, WritesWholeNumbersInFull) {
  EXPECT_EQ(CanonicalJson({0, -1, 9007199254740991}), "[0,-1,9007199254740991]");
}

TEST(CanonicalJson, ReplacesBrokenUtf8) { EXPECT_EQ(CanonicalJson("a\xff"), "\"a\ufffd\""); }

TEST(CanonicalJsonDeathTest, RefusesFractions) {
  EXPECT_DEATH((void)CanonicalJson({{"half", 0.5}}), "canonical.cc:[0-9]+: broken contract");
}

TEST(Digest, IsTheSha256OfTheCanonicalText) {
  EXPECT_EQ(DigestOf(json::object()), "sha256:" + Sha256Hex("{}"));
  EXPECT_EQ(DigestOf({{"a", 1}, {"b", 2}}), DigestOf({{"b", 2}, {"a", 1}}));
  EXPECT_NE(DigestOf({{"a", 1}}), DigestOf({{"a", 2}}));
}

}  // namespace
}  // namespace accord::wire
