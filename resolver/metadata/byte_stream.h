// A file's text, decompressed as it is read, so that it need not be in memory: plain, zstd or
// bzip2, as its first bytes say.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace accord::metadata {

// One reader at a time.
class ByteStream {
 public:
  virtual ~ByteStream() = default;

  // Up to `size` bytes into `to`, at least one; 0: the end. After an error nothing more is read.
  // Errors: Missing where it cannot be read or is damaged, LimitReached.
  [[nodiscard]] virtual absl::StatusOr<size_t> Read(char* to, size_t size) = 0;
};

// Several frames or streams one after the other are one text. Errors: Missing if the file cannot be
// opened; Read's LimitReached above `bytes_max` bytes of text.
[[nodiscard]] absl::StatusOr<std::unique_ptr<ByteStream>> OpenByteStream(const std::string& path,
                                                                         size_t bytes_max);
// The same of bytes in memory; `place` names them in messages.
[[nodiscard]] std::unique_ptr<ByteStream> ByteStreamOf(std::string bytes, std::string place,
                                                       size_t bytes_max);

}  // namespace accord::metadata
