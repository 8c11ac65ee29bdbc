#include "cli/files.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <istream>

#include "base/error.h"

namespace accord::cli {
namespace {

absl::StatusOr<std::string> ReadStream(const std::string& place, std::istream& in) {
  std::string text;
  std::array<char, 4096> block;  // most inputs are small, and fresh pages cost more than calls
  while (in.read(block.data(), block.size()) || in.gcount() > 0) {
    text.append(block.data(), static_cast<size_t>(in.gcount()));
    if (text.size() > kInputBytesMax) {
      return LimitReached(place, Cat("at most ", kInputBytesMax, " bytes are read, it has more"));
    }
  }
  if (in.bad()) return InvalidInput(place, "cannot be read");
  return text;
}

}  // namespace

absl::StatusOr<std::string> ReadWhole(const std::string& path, std::istream& in) {
  if (path == "-") return ReadStream("standard input", in);
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return InvalidInput(path, Cat("a file is wanted, ", std::strerror(errno)));
  return ReadStream(path, file);
}

absl::Status WriteWhole(const std::string& path, std::string_view text) {
  errno = 0;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) return InvalidInput(path, Cat("a file to write is wanted, ", std::strerror(errno)));
  return absl::OkStatus();
}

}  // namespace accord::cli
