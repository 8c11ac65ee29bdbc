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
  if (mapped == MAP_FAILED) {
    const int error = errno;
    close(file);
    return Missing(path, Cat("cannot be mapped: ", std::strerror(error)));
  }
  return MappedFile(file, static_cast<const char*>(mapped), size);
}

bool MappedFile::Read(std::string_view part, char* to) const {
  auto offset = static_cast<off_t>(part.data() - begin_);
  for (size_t left = part.size(); left > 0;) {
    const ssize_t got = pread(file_, to, left, offset);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    to += got;
    offset += got;
    left -= static_cast<size_t>(got);
  }
  return true;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      begin_(std::exchange(other.begin_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

MappedFile::~MappedFile() {
  if (begin_ != nullptr) munmap(const_cast<char*>(begin_), size_);
  if (file_ >= 0) close(file_);
}

}  // namespace accord::metadata
