// JsonStream: members come one after the other, whatever the pieces that the text arrives in.
#include "metadata/json_stream.h"

#include <algorithm>

#include "corpora.h"

namespace accord::metadata {
namespace {

constexpr auto kNoJson = absl::StatusCode::kNotFound;
using ::testing::ElementsAre;

// Gives a byte at a time.
class Trickle final : public ByteStream {
 public:
  explicit Trickle(std::string text) : text_(std::move(text)) {}
  absl::StatusOr<size_t> Read(char* to, size_t size) override {
    if (at_ == text_.size() || size == 0) return size_t{0};
    *to = text_[at_++];
    return size_t{1};
  }

 private:
  const std::string text_;
  size_t at_ = 0;
};

JsonStream StreamOf(std::string_view text, size_t value_bytes_max = 1 << 20) {
  return JsonStream(std::make_unique<Trickle>(std::string(text)), "it", value_bytes_max);
}

// "key=value" of the members of the outer object; values that begin with 's' are skipped.
absl::StatusOr<std::vector<std::string>> Members(std::string_view text,
                                                 size_t value_bytes_max = 1 << 20) {
  JsonStream json = StreamOf(text, value_bytes_max);
  std::vector<std::string> members;
  ACCORD_RETURN_IF_ERROR(json.Enter());
  while (true) {
    const auto key = json.NextKey();
    if (!key.ok()) return key.status();
    if (!*key) break;
    std::string member = Cat(**key, "=");
    if (member.starts_with("s")) {
      ACCORD_RETURN_IF_ERROR(json.SkipValue());
    } else {
      const auto value = json.TakeValue();
      if (!value.ok()) return value.status();
      member += *value;
    }
    members.push_back(std::move(member));
  }
  const auto ended = json.AtEnd();
  if (!ended.ok()) return ended.status();
  EXPECT_TRUE(*ended);
  return members;
}

TEST(JsonStream, MembersComeOneAfterTheOther) {
  EXPECT_THAT(
      Members(R"( { "a" : 1 , "s":[{"}":"]"},"\""], "b":{"c":[1, "x\\"]} ,"d":"t" } )").value(),
      ElementsAre("a=1", "s=", R"(b={"c":[1, "x\\"]})", R"(d="t")"));
  EXPECT_THAT(Members("{}").value(), ElementsAre());
  EXPECT_THAT(Members(R"({"a":null,"b":-1.5e3,"s":true})").value(),
              ElementsAre("a=null", "b=-1.5e3", "s="));
}

TEST(JsonStream, EscapesOfKeysAreUndone) {
  EXPECT_THAT(Members(R"({"a\"\u00e9":1,"é":2})").value(), ElementsAre("a\"\xC3\xA9=1", "é=2"));
}

TEST(JsonStream, ObjectsAreEnteredAndLeft) {
  JsonStream json = StreamOf(R"({"a":{"b":1,"c":2},"d":{}} 7)");
  ASSERT_TRUE(json.Enter().ok());
  EXPECT_EQ(json.NextKey().value(), "a");
  EXPECT_EQ(json.Peek().value(), '{');
  ASSERT_TRUE(json.Enter().ok());
  EXPECT_EQ(json.NextKey().value(), "b");
  EXPECT_TRUE(json.SkipValue().ok());
  EXPECT_EQ(json.NextKey().value(), "c");
  EXPECT_EQ(json.TakeValue().value(), "2");
  EXPECT_EQ(json.NextKey().value(), std::nullopt);
  EXPECT_EQ(json.NextKey().value(), "d");
  ASSERT_TRUE(json.Enter().ok());
  EXPECT_EQ(json.NextKey().value(), std::nullopt);
  EXPECT_EQ(json.NextKey().value(), std::nullopt);
  EXPECT_FALSE(json.AtEnd().value());
  ExpectStatus(json.Enter(), kNoJson, "it: byte 27: an object is expected, found '7'");
}

TEST(JsonStream, WhatIsNoJsonIsNamedByByte) {
  const auto expect = [](std::string_view text, std::string_view message) {
    ExpectStatus(Members(text).status(), kNoJson, message);
  };
  expect("", "it: byte 0: an object is expected, found the end");
  expect("[]", "it: byte 0: an object is expected, found '['");
  expect("{1:2}", "it: byte 1: a key is expected, found '1'");
  expect(R"({"a" 1})", "it: byte 5: ':' is expected, found '1'");
  expect(R"({"a":})", "it: byte 5: a value is expected, found '}'");
  expect(R"({"a":1 "b":2})", "it: byte 7: ',' or '}' is expected, found '\"'");
  expect(R"({"a":1,})", "it: byte 7: a key is expected, found '}'");
  expect("{\"\xFF\":1}", "it: byte 1: a damaged key");
  expect(R"({"a":"b)", "the end of a text is expected, found the end");
  expect(R"({"a":[1,2)", "the end of a value is expected, found the end");
  expect(R"({"a":1)", "',' or '}' is expected, found the end");
}

TEST(JsonStream, ValuesThatAreTakenHaveALimitAndThoseThatAreSkippedHaveNone) {
  const std::string value = Cat("[\"", std::string(100, 'x'), "\"]");
  EXPECT_TRUE(Members(Cat("{\"a\":", value, "}"), value.size()).ok());
  ExpectStatus(Members(Cat("{\"a\":", value, "}"), value.size() - 1).status(),
               absl::StatusCode::kResourceExhausted,
               Cat("it: byte 5: a value may have at most ", value.size() - 1, " bytes"));
  EXPECT_TRUE(Members(Cat("{\"s\":", value, "}"), 10).ok());
}

TEST(JsonStream, ValuesMayBeLargerThanWhatIsReadAtOnce) {
  const std::string value = Cat("\"", std::string(600'000, 'x'), "\"");
  EXPECT_THAT(Members(Cat("{\"a\":", value, ",\"b\":", value, "}")).value(),
              ElementsAre("a=" + value, "b=" + value));
}

}  // namespace
}  // namespace accord::metadata
