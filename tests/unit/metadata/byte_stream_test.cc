// ByteStream: texts come out of their compression, and damage and limits are typed answers.
#include "metadata/byte_stream.h"

#include "corpora.h"

namespace accord::metadata {
namespace {

constexpr auto kDamagedStream = absl::StatusCode::kNotFound;

// printf 'ab\n' | bzip2
constexpr char kBzip2Bytes[] =
    "\x42\x5A\x68\x39\x31\x41\x59\x26\x53\x59\xEA\xE0\x8D\xEB\x00\x00\x00\xC1\x00\x00\x10\x30"
    "\x00\x20\x00\x21\x98\x19\x84\x61\x77\x24\x53\x85\x09\x0E\xAE\x08\xDE\xB0";
constexpr std::string_view kBzip2Text(kBzip2Bytes, sizeof kBzip2Bytes - 1);

// All of it, in pieces of at most `piece` bytes.
absl::StatusOr<std::string> TextOf(std::string_view bytes, size_t piece = 7,
                                   size_t bytes_max = 1000) {
  const auto stream = ByteStreamOf(std::string(bytes), "it", bytes_max);
  std::string text;
  std::string room(piece, '\0');
  while (true) {
    const absl::StatusOr<size_t> read = stream->Read(room.data(), room.size());
    if (!read.ok()) return read.status();
    if (*read == 0) return text;
    text.append(room, 0, *read);
  }
}

TEST(ByteStream, TextsComeOutOfEachForm) {
  const std::string text(300, 'x');
  for (const size_t piece : {size_t{1}, size_t{7}, size_t{1000}}) {
    EXPECT_EQ(TextOf(text, piece).value(), text);
    EXPECT_EQ(TextOf(Compressed(text), piece).value(), text);
    EXPECT_EQ(TextOf(kBzip2Text, piece).value(), "ab\n");
    EXPECT_EQ(TextOf("", piece).value(), "");
  }
}

TEST(ByteStream, FramesOneAfterTheOtherAreOneText) {
  EXPECT_EQ(TextOf(Compressed("a") + Compressed("b")).value(), "ab");
  EXPECT_EQ(TextOf(Cat(kBzip2Text, kBzip2Text)).value(), "ab\nab\n");
}

TEST(ByteStream, EveryBeginningOfACompressedTextIsDamaged) {
  const std::string zstd = Compressed("some text");
  for (size_t size = 4; size < zstd.size(); ++size) {
    ExpectStatus(TextOf(zstd.substr(0, size)).status(), kDamagedStream, "it: byte ");
  }
  for (size_t size = 3; size < kBzip2Text.size(); ++size) {
    ExpectStatus(TextOf(kBzip2Text.substr(0, size)).status(), kDamagedStream, "it: byte ");
  }
}

TEST(ByteStream, WhatIsBehindCompressedDataMustBeSuchData) {
  ExpectStatus(TextOf(Compressed("a") + "junk").status(), kDamagedStream, "damaged zstd data");
  ExpectStatus(TextOf(Cat(kBzip2Text, "junk")).status(), kDamagedStream, "damaged bzip2 data");
}

TEST(ByteStream, TheLimitIsReachedExactlyAboveIt) {
  for (const std::string& bytes : {std::string("abc"), Compressed("abc")}) {
    EXPECT_EQ(TextOf(bytes, 2, 3).value(), "abc");
    ExpectStatus(TextOf(bytes, 2, 2).status(), absl::StatusCode::kResourceExhausted,
                 "it: texts may have at most 2 bytes");
  }
}

TEST(ByteStream, FilesAreOpenedAndThoseThatCannotBeAreNamed) {
  const TemporaryFile file(Compressed("a"));
  EXPECT_TRUE(OpenByteStream(file.path(), 10).ok());
  ExpectStatus(OpenByteStream("nowhere/at.all", 10).status(), kDamagedStream,
               "nowhere/at.all: cannot be opened");
}

}  // namespace
}  // namespace accord::metadata
