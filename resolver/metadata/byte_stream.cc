// See byte_stream.h: the decoders take blocks of the file and give what the caller has room for.
#include "metadata/byte_stream.h"

#include <bzlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <ios>
#include <istream>
#include <sstream>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "metadata/limits.h"

namespace accord::metadata {
namespace {

constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD";
constexpr std::string_view kBzip2Magic = "BZh";
constexpr size_t kBlockBytes = size_t{1} << 16;

// The compressed bytes, block by block, and where they end.
class Blocks {
 public:
  Blocks(std::unique_ptr<std::istream> in, std::string place)
      : in_(std::move(in)), place_(std::move(place)) {}

  // What is left of the block, or else the next one; empty: the end.
  std::string_view Peek() {
    if (at_ == block_.size()) {
      block_.resize(kBlockBytes);
      in_->read(block_.data(), static_cast<std::streamsize>(block_.size()));
      block_.resize(static_cast<size_t>(in_->gcount()));
      at_ = 0;
    }
    return std::string_view(block_).substr(at_);
  }
  void Take(size_t bytes) {
    at_ += bytes;
    taken_ += bytes;
  }
  [[nodiscard]] bool failed() const { return in_->bad(); }
  [[nodiscard]] const std::string& place() const { return place_; }
  [[nodiscard]] absl::Status Damaged(std::string_view what) const {
    return Missing(Cat(place_, ": byte ", taken_), what);
  }

 private:
  std::unique_ptr<std::istream> in_;
  std::string place_;
  std::string block_;
  size_t at_ = 0;
  uint64_t taken_ = 0;
};

// What a decoder did with a block.
struct Step {
  size_t taken = 0;
  size_t given = 0;
  bool ended = false;  // a frame or stream
};

class Plain {
 public:
  absl::StatusOr<Step> Decode(std::string_view in, char* to, size_t size, const Blocks& /*from*/) {
    const size_t bytes = std::min(in.size(), size);
    std::memcpy(to, in.data(), bytes);
    return Step{.taken = bytes, .given = bytes, .ended = true};
  }
};

class Zstd {
 public:
  Zstd() : decoder_(ZSTD_createDCtx()) {
    ACCORD_CHECK(decoder_ != nullptr);
    ACCORD_CHECK(
        !ZSTD_isError(ZSTD_DCtx_setParameter(decoder_.get(), ZSTD_d_windowLogMax, kWindowLogMax)));
  }
  absl::StatusOr<Step> Decode(std::string_view in, char* to, size_t size, const Blocks& from) {
    ZSTD_inBuffer input{in.data(), in.size(), 0};
    ZSTD_outBuffer output{to, size, 0};
    const size_t rest = ZSTD_decompressStream(decoder_.get(), &output, &input);
    if (ZSTD_isError(rest)) {
      return from.Damaged(Cat("damaged zstd data: ", ZSTD_getErrorName(rest)));
    }
    return Step{.taken = input.pos, .given = output.pos, .ended = rest == 0};
  }

 private:
  struct Free {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };
  const std::unique_ptr<ZSTD_DCtx, Free> decoder_;
};

class Bzip2 {
 public:
  Bzip2() { ACCORD_CHECK(BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK); }
  ~Bzip2() { BZ2_bzDecompressEnd(&stream_); }
  Bzip2(const Bzip2&) = delete;
  Bzip2& operator=(const Bzip2&) = delete;

  absl::StatusOr<Step> Decode(std::string_view in, char* to, size_t size, const Blocks& from) {
    if (ended_) {  // another stream begins
      BZ2_bzDecompressEnd(&stream_);
      stream_ = {};
      ACCORD_CHECK(BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK);
    }
    const auto in_bytes = static_cast<unsigned>(std::min(in.size(), kBlockBytes));
    const auto out_bytes = static_cast<unsigned>(std::min(size, kBlockBytes));
    stream_.next_in = const_cast<char*>(in.data());  // it is only read
    stream_.avail_in = in_bytes;
    stream_.next_out = to;
    stream_.avail_out = out_bytes;
    const int result = BZ2_bzDecompress(&stream_);
    if (result != BZ_OK && result != BZ_STREAM_END) return from.Damaged("damaged bzip2 data");
    ended_ = result == BZ_STREAM_END;
    return Step{.taken = in_bytes - stream_.avail_in,
                .given = out_bytes - stream_.avail_out,
                .ended = ended_};
  }

 private:
  bz_stream stream_{};
  bool ended_ = false;
};

template <class Decoder>
class Decoded final : public ByteStream {
 public:
  Decoded(Blocks blocks, size_t bytes_max)
      : blocks_(std::move(blocks)), bytes_max_(bytes_max), left_(bytes_max) {}

  absl::StatusOr<size_t> Read(char* to, size_t size) override {
    while (true) {
      const std::string_view in = blocks_.Peek();
      if (blocks_.failed()) return Missing(blocks_.place(), "cannot be read");
      if (in.empty() && ended_) return size_t{0};
      const absl::StatusOr<Step> step = decoder_.Decode(in, to, size, blocks_);
      if (!step.ok()) return step.status();
      blocks_.Take(step->taken);
      ended_ = step->ended;
      if (step->given > left_) {
        return LimitReached(blocks_.place(), Cat("texts may have at most ", bytes_max_, " bytes"));
      }
      left_ -= step->given;
      if (step->given > 0) return step->given;
      if (in.empty() && step->taken == 0 && !ended_) {
        return blocks_.Damaged("it ends inside compressed data");
      }
    }
  }

 private:
  Blocks blocks_;
  Decoder decoder_;
  const size_t bytes_max_;
  size_t left_;
  bool ended_ = true;  // nothing has begun
};

std::unique_ptr<ByteStream> StreamOf(std::unique_ptr<std::istream> in, std::string place,
                                     size_t bytes_max) {
  Blocks blocks(std::move(in), std::move(place));
  const std::string_view first = blocks.Peek();
  const bool zstd = first.starts_with(kZstdMagic);
  const bool bzip2 = first.starts_with(kBzip2Magic);
  if (zstd) return std::make_unique<Decoded<Zstd>>(std::move(blocks), bytes_max);
  if (bzip2) return std::make_unique<Decoded<Bzip2>>(std::move(blocks), bytes_max);
  return std::make_unique<Decoded<Plain>>(std::move(blocks), bytes_max);
}

}  // namespace

absl::StatusOr<std::unique_ptr<ByteStream>> OpenByteStream(const std::string& path,
                                                           size_t bytes_max) {
  auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
  if (!*file) return Missing(path, Cat("cannot be opened: ", std::strerror(errno)));
  return StreamOf(std::move(file), path, bytes_max);
}

std::unique_ptr<ByteStream> ByteStreamOf(std::string bytes, std::string place, size_t bytes_max) {
  return StreamOf(std::make_unique<std::istringstream>(std::move(bytes), std::ios::binary),
                  std::move(place), bytes_max);
}

}  // namespace accord::metadata
