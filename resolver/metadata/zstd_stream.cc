// See zstd_stream.h. The output grows geometrically: the size that a frame claims is believed only
// as far as its compressed size makes it likely, so a lying header cannot make us allocate.
#include "metadata/zstd_stream.h"

#include <zstd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <ios>
#include <system_error>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "metadata/limits.h"
#include "metadata/output_file.h"

namespace accord::metadata {
namespace {

constexpr size_t kFirstTextBytes = size_t{1} << 16;
constexpr size_t kBelievedRatio = 64;  // JSON lines of real corpora shrink 10 to 30 times
constexpr std::string_view kFrameMagic = "\x28\xB5\x2F\xFD";

struct FreeDecoder {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};
struct FreeEncoder {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

size_t FirstCapacity(std::string_view bytes, size_t text_bytes_max) {
  const unsigned long long claimed = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  size_t capacity = kFirstTextBytes;
  if (claimed != ZSTD_CONTENTSIZE_UNKNOWN && claimed != ZSTD_CONTENTSIZE_ERROR) {
    const size_t believed = std::max(kFirstTextBytes, bytes.size() * kBelievedRatio);
    capacity = std::min<size_t>(claimed, believed);
  }
  // One more than allowed, so that "too large" shows.
  return std::min(capacity, text_bytes_max) + 1;
}

// Uninitialised on purpose: zeroing 260 MB costs as much as decompressing a tenth of it.
std::unique_ptr<char[]> Allocate(size_t capacity) {
  return std::make_unique_for_overwrite<char[]>(capacity + kTextPadding);
}

Text Sealed(std::unique_ptr<char[]> bytes, size_t size) {
  std::memset(bytes.get() + size, 0, kTextPadding);
  return {std::move(bytes), size};
}

}  // namespace

absl::StatusOr<std::string> ReadFileBytes(const std::string& path, size_t bytes_max) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Missing(path, Cat("cannot be opened: ", std::strerror(errno)));
  std::string bytes;
  std::string block(size_t{1} << 16, '\0');  // zeroed for each file, and many are small
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
    bytes.append(block.data(), static_cast<size_t>(file.gcount()));
    if (bytes.size() > bytes_max) {
      return LimitReached(path, Cat("files may have at most ", bytes_max, " bytes"));
    }
  }
  if (file.bad()) return Missing(path, "cannot be read");
  return bytes;
}

absl::Status WriteFileBytes(const std::string& path, std::string_view bytes) {
  ACCORD_RETURN_IF_ERROR(CheckOutputPlace(path));
  const std::string partial = path + ".partial";
  std::ofstream file(partial, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file || std::rename(partial.c_str(), path.c_str()) != 0) {
    const std::string why = std::strerror(errno);
    std::remove(partial.c_str());
    return Missing(path, Cat("cannot be written: ", why));
  }
  return absl::OkStatus();
}

absl::StatusOr<Text> Decompress(std::string_view bytes, std::string_view place,
                                size_t text_bytes_max) {
  const auto too_large = [&] {
    return LimitReached(place, Cat("texts may have at most ", text_bytes_max, " bytes"));
  };
  if (!bytes.starts_with(kFrameMagic)) {
    if (bytes.size() > text_bytes_max) return too_large();
    std::unique_ptr<char[]> copy = Allocate(bytes.size());
    std::copy(bytes.begin(), bytes.end(), copy.get());
    return Sealed(std::move(copy), bytes.size());
  }
  std::unique_ptr<ZSTD_DCtx, FreeDecoder> decoder(ZSTD_createDCtx());
  ACCORD_CHECK(decoder != nullptr);
  ACCORD_CHECK(
      !ZSTD_isError(ZSTD_DCtx_setParameter(decoder.get(), ZSTD_d_windowLogMax, kWindowLogMax)));

  size_t capacity = FirstCapacity(bytes, text_bytes_max);
  std::unique_ptr<char[]> text = Allocate(capacity);
  size_t size = 0;
  size_t rest = 1;  // what zstd still wants of this frame; 0 = a frame ended
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  while (in.pos < in.size || rest != 0) {
    if (size == capacity) {
      if (size > text_bytes_max) return too_large();
      const size_t grown = std::min(capacity * 2, text_bytes_max + 1);
      std::unique_ptr<char[]> larger = Allocate(grown);
      std::memcpy(larger.get(), text.get(), size);
      text = std::move(larger);
      capacity = grown;
    }
    ZSTD_outBuffer out{text.get(), capacity, size};
    const size_t consumed_before = in.pos;
    rest = ZSTD_decompressStream(decoder.get(), &out, &in);
    if (ZSTD_isError(rest)) {
      return Missing(Cat(place, ": byte ", in.pos),
                     Cat("damaged zstd data: ", ZSTD_getErrorName(rest)));
    }
    const bool stuck = in.pos == consumed_before && out.pos == size;
    size = out.pos;
    if (stuck && rest != 0) {
      return Missing(Cat(place, ": byte ", in.pos), "the file ends inside a zstd frame");
    }
  }
  if (size > text_bytes_max) return too_large();
  return Sealed(std::move(text), size);
}

struct Compressor::Stream {
  std::unique_ptr<ZSTD_CCtx, FreeEncoder> encoder{ZSTD_createCCtx()};
  std::string done;
  std::string block = std::string(ZSTD_CStreamOutSize(), '\0');

  void Feed(std::string_view part, ZSTD_EndDirective directive) {
    ZSTD_inBuffer in{part.data(), part.size(), 0};
    size_t rest = 1;
    while (in.pos < in.size || (directive == ZSTD_e_end && rest != 0)) {
      ZSTD_outBuffer out{block.data(), block.size(), 0};
      rest = ZSTD_compressStream2(encoder.get(), &out, &in, directive);
      ACCORD_CHECK(!ZSTD_isError(rest));
      done.append(block.data(), out.pos);
    }
  }
};

Compressor::Compressor(int level) : stream_(std::make_unique<Stream>()) {
  ZSTD_CCtx* encoder = stream_->encoder.get();
  ACCORD_CHECK(encoder != nullptr);
  ACCORD_CHECK(!ZSTD_isError(ZSTD_CCtx_setParameter(encoder, ZSTD_c_compressionLevel, level)));
  ACCORD_CHECK(!ZSTD_isError(ZSTD_CCtx_setParameter(encoder, ZSTD_c_checksumFlag, 1)));
}

Compressor::~Compressor() = default;

void Compressor::Append(std::string_view part) { stream_->Feed(part, ZSTD_e_continue); }

std::string Compressor::Finish() {
  stream_->Feed({}, ZSTD_e_end);
  return std::move(stream_->done);
}

}  // namespace accord::metadata
