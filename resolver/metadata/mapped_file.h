// A file mapped into memory, read-only. Writers of this project replace files and never change them
// in place; a file that something else shortens while it is mapped ends the process (SIGBUS).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace accord::metadata {

class MappedFile {
 public:
  // Errors: Missing if it cannot be read or is no regular file; LimitReached above `bytes_max`.
  [[nodiscard]] static absl::StatusOr<MappedFile> Open(const std::string& path, size_t bytes_max);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&&) = delete;
  ~MappedFile();

  [[nodiscard]] std::string_view bytes() const { return {begin_, size_}; }
  // Reads the part into `to`, which has room for it, without touching the mapping: a page that is
  // touched counts as our memory from then on, and so do those that the kernel maps along. False:
  // it cannot be read.
  [[nodiscard]] bool Read(std::string_view part, char* to) const;

 private:
  MappedFile(int file, const char* begin, size_t size) : file_(file), begin_(begin), size_(size) {}
  int file_;  // open as long as this
  const char* begin_;
  size_t size_;
};

}  // namespace accord::metadata
