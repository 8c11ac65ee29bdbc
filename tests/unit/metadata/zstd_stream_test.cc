// zstd_stream: texts survive the way through zstd, damage and size limits are typed answers.
#include "metadata/zstd_stream.h"

#include "corpora.h"
#include "metadata/limits.h"

namespace accord::metadata {
namespace {

std::string LongText() {
  std::string text;
  for (int i = 0; i < 40000; ++i) text += Cat("line ", i * 7919 % 104729, "\n");
  return text;
}

TEST(ZstdStream, WhatWasCompressedComesBack) {
  for (const std::string& text : {std::string(), std::string("short"), LongText()}) {
    absl::StatusOr<Text> back = Decompress(Compressed(text), "memory", kTextBytesMax);
    ASSERT_TRUE(back.ok()) << back.status();
    EXPECT_EQ(back->view(), text);
  }
}

TEST(ZstdStream, SeveralFramesAreOneText) {
  absl::StatusOr<Text> back =
      Decompress(Compressed("one ") + Compressed("two"), "memory", kTextBytesMax);
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->view(), "one two");
}

TEST(ZstdStream, BytesThatAreNoFrameAreTheTextItself) {
  absl::StatusOr<Text> back = Decompress("{\"plain\":1}", "memory", kTextBytesMax);
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->view(), "{\"plain\":1}");
}

TEST(ZstdStream, ReadablePaddingFollowsTheText) {
  absl::StatusOr<Text> back = Decompress(Compressed("text"), "memory", kTextBytesMax);
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(std::string_view(back->bytes.get() + 4, kTextPadding), std::string(kTextPadding, '\0'));
}

TEST(ZstdStream, EveryTruncationIsDamageThatNamesTheByte) {
  const std::string whole = Compressed(LongText().substr(0, 5000));
  for (size_t kept = 4; kept < whole.size(); ++kept) {
    absl::StatusOr<Text> back =
        Decompress(std::string_view(whole).substr(0, kept), "cut.zst", kTextBytesMax);
    ASSERT_FALSE(back.ok()) << kept;
    ExpectStatus(back.status(), absl::StatusCode::kNotFound, "cut.zst: byte ");
  }
}

TEST(ZstdStream, AFlippedByteIsFoundByTheChecksum) {
  std::string bytes = Compressed("a text that is long enough to stand as literals here");
  bytes[20] = static_cast<char>(bytes[20] ^ 4);
  ExpectStatus(Decompress(bytes, "flip.zst", kTextBytesMax).status(), absl::StatusCode::kNotFound,
               "damaged zstd data");
}

TEST(ZstdStream, BytesAfterTheLastFrameAreDamage) {
  ExpectStatus(Decompress(Compressed("text") + "more", "tail.zst", kTextBytesMax).status(),
               absl::StatusCode::kNotFound, "tail.zst: byte ");
}

TEST(ZstdStream, TheTextLimitIsReachedExactlyAboveIt) {
  const std::string text = LongText();
  const std::string bytes = Compressed(text);
  EXPECT_TRUE(Decompress(bytes, "memory", text.size()).ok());
  ExpectStatus(Decompress(bytes, "big.zst", text.size() - 1).status(),
               absl::StatusCode::kResourceExhausted, "big.zst");
  EXPECT_TRUE(Decompress("plain", "memory", 5).ok());
  ExpectStatus(Decompress("plain", "big.txt", 4).status(), absl::StatusCode::kResourceExhausted,
               "big.txt");
}

TEST(ZstdStream, ASmallFileThatGrowsWithoutEndStopsAtTheLimit) {
  Compressor compressor(1);
  const std::string zeros(size_t{1} << 20, '0');
  for (int i = 0; i < 64; ++i) compressor.Append(zeros);
  const std::string bytes = compressor.Finish();
  EXPECT_LT(bytes.size(), 20000u);
  ExpectStatus(Decompress(bytes, "bomb.zst", size_t{8} << 20).status(),
               absl::StatusCode::kResourceExhausted, "bomb.zst");
}

TEST(ZstdStream, EqualTextsGiveEqualBytesHoweverTheyAreCut) {
  const std::string text = LongText();
  Compressor parts(3);
  parts.Append(std::string_view(text).substr(0, 1000));
  parts.Append(std::string_view(text).substr(1000));
  EXPECT_EQ(parts.Finish(), Compressed(text));
}

TEST(ZstdStream, FilesAreReadUpToTheirLimit) {
  const TemporaryFile file("12345");
  absl::StatusOr<std::string> bytes = ReadFileBytes(file.path(), 5);
  ASSERT_TRUE(bytes.ok());
  EXPECT_EQ(*bytes, "12345");
  ExpectStatus(ReadFileBytes(file.path(), 4).status(), absl::StatusCode::kResourceExhausted,
               file.path());
}

TEST(ZstdStream, FilesThatCannotBeReadOrWrittenAreNamed) {
  ExpectStatus(ReadFileBytes("no/such/file", 10).status(), absl::StatusCode::kNotFound,
               "no/such/file");
  ExpectStatus(ReadFileBytes(::testing::TempDir(), 10).status(), absl::StatusCode::kNotFound,
               ::testing::TempDir());
  ExpectStatus(WriteFileBytes("no/such/file", "x"), absl::StatusCode::kNotFound, "no/such/file");
}

}  // namespace
}  // namespace accord::metadata
