#include "metadata/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.h"

namespace accord::metadata {

absl::StatusOr<MappedFile> MappedFile::Open(const std::string& path, size_t bytes_max) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return Missing(path, Cat("cannot be opened: ", std::strerror(errno)));
  struct stat found {};
  if (fstat(file, &found) != 0 || !S_ISREG(found.st_mode)) {
    close(file);
    return Missing(path, "a regular file is expected");
  }
  const auto size = static_cast<size_t>(found.st_size);
  if (size > bytes_max) {
    close(file);
    return LimitReached(path, Cat("files may have at most ", bytes_max, " bytes"));
  }
  void* mapped = size == 0 ? nullptr : mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  const int error = errno;
  close(file);
  if (mapped == MAP_FAILED) return Missing(path, Cat("cannot be mapped: ", std::strerror(error)));
  return MappedFile(static_cast<const char*>(mapped), size);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : begin_(std::exchange(other.begin_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile::~MappedFile() {
  if (begin_ != nullptr) munmap(const_cast<char*>(begin_), size_);
}

}  // namespace accord::metadata
