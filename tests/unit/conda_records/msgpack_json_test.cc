// MessagePack and the JSON that is made of it say the same; what JSON cannot say is an error.
#include "ecosystem/conda/msgpack_json.h"

#include <cmath>
#include <limits>

#include "shards.h"

namespace accord::conda {
namespace {

constexpr size_t kJsonBytesMax = 1 << 20;

std::string JsonOf(std::string_view msgpack) {
  const absl::StatusOr<std::string> json = JsonOfMsgpack(msgpack, kJsonBytesMax);
  EXPECT_TRUE(json.ok()) << json.status();
  return json.value_or("");
}

void ExpectRefused(std::string_view msgpack, std::string_view part) {
  const absl::StatusOr<std::string> json = JsonOfMsgpack(msgpack, kJsonBytesMax);
  ExpectStatus(json.status(), absl::StatusCode::kNotFound, part);
}

TEST(MsgpackJson, EveryValueOfJsonIsReadBack) {
  const auto expect = [](const OrderedJson& value) {
    const OrderedJson read = OrderedJson::parse(JsonOf(Packed(value)));
    EXPECT_EQ(read, value);
    EXPECT_EQ(read.type(), value.type()) << value;
  };
  for (const uint64_t number : {uint64_t{0}, uint64_t{127}, uint64_t{128}, uint64_t{1} << 16,
                                uint64_t{1} << 32, std::numeric_limits<uint64_t>::max()}) {
    expect(number);
  }
  for (const int number : {-1, -32, -33, -129, -32'769}) expect(number);
  expect(std::numeric_limits<int64_t>::min());
  for (const double number : {0.0, 3.0, -1.5, 1e300, 5e-324, 0.1}) expect(number);
  for (const char* text : {"", "a", "\"\\\n\x01\x7f/", "\xC3\xA9 \xE2\x82\xAC"}) expect(text);
  expect(nullptr);
  expect(true);
  expect(std::string(70'000, 'x'));
  expect(OrderedJson::parse(R"([[],{},[[1],{"b":{"":[]},"a":[false,null]}],"x"])"));
  expect(std::vector<int>(70'000, 1));
}

TEST(MsgpackJson, BytesAreDigitsWhereHashesAreAndElsewhereNumbers) {
  const OrderedJson bytes = BytesOf("00ff1a");
  const OrderedJson written = {{"shards", {{"a", bytes}, {"b", {{"c", bytes}}}}},
                               {"x", {{"md5", bytes}, {"name", bytes}, {"shards", bytes}}},
                               {"y", {{"sha256", bytes}, {"z", {bytes}}}},
                               {"shard", {{"a", bytes}}}};
  EXPECT_EQ(JsonOf(Packed(written)),
            R"({"shards":{"a":"00ff1a","b":{"c":[0,255,26]}},)"
            R"("x":{"md5":"00ff1a","name":[0,255,26],"shards":[0,255,26]},)"
            R"("y":{"sha256":"00ff1a","z":[[0,255,26]]},"shard":{"a":[0,255,26]}})");
  EXPECT_EQ(JsonOf("\xD4\x05\x07"), "[5,7]");  // an ext value of type 5
}

TEST(MsgpackJson, WhatIsNoMessagePackIsToldWithItsByte) {
  ExpectRefused("", "MessagePack byte 0: it ends inside a value");
  ExpectRefused("\xC1", "MessagePack byte 0: no value begins with it");
  ExpectRefused("\x92\x01\xC1", "MessagePack byte 2: no value begins with it");
  ExpectRefused("\x01\x01", "MessagePack byte 1: nothing is expected behind the value");
  ExpectRefused("\xDD\xFF\xFF\xFF\xFF\x01", "it ends inside a value");
  ExpectRefused("\xDB\xFF\xFF\xFF\xFFxyz", "it ends inside a value");
  const std::string whole = Packed({{"a", {1, 300, 70'000, -5.5, "text", BytesOf("0102")}}});
  for (size_t size = 0; size < whole.size(); ++size) {
    ExpectRefused(whole.substr(0, size), "it ends inside a value");
  }
}

TEST(MsgpackJson, WhatJsonCannotSayIsRefused) {
  for (const char* map : {"\x81\x01\x02", "\x81\xC0\x02", "\x81\xC4\x01k\x02", "\x81\x90\x02"}) {
    ExpectRefused(map, "MessagePack: texts are expected as keys");
  }
  for (const double number : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
    ExpectRefused(Packed(number), "MessagePack: a finite number is expected");
  }
}

TEST(MsgpackJson, EachLimitIsReachedExactlyAboveIt) {
  const auto nested = [](size_t levels) { return std::string(levels - 1, '\x91') + '\x90'; };
  EXPECT_TRUE(JsonOfMsgpack(nested(kMsgpackLevelsMax), kJsonBytesMax).ok());
  ExpectStatus(JsonOfMsgpack(nested(kMsgpackLevelsMax + 1), kJsonBytesMax).status(),
               absl::StatusCode::kResourceExhausted, "at most 64 levels are read");
  for (const OrderedJson& value : std::vector<OrderedJson>{
           nullptr, "\n", {1, 2}, {{"k", "text"}}, {{"md5", BytesOf("00")}}, {BytesOf("0001")}}) {
    const std::string packed = Packed(value);
    const size_t size = JsonOf(packed).size();
    EXPECT_TRUE(JsonOfMsgpack(packed, size).ok()) << value;
    ExpectStatus(JsonOfMsgpack(packed, size - 1).status(), absl::StatusCode::kResourceExhausted,
                 Cat("as JSON it may have at most ", size - 1, " bytes"));
  }
}

}  // namespace
}  // namespace accord::conda
