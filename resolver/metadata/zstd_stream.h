// Whole texts in and out of zstd, and files as bytes: the only place that sees zstd and file
// systems here. Damage and limits are typed answers; no input can crash it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace accord::metadata {

// Bytes, with kTextPadding readable zero bytes behind them (simdjson reads ahead that far).
inline constexpr size_t kTextPadding = 64;
struct Text {
  std::unique_ptr<char[]> bytes;
  size_t size = 0;

  [[nodiscard]] std::string_view view() const { return {bytes.get(), size}; }
};

// Errors: Missing if the file cannot be read, LimitReached if it is larger than `bytes_max`.
[[nodiscard]] absl::StatusOr<std::string> ReadFileBytes(const std::string& path, size_t bytes_max);

// Replaces the file at `path`; a reader sees the old bytes or the new ones, never a part.
[[nodiscard]] absl::Status WriteFileBytes(const std::string& path, std::string_view bytes);

// The text of one or several zstd frames (windows up to 2^27). Bytes that do not begin as a zstd
// frame are taken as the text itself. `place` names the bytes in messages.
// Errors: Missing with the byte offset where decoding ended, LimitReached above `text_bytes_max`.
[[nodiscard]] absl::StatusOr<Text> Decompress(std::string_view bytes, std::string_view place,
                                              size_t text_bytes_max);

// Compresses appended parts into one frame; equal parts and levels give equal bytes.
class Compressor {
 public:
  explicit Compressor(int level);
  ~Compressor();
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  void Append(std::string_view part);
  // The whole frame. Nothing may be appended afterwards.
  [[nodiscard]] std::string Finish();

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
};

}  // namespace accord::metadata
