// Frames out of bytes: both forms, cut anywhere, and what is wrong with one costs no other.
#include "protocol/frame_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.h"

namespace accord::protocol {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr size_t kSmall = 16;  // bytes of a frame

// A frame's text, or what is told instead in <>.
std::string Told(const Frame& frame) {
  switch (frame.kind) {
    case Frame::Kind::kText:
      return frame.text;
    case Frame::Kind::kBadUtf8:
      return Cat("<not UTF-8 at ", frame.fault_at, ">");
    case Frame::Kind::kTooLarge:
      return "<too large>";
    case Frame::Kind::kBadHeader:
      return "<bad header>";
    case Frame::Kind::kCutOff:
      break;
  }
  return "<cut off>";
}

std::vector<std::string> ReadInPieces(const std::vector<std::string_view>& pieces) {
  std::vector<std::string> told;
  const FrameReader::Take take = [&](const Frame& frame) { told.push_back(Told(frame)); };
  FrameReader reader(kSmall);
  for (const std::string_view piece : pieces) reader.Feed(piece, take);
  reader.Finish(take);
  return told;
}

// In one piece, in two of every kind, and byte for byte: always the same.
std::vector<std::string> ReadCutAnywhere(std::string_view text) {
  std::vector<std::string> told = ReadInPieces({text});
  std::vector<std::string_view> bytes;
  for (size_t at = 0; at < text.size(); ++at) {
    bytes.push_back(text.substr(at, 1));
    EXPECT_EQ(ReadInPieces({text.substr(0, at), text.substr(at)}), told) << "cut at " << at;
  }
  EXPECT_EQ(ReadInPieces(bytes), told);
  return told;
}

FrameForm FormOf(std::string_view text) {
  FrameReader reader;
  reader.Feed(text, [](const Frame&) {});
  return reader.form();
}

TEST(FrameReader, TheFirstByteThatIsNotBlankDecidesTheForm) {
  EXPECT_EQ(FormOf(""), FrameForm::kLines);
  EXPECT_EQ(FormOf(" \r\n\t{"), FrameForm::kLines);
  EXPECT_EQ(FormOf(" \r\n\tC"), FrameForm::kHeaders);
  EXPECT_EQ(FormOf("c"), FrameForm::kHeaders);
  EXPECT_EQ(FormOf("x"), FrameForm::kLines);
  EXPECT_EQ(FormOf("\xEF\xBB\xBF"
                   "C"),
            FrameForm::kHeaders);
  EXPECT_EQ(FormOf("\xEF\xBB"
                   "C"),
            FrameForm::kLines);
}

TEST(FrameReader, ALineIsAFrameWithoutItsEnd) {
  EXPECT_THAT(ReadCutAnywhere("{\"a\":1}\n{}\r\n x \n"), ElementsAre("{\"a\":1}", "{}", " x "));
}

TEST(FrameReader, BlankLinesAndAMarkAtTheVeryStartArePassedOver) {
  EXPECT_THAT(ReadCutAnywhere("\xEF\xBB\xBF\n \t\r\n{}\n\n\r\n[]\n  "), ElementsAre("{}", "[]"));
  EXPECT_THAT(ReadCutAnywhere(""), IsEmpty());
  EXPECT_THAT(ReadCutAnywhere("\n\r\n"), IsEmpty());
}

TEST(FrameReader, AMarkAnywhereElseBelongsToTheLine) {
  EXPECT_THAT(ReadCutAnywhere("\n\xEF\xBB\xBF{}\n"), ElementsAre("\xEF\xBB\xBF{}"));
  EXPECT_THAT(ReadCutAnywhere("\xEF\xBB\xBF\xEF\xBB\xBF{}\n"), ElementsAre("\xEF\xBB\xBF{}"));
}

TEST(FrameReader, PartOfAMarkIsTheBeginningOfALine) {
  EXPECT_THAT(ReadCutAnywhere("\xEF\xBB{}\n{}\n"), ElementsAre("<not UTF-8 at 0>", "{}"));
  EXPECT_THAT(ReadCutAnywhere("\xEF\xBB"), ElementsAre("<cut off>"));
}

TEST(FrameReader, ALineMayBeAsLongAsTheLimitAndNoLonger) {
  const std::string longest(kSmall, 'x');
  EXPECT_THAT(ReadCutAnywhere(Cat(longest, "\n", longest, "\r\n")), ElementsAre(longest, longest));
  EXPECT_THAT(ReadCutAnywhere(Cat(longest, "y\n{}\n")), ElementsAre("<too large>", "{}"));
  EXPECT_THAT(ReadCutAnywhere(Cat(longest, "y\r\n{}\n")), ElementsAre("<too large>", "{}"));
  EXPECT_THAT(ReadCutAnywhere(Cat(longest, longest, longest, "\n{}\n")),
              ElementsAre("<too large>", "{}"));
}

TEST(FrameReader, ALineThatIsTooLongIsToldAtOnceAndOnce) {
  FrameReader reader(kSmall);
  std::vector<std::string> told;
  const FrameReader::Take take = [&](const Frame& frame) { told.push_back(Told(frame)); };
  for (int i = 0; i < 100; ++i) reader.Feed(std::string(10, 'x'), take);
  EXPECT_THAT(told, ElementsAre("<too large>"));
  reader.Finish(take);
  EXPECT_THAT(told, ElementsAre("<too large>"));
}

TEST(FrameReader, AFrameThatIsNotUtf8IsToldWithThePlace) {
  EXPECT_THAT(ReadCutAnywhere("ab\xC3\n\xC3\xA9\n"), ElementsAre("<not UTF-8 at 2>", "\xC3\xA9"));
  EXPECT_THAT(ReadCutAnywhere("Content-Length: 2\r\n\r\nx\xFF"
                              "Content-Length: 1\r\n\r\ny"),
              ElementsAre("<not UTF-8 at 1>", "y"));
}

TEST(FrameReader, TheEndInsideALineIsTold) {
  EXPECT_THAT(ReadCutAnywhere("{}\n{}"), ElementsAre("{}", "<cut off>"));
}

TEST(FrameReader, HeadersSayHowLongAFrameIs) {
  EXPECT_THAT(ReadCutAnywhere("Content-Length: 3\r\n\r\n{\n}Content-Length: 2\r\n\r\n[]"),
              ElementsAre("{\n}", "[]"));
  EXPECT_THAT(ReadCutAnywhere("Content-Length:0\n\nContent-Length: 1 \n\nx"), ElementsAre("", "x"));
}

TEST(FrameReader, HeaderNamesAreReadInAnyCaseAndOthersPassedOver) {
  EXPECT_THAT(ReadCutAnywhere("Content-Type: a; b=c\r\ncONTENT-lENGTH:\t2\r\nZa-09_z: \r\n\r\n{}"
                              "content-length: 2\r\ncontent-length: 02\r\n\r\n[]"),
              ElementsAre("{}", "[]"));
}

TEST(FrameReader, BlankLinesBetweenFramesWithHeadersArePassedOver) {
  EXPECT_THAT(ReadCutAnywhere("\n\r\nContent-Length: 2\r\n\r\n{}\r\n\nContent-Length: 2\n\n[]\n"),
              ElementsAre("{}", "[]"));
}

TEST(FrameReader, ALengthBeyondTheLimitIsPassedOverByLength) {
  const std::string large(kSmall + 1, '\n');
  EXPECT_THAT(ReadCutAnywhere(Cat("Content-Length: 17\r\n\r\n", large, "Content-Length: 16\r\n\r\n",
                                  large.substr(1), "Content-Length: 18446744073709551615\n\nx")),
              ElementsAre("<too large>", large.substr(1), "<too large>"));
}

TEST(FrameReader, HeadersThatCannotBeReadCostOneFrame) {
  const std::string next = "{}\r\nContent-Length: 2\r\n\r\n[]";
  for (const std::string_view bad :
       {"Content-Length: x\r\n\r\n", "Content-Length:\r\n\r\n", "Content-Length: -2\r\n\r\n",
        "Content-Length: +2\r\n\r\n", "Content-Length: 2 2\r\n\r\n",
        "Content-Length: 99999999999999999999\r\n\r\n", "Content-Type: a\r\n\r\n",
        "Content-Length: 2\r\nContent-Length: 3\r\n\r\n", "Content\r\n\r\n", "C d: e\r\n\r\n"}) {
    EXPECT_THAT(ReadCutAnywhere(Cat(bad, next)), ElementsAre("<bad header>", "[]")) << bad;
  }
}

TEST(FrameReader, AWrongLengthCostsTheFramesThatItReachesIntoAlone) {
  const std::string good = "Content-Length: 2\r\n\r\n[]";
  EXPECT_THAT(ReadCutAnywhere(Cat("Content-Length: 3\r\n\r\n{...}", good, good)),
              ElementsAre("{..", "<bad header>", "[]", "[]"))
      << "too short: the header stands at the end of the rest";
  EXPECT_THAT(ReadCutAnywhere(Cat("Content-Length: 5\r\n\r\n{}", good, good, good)),
              ElementsAre("{}Con", "<bad header>", "[]", "[]"))
      << "too long: the next header is damaged";
  EXPECT_THAT(ReadCutAnywhere(Cat("Content-Length: 1\r\n\r\n{}\n{}\n", good)),
              ElementsAre("{", "<bad header>", "[]"));
}

TEST(FrameReader, AHeaderThatIsFoundAndBadAgainIsLookedForOnce) {
  EXPECT_THAT(ReadCutAnywhere("C\nContent-Length: x\nContent-Length: 1\n\ny"),
              ElementsAre("<bad header>", "<bad header>", "y"));
  EXPECT_THAT(ReadCutAnywhere("C {}Content-Length: x\nContent-Content-Length: 1\n\ny"),
              ElementsAre("<bad header>", "y"));
}

TEST(FrameReader, NothingButAWholeNameIsTheNextHeader) {
  EXPECT_THAT(ReadCutAnywhere("C\nontent-length: 3\n\nContent-Length: 1\n\ny"),
              ElementsAre("<bad header>", "y"));
  EXPECT_THAT(ReadCutAnywhere("C\n{}ontent-length: 3\n\nCoContent-Length: 1\n\ny"),
              ElementsAre("<bad header>", "y"));
}

TEST(FrameReader, HeadersHaveALimit) {
  const std::string field(kHeaderBytesMax - 40, 'x');
  const auto read = [&](std::string_view before, std::string_view more) {
    const std::string text = Cat(before, "Content-Length: 2\r\nA: ", field, more, "\r\n\r\n");
    return ReadInPieces({text, "{}Content-Length: 2\r\n\r\n[]"});
  };
  constexpr std::string_view kTooMuch = "0123456789abcdef";
  EXPECT_THAT(read("", ""), ElementsAre("{}", "[]"));
  EXPECT_THAT(read("", kTooMuch), ElementsAre("<bad header>", "[]"));
  EXPECT_THAT(read("C {}", ""), ElementsAre("<bad header>", "{}", "[]"));
  EXPECT_THAT(read("C {}", kTooMuch), ElementsAre("<bad header>", "<bad header>", "[]"));
  EXPECT_THAT(ReadInPieces({"C", std::string(100'000, 'x'), "Content-Length: 1\n\ny"}),
              ElementsAre("<bad header>", "y"));
}

TEST(FrameReader, TheEndInsideAFrameWithHeadersIsTold) {
  for (const std::string_view begun : {"C", "Content-Length: 2\n", "Content-Length: 2\n\n{"}) {
    EXPECT_THAT(ReadCutAnywhere(begun), ElementsAre("<cut off>")) << begun;
  }
  EXPECT_THAT(ReadCutAnywhere("C\nxyz"), ElementsAre("<bad header>")) << "told already";
}

TEST(FrameReader, ALargeFrameInSmallPiecesIsWhole) {
  const std::string large(size_t{1} << 20, 'x');
  FrameReader reader;
  size_t bytes = 0;
  for (size_t at = 0; at < large.size(); at += 1000) {
    reader.Feed(std::string_view(large).substr(at, 1000), [](const Frame&) { FAIL(); });
  }
  reader.Feed("\n", [&](const Frame& frame) { bytes = frame.text.size(); });
  EXPECT_EQ(bytes, large.size());
}

}  // namespace
}  // namespace accord::protocol
